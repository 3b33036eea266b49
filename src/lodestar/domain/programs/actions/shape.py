"""How does a design say what it is, how two find each other, by what people are chosen, and what partners read of each other?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions.designs import editable, write_eligibility, write_selection
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import WAYS_FACTS
from lodestar.domain.programs.rules.asked import form_of, shown_from, told_of
from lodestar.domain.programs.rules.eligibility import (
    EligibilityWish,
    why_not_chosen,
    why_not_eligibility,
)
from lodestar.domain.programs.rules.groups import GroupRule, as_data, why_not_rules, why_not_sizes
from lodestar.domain.programs.rules.rubric import SelectionWish, why_not_selection
from lodestar.domain.programs.rules.ways import in_order, why_not_ways

NEVER_SHOWN = gettext_lazy("An answer is shown with the proposal, once both said yes, or never.")


@transaction.atomic
def set_shape(design: Design, *, by: Person, format: str, mode: str) -> Design:  # noqa: A002
    """Say what kind of pair or group a program makes, and how they meet."""
    design = editable(design, by)
    design.format, design.mode = format, mode
    design.full_clean()
    design.save()
    record("design.shape_set", design, by=by, format=format, mode=mode)
    return design


@dataclass(frozen=True, slots=True)
class GroupsWish:
    """How large groups are, who leads them, and who may be in one together."""

    least: int
    most: int
    led_by: str
    rules: Sequence[GroupRule] = ()


@transaction.atomic
def set_groups(design: Design, *, by: Person, wish: GroupsWish) -> Design:
    """Say how large groups are, who leads their meetings, and who may be in one together."""
    problem = why_not_sizes(wish.least, wish.most) or why_not_rules(wish.rules)
    if problem:
        raise RefusedError(problem)
    design = editable(design, by)
    design.group_least, design.group_most, design.led_by = wish.least, wish.most, wish.led_by
    design.group_rules = as_data(wish.rules)
    design.full_clean()
    design.save()
    record("design.groups_set", design, by=by, rules=len(wish.rules))
    return design


@transaction.atomic
def set_ways(design: Design, *, by: Person, ways: Collection[str], **settings: object) -> Design:
    """Say how two people find each other, and by which numbers."""
    if problem := why_not_ways(ways):
        raise RefusedError(problem)
    design = editable(design, by)
    design.ways = in_order(ways)
    for name in WAYS_FACTS[1:]:
        if name in settings:
            setattr(design, name, settings[name])
    design.full_clean()
    design.save()
    record("design.ways_set", design, by=by, ways=design.ways)
    return design


@transaction.atomic
def set_selection(design: Design, *, by: Person, selection: Sequence[SelectionWish]) -> Design:
    """Replace that by which applications are read."""
    if problem := why_not_selection(selection):
        raise RefusedError(problem)
    design = editable(design, by)
    write_selection(design, selection)
    record("design.selection_set", design, by=by, count=len(selection))
    return design


@transaction.atomic
def set_eligibility(design: Design, *, by: Person, wishes: Sequence[EligibilityWish]) -> Design:
    """Replace the rules beside the audience on who may take part."""
    if problem := why_not_eligibility(wishes):
        raise RefusedError(problem)
    design = editable(design, by)
    if problem := why_not_chosen(wishes, form_of(design)):
        raise RefusedError(problem)
    write_eligibility(design, wishes)
    record("design.eligibility_set", design, by=by, count=len(wishes))
    return design


@transaction.atomic
def set_visibility(design: Design, *, by: Person, shown: Mapping[str, str]) -> Design:
    """Say from when on a partner reads each answer; one that is not named stays as it is."""
    if not set(shown.values()) <= set(Design.Shown.values):
        raise RefusedError(NEVER_SHOWN)
    design = editable(design, by)
    design.visibility = {
        asked.name: shown.get(asked.name, shown_from(design, asked.name).value)
        for asked in told_of(design)
    }
    design.full_clean()
    design.save()
    record("design.visibility_set", design, by=by)
    return design
