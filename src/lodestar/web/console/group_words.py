"""What do the sizes of groups, their rules and their pace do?"""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.groups.rules import led_by_in_words
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.groups import (
    group_rules_of,
    pairs_peers,
    rule_in_words,
    sizes_in_words,
)

MONTH_DAYS = 30


def groups_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    return [
        _sizes(design),
        _("“%(told)s” is what people read in their room.") % {"told": led_by_in_words(design)},
        *(f"{rule_in_words(rule)}." for rule in group_rules_of(design)),
        *([] if group_rules_of(design) else [_("Anybody may sit beside anybody.")]),
        _("What somebody left blank never counts against them. Two people who must not meet are kept apart by hand, on the page where groups are formed."),
    ]  # fmt: skip


def _sizes(design: Design) -> str:
    sizes = sizes_in_words(design.group_least, design.group_most)
    if pairs_peers(design):
        if design.group_most > design.group_least:
            return _("People are put together in twos; where one is left, three sit together.")
        return _("People are put together in twos.")
    if design.format == Design.Format.GROUP:
        return _(
            "A mentor has a group of %(sizes)s, and never more than their places, or none."
        ) % {"sizes": sizes}
    return _("Groups of %(sizes)s, as even as can be.") % {"sizes": sizes}


def pace_of_groups(design: Design, cohort: Cohort | None) -> list[str]:
    """Return how much a group meets; its mentor meets all of it at once."""
    meetings = localize(round(MONTH_DAYS / max(1, design.cadence_days), 1))
    found = [_("A group meets about %(count)s times a month.") % {"count": meetings}]
    if cohort:
        times = (cohort.ends_on - cohort.starts_on).days // max(1, design.cadence_days)
        found.append(
            ngettext(
                "In “%(name)s” a group meets about %(count)d time.",
                "In “%(name)s” a group meets about %(count)d times.",
                times,
            )
            % {"name": cohort.name, "count": times}
        )
    return found
