"""Which moment does a clock on the wall mean?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def readings(wall: datetime, zone: str) -> list[datetime]:
    """Return every moment at which clocks of a zone show this: none, one, or two when the hour comes back.

    In the night in which clocks go forward an hour is missing; in the one in which they go back an
    hour comes twice. Which was meant nobody can tell, so the caller asks.

    >>> readings(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    []
    >>> [at.hour for at in readings(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")]
    [0, 1]
    >>> [at.hour for at in readings(datetime(2026, 12, 3, 18, 0), "Europe/Berlin")]
    [17]
    """
    place = ZoneInfo(zone)
    both = [wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [at for at in both if at.astimezone(place).replace(tzinfo=None, fold=0) == wall]
    return list(dict.fromkeys(shown))


def is_shown_once(moment: datetime, zone: str) -> bool:
    """Whether clocks of a zone show what they show at this moment at no other."""
    return len(readings(wall_of(moment, zone), zone)) == 1


def wall_of(moment: datetime, zone: str) -> datetime:
    """Return what clocks of a zone show at a moment."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def days_apart(moment: datetime, here: str, there: str) -> int:
    """Return how many days the calendar of another zone is ahead (or behind) at a moment.

    >>> days_apart(datetime(2026, 12, 3, 20, tzinfo=UTC), "Europe/Berlin", "Asia/Tokyo")
    1
    """
    return (wall_of(moment, there).date() - wall_of(moment, here).date()) // timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The moment from which clocks of a zone are ahead of UTC by something else than before."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def clock_changes(zone: str, first: datetime, last: datetime) -> list[ClockChange]:
    """Return every change of a zone's clocks between two moments, to the minute; no two fall on one day.

    >>> found = clock_changes("Europe/Berlin", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    >>> [(f"{each.at:%d %b %H:%M}", each.name, each.is_summer) for each in found]
    [('29 Mar 01:00', 'CEST', True), ('25 Oct 01:00', 'CET', False)]
    """
    day, found, at = timedelta(days=1), [], first.astimezone(UTC)
    while at < last:
        if ahead(at, zone) != ahead(at + day, zone):
            found.append(change_between(at, at + day, zone))
        at += day
    return found


def change_between(before: datetime, after: datetime, zone: str) -> ClockChange:
    """Return the change between two moments at which clocks are ahead by different times."""
    was = ahead(before, zone)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        middle = middle if middle > before else middle + timedelta(minutes=1)
        before, after = (middle, after) if ahead(middle, zone) == was else (before, middle)
    wall = after.astimezone(ZoneInfo(zone))
    return ClockChange(after, was, ahead(after, zone), wall.tzname() or zone, bool(wall.dst()))


def ahead(moment: datetime, zone: str) -> timedelta:
    """Return by how much clocks of a zone are ahead of UTC at a moment."""
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
