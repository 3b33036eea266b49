"""When does a forecast make sense, which one is held against what happened, and did it hold?"""

from datetime import date, datetime
from math import ceil

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.pulses import days_between_pulses
from lodestar.domain.trials.models import Forecast
from lodestar.engine.simulation.assumptions import MOST_PULSES
from lodestar.engine.simulation.enough import FEWEST_MENTEES, FEWEST_MENTORS, are_too_few

FEWEST_ON_ROLL = 5
MOST_PAIRS = 12_000_000
MOST_WAITING = 3
EXACT_BELOW = 80_000
BUSY, MINUTES_FROM = 8, 90


def why_not_people(mentees: int, mentors: int) -> str:
    """Return why a forecast of so many people says nothing, or nothing where it does."""
    people = mentees + mentors
    if not people:
        return _("Nobody is here to try it on: wait for applicants, or choose other people below.")
    if are_too_few(mentees, mentors):
        return ngettext(
            "With %(people)d person a forecast says nothing: what one of them does would decide it. "
            "It takes %(mentees)d mentees and %(mentors)d mentors at least.",
            "With %(people)d people a forecast says nothing: what one of them does would decide it. "
            "It takes %(mentees)d mentees and %(mentors)d mentors at least.",
            people,
        ) % {"people": people, "mentees": FEWEST_MENTEES, "mentors": FEWEST_MENTORS}
    if mentees * mentors > MOST_PAIRS:
        return _(
            "A forecast weighs every pair of a mentee with a mentor, and these are more than "
            "%(most)s million: choose fewer people."
        ) % {"most": MOST_PAIRS // 1_000_000}
    return ""


def why_not_roll(mentees: int, mentors: int) -> str:
    """Return why nobody can be made up from so many alumni on the roll, or nothing where it can be done."""
    if min(mentees, mentors) >= FEWEST_ON_ROLL:
        return ""
    return _(
        "The roll knows %(mentees)d alumni who would be mentees and %(mentors)d who would be mentors, by "
        "their class years. It takes %(fewest)d of each to make up people like them: import more first."
    ) % {"mentees": mentees, "mentors": mentors, "fewest": FEWEST_ON_ROLL}


def why_not_sizes(mentees: int | None, mentors: int | None) -> str:
    """Return what is missing where people are to be made up, or nothing."""
    if mentees and mentors:
        return ""
    if mentees or mentors:
        missing = _("mentors") if mentees else _("mentees")
        return _("Say how many %(side)s are to be made up too.") % {"side": missing}
    return _("Say how many mentees and how many mentors are to be made up.")


def seconds_for(mentees: int, mentors: int) -> tuple[int, int]:
    """Return how long a forecast takes where the machine is idle, and where it has much else to do.

    Measured: 16 x 11 people 4 seconds, 60 x 40 7, 150 x 80 9, 400 x 200 25, 1,000 x 400 22; with two
    cores shared by eight others up to nine times as long. Beyond 80,000 pairs not every draw is played exactly.

    >>> seconds_for(60, 40), seconds_for(400, 200)
    ((5, 37), (26, 205))
    """
    pairs = mentees * mentors
    idle = 4 + min(pairs, EXACT_BELOW) / 3_700 + max(0, pairs - EXACT_BELOW) / 40_000
    return round(idle), round(BUSY * idle)


def time_in_words(mentees: int, mentors: int) -> str:
    """Say how long a forecast of so many people takes."""
    idle, busy = seconds_for(mentees, mentors)
    sentence = _(
        "%(mentees)s mentees and %(mentors)s mentors take about %(idle)s, on a busy machine up to %(busy)s."
    )
    return sentence % {
        "mentees": localize(mentees),
        "mentors": localize(mentors),
        "idle": span_in_words(idle),
        "busy": span_in_words(busy),
    }


def span_in_words(seconds: int) -> str:
    """Return seconds, or from a minute and a half on minutes.

    >>> span_in_words(40), span_in_words(205)
    ('40 seconds', '4 minutes')
    """
    if seconds < MINUTES_FROM:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": localize(minutes)}


def why_not_wait(waiting: int) -> str:
    """Return why no further forecast is taken on just now."""
    if waiting < MOST_WAITING:
        return ""
    return _("%(count)d forecasts of this cohort wait already: let one of them end first.") % {
        "count": waiting
    }


def can_pin(forecast: Forecast, first_sent_at: datetime | None) -> bool:
    return not why_not_pin(forecast, first_sent_at)


def why_not_pin(forecast: Forecast, first_sent_at: datetime | None) -> str:
    """Return why a forecast cannot be the one that is held against what happened.

    It must have been asked for before the first matches of its cohort went out, and so must the choice: a forecast
    chosen afterwards is none.
    """
    if forecast.status != Forecast.Status.READY:
        return _("Only a forecast that is ready can be kept as the one to hold reality against.")
    if first_sent_at is not None:
        return _(
            "The first matches are out already. Which forecast is held against what happened had "
            "to be chosen before."
        )
    if forecast.pool != Forecast.Pool.APPLICANTS:
        return _("Only a forecast of this cohort’s own applicants can be held against it.")
    return ""


def pulses_of(design: Design, begins_on: date, ends_on: date) -> int:
    """Return how often each side of a pair is asked for a pulse until a cohort ends."""
    left = (ends_on - begins_on).days - design.pulse_first_days
    if left < 0:
        return 0
    return min(MOST_PULSES, 1 + left // days_between_pulses(design))


def verdict_of(low: float | None, high: float | None, actual: float | None) -> str:
    """Return whether what happened lies `within` what was expected, `below` or `above`; "" where unknown.

    >>> verdict_of(3, 5, 4), verdict_of(3, 5, 2), verdict_of(None, None, 2)
    ('within', 'below', '')
    """
    if low is None or high is None or actual is None:
        return ""
    if actual < low:
        return "below"
    return "above" if actual > high else "within"
