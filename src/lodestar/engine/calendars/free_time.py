"""When are two people free at the same time, each by the clock on their own wall?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lodestar.engine.calendars.clocks import is_shown_once, wall_of

QUARTER = timedelta(minutes=15)  # no zone of today is off by less
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class FreeSpan:
    """One span of a week: `weekday` counts from Monday as 0, the minutes from midnight; the end is not in it."""

    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Diary:
    """What one person's weeks look like; a span that goes on after midnight is two."""

    zone: str
    spans: tuple[FreeSpan, ...]
    away: tuple[tuple[date, date], ...] = ()  # first and last day, both away


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which times are looked for: so long, between two moments, with nothing else in them."""

    begins_at: datetime
    ends_at: datetime
    minutes: int = 60
    taken: tuple[tuple[datetime, datetime], ...] = ()


def common_starts(diaries: Sequence[Diary], wanted: Wanted) -> list[datetime]:
    """Return when they could begin, in UTC: on full and half hours by the first one's clock.

    A quarter of an hour is free for a person when the clock on their wall says so at its beginning;
    a time is good when each of its quarters is free for all. Reading the walls from the moments, and
    never the other way round, is what makes it right across clock changes: an hour that is missing is
    never reached, and one that comes twice is never offered as a beginning, since its name is not clear.

    >>> evening = (FreeSpan(3, 18 * 60, 20 * 60),)
    >>> noon = (FreeSpan(3, 11 * 60, 13 * 60),)
    >>> week = Wanted(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC))
    >>> both = [Diary("Europe/Berlin", evening), Diary("America/New_York", noon)]
    >>> [f"{at:%a %H:%M}" for at in common_starts(both, week)]
    ['Thu 17:00']
    """
    length = timedelta(minutes=wanted.minutes)
    first = wanted.begins_at.astimezone(UTC)
    first += -(first - datetime.min.replace(tzinfo=UTC)) % QUARTER
    count = max(0, (wanted.ends_at - first) // QUARTER)
    quarters = [first + n * QUARTER for n in range(count)]
    free = {at for at in quarters if all(is_free(diary, at) for diary in diaries)}
    needed = [n * QUARTER for n in range(-(-length // QUARTER))]
    return [
        at
        for at in quarters
        if all(at + step in free for step in needed)
        and wall_of(at, diaries[0].zone).minute % 30 == 0
        and all(is_shown_once(at, diary.zone) for diary in diaries)
        and not any(starts < at + length and at < ends for starts, ends in wanted.taken)
    ]


def is_free(diary: Diary, moment: datetime) -> bool:
    """Whether the clock on somebody's wall shows a free time at this moment."""
    wall = wall_of(moment, diary.zone)
    if any(first <= wall.date() <= last for first, last in diary.away):
        return False
    minute, weekday = wall.hour * 60 + wall.minute, wall.weekday()
    return any(
        span.weekday == weekday and span.from_minute <= minute < span.to_minute
        for span in diary.spans
    )


def spread(starts: Iterable[datetime], zone: str, *, minutes: int, a_day: int) -> list[datetime]:
    """Return times to choose from: none overlaps the one before, and only some of each day.

    >>> at = datetime(2026, 12, 3, 17, tzinfo=UTC)
    >>> half_hours = [at + n * timedelta(minutes=30) for n in range(5)]
    >>> [t.hour for t in spread(half_hours, "UTC", minutes=60, a_day=2)]
    [17, 18]
    """
    found: list[datetime] = []
    of_day: dict[date, int] = {}
    for at in sorted(starts):
        day = wall_of(at, zone).date()
        overlaps = bool(found) and at < found[-1] + timedelta(minutes=minutes)
        if not overlaps and of_day.get(day, 0) < a_day:
            found.append(at)
            of_day[day] = of_day.get(day, 0) + 1
    return found


def why_not_spans(spans: Sequence[FreeSpan]) -> str:
    """Return what is wrong with the spans of a week, as a code, or ""."""
    if any(span.from_minute >= span.to_minute for span in spans):
        return "backwards"
    if any(not 0 <= span.from_minute < span.to_minute <= DAY_MINUTES for span in spans):
        return "outside"
    return ""


def joined(spans: Iterable[FreeSpan]) -> tuple[FreeSpan, ...]:
    """Return the same free time in as few spans as it takes, in the order of the week.

    >>> joined([FreeSpan(0, 600, 720), FreeSpan(0, 540, 660)])
    (FreeSpan(weekday=0, from_minute=540, to_minute=720),)
    """
    found: list[FreeSpan] = []
    for span in sorted(spans, key=lambda s: (s.weekday, s.from_minute)):
        last = found[-1] if found else None
        if last and last.weekday == span.weekday and span.from_minute <= last.to_minute:
            until = max(last.to_minute, span.to_minute)
            found[-1] = FreeSpan(span.weekday, last.from_minute, until)
        else:
            found.append(span)
    return tuple(found)
