"""What is coming, on a page and at a secret address."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.groups.actions import set_next_meeting
from lodestar.domain.mentorships import actions
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import feed_of
from lodestar.domain.programs.models import Milestone
from tests.factories.groups import mentees_of, mentor_of, running_group
from tests.factories.mentorships import let_pass, make_appointment, make_mentorship, the_two
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_coordinator
from tests.web.common.strict_calendar import moment, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    Person.objects.filter(pk=amina.pk).update(time_zone="Africa/Nairobi")
    amina.refresh_from_db()
    return mentorship, ruth, amina


def feed_of_browser(browser, person):
    browser.post("/calendar/feed/", {"answer": "new"})
    return f"/calendar/{feed_of(person).secret}.ics"


def test_what_is_coming_stands_on_the_page_and_nothing_of_others(pair):
    mentorship, _ruth, amina = pair
    appointment = make_appointment(mentorship)
    make_appointment(make_mentorship())

    page = signed_in(amina).get("/calendar/").content.decode()
    empty = signed_in(make_person("Eve")).get("/calendar/").content.decode()

    assert page.count("Meeting with") == 1
    assert f"/meetings/{appointment.public_id}/" in page
    assert "Nothing is planned yet" in empty


def test_a_calendar_program_reads_the_feed_without_signing_in(pair):
    mentorship, ruth, amina = pair
    held = make_appointment(mentorship)
    let_pass(held)
    actions.say_met(held, by=amina)
    planned = make_appointment(mentorship, days=6)
    gone = make_appointment(mentorship, days=9)
    actions.cancel_appointment(gone, by=ruth)
    design = mentorship.match.mentor.cohort.design
    Milestone.objects.create(design=design, name="Half-way lunch", anchor="ends_on", kind="event")  # fmt: skip
    path = feed_of_browser(signed_in(amina), amina)

    answer = Client().get(path)

    calendar = read(answer.content.decode())
    events = {event.value("UID"): event for event in calendar.inside("VEVENT")}
    uids = [f"{each.public_id}.meeting@lodestar" for each in (held, planned)]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert set(uids) <= set(events)
    assert f"{gone.public_id}.meeting@lodestar" not in events
    assert moment(calendar, events[uids[1]], "DTSTART") == planned.starts_at.replace(microsecond=0)
    cohort = mentorship.match.mentor.cohort
    assert f"Half-way lunch · {cohort}" in {event.text("SUMMARY") for event in events.values()}


def test_a_new_address_ends_the_old_one_and_closing_ends_all(pair):
    _mentorship, _ruth, amina = pair
    browser = signed_in(amina)

    old = feed_of_browser(browser, amina)
    new = feed_of_browser(browser, amina)
    shown = browser.get("/calendar/").content.decode()
    live = [Client().get(path).status_code for path in (old, new)]
    browser.post("/calendar/feed/", {"answer": "close"})
    closed = Client().get(new).status_code

    assert f"http://testserver{new}" in shown
    assert live == [404, 200]
    assert closed == 404


def test_whoever_is_shut_out_is_read_by_nobody(pair):
    _mentorship, _ruth, amina = pair
    path = feed_of_browser(signed_in(amina), amina)
    Person.objects.filter(pk=amina.pk).update(blocked_at=now() - timedelta(days=1))

    assert Client().get(path).status_code == 404


@pytest.fixture
def group():
    group = running_group()
    at = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
    set_clock(lambda: at - timedelta(days=3))
    set_next_meeting(mentor_of(group), at=at, where="https://meet.example.org/circle")
    group.refresh_from_db()
    return group


def in_zone(person, zone):
    Person.objects.filter(pk=person.pk).update(time_zone=zone)
    return Person.objects.get(pk=person.pk)


def test_a_group_meeting_stands_on_the_day_of_the_readers_clock_with_the_way_in(group):
    person = in_zone(mentees_of(group)[0].person, "Asia/Tokyo")

    page = signed_in(person).get("/calendar/").content.decode()

    assert "Tuesday 2 February" in page
    assert "Tue 2 Feb 08:30" in page
    assert f'href="/groups/{group.public_id}/"' in page
    assert 'href="https://meet.example.org/circle"' in page


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "UTC"])
def test_a_group_meeting_is_in_the_feed_at_its_moment_in_every_zone(group, zone):
    person = in_zone(mentor_of(group).person, zone)
    path = feed_of_browser(signed_in(person), person)

    calendar = read(Client().get(path).content.decode())

    events = {event.value("UID"): event for event in calendar.inside("VEVENT")}
    event = events[f"{group.public_id}.group@lodestar"]
    assert moment(calendar, event, "DTSTART") == group.meets_at
    assert event.value("URL") == "https://meet.example.org/circle"


def test_a_coordinator_reads_the_days_of_their_cohorts_on_the_page_and_in_the_feed():
    lena, cohort = make_person("Lena"), make_cohort(opens_in=5)
    make_coordinator(cohort.program, lena)
    browser = signed_in(lena)

    page = browser.get("/calendar/").content.decode()
    feed = read(Client().get(feed_of_browser(browser, lena)).content.decode())

    told = {event.text("SUMMARY") for event in feed.inside("VEVENT")}
    assert "Last day to apply" in page
    assert f"Last day to apply · {cohort}" in told
    assert "Last day to apply" not in signed_in(make_person("Eve")).get("/calendar/").content.decode()  # fmt: skip
