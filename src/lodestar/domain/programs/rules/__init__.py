"""What may be planned, changed and opened, and in which phase is a cohort?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Cohort, Design

State = Cohort.State
A_YEAR = timedelta(weeks=52)
LONGEST_COHORT_DAYS = 5 * 366
DAYS = ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on")
AUDIENCE_RULES = (
    "class_year_from", "class_year_to", "countries", "fields_of_study", "industries",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phases:
    """The five days on which a cohort turns to its next phase."""

    opens_on: date
    closes_on: date
    matching_on: date
    starts_on: date
    ends_on: date


def moved_on(day: date, on: date) -> date:
    """Move a day on by whole years of 52 weeks, which keeps its weekday, until it is not past.

    >>> moved_on(date(2025, 1, 6), date(2026, 3, 1))
    datetime.date(2027, 1, 4)
    """
    while day < on:
        day += A_YEAR
    return day


def moved_phases(phases: Phases, on: date) -> Phases:
    """Move all days of a cohort together by whole years, until it opens ahead."""
    by = moved_on(phases.opens_on, on) - phases.opens_on
    return shifted(phases, by.days)


def next_monday(on: date) -> date:
    """Return the Monday of next week."""
    return on + timedelta(days=7 - on.weekday())


def phases_of(cohort: Cohort) -> Phases:
    return Phases(*(getattr(cohort, day) for day in DAYS))


def state_of(cohort: Cohort, on: date) -> Cohort.State:
    """Read the phase off the dates; a cohort that is not published is planned, whatever the day."""
    if cohort.published_at is None or on < cohort.opens_on:
        return State.PLANNED
    if on <= cohort.closes_on:
        return State.OPEN
    if on < cohort.matching_on:
        return State.CLOSED
    if on < cohort.starts_on:
        return State.MATCHING
    return State.RUNNING if on <= cohort.ends_on else State.FINISHED


def is_open(cohort: Cohort, on: date) -> bool:
    return state_of(cohort, on) == State.OPEN


def why_not_in_order(phases: Phases) -> list[str]:
    """Say which days of a cohort contradict each other, one sentence each."""
    told = {name: date_format(getattr(phases, name), "j F Y") for name in DAYS}
    problems = []
    if phases.closes_on < phases.opens_on:
        problems.append(
            _("Applications would close on %(closes_on)s, before they open on %(opens_on)s.") % told
        )
    if phases.matching_on < phases.closes_on:
        problems.append(
            _(
                "Matching would begin on %(matching_on)s, while people can still apply until %(closes_on)s."
            )
            % told
        )
    if phases.starts_on < phases.matching_on:
        problems.append(
            _(
                "The mentorships would start on %(starts_on)s, before matching begins on %(matching_on)s."
            )
            % told
        )
    if phases.ends_on <= phases.starts_on:
        problems.append(
            _("The cohort would end on %(ends_on)s, but it only starts on %(starts_on)s.") % told
        )
    if (phases.ends_on - phases.opens_on).days > LONGEST_COHORT_DAYS:
        problems.append(_("The cohort would last more than five years. Is one of the years right?"))
    return problems


def is_in_use(design: Design, cohorts: Iterable[Cohort]) -> bool:
    """A design that a published cohort began with is not edited; a new version is made."""
    return design.published_at is not None or any(
        cohort.published_at is not None for cohort in cohorts
    )


def why_day_stays(cohort: Cohort, day: str, on: date) -> str:
    """Say why one day of a cohort cannot move any more, or nothing."""
    if state_of(cohort, on) == State.FINISHED:
        return _("This cohort is finished; its days stay as they were.")
    if day == "closes_on" and cohort.frozen_at:
        return _(
            "Applications are closed and the answers are frozen, so the closing day stays. "
            "People on the waitlist can still be accepted."
        )
    if cohort.published_at is None or on < getattr(cohort, day):
        return ""
    return {
        "opens_on": _("People can already apply, so the opening day stays."),
        "matching_on": _("Matching has begun, so its first day stays."),
        "starts_on": _("The mentorships have started, so their first day stays."),
    }.get(day, "")


def why_not_change_cohort(cohort: Cohort, wanted: Phases, on: date) -> str:
    """Say why these new days cannot be taken, or nothing."""
    if state_of(cohort, on) == State.FINISHED:
        return _("This cohort is finished; its days stay as they were.")
    if order := why_not_in_order(wanted):
        return " ".join(order)
    moved = [day for day in DAYS if getattr(wanted, day) != getattr(cohort, day)]
    if stays := list(filter(None, [why_day_stays(cohort, day, on) for day in moved])):
        return " ".join(stays)
    if cohort.published_at and "closes_on" in moved and wanted.closes_on < on:
        return _("The closing day is in the past. To close soon, choose today.")
    return ""


def why_not_hold_letters(cohort: Cohort) -> str:
    if not cohort.is_pilot:
        return _(
            "Only the letters of a trial run can be held; those of any other cohort go at once."
        )
    return ""


def why_not_ordinary(cohort: Cohort, *, is_pilot: bool) -> str:
    """Say why a cohort must stay a trial run, or nothing."""
    if cohort.holds_letters and not is_pilot:
        return _(
            "Its letters are held, which only a trial run can do. Stop holding them first, then make it "
            "an ordinary cohort."
        )
    return ""


def shifted(phases: Phases, days: int, staying: Iterable[str] = ()) -> Phases:
    """Move every day but those that stay."""
    moved = set(DAYS) - set(staying)
    return replace(
        phases, **{day: getattr(phases, day) + timedelta(days=days) for day in DAYS if day in moved}
    )


def followed(was: Phases, now: Phases, staying: Iterable[str] = ()) -> Phases:
    """Let the days after the first one that moved move by the same; one moved by itself keeps its own."""
    moved = [day for day in DAYS if getattr(was, day) != getattr(now, day)]
    if not moved:
        return now
    days = (getattr(now, moved[0]) - getattr(was, moved[0])).days
    before = DAYS[: DAYS.index(moved[0])]
    return shifted(now, days, {*before, *moved, *staying})


def why_not_capacity(default: int, maximum: int) -> str:
    if default < 1:
        return _("A mentor takes at least one mentee unless they say otherwise. Choose 1 or more.")
    if default > maximum:
        return _(
            "Mentors would begin with %(default)d places, but may have at most %(maximum)d. "
            "Raise the maximum or lower the default."
        ) % {"default": default, "maximum": maximum}
    return ""


def shares_of(weights: Sequence[int]) -> list[int]:
    """Turn weights into shares of 100 that add up to 100, by largest remainder.

    >>> shares_of([30, 12, 9])
    [59, 23, 18]
    """
    total = sum(weights)
    if total <= 0:
        return [0 for _weight in weights]
    whole = [weight * 100 // total for weight in weights]
    rest = [weight * 100 % total for weight in weights]
    largest_first = sorted(range(len(weights)), key=lambda place: (-rest[place], place))
    for place in largest_first[: 100 - sum(whole)]:
        whole[place] += 1
    return whole
