"""How does a coordinator say what happens when?"""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lodestar.domain.programs.actions.milestones import as_milestone_wish
from lodestar.domain.programs.models import Design, Milestone
from lodestar.domain.programs.rules import Phases
from lodestar.domain.programs.rules.milestones import (
    MOST_MILESTONES,
    MilestoneWish,
    days_of,
    when_in_words,
)

BEFORE, AFTER = "before", "after"
SIDES = [
    (BEFORE, pgettext_lazy("so many days", "days before")),
    (AFTER, pgettext_lazy("so many days", "days after")),
]
MOST_DAYS = 400


class MilestoneForm(forms.Form):
    """One milestone; a row in which nothing is written is left out."""

    name = forms.CharField(
        label=gettext_lazy("What people call it"),
        max_length=80,
        error_messages={"required": gettext_lazy("Give it a name, or take it out.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=Milestone.Kind.choices,
        initial=Milestone.Kind.EVENT,
    )
    for_whom = forms.ChoiceField(label=gettext_lazy("For whom"), choices=Milestone.ForWhom.choices)
    lasting_days = forms.IntegerField(
        label=gettext_lazy("Days it lasts"), min_value=1, max_value=MOST_DAYS, initial=1
    )
    days = forms.IntegerField(
        label=gettext_lazy("How many days"), min_value=0, max_value=MOST_DAYS, initial=0
    )
    side = forms.ChoiceField(label=gettext_lazy("Before or after"), choices=SIDES, initial=AFTER)
    anchor = forms.ChoiceField(
        label=gettext_lazy("Counted from the day on which"),
        choices=Milestone.Anchor.choices,
        initial=Milestone.Anchor.STARTS,
    )
    place = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=200,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("What people should know or do"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def has_changed(self) -> bool:
        """A row in which nothing is written is blank, whatever its lists say."""
        written = (self.data.get(self.add_prefix(name), "") for name in ("name", "place", "text"))
        return any(said.strip() for said in written)

    @property
    def is_taken_out(self) -> bool:
        return bool(self.data.get(self.add_prefix(forms.formsets.DELETION_FIELD_NAME)))

    def wish(self) -> MilestoneWish | None:
        """Return what is written in the row, or nothing where it is blank or not right yet."""
        said = self.initial
        if self.is_bound:
            said = self.cleaned_data if self.is_valid() and self.cleaned_data.get("name") else {}
        if not said:
            return None
        return MilestoneWish(
            kind=said["kind"],
            name=said["name"],
            for_whom=said["for_whom"],
            anchor=said["anchor"],
            offset_days=-said["days"] if said["side"] == BEFORE else said["days"],
            lasting_days=said["lasting_days"],
            text=said["text"],
            place=said["place"],
        )

    def title(self) -> str:
        return str(self["name"].value() or "").strip()


@dataclass(frozen=True)
class Row:
    """A row of the form: what it is called, and when that is as far as it is known."""

    form: MilestoneForm
    when: str
    days: tuple[date, date] | None

    @property
    def is_new(self) -> bool:
        return not self.form.title()

    @property
    def is_open(self) -> bool:
        return self.is_new or bool(self.form.errors)

    @property
    def short_fields(self) -> list[forms.BoundField]:
        """Return the fields of one line; the text stands beneath them."""
        return [self.form[name] for name in MilestoneForm.base_fields if name != "text"]

    @property
    def remove(self) -> forms.BoundField | None:
        return None if self.is_new else self.form[forms.formsets.DELETION_FIELD_NAME]


class MilestoneRows(forms.BaseFormSet[MilestoneForm]):
    """All milestones of a design, with one blank row to add to them."""

    def add_fields(self, form: MilestoneForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[forms.formsets.DELETION_FIELD_NAME].label = _("Take it out")

    def wished(self) -> list[MilestoneWish]:
        kept = [form for form in self.forms if not form.is_taken_out]
        return [wish for form in kept if (wish := form.wish())]

    def rows(self, phases: Phases | None) -> list[Row]:
        """Return the rows with their real days where a cohort is planned."""
        return [row_of(form, phases) for form in self.forms]

    def refusals(self) -> list[str]:
        """Return what is not right yet, each with its row and its field."""
        found = [str(sentence) for sentence in self.non_form_errors()]
        for number, form in enumerate(self.forms, 1):
            row = form.title() or _("Row %(number)d") % {"number": number}
            errors = {} if form.is_taken_out else form.errors
            for name, told in errors.items():
                found += [f"{row} · {form.fields[name].label} · {sentence}" for sentence in told]
        return found


def row_of(form: MilestoneForm, phases: Phases | None) -> Row:
    wish = form.wish()
    return Row(
        form=form,
        when=when_in_words(wish) if wish else "",
        days=days_of(wish, phases) if wish and phases else None,
    )


MilestoneForms = cast(
    type[MilestoneRows],
    forms.formset_factory(
        MilestoneForm,
        formset=MilestoneRows,
        extra=1,
        max_num=MOST_MILESTONES,
        absolute_max=MOST_MILESTONES + 20,
        can_delete=True,
    ),
)


def milestones_initial(design: Design) -> list[dict[str, object]]:
    return [initial_of(as_milestone_wish(each)) for each in design.milestones.all()]


def initial_of(wish: MilestoneWish) -> dict[str, object]:
    return {
        "kind": wish.kind,
        "name": wish.name,
        "for_whom": wish.for_whom,
        "anchor": wish.anchor,
        "days": abs(wish.offset_days),
        "side": BEFORE if wish.offset_days < 0 else AFTER,
        "lasting_days": wish.lasting_days,
        "place": wish.place,
        "text": wish.text,
    }
