"""On which days does a design ask people how it goes?"""

from collections.abc import Sequence

from lodestar.domain.programs.models import Design

FEWEST_DAYS_BETWEEN_PULSES = 14


def days_between_pulses(design: Design) -> int:
    """Return the days from one pulse to the next: as designed, and never fewer than 14."""
    return max(design.pulse_every_days, FEWEST_DAYS_BETWEEN_PULSES)


def pulse_days(design: Design, running_days: int) -> Sequence[int]:
    """Return on which days of a cohort that runs so long a pair is asked, if it begins with it."""
    return range(design.pulse_first_days, running_days, days_between_pulses(design))
