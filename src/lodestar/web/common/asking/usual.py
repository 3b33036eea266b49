"""How does the program ask what every program asks: who somebody is, and what they wish for?"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

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


class YouForm(forms.Form):
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


def wishes(groups: list[TopicGroup]) -> dict[str, forms.Field]:
    """Return the fields in which a mentee ticks topics, and says which three matter most."""
    topics = list(dict.fromkeys(topic for group in groups for topic in group.topics))
    grouped: list[Any] = [("", "–"), *((g.name, [(t, t) for t in g.topics]) for g in groups)]
    ticked = forms.MultipleChoiceField(
        label=_("What would you like help with?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(topic, topic) for topic in topics],
    )
    labels = (_("Matters most"), _("Then"), _("Then"))
    ranks = {
        rank: forms.ChoiceField(label=label, required=False, choices=grouped)
        for rank, label in zip(RANKS, labels, strict=True)
    }
    return {"topics_wished": ticked, **ranks}


def ranked(said: Mapping[str, Any]) -> list[str]:
    """Return the three that matter most in their order, then the others that were ticked."""
    first = [said.get(rank, "") for rank in RANKS]
    return list(dict.fromkeys(filter(None, [*first, *said.get("topics_wished", [])])))


def check_wishes(form: forms.Form, topics: list[str], *, needs_one: bool) -> None:
    """Say where a topic stands twice, and where there are too many or none."""
    before: set[str] = set()
    for rank in RANKS if needs_one else ():
        topic = form.cleaned_data.get(rank, "")
        if topic in before:
            sentence = _("“%(topic)s” stands further up already. Choose another, or none.")
            form.add_error(rank, sentence % {"topic": topic})
        before |= {topic} - {""}
    if len(topics) > MOST_TOPICS_OF_A_MENTEE:
        form.add_error(
            "topics_wished",
            _("Please choose six at most: the fewer, the better we can match them."),
        )
    if needs_one and not topics and not {"topics_wished", *RANKS} & set(form.errors):
        form.add_error("topics_wished", _("Choose at least one."))


class TopicsForm(forms.Form):
    """What an applicant wants or offers; each topic is a field of its own."""

    def __init__(
        self,
        *args: Any,
        groups: list[TopicGroup],
        maximum: int,
        partial: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs_one = not partial
        for field in self.fields.values() if partial else ():
            field.required = False
        self.groups = groups
        self.topics = list(dict.fromkeys(topic for group in groups for topic in group.topics))
        self.maximum = maximum


class WishesForm(TopicsForm):
    """A mentee's topics: tick some, and say which matter most."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = wishes(self.groups) | self.fields

    def ranked(self) -> list[str]:
        return ranked(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        check_wishes(self, self.ranked(), needs_one=self.needs_one)
        return self.cleaned_data

    def answers(self) -> dict[str, object]:
        return {"topics": self.ranked()}

    @classmethod
    def initial_of(cls, answers: Mapping[str, Any]) -> dict[str, object]:
        topics = list(answers.get("topics", []))
        return {"topics_wished": topics} | dict(zip(RANKS, topics, strict=False))
