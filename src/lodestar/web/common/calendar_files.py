"""How do meetings and days leave the house as iCalendar (RFC 5545, 5546)?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from lodestar.domain.people.rules import clock_changes, is_clear

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
MAKER = "-//Lodestar//Mentoring//EN"
AROUND = timedelta(days=200)  # a change of the clocks before and one after, where there are any


@dataclass(frozen=True)
class Entry:
    """One meeting as a calendar keeps it: the same `uid` for ever, and `sequence` one more with each change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False
    place: str = ""
    link: str = ""
    words: str = ""


@dataclass(frozen=True)
class DayEntry:
    """Whole days, the last one included."""

    uid: str
    title: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Invited:
    """By whom and to whom an invitation goes; each gets their own, so nobody's address is told to another."""

    house: str
    house_email: str
    name: str
    email: str


@dataclass(frozen=True)
class CalendarFile:
    """An iCalendar text and what is to be done with it."""

    text: str
    method: str


def invitation(entry: Entry, *, zone: str, invited: Invited) -> CalendarFile:
    """Return one meeting as an invitation, or as its cancellation, in the reader's zone."""
    method = CANCEL if entry.is_cancelled else REQUEST
    calendar = empty(method)
    event = event_of(entry, zone)
    event.add("organizer", address(invited.house_email, invited.house))
    reader = address(invited.email, invited.name)
    reader.params["ROLE"] = vText("REQ-PARTICIPANT")
    reader.params["PARTSTAT"] = vText("ACCEPTED")
    reader.params["RSVP"] = vText("FALSE")
    event.add("attendee", reader)
    return CalendarFile(text_of(calendar, [event], zone, [entry]), method)


def feed_text(
    entries: Sequence[Entry], days: Iterable[DayEntry], *, zone: str, name: str, now: datetime
) -> str:
    """Return what is coming as one calendar to subscribe to."""
    calendar = empty(PUBLISH)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    events = [event_of(entry, zone) for entry in entries]
    events += [day_event(day, now) for day in days]
    return text_of(calendar, events, zone, entries)


def empty(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    calendar.add("method", method)
    return calendar


def text_of(
    calendar: Calendar, events: Sequence[Event], zone: str, entries: Sequence[Entry]
) -> str:
    if entries and zone != "UTC":
        first = min(entry.starts_at for entry in entries) - AROUND
        last = max(entry.ends_at for entry in entries) + AROUND
        calendar.add_component(zone_component(zone, first, last))
    for event in events:
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def event_of(entry: Entry, zone: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", (entry.changed_at or entry.starts_at).astimezone(UTC))
    event.add("dtstart", in_zone(entry.starts_at, zone))
    event.add("dtend", in_zone(entry.ends_at, zone))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("summary", entry.title)
    for name, words in (("location", entry.place), ("description", entry.words)):
        if words:
            event.add(name, words)
    if entry.link:
        event.add("url", entry.link)
    return event


def day_event(day: DayEntry, now: datetime) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day.first_on)
    event.add("dtend", day.last_on + timedelta(days=1))
    event.add("summary", day.title)
    event.add("transp", "TRANSPARENT")
    return event


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return a moment by the clocks of a zone; by UTC where they would name two moments alike."""
    is_plain = zone == "UTC" or not is_clear(moment, zone)
    return moment.astimezone(UTC if is_plain else ZoneInfo(zone))


def zone_component(zone: str, first: datetime, last: datetime) -> Timezone:
    """Return a zone with each change of its clocks between two moments.

    Ours rather than the library's: the standard wants each change told by the clock as it was before it.
    """
    component = Timezone()
    component.add("tzid", zone)
    begins = first.astimezone(ZoneInfo(zone))
    offset = begins.utcoffset() or timedelta(0)
    spans = [(first, offset, offset, begins.tzname() or zone, bool(begins.dst()))]
    spans += [(c.at, c.before, c.after, c.name, c.is_summer) for c in clock_changes(zone, first, last)]  # fmt: skip
    for at, before, after, name, is_summer in spans:
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("dtstart", (at.astimezone(UTC) + before).replace(tzinfo=None, microsecond=0))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        component.add_component(part)
    return component


def address(email: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{email}")
    found.params["CN"] = vText(name)
    return found
