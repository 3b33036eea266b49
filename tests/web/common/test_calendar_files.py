"""Invitations and feeds, read back by readers that had no part in writing them."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.web.common.calendar_files import (
    DayEntry,
    Entry,
    Invited,
    feed_text,
    invitation,
    zone_component,
)
from tests.web.common.strict_calendar import moment, read

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo", "UTC")  # fmt: skip
INVITED = Invited("Meadow, College; “Alumni”", "post@example.org", "Amina Odhiambo", "amina@example.org")  # fmt: skip
BEGINS = datetime(2026, 12, 3, 17, tzinfo=UTC)


def entry(**fields):
    known = {
        "uid": "abc.meeting@lodestar", "title": "Meeting with Ruth; Okafor, 🦊\n", "starts_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=1), "changed_at": BEGINS - timedelta(days=2),
    }  # fmt: skip
    return Entry(**(known | fields))


def test_an_invitation_says_what_it_is():
    file = invitation(
        entry(
            place="https://meet.jit.si/x", link="https://meet.jit.si/x", words="In a room\nof ours"
        ),
        zone="Europe/Berlin",
        invited=INVITED,
    )

    calendar = read(file.text)
    [event] = calendar.inside("VEVENT")
    [(organizer, house)] = event.properties["ORGANIZER"]
    [(attendee, reader)] = event.properties["ATTENDEE"]
    assert (file.method, calendar.value("METHOD")) == ("REQUEST", "REQUEST")
    assert (event.value("UID"), event.value("SEQUENCE")) == ("abc.meeting@lodestar", "0")
    assert event.value("STATUS") == "CONFIRMED"
    assert event.text("SUMMARY") == "Meeting with Ruth; Okafor, 🦊\n"
    assert event.text("DESCRIPTION") == "In a room\nof ours"
    assert moment(calendar, event, "DTSTART") == BEGINS
    assert moment(calendar, event, "DTEND") == BEGINS + timedelta(hours=1)
    assert moment(calendar, event, "DTSTAMP") == BEGINS - timedelta(days=2)
    assert event.properties["DTSTART"][0][0] == {"TZID": "Europe/Berlin"}
    assert (house, reader) == ("mailto:post@example.org", "mailto:amina@example.org")
    assert organizer["CN"].startswith("Meadow, College")
    assert (attendee["PARTSTAT"], attendee["RSVP"]) == ("ACCEPTED", "FALSE")


def test_a_cancellation_is_a_later_version_of_the_same():
    file = invitation(entry(is_cancelled=True, sequence=2), zone="UTC", invited=INVITED)

    calendar = read(file.text)
    [event] = calendar.inside("VEVENT")
    assert calendar.value("METHOD") == "CANCEL"
    assert (event.value("UID"), event.value("SEQUENCE"), event.value("STATUS")) == (
        "abc.meeting@lodestar", "2", "CANCELLED",
    )  # fmt: skip
    assert calendar.inside("VTIMEZONE") == []


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    begins=st.datetimes(
        datetime.fromisoformat("2025-01-01"),
        datetime.fromisoformat("2029-01-01"),
        timezones=st.just(UTC),
    ),
)
def test_a_meeting_is_the_same_moment_in_every_zone_across_every_change_of_clocks(zone, begins):
    begins = begins.replace(second=0, microsecond=0)
    made = entry(starts_at=begins, ends_at=begins + timedelta(hours=1))

    calendar = read(invitation(made, zone=zone, invited=INVITED).text)
    [event] = calendar.inside("VEVENT")

    assert moment(calendar, event, "DTSTART") == begins
    assert moment(calendar, event, "DTEND") == begins + timedelta(hours=1)


def test_in_an_hour_that_comes_twice_the_moment_is_told_by_utc():
    twice = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # the second 02:15 in Berlin

    calendar = read(invitation(entry(starts_at=twice, ends_at=twice + timedelta(hours=2)), zone="Europe/Berlin", invited=INVITED).text)  # fmt: skip
    [event] = calendar.inside("VEVENT")

    assert event.value("DTSTART") == "20261025T011500Z"
    assert event.value("DTEND") == "20261025T041500"


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "UTC"])
def test_dateutil_reads_our_zones_as_they_are(zone):
    """Each half hour of a year, by the file's own words about the zone and by another library."""
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    written = zone_component(zone, first - timedelta(days=200), last + timedelta(days=200))
    theirs = tzical(io.StringIO(written.to_ical().decode())).get(zone)
    from_machine = ZoneInfo(zone)

    halves = [first + n * timedelta(minutes=30) for n in range(365 * 48)]
    wrong = [
        at
        for at in halves
        for wall in [at.astimezone(from_machine).replace(tzinfo=None, fold=0)]
        if is_clear(wall, from_machine)
        and wall.replace(tzinfo=theirs).utcoffset() != at.astimezone(from_machine).utcoffset()
    ]

    assert wrong == []


def is_clear(wall, zone):
    return wall.replace(tzinfo=zone, fold=0).utcoffset() == wall.replace(tzinfo=zone, fold=1).utcoffset()  # fmt: skip


def test_a_weekly_hour_in_berlin_is_right_for_new_york_in_the_weeks_between_their_changes():
    """From 8 to 29 March 2026 the two are five hours apart, before and after it six."""
    days = [datetime(2026, 3, day, 17, tzinfo=UTC) for day in (5, 12, 26)]
    days.append(datetime(2026, 4, 2, 16, tzinfo=UTC))
    meetings = [entry(uid=f"{n}", starts_at=at, ends_at=at + timedelta(hours=1)) for n, at in enumerate(days)]  # fmt: skip

    told = {}
    for zone in ("Europe/Berlin", "America/New_York"):
        calendar = read(feed_text(meetings, [], zone=zone, name="Amina", now=BEGINS))
        events = calendar.inside("VEVENT")
        told[zone] = [event.value("DTSTART")[-6:-2] for event in events]
        assert [moment(calendar, event, "DTSTART") for event in events] == days

    assert told == {
        "Europe/Berlin": ["1800"] * 4,
        "America/New_York": ["1200", "1300", "1300", "1200"],
    }


def test_whole_days_are_told_as_days():
    day = DayEntry("m@lodestar", "Kick-off", date(2026, 12, 3), date(2026, 12, 4))

    calendar = read(feed_text([], [day], zone="Europe/Berlin", name="Amina", now=BEGINS))
    [event] = calendar.inside("VEVENT")

    assert event.properties["DTSTART"] == [({"VALUE": "DATE"}, "20261203")]
    assert event.properties["DTEND"] == [({"VALUE": "DATE"}, "20261205")]
    assert calendar.value("METHOD") == "PUBLISH"
