"""What does a coordinator try instead of a design's own weights?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.matching.rules import OBJECTIVES, Tried, criterion_in_words
from lodestar.domain.programs.models import Criterion, Design

MOST = 100
FLOORS = (0, 100_000, 200_000, 300_000, 400_000, 500_000)
USUAL_FLOOR = 200_000
GROUPS = (
    ("", _("No groups")),
    ("country", _("Countries")),
    ("industry", _("Industries")),
    ("function", _("Kinds of work")),
)


class Slider(forms.NumberInput):
    """A native slider; what it stands at is told beside it."""

    input_type = "range"
    template_name = "console/matching/_slider.html"


class GroupsForm(forms.Form):
    """By which answer groups are held against each other, if by any."""

    group = forms.ChoiceField(
        label=_("Hold groups against each other by"), choices=GROUPS, required=False
    )

    def chosen(self) -> str:
        """Return the answer by which groups are made; nonsense makes none."""
        return str(self.cleaned_data["group"]) if self.is_bound and self.is_valid() else ""


class WeightsForm(GroupsForm):
    """A weight for each criterion of a design, the objective and the floor; whatever is left out is the design's."""

    objective = forms.ChoiceField(
        label=_("When not everybody can have the best partner"), required=False
    )
    floor = forms.TypedChoiceField(
        label=_("Propose no pair under"),
        choices=[(floor, _("%(n)d of 100") % {"n": floor // 10_000}) for floor in FLOORS],
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design = design
        self.criteria: list[Criterion] = list(design.criteria.all())
        objective = self.fields["objective"]
        objective.choices = [(o.value, words) for o, words in OBJECTIVES.items()]  # type: ignore[attr-defined]
        objective.initial = design.objective
        self.fields["floor"].initial = USUAL_FLOOR
        for criterion in self.criteria:
            most = max(MOST, criterion.weight)
            self.fields[name_of(criterion)] = forms.IntegerField(
                label=criterion_in_words(criterion.name),
                min_value=0,
                max_value=most,
                required=False,
                initial=criterion.weight,
                widget=Slider(attrs={"min": 0, "max": most}),
            )

    def tried(self) -> Tried:
        """Return what differs from the design."""
        said = self.cleaned_data
        weights = {c.name: said.get(name_of(c)) for c in self.criteria}
        own = {c.name: c.weight for c in self.criteria}
        floor = said.get("floor")
        objective = said.get("objective") or ""
        return Tried(
            {n: w for n, w in weights.items() if w is not None and w != own[n]},
            "" if objective == self.design.objective else objective,
            None if floor in (None, USUAL_FLOOR) else floor,
        )

    def sliders(self) -> list[forms.BoundField]:
        return [self[name_of(criterion)] for criterion in self.criteria]

    def weights(self) -> dict[str, int]:
        """Return the weight of each criterion as it stands, for its share of the whole."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {
            c.name: c.weight if said.get(name_of(c)) is None else said[name_of(c)]
            for c in self.criteria
        }


def name_of(criterion: Criterion) -> str:
    return f"w-{criterion.public_id}"


class WeightsFileForm(forms.Form):
    """The file that learned weights stand in."""

    file = forms.FileField(
        label=_("A file of weights"),
        help_text=_(
            "weights.csv as `lodestar learn` writes it, or any two columns “criterion” and “weight”."
        ),
        error_messages={"required": _("Choose a file first.")},
    )
