"""On which days does a design ask people how it goes?"""

from collections.abc import Sequence
from datetime import date, timedelta

from lodestar.domain.programs.models import Cohort, Design

FEWEST_DAYS_BETWEEN_PULSES = 14


APART = timedelta(days=FEWEST_DAYS_BETWEEN_PULSES)
CLOSING_BEFORE = timedelta(days=7)
SHORTEST_WITH_A_MIDDLE = timedelta(days=56)


def midpoint_on(cohort: Cohort, began_on: date) -> date | None:
    """Return the day on which both sides of a mentorship take a longer look; None where it is too short for one."""
    design = cohort.design
    together = cohort.ends_on - began_on
    is_once = design.format == Design.Format.FLASH
    if not design.asks_midpoint or is_once or together < SHORTEST_WITH_A_MIDDLE:
        return None
    return began_on + together / 2


def closing_on(cohort: Cohort, began_on: date) -> date | None:
    """Return the day from which both sides are asked what came of it; None for who began in the last weeks."""
    day = cohort.ends_on - CLOSING_BEFORE
    return day if cohort.design.asks_closing and day - began_on >= APART else None


def days_between_pulses(design: Design) -> int:
    """Return the days from one pulse to the next: as designed, and never fewer than 14."""
    return max(design.pulse_every_days, FEWEST_DAYS_BETWEEN_PULSES)


def pulse_days(design: Design, running_days: int) -> Sequence[int]:
    """Return on which days of a cohort that runs so long a pair is asked, if it begins with it."""
    return range(design.pulse_first_days, running_days, days_between_pulses(design))
