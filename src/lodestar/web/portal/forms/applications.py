"""What does an applicant fill in, step by step?"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.rules.answers import MOST_TOPICS_OF_A_MENTEE
from lodestar.domain.programs.rules.defaults import TopicGroup
from lodestar.web.common import choices

RANKS = ("first", "second", "third")
STRENGTHS = [("", _("–")), ("1", _("a little")), ("2", _("well")), ("3", _("very well"))]
STYLES_WISHED = [
    ("listens", _("who listens")),
    ("challenges", _("who challenges me")),
    ("opens_doors", _("who opens doors")),
    ("teaches", _("who teaches me")),
]
STYLES_OFFERED = [
    ("listens", _("I listen")),
    ("challenges", _("I challenge")),
    ("opens_doors", _("I open doors")),
    ("teaches", _("I teach")),
]
GENDERS = [
    ("", _("Leave it out")),
    ("woman", _("I am a woman, and would like that in my partner")),
    ("man", _("I am a man, and would like that in my partner")),
    ("nonbinary", _("I am nonbinary, and would like that in my partner")),
]


class StepForm(forms.Form):
    """One step; with `partial`, what is still missing may stay so for now."""

    def __init__(self, *args: Any, partial: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if partial:
            for field in self.fields.values():
                field.required = False

    def answers(self) -> dict[str, object]:
        raise NotImplementedError


class YouForm(StepForm):
    """Who the applicant is; kept with the person, so that it is asked once."""

    given_name = forms.CharField(label=_("First name"), max_length=120)
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    class_year = forms.IntegerField(
        label=_("Class year"), min_value=1920, max_value=2100, required=False
    )
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), max_length=120, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("So that you two meet at a humane hour.")
    )
    language_1 = forms.ChoiceField(label=_("The language you would rather talk in"))
    language_2 = forms.ChoiceField(label=_("You also speak"), required=False)
    language_3 = forms.ChoiceField(label=_("And"), required=False)
    function = forms.CharField(
        label=_("What you do"),
        max_length=200,
        required=False,
        help_text=_("Your job, or what you study for: “nurse”, “software developer”."),
    )
    industry = forms.CharField(
        label=_("In which field"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "industries"}),
    )
    field_of_study = forms.CharField(label=_("What you studied"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [("", "–"), *choices.languages()]
        for number in (1, 2, 3):
            self._choose(f"language_{number}", spoken)
        self._choose("time_zone", [("", "–"), *choices.time_zones()])
        for name, hint in (
            ("given_name", "given-name"),
            ("family_name", "family-name"),
            ("city", "address-level2"),
            ("country", "country-name"),
            ("function", "organization-title"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = hint

    def _choose(self, name: str, options: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = options

    def answers(self) -> dict[str, object]:
        said = self.cleaned_data
        told = [said.get(f"language_{number}") for number in (1, 2, 3)]
        names = ("class_year", "city", "country", "time_zone", "function", "industry")
        return {name: said.get(name) for name in (*names, "field_of_study")} | {
            "languages": list(dict.fromkeys(filter(None, told)))
        }

    def profile(self) -> dict[str, object]:
        said = self.answers()
        said |= {name: self.cleaned_data.get(name) or "" for name in ("given_name", "family_name")}
        return {("title" if name == "function" else name): value for name, value in said.items()}


class TopicsForm(StepForm):
    """What an applicant wants or offers; each topic is a field of its own."""

    def __init__(self, *args: Any, groups: list[TopicGroup], maximum: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        self.topics = list(dict.fromkeys(topic for group in groups for topic in group.topics))
        self.maximum = maximum


class WishesForm(TopicsForm):
    """A mentee's topics: tick some, and say which matter most."""

    topics_wished = forms.MultipleChoiceField(
        label=_("What would you like help with?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first = forms.ChoiceField(label=_("Matters most"), required=False)
    second = forms.ChoiceField(label=_("Then"), required=False)
    third = forms.ChoiceField(label=_("Then"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        partial = kwargs.get("partial", False)
        super().__init__(*args, **kwargs)
        self.needs_one = not partial
        cast(forms.MultipleChoiceField, self.fields["topics_wished"]).choices = [
            (topic, topic) for topic in self.topics
        ]
        grouped = [(g.name, [(t, t) for t in g.topics]) for g in self.groups]
        for rank in RANKS:
            cast(forms.ChoiceField, self.fields[rank]).choices = [("", "–"), *grouped]

    def ranked(self) -> list[str]:
        """Return the three that matter most in their order, then the others that were ticked."""
        said = self.cleaned_data
        first = [said.get(rank, "") for rank in RANKS]
        return list(dict.fromkeys(filter(None, [*first, *said.get("topics_wished", [])])))

    def clean(self) -> dict[str, Any]:
        self.name_repeated()
        count = len(self.ranked())
        if count > MOST_TOPICS_OF_A_MENTEE:
            self.add_error(
                "topics_wished",
                _("Please choose six at most: the fewer, the better we can match them."),
            )
        if self.needs_one and not count and not self.errors:
            self.add_error("topics_wished", _("Choose at least one."))
        return self.cleaned_data

    def name_repeated(self) -> None:
        """Say where a topic stands a second time; what is only kept for later may stay so."""
        before: set[str] = set()
        for rank in RANKS if self.needs_one else ():
            topic = self.cleaned_data.get(rank, "")
            if topic in before:
                sentence = _("“%(topic)s” stands further up already. Choose another, or none.")
                self.add_error(rank, sentence % {"topic": topic})
            before |= {topic} - {""}

    def answers(self) -> dict[str, object]:
        return {"topics": self.ranked()}

    @classmethod
    def initial_of(cls, answers: Mapping[str, Any]) -> dict[str, object]:
        topics = list(answers.get("topics", []))
        return {"topics_wished": topics} | dict(zip(RANKS, topics, strict=False))


class OffersForm(TopicsForm):
    """A mentor's topics with their strengths, and how many mentees they take."""

    capacity = forms.TypedChoiceField(
        label=_("How many mentees could you look after?"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        partial = kwargs.get("partial", False)
        super().__init__(*args, **kwargs)
        self.needs_one = not partial
        numbers = [(number, str(number)) for number in range(1, self.maximum + 1)]
        cast(forms.TypedChoiceField, self.fields["capacity"]).choices = numbers
        for place, topic in enumerate(self.topics):
            self.fields[f"topic_{place}"] = forms.ChoiceField(
                label=topic, choices=STRENGTHS, required=False
            )

    def strengths(self) -> dict[str, int]:
        said = {t: self.cleaned_data.get(f"topic_{n}") for n, t in enumerate(self.topics)}
        return {topic: int(strength) for topic, strength in said.items() if strength}

    def clean(self) -> dict[str, Any]:
        if self.needs_one and not self.strengths():
            self.add_error(None, _("Choose at least one topic that you know a little about."))
        return self.cleaned_data

    def answers(self) -> dict[str, object]:
        return {"topics": self.strengths(), "capacity": self.cleaned_data.get("capacity")}

    def topic_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        places = {topic: place for place, topic in enumerate(self.topics)}
        return [
            (group.name, [self[f"topic_{places[topic]}"] for topic in group.topics])
            for group in self.groups
        ]

    def initial_of(self, answers: Mapping[str, Any]) -> dict[str, object]:
        offered = answers.get("topics", {})
        found = {f"topic_{n}": offered.get(topic, "") for n, topic in enumerate(self.topics)}
        return found | {"capacity": answers.get("capacity", 1)}


class WordsForm(StepForm):
    """The applicant's own words, and what they agree to."""

    about = forms.CharField(max_length=2000, min_length=20, widget=forms.Textarea({"rows": 5}))
    style = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    hours_per_month = forms.IntegerField(
        label=_("Hours a month that you can give"), min_value=1, max_value=40, required=False
    )
    gender = forms.ChoiceField(
        label=_("Shall gender count?"),
        choices=GENDERS,
        required=False,
        help_text=_("Only counts where the other person asks for the same."),
    )
    matching_consent = forms.BooleanField(
        label=_("Yes, match me"),
        help_text=_(
            "The office and the matching may use these answers to find my partner. My partner "
            "sees what each question says, never how I was compared. I can withdraw at any time."
        ),
        error_messages={"required": _("Without this yes we cannot look for your partner.")},
    )

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_mentor = role == RoleInCohort.MENTOR
        about = self.fields["about"]
        about.label = (
            _("What should we tell your mentee about how you work?")
            if is_mentor
            else _("What would make this worth your time?")
        )
        about.help_text = _("Two or three sentences are plenty.")
        style = cast(forms.MultipleChoiceField, self.fields["style"])
        style.label = _("As a mentor") if is_mentor else _("I would like somebody")
        style.choices = STYLES_OFFERED if is_mentor else STYLES_WISHED

    def answers(self) -> dict[str, object]:
        said = dict(self.cleaned_data)
        return said | {"gender_matters": bool(said.get("gender"))}
