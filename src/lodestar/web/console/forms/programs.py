"""What does a coordinator write down about a program and its cohorts?"""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.rules import Phases, why_not_in_order
from lodestar.domain.programs.rules.templates import TEMPLATES, Template, template_named
from lodestar.web.common.merging import MergingForm

DAYS = ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on")


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def phases(self) -> Phases:
        said = self.cleaned_data
        return Phases(*(said[day] for day in DAYS))

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for sentence in why_not_in_order(self.phases()):
                self.add_error(None, sentence)
        return self.cleaned_data

    @classmethod
    def initial_of(cls, cohort: Cohort) -> dict[str, object]:
        return {name: getattr(cohort, name) for name in cls.base_fields}

    @classmethod
    def proposed(cls, phases: Phases) -> dict[str, object]:
        return {day: getattr(phases, day) for day in DAYS}
