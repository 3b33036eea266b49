"""What is somebody asked before a program looks for its people?"""

import json
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.web.common import choices
from lodestar.web.common.asking.usual import RANKS, WishesForm

SPOKEN = ("language_1", "language_2")
PLAIN = (
    "function", "industry", "field_of_study", "country", "city", "time_zone", "hours_per_month", "capacity", "about",
)  # fmt: skip


def typing_ahead(field: str) -> dict[str, object]:
    """Let the page propose words while somebody types; anything else may be written too."""
    return {
        "list": f"words-{field}",
        "autocomplete": "off",
        "hx-get": reverse_lazy("portal:words", args=[field]),
        "hx-trigger": "input changed delay:200ms",
        "hx-target": f"#words-{field}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }


class NeedsForm(WishesForm):
    """One page: topics in order, where somebody is in life and on the map, and a few words."""

    more = forms.CharField(
        label=_("Something that is not on the list"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=typing_ahead("more")),
    )
    function = forms.CharField(
        label=_("What you do, or study for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=typing_ahead("function")),
    )
    industry = forms.CharField(
        label=_("In which field"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "industries"}),
    )
    field_of_study = forms.CharField(
        label=_("What you studied"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=typing_ahead("field_of_study")),
    )
    country = forms.CharField(
        label=_("Country"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "country-name"}),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    language_1 = forms.ChoiceField(label=_("The language you would rather talk in"), required=False)
    language_2 = forms.ChoiceField(label=_("You also speak"), required=False)
    hours_per_month = forms.IntegerField(
        label=_("Hours a month that you could give"), min_value=1, max_value=40, required=False
    )
    capacity = forms.TypedChoiceField(
        label=_("How many mentees could you look after?"),
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    about = forms.CharField(max_length=2000, required=False, widget=forms.Textarea({"rows": 4}))
    consent = forms.BooleanField(
        label=_("Yes, use my answers to plan this program"),
        help_text=_(
            "Its coordinators read them, with your name if you are signed in. Others only ever "
            "see counts of five and more. You can take them back at any time."
        ),
        error_messages={"required": _("Without this yes we cannot count your answers.")},
    )

    def __init__(self, *args: Any, role: str, survey: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_mentor = role == RoleInCohort.MENTOR
        for name in RANKS if is_mentor else ("capacity",):
            del self.fields[name]
        if is_mentor:
            numbers = [(number, str(number)) for number in range(1, self.maximum + 1)]
            cast(forms.TypedChoiceField, self.fields["capacity"]).choices = numbers
        spoken = [("", "–"), *choices.languages()]
        for name in SPOKEN:
            cast(forms.ChoiceField, self.fields[name]).choices = spoken
        zones: list[Any] = [("", "–"), *choices.time_zones()]
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = zones
        self.fields["more"].widget.attrs["hx-vals"] = json.dumps({"survey": survey})
        self.fields["about"].label = (
            _("What would you need from us, and what would you rather not do?")
            if is_mentor
            else _("What would make it worth your time?")
        )

    def ranked(self) -> list[str]:
        """Return the topics in their order, one of their own words last; a listed one as the list writes it."""
        more = self.cleaned_data.get("more", "")
        listed = {topic.casefold(): topic for topic in self.topics}
        own = [listed.get(more.casefold(), more)] if more else []
        return list(dict.fromkeys([*super().ranked(), *own]))

    def answers(self) -> dict[str, object]:
        said = self.cleaned_data
        told = dict.fromkeys(filter(None, (said.get(name) for name in SPOKEN)))
        plain = {name: said.get(name) for name in PLAIN if name in self.fields}
        return {**plain, "topics": self.ranked(), "languages": list(told)}

    def initial_from(self, answers: Mapping[str, Any]) -> dict[str, object]:
        """Return what the form begins with: what was said before, or is known."""
        topics = list(answers.get("topics", []))
        own = [topic for topic in topics if topic not in self.topics]
        known = {name: answers[name] for name in PLAIN if answers.get(name)}
        spoken = dict(zip(SPOKEN, answers.get("languages", []), strict=False))
        listed = self.initial_of({"topics": [t for t in topics if t in self.topics]})
        return {**known, **spoken, **listed, "more": own[0] if own else ""}
