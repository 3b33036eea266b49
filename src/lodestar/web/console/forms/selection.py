"""How does a coordinator say by what applications are read?"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.programs.models import Audience, Design
from lodestar.domain.programs.rules.asked import Asked, asked_in, roles_in
from lodestar.domain.programs.rules.rubric import MOST_CRITERIA_OF_A_ROLE, SelectionWish

Role = Audience.Role
PARTS = ("name", "meaning", "answer", "weak", "fair", "strong")
SPARE_ROWS = 1
Row = tuple[str, list[forms.BoundField], bool]


class SelectionForm(forms.Form):
    """Up to eight criteria a role, each with its three levels; a row left empty is left out."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles_in(design)
        for role in self.roles:
            kept, asked = list(design.selection.filter(role=role)), asked_in(design, role)
            for number in range(MOST_CRITERIA_OF_A_ROLE):
                criterion = kept[number] if number < len(kept) else None
                for part, field in self.fields_of(asked).items():
                    field.initial = getattr(criterion, part, "")
                    self.fields[f"{role}_{number}_{part}"] = field

    @staticmethod
    def fields_of(asked: list[Asked]) -> dict[str, forms.Field]:
        def line(label: object, **more: Any) -> forms.CharField:
            return forms.CharField(label=str(label), required=False, max_length=200, **more)

        def level(label: object) -> forms.CharField:
            return line(label, widget=forms.Textarea({"rows": 2}))

        named = [(each.name, each.label) for each in asked]
        return {
            "name": forms.CharField(label=_("Name"), required=False, max_length=60),
            "meaning": line(_("What it means, in one sentence")),
            "answer": forms.ChoiceField(
                label=_("Read off"),
                required=False,
                choices=[("", gettext_lazy("the whole application")), *named],
            ),
            "weak": level(_("What is weak?")),
            "fair": level(_("What is fair?")),
            "strong": level(_("What is strong?")),
        }

    def said(self, role: str, number: int) -> dict[str, str]:
        """Return what stands in a row: typed, or else kept."""
        return {part: str(self[f"{role}_{number}_{part}"].value() or "").strip() for part in PARTS}

    def is_filled(self, role: str, number: int) -> bool:
        return any(text for part, text in self.said(role, number).items() if part != "answer")

    def clean(self) -> dict[str, Any]:
        for role in self.roles:
            for number in range(MOST_CRITERIA_OF_A_ROLE):
                if self.is_filled(role, number) and not self.said(role, number)["name"]:
                    self.add_error(
                        f"{role}_{number}_name", _("Give this one a name, or empty all of it.")
                    )
        return self.cleaned_data

    def wished(self) -> list[SelectionWish]:
        return [
            SelectionWish(role, *(self.cleaned_data[f"{role}_{number}_{part}"] for part in PARTS))
            for role in self.roles
            for number in range(MOST_CRITERIA_OF_A_ROLE)
            if self.cleaned_data[f"{role}_{number}_name"]
        ]

    def sides(self) -> list[tuple[str, list[Row]]]:
        """Return for each role its rows, and one more to fill: heading, fields, and if it is open."""
        titles = {
            Role.MENTEE: _("Applications of mentees"),
            Role.MENTOR: _("Applications of mentors"),
        }
        if len(self.roles) == 1:
            titles = {self.roles[0]: _("Applications")}
        return [(titles[role], self.rows(role)) for role in self.roles]

    def rows(self, role: str) -> list[Row]:
        numbers = range(MOST_CRITERIA_OF_A_ROLE)
        filled = [number for number in numbers if self.is_filled(role, number)]
        shown = numbers[: max(filled, default=-1) + 1 + SPARE_ROWS]
        return [self.row(role, number) for number in shown]

    def row(self, role: str, number: int) -> Row:
        fields = [self[f"{role}_{number}_{part}"] for part in PARTS]
        name = self.said(role, number)["name"]
        return name or _("One more"), fields, any(field.errors for field in fields)
