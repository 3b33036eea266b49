"""What changed in how people are chosen, and in what two partners read of each other?"""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Design, SelectionCriterion
from lodestar.domain.programs.rules.asked import ASKED, shown_from


def between_selections(
    old: Sequence[SelectionCriterion], new: Sequence[SelectionCriterion]
) -> list[str]:
    """Tell what is scored now, what no longer is, and what is read in another way."""
    before, after = ({(c.role, c.name): c for c in each} for each in (old, new))
    told = [_("“%(name)s” is no longer scored for %(who)s.") % _named(before[key])
            for key in before if key not in after]  # fmt: skip
    for key, criterion in after.items():
        if key not in before:
            told.append(_("“%(name)s” is scored now for %(who)s.") % _named(criterion))
        elif _says(before[key]) != _says(criterion):
            told.append(_("“%(name)s” is read in another way for %(who)s.") % _named(criterion))
    kept = [[key for key in each if key in before and key in after] for each in (before, after)]
    if kept[0] != kept[1]:
        told.append(_("What is scored stands in another order."))
    return told


def _named(criterion: SelectionCriterion) -> dict[str, str]:
    return {"name": criterion.name, "who": criterion.get_role_display()}


def _says(criterion: SelectionCriterion) -> tuple[str, ...]:
    return (criterion.meaning, criterion.answer, *criterion.levels)


def between_visibilities(old: Design, new: Design) -> list[str]:
    """Tell from when on a partner reads an answer, where that changed."""
    told = []
    for asked in ASKED:
        was, now = (shown_from(design, asked.name) for design in (old, new))
        if was != now:
            facts = {"what": capfirst(str(asked.label)), "old": was.label, "new": now.label}
            told.append(_("%(what)s: shown %(new)s, instead of %(old)s.") % facts)
    return told
