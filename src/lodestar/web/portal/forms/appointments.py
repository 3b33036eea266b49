"""What do two people type about a planned meeting?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.mentorships.models import Appointment
from lodestar.domain.mentorships.rules.agendas import LONGEST, OWN, TEMPLATES, agenda_lines


class AgendaForm(forms.Form):
    """One of our agendas, or one's own words; a changed text is one's own."""

    kind = forms.ChoiceField(
        label=_("Begin from"), choices=[(each.kind, each.name) for each in TEMPLATES.values()]
    )
    text = forms.CharField(
        label=_("Your agenda"),
        help_text=_("One point a line. Leave it empty to take the prompts as they are."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    @property
    def told(self) -> dict[str, str]:
        """Return the agenda as the action takes it; prompts that nobody changed stay prompts."""
        said = {name: self.cleaned_data[name] for name in ("kind", "text")}
        lines = [line.strip() for line in said["text"].splitlines() if line.strip()]
        if any(lines == list(map(str, each.lines)) for each in TEMPLATES.values()):
            said["text"] = ""
        return said


def agenda_form(appointment: Appointment) -> AgendaForm:
    known: dict[str, Any] = {"text": "\n".join(agenda_lines(appointment))}
    if appointment.agenda_kind != OWN:
        known["kind"] = appointment.agenda_kind
    return AgendaForm(initial=known)
