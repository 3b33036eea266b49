"""How does a coordinator say what kind of pair a program makes, and what partners read of each other?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import shown_from, told_of

HOW_IT_IS_SHOWN = {
    "topics": _("In the reasons, where the two meet; two of them in the agenda for the first talk."),
    "about": _("As it was written, and in the reasons."),
    "work": _("In the line under the name, and in the reasons."),
    "field_of_study": _("In the reasons, where both have it in common."),
    "class_year": _("In the line under the name; in the reasons, how many years lie between the two."),
    "place": _("In the line under the name, and in the reasons."),
    "time_zone": _("In the reasons, how far apart the clocks are; the zone itself in the room of the two."),
    "languages": _("In the reasons, where both have one in common."),
    "style": _("In a line of its own: listens, challenges, opens doors, teaches."),
    "hours_per_month": _("In a line of its own."),
    "capacity": _("In a line of its own. Only mentors are asked."),
    "gender": _("In a line of its own, of those who asked for it to count."),
}  # fmt: skip
IN_A_LINE = _("In a line of its own, under the question.")


class ShapeForm(forms.Form):
    """What kind of pair or group, and where they meet."""

    format = forms.ChoiceField(
        label=_("What kind of pair or group?"),
        choices=Design.Format.choices,
        widget=forms.RadioSelect,
    )
    mode = forms.ChoiceField(
        label=_("How do they meet?"), choices=Design.Mode.choices, widget=forms.RadioSelect
    )

    @classmethod
    def initial_of(cls, design: Design) -> dict[str, object]:
        return {"format": design.format, "mode": design.mode}


class VisibilityForm(forms.Form):
    """For each question of the application form, from when on a partner reads the answer."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in told_of(design):
            self.fields[asked.name] = forms.ChoiceField(
                label=str(asked.label),
                choices=Design.Shown.choices,
                initial=shown_from(design, asked.name),
                help_text=HOW_IT_IS_SHOWN.get(asked.name, IN_A_LINE),
            )
