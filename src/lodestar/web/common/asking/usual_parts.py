"""How is each usual question put on a page?"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from lodestar.domain.common.languages import language_code
from lodestar.domain.forms.rules import Question, help_of, label_of
from lodestar.domain.programs.rules.defaults import TopicGroup, topic_groups
from lodestar.web.common import choices
from lodestar.web.common.asking.parts import Asking, Fields, Part, Said
from lodestar.web.common.asking.usual import (
    GENDERS,
    RANKS,
    STRENGTHS,
    STYLES_OFFERED,
    STYLES_WISHED,
    YouForm,
    check_wishes,
    ranked,
    wishes,
)


class YouPart(Part):
    """A question about the person, asked with fields that the profile has too."""

    is_kept = True
    must = ""

    def fields(self) -> Fields:
        fields = {name: deepcopy(YouForm.base_fields[name]) for name in self.names}
        hints = {
            "city": "address-level2",
            "country": "country-name",
            "function": "organization-title",
        }
        for name in hints.keys() & fields.keys():
            fields[name].widget.attrs["autocomplete"] = hints[name]
        for name, each in fields.items():
            each.required = self.question.is_required and name == (self.must or self.names[0])
        return self.finished(fields)


class Name(Part):
    """Asked of everybody, first of all."""

    is_kept = True

    def __init__(self, asking: Asking) -> None:
        super().__init__(Question("name", step="you"), asking)
        self.names = ("given_name", "family_name")

    def fields(self) -> Fields:
        fields = {name: deepcopy(YouForm.base_fields[name]) for name in self.names}
        for name, hint in (("given_name", "given-name"), ("family_name", "family-name")):
            fields[name].widget.attrs["autocomplete"] = hint
        return fields

    def answers(self, _said: Said) -> dict[str, object]:
        return {}

    def told(self, initial: Said) -> str:
        return " ".join(str(initial[name]) for name in self.names if initial.get(name))


class Place(YouPart):
    """City and country."""

    def __post_init__(self) -> None:
        self.names = ("city", "country")


class TimeZone(YouPart):
    """The clock by which somebody lives."""

    def __post_init__(self) -> None:
        self.names = ("time_zone",)

    def fields(self) -> Fields:
        fields = super().fields()
        zones: list[Any] = [("", "–"), *choices.time_zones()]
        cast(forms.ChoiceField, fields["time_zone"]).choices = zones
        return fields

    def told(self, initial: Said) -> str:
        zone = str(initial.get("time_zone") or "")
        return _("clocks of %(city)s") % {"city": choices.city_of(zone)} if zone else ""


class Languages(YouPart):
    """Up to three, the one somebody would rather talk in first."""

    def __post_init__(self) -> None:
        self.names = ("language_1", "language_2", "language_3")

    def rows(self) -> list[tuple[str, ...]]:
        return [("language_1",), ("language_2", "language_3")]

    def fields(self) -> Fields:
        fields = super().fields()
        for each in fields.values():
            cast(forms.ChoiceField, each).choices = [("", "–"), *choices.languages()]
        return fields

    def initial(self, answers: Said) -> dict[str, object]:
        spoken = [language_code(str(name)) for name in answers.get("languages") or []]
        return dict(zip(self.names, spoken, strict=False))

    def answers(self, said: Said) -> dict[str, object]:
        told = [said.get(name) for name in self.names]
        return {"languages": list(dict.fromkeys(filter(None, told)))}

    def told(self, initial: Said) -> str:
        codes = [str(initial[name]) for name in self.names if initial.get(name)]
        return ", ".join(choices.language_names(codes))


class ClassYear(YouPart):
    """The year somebody left college."""

    def __post_init__(self) -> None:
        self.names = ("class_year",)

    def told(self, initial: Said) -> str:
        year = initial.get("class_year")
        return _("class of %(year)s") % {"year": year} if year else ""


class Work(YouPart):
    """What somebody does, and in which field."""

    def __post_init__(self) -> None:
        self.names = ("function", "industry")

    def rows(self) -> list[tuple[str, ...]]:
        return [("function",), ("industry",)]


class Studies(YouPart):
    """What somebody studied."""

    def __post_init__(self) -> None:
        self.names = ("field_of_study",)


class Wishes(Part):
    """A mentee's topics."""

    template = "asking/wishes.html"

    def __post_init__(self) -> None:
        self.names = ("topics_wished", *RANKS)
        self.groups: list[TopicGroup] = topic_groups(self.asking.design.topics)

    @property
    def seen(self) -> str:
        return self.asking.seen(self.question)

    @property
    def legend(self) -> str:
        return label_of(self.question, self.asking.language) or _("Choose up to six")

    @property
    def help(self) -> str:
        return help_of(self.question, self.asking.language)

    def fields(self) -> Fields:
        return wishes(self.groups)

    def initial(self, answers: Said) -> dict[str, object]:
        told = answers.get("topics")
        topics = list(told) if isinstance(told, list | tuple | Mapping) else []
        return {"topics_wished": topics} | dict(zip(RANKS, topics, strict=False))

    def answers(self, said: Said) -> dict[str, object]:
        return {"topics": ranked(said)}

    def check(self, form: forms.Form, partial: bool) -> None:
        needs_one = self.question.is_required and not partial
        check_wishes(form, ranked(form.cleaned_data), needs_one=needs_one)


class Offers(Part):
    """A mentor's topics, each a field of its own with how well they know it."""

    template = "asking/offers.html"

    def __post_init__(self) -> None:
        self.groups: list[TopicGroup] = topic_groups(self.asking.design.topics)
        topics = dict.fromkeys(topic for group in self.groups for topic in group.topics)
        self.places = {topic: f"topic_{place}" for place, topic in enumerate(topics)}
        self.names = tuple(self.places.values())

    @property
    def seen(self) -> str:
        return self.asking.seen(self.question)

    @property
    def legend(self) -> str:
        said = label_of(self.question, self.asking.language)
        return said or _("Say how well you know each; leave the others as they are.")

    @property
    def help(self) -> str:
        return help_of(self.question, self.asking.language)

    def fields(self) -> Fields:
        return {
            name: forms.ChoiceField(label=topic, choices=STRENGTHS, required=False)
            for topic, name in self.places.items()
        }

    def initial(self, answers: Said) -> dict[str, object]:
        told = answers.get("topics")
        offered = told if isinstance(told, Mapping) else {}
        return {name: offered.get(topic, "") for topic, name in self.places.items()}

    def answers(self, said: Said) -> dict[str, object]:
        told = {topic: said.get(name) for topic, name in self.places.items()}
        return {"topics": {topic: int(strength) for topic, strength in told.items() if strength}}

    def check(self, form: forms.Form, partial: bool) -> None:
        needs_one = self.question.is_required and not partial
        if needs_one and not self.answers(form.cleaned_data)["topics"]:
            form.add_error(None, _("Choose at least one topic that you know a little about."))


class Capacity(Part):
    """How many mentees a mentor takes."""

    def __post_init__(self) -> None:
        self.names = ("capacity",)

    def fields(self) -> Fields:
        most = self.asking.design.capacity_maximum
        asked = forms.TypedChoiceField(
            label=_("How many mentees could you look after?"),
            coerce=int,
            widget=forms.RadioSelect,
            choices=[(number, str(number)) for number in range(1, most + 1)],
        )
        return self.finished({"capacity": asked})

    def initial(self, answers: Said) -> dict[str, object]:
        return {"capacity": answers.get("capacity") or self.asking.design.capacity_default}


class About(Part):
    """Own words."""

    def __post_init__(self) -> None:
        self.names = ("about",)

    def fields(self) -> Fields:
        label = (
            _("What should we tell your mentee about how you work?")
            if self.asking.is_mentor
            else _("What would make this worth your time?")
        )
        asked = forms.CharField(
            label=label,
            help_text=_("Two or three sentences are plenty."),
            max_length=2000,
            min_length=20,
            required=self.question.is_required,
            widget=forms.Textarea({"rows": 5}),
        )
        return self.finished({"about": asked})


class Style(Part):
    """How somebody mentors, or would like to be mentored."""

    def __post_init__(self) -> None:
        self.names = ("style",)

    def fields(self) -> Fields:
        is_mentor = self.asking.is_mentor
        asked = forms.MultipleChoiceField(
            label=_("As a mentor") if is_mentor else _("I would like somebody"),
            choices=STYLES_OFFERED if is_mentor else STYLES_WISHED,
            required=self.question.is_required,
            widget=forms.CheckboxSelectMultiple,
        )
        return self.finished({"style": asked})


class Hours(Part):
    """How much time somebody has."""

    def __post_init__(self) -> None:
        self.names = ("hours_per_month",)

    def fields(self) -> Fields:
        asked = forms.IntegerField(
            label=_("Hours a month that you can give"),
            min_value=1,
            max_value=40,
            required=self.question.is_required,
        )
        return self.finished({"hours_per_month": asked})


class Gender(Part):
    """Only for those who want it to count."""

    def __post_init__(self) -> None:
        self.names = ("gender",)

    def fields(self) -> Fields:
        asked = forms.ChoiceField(
            label=_("Shall gender count?"),
            choices=GENDERS,
            required=False,
            help_text=_("Only counts where the other person asks for the same."),
        )
        return self.finished({"gender": asked})

    def answers(self, said: Said) -> dict[str, object]:
        return {"gender": said.get("gender"), "gender_matters": bool(said.get("gender"))}


class Consent(Part):
    """The yes without which nobody is matched; asked of everybody, last of all."""

    def __init__(self, asking: Asking) -> None:
        super().__init__(Question("matching_consent"), asking)
        self.names = ("matching_consent",)

    def fields(self) -> Fields:
        asked = forms.BooleanField(
            label=_("Yes, match me"),
            help_text=_(
                "The office and the matching may use these answers to find my partner. My partner "
                "sees what each question says, never how I was compared. I can withdraw at any time."
            ),
            error_messages={"required": _("Without this yes we cannot look for your partner.")},
        )
        return {"matching_consent": asked}


USUAL_PARTS: Mapping[str, type[Part]] = {
    "place": Place,
    "time_zone": TimeZone,
    "languages": Languages,
    "class_year": ClassYear,
    "work": Work,
    "field_of_study": Studies,
    "capacity": Capacity,
    "about": About,
    "style": Style,
    "hours_per_month": Hours,
    "gender": Gender,
}
