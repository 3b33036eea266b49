"""By which ways do two people find each other, and on which days?

Asking begins for everybody on the same day, and lists are put together when the last day is over, so that
nobody wins by being fast.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.programs.models import Cohort, Design

Way = Design.Way
MOST_ON_A_LIST = range(1, 11)
MOST_ASKS = range(1, 21)
WINDOW_DAYS = range(61)
WAY_WORDS = {
    Way.OFFICE: gettext_lazy("The office matches"),
    Way.ASK: gettext_lazy("People ask"),
    Way.RANK: gettext_lazy("People rank"),
}


def uses(design: Design, way: Design.Way) -> bool:
    return way.value in design.ways


def people_choose(design: Design) -> bool:
    """Mentees look for mentors themselves, and need to see who there is."""
    return uses(design, Way.ASK) or uses(design, Way.RANK)


def follows_up(design: Design) -> bool:
    """Somebody else is proposed after a match that did not go ahead: by the office, or from the mentee's own list."""
    return uses(design, Way.OFFICE) or uses(design, Way.RANK)


def only_ask(design: Design) -> bool:
    """People find each other by asking alone, at the end of a mentorship too: no run leaves anybody without."""
    return not (follows_up(design) or design.makes_groups)


def asking_not_played(design: Design) -> str:
    """Return that whatever plays a design has the office match everybody, or nothing where it does so anyway."""
    if not people_choose(design):
        return ""
    return _(
        "Asking and ranking are not played: nobody asks anybody or makes a list, and the office matches everybody."
    )


def in_order(ways: Collection[str]) -> list[str]:
    """Return ways in the one order in which they are kept.

    >>> in_order({"rank", "office"})
    ['office', 'rank']
    """
    return [way.value for way in Way if way.value in ways]


def last_day_of_window(cohort: Cohort, design: Design | None = None) -> date | None:
    """Return the last day on which lists can be changed; None where nobody ranks."""
    design = design or cohort.design
    if not uses(design, Way.RANK):
        return None
    return cohort.matching_on + timedelta(days=design.window_days)


def asking_begins_on(cohort: Cohort, design: Design | None = None) -> date | None:
    """Return the day from which mentors can be asked: for everybody the same, and after a window."""
    if not uses(design or cohort.design, Way.ASK):
        return None
    last = last_day_of_window(cohort, design)
    return last + timedelta(days=1) if last else cohort.matching_on


def is_window_open(cohort: Cohort, on: date) -> bool:
    """Tell if lists can still be changed."""
    last = last_day_of_window(cohort)
    return last is not None and on <= last


def can_ask_on(cohort: Cohort, on: date) -> bool:
    first = asking_begins_on(cohort)
    return first is not None and first <= on <= cohort.ends_on


def why_not_ways(ways: Collection[str]) -> str:
    """Return what is wrong with a choice of ways, or nothing."""
    if not in_order(ways):
        return _("Choose at least one way in which two people find each other.")
    return ""
