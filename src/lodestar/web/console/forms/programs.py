"""What does a coordinator write down about a program and its cohorts?"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.rules import Phases, why_not_in_order


class ProgramForm(forms.Form):
    """A program in three lines."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As people will say it: “First Steps”.")
    )
    promise = forms.CharField(
        label=_("What it promises, in one sentence"),
        max_length=200,
        help_text=_("“A mentor for your first years after college.”"),
    )
    description = forms.CharField(
        label=_("More about it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("For whom, why, and what people did with it before."),
    )


class EditProgramForm(ProgramForm):
    """The same, and who is written to, and who may read it."""

    contact_email = forms.EmailField(
        label=_("Address for questions"),
        required=False,
        help_text=_("Left blank, the association’s address is shown."),
    )
    is_public = forms.BooleanField(label=_("Anybody may read the program’s page"), required=False)

    @classmethod
    def initial_of(cls, program: Program) -> dict[str, object]:
        return {name: getattr(program, name) for name in cls.base_fields}


class CoordinatorForm(forms.Form):
    """Whom to appoint, by the address with which they sign in."""

    email = forms.EmailField(
        label=_("E-mail address of a member"),
        help_text=_("They need to have joined; this sends them nothing."),
    )


class CohortForm(forms.Form):
    """One run of the program: a name and five days in order."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("“Spring 2027”."))
    is_pilot = forms.BooleanField(
        label=_("This is a trial run"),
        required=False,
        help_text=_(
            "A small cohort first: 8 to 15 pairs for six to eight weeks show most troubles."
        ),
    )
    opens_on = forms.DateField(label=_("Applications open on"))
    closes_on = forms.DateField(
        label=_("Last day to apply"), help_text=_("Until midnight. After it, answers are frozen.")
    )
    matching_on = forms.DateField(
        label=_("Matching begins on"), help_text=_("Applicants hear from you by this day.")
    )
    starts_on = forms.DateField(label=_("Mentorships start on"))
    ends_on = forms.DateField(label=_("The cohort ends on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def phases(self) -> Phases:
        said = self.cleaned_data
        return Phases(
            *(said[day] for day in ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on"))
        )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for sentence in why_not_in_order(self.phases()):
                self.add_error(None, sentence)
        return self.cleaned_data

    @classmethod
    def initial_of(cls, cohort: Cohort) -> dict[str, object]:
        return {name: getattr(cohort, name) for name in cls.base_fields}

    @classmethod
    def proposed(cls, today: date) -> dict[str, object]:
        """Four weeks to apply, a week to match, two to answer, half a year together."""
        monday = today + timedelta(days=7 - today.weekday())
        weeks = {"opens_on": 1, "matching_on": 6, "starts_on": 8, "ends_on": 34}
        days: dict[str, object] = {
            name: monday + timedelta(weeks=count) for name, count in weeks.items()
        }
        return days | {"closes_on": monday + timedelta(weeks=5, days=-1)}
