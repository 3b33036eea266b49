"""What does a coordinator write down about a program and its cohorts?"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.rules import DAYS, Phases, followed, why_not_in_order
from lodestar.domain.programs.rules.templates import TEMPLATES, Template, template_named
from lodestar.web.common.merging import MergingForm


class TemplateLabel:
    """A template as a choice: its name, and for whom it is, in the reader's language."""

    def __init__(self, template: Template) -> None:
        self.template = template

    def __str__(self) -> str:
        return format_html(
            "{} <small>{}</small>", str(self.template.name), str(self.template.for_whom)
        )

    def __html__(self) -> str:
        return str(self)


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


class NewProgramForm(ProgramForm):
    """The same, begun from a template; its texts stand where nothing else is written."""

    template = forms.ChoiceField(
        label=_("What it is like"),
        widget=forms.RadioSelect,
        choices=[(each.key, TemplateLabel(each)) for each in TEMPLATES],
        initial=TEMPLATES[0].key,
    )
    field_order = ("template", "name", "promise", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promise"].required = False
        self.fields["promise"].help_text = _("Left blank, the template’s sentence is taken.")
        self.fields["description"].help_text = _("Left blank, the template’s text is taken.")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = template_named(said.get("template", ""))
        said["promise"] = said.get("promise") or str(chosen.promise)
        said["description"] = said.get("description") or str(chosen.description)
        return said


class CloneForm(forms.Form):
    """What a program like another is called."""

    name = forms.CharField(label=_("Name of the new program"), max_length=120)


class EditProgramForm(MergingForm, ProgramForm):
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

    move_after = forms.BooleanField(
        label=_("Move the days after it, too"),
        required=False,
        help_text=_("When you move one day, those after it move by the same; the lengths stay."),
    )

    def __init__(self, *args: Any, staying: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staying = staying or {}
        for day in DAYS:
            field, why = self.fields[day], self.staying.get(day, "")
            kept = {"readonly": True} if why else {}
            field.widget = forms.DateInput({"type": "date"} | kept, format="%Y-%m-%d")
            field.help_text = why or field.help_text
            hidden = forms.HiddenInput()
            self.fields[f"was_{day}"] = forms.DateField(required=False, widget=hidden)
            self.initial.setdefault(f"was_{day}", self.initial.get(day))

    def has_days(self) -> bool:
        """Whether all five days could be read, in whatever order they are."""
        return all(self.cleaned_data.get(day) for day in DAYS)

    def phases(self) -> Phases:
        """Return the days as typed; where the later ones are to follow, moved by as much."""
        said = self.cleaned_data
        typed = Phases(*(said[day] for day in DAYS))
        shown = [day for day in (said.get(f"was_{name}") for name in DAYS) if day]
        if said.get("move_after") and len(shown) == len(DAYS):
            return followed(Phases(*shown), typed, self.staying)
        return typed

    def kept(self) -> dict[str, Any]:
        """Return what is to be kept of it: the name, whether it is a trial run, the days."""
        said = self.cleaned_data
        return {"name": said["name"], "is_pilot": said["is_pilot"], "phases": self.phases()}

    def clean(self) -> dict[str, Any]:
        if self.has_days():
            for sentence in why_not_in_order(self.phases()):
                self.add_error(None, sentence)
        return self.cleaned_data

    @classmethod
    def initial_of(cls, cohort: Cohort) -> dict[str, object]:
        return {name: getattr(cohort, name) for name in ("name", "is_pilot", *DAYS)}

    @classmethod
    def proposed(cls, phases: Phases) -> dict[str, object]:
        return {day: getattr(phases, day) for day in DAYS}
