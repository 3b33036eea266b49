"""The pages on which two people find a time, and that of a planned meeting."""

from datetime import UTC, datetime

import pytest
import time_machine

from lodestar.domain.mentorships import actions, queries
from lodestar.domain.mentorships.models import Appointment, Meeting, Proposal
from lodestar.domain.mentorships.rules.agendas import TEMPLATES, agenda_lines
from lodestar.domain.people.actions.hours import keep_free_hours
from lodestar.domain.people.models import Person
from lodestar.engine.calendars.free_time import FreeSpan
from tests.factories.mentorships import (
    let_pass,
    make_appointment,
    make_mentorship,
    make_proposal,
    the_two,
)
from tests.factories.people import make_person, signed_in
from tests.web.common.strict_calendar import moment, read

pytestmark = pytest.mark.django_db
EVENINGS = [FreeSpan(day, 18 * 60, 20 * 60) for day in range(7)]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    for person, zone in ((ruth, "Europe/Berlin"), (amina, "Africa/Nairobi")):
        Person.objects.filter(pk=person.pk).update(time_zone=zone)
    mentorship = queries.mentorship_for(ruth, mentorship.public_id)
    return (mentorship, *the_two(mentorship))


def room(mentorship, rest=""):
    return f"/mentorships/{mentorship.public_id}/{rest}"


def shown(client, path):
    return client.get(path).content.decode()


def test_offered_times_suit_both_and_are_told_by_both_clocks(pair):
    mentorship, ruth, amina = pair
    keep_free_hours(ruth, EVENINGS, by=ruth)
    keep_free_hours(amina, EVENINGS, by=amina)
    browser = signed_in(amina)

    page = shown(browser, room(mentorship, "times/"))
    answer = browser.post(room(mentorship, "times/"), {"way": "video", "slots": ["2026-12-03T16:00:00+00:00", "2026-12-04T16:00:00+00:00"]})  # fmt: skip

    proposal = queries.open_proposal(mentorship)
    assert "Thu 3 Dec 19:00 for you · 17:00 for Ruth" not in page  # not free for her
    assert "Thu 3 Dec 20:00 for you · 18:00 for Ruth" not in page  # too late for the reader
    assert answer["Location"] == room(mentorship, "#planned")
    assert proposal.times.count() == 2


def test_the_common_hour_is_on_the_page(pair):
    mentorship, ruth, amina = pair
    keep_free_hours(ruth, [FreeSpan(3, 17 * 60, 18 * 60)], by=ruth)
    keep_free_hours(amina, EVENINGS, by=amina)

    page = shown(signed_in(amina), room(mentorship, "times/"))
    longer = shown(signed_in(amina), room(mentorship, "times/?minutes=90"))

    assert "Thu 3 Dec 19:00 for you · 17:00 for Ruth" in page
    assert "Your clock: Africa/Nairobi. That of Ruth: Europe/Berlin." in page
    assert "have no time in common" in longer


def test_without_free_hours_times_are_typed(pair):
    mentorship, _ruth, amina = pair
    browser = signed_in(amina)

    page = shown(browser, room(mentorship, "times/"))
    browser.post(room(mentorship, "times/"), {"way": "place", "where": "Café Hugo", "minutes": "30", "day_1": "2026-12-03", "time_1": "18:00", "day_3": "2026-12-04", "time_3": "18:30"})  # fmt: skip

    proposal = queries.open_proposal(mentorship)
    assert "We know no free hours yet" in page
    assert [t.starts_at.isoformat() for t in proposal.times.all()] == [
        "2026-12-03T15:00:00+00:00", "2026-12-04T15:30:00+00:00",
    ]  # fmt: skip
    assert (proposal.way, proposal.where, proposal.minutes) == ("place", "Café Hugo", 30)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose at least one time, or type one."),
        ({"day_1": "2026-12-03"}, "Say both, the day and the time."),
        ({"day_1": "2026-11-03", "time_1": "18:00"}, "has passed already"),
        ({"day_1": "2027-03-28", "time_1": "02:30"}, "clocks go forward in that night"),
        ({"slots": ["yesterday"]}, "Select a valid choice"),
        ({"slots": ["2026-12-03T18:00:00"]}, "Select a valid choice"),
        (
            {"day_1": "2026-12-03", "time_1": "18:00", "way": "link", "where": "x"},
            "from https:// on",
        ),
    ],
)
def test_what_cannot_be_offered_is_asked_again(pair, typed, sentence):
    mentorship, ruth, _amina = pair

    answer = signed_in(ruth).post(room(mentorship, "times/"), {"way": "video", **typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_the_second_to_offer_is_shown_what_the_first_offered(pair):
    mentorship, _ruth, amina = pair
    make_proposal(mentorship)
    browser = signed_in(amina)

    answer = browser.post(room(mentorship, "times/"), {"way": "video", "day_1": "2026-12-09", "time_1": "18:00"}, follow=True)  # fmt: skip

    page = answer.content.decode()
    assert "Ruth was quicker" in page
    assert "Ruth offers you times. Which one suits you?" in page
    assert Proposal.objects.count() == 1


def test_times_offered_beside_the_partners_answer_them(pair):
    mentorship, _ruth, amina = pair
    first = make_proposal(mentorship)
    browser = signed_in(amina)

    page = shown(browser, room(mentorship, "times/"))
    browser.post(room(mentorship, "times/"), {"way": "video", "answering": first.public_id, "day_1": "2026-12-09", "time_1": "18:00"})  # fmt: skip

    assert f'name="answering" value="{first.public_id}"' in page
    assert queries.open_proposal(mentorship).by == amina


def test_one_time_is_confirmed_in_the_room(pair):
    mentorship, _ruth, amina = pair
    proposal = make_proposal(mentorship)
    at = proposal.times.first().starts_at
    browser = signed_in(amina)

    waiting = shown(browser, room(mentorship))
    unsaid = browser.post(room(mentorship, "times/answer/"), {"proposal": proposal.public_id})
    browser.post(room(mentorship, "times/answer/"), {"proposal": proposal.public_id, "time": at.isoformat()})  # fmt: skip
    late = browser.post(room(mentorship, "times/answer/"), {"proposal": proposal.public_id, "answer": "none"})  # fmt: skip
    settled = shown(browser, room(mentorship))

    assert waiting.count('name="time"') == 2
    assert (unsaid.status_code, late.status_code) == (409, 409)
    assert Appointment.objects.get().starts_at == at
    assert Appointment.objects.get().where in settled
    assert "Fri 4 Dec 12:00 for you · 10:00 for Ruth" in settled


def test_none_fits_and_the_other_sees_it(pair):
    mentorship, ruth, amina = pair
    proposal = make_proposal(mentorship)

    signed_in(amina).post(room(mentorship, "times/answer/"), {"proposal": proposal.public_id, "answer": "none"})  # fmt: skip

    assert "None of your last times suited Amina" in shown(signed_in(ruth), room(mentorship))
    assert "None of your last times" not in shown(signed_in(amina), room(mentorship))


def test_ones_own_times_wait_and_can_be_taken_back(pair):
    mentorship, ruth, _amina = pair
    proposal = make_proposal(mentorship)
    browser = signed_in(ruth)

    page = shown(browser, room(mentorship))
    browser.post(room(mentorship, "times/answer/"), {"proposal": proposal.public_id, "answer": "take-back"})  # fmt: skip

    assert "Amina chooses one of your times" in page
    assert "Confirm this time" not in page
    assert queries.open_proposal(mentorship) is None


def test_a_meeting_has_a_page_with_its_agenda_and_a_file(pair):
    mentorship, _ruth, amina = pair
    appointment = make_appointment(mentorship)
    browser = signed_in(amina)
    address = f"/meetings/{appointment.public_id}/"

    page = shown(browser, address)
    file = browser.get(f"{address}meeting.ics")

    calendar = read(file.content.decode())
    [event] = calendar.inside("VEVENT")
    assert str(TEMPLATES["first"].lines[1]) in page
    assert appointment.where in page
    assert file["Content-Type"].startswith("text/calendar")
    assert moment(calendar, event, "DTSTART") == appointment.starts_at
    assert event.properties["DTSTART"][0][0] == {"TZID": "Africa/Nairobi"}


def test_the_agenda_is_chosen_or_written(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    address = f"/meetings/{appointment.public_id}/agenda/"
    prompts = "\n".join(agenda_lines(appointment))

    signed_in(amina).post(address, {"kind": "grow", "text": prompts})
    grow = queries.appointment_for(ruth, appointment.public_id)
    signed_in(ruth).post(address, {"kind": "grow", "text": "My CV\nThe interview"})
    own = queries.appointment_for(ruth, appointment.public_id)
    nonsense = signed_in(ruth).post(address, {"kind": "gossip"})

    assert (grow.agenda_kind, grow.agenda) == ("grow", "")
    assert agenda_lines(own) == ["My CV", "The interview"]
    assert nonsense.status_code == 422


def test_the_place_can_change_and_is_asked_again_where_it_is_missing(pair):
    mentorship, ruth, _amina = pair
    appointment = make_appointment(mentorship)
    address = f"/meetings/{appointment.public_id}/place/"

    missing = signed_in(ruth).post(address, {"way": "phone"})
    signed_in(ruth).post(address, {"way": "phone", "where": "Ruth calls +49 1"})

    assert missing.status_code == 422
    assert "who calls whom" in missing.content.decode()
    assert Appointment.objects.get().where == "Ruth calls +49 1"


def test_a_meeting_is_moved_and_cancelled(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    address = f"/meetings/{appointment.public_id}/"

    page = shown(signed_in(ruth), f"{address}move/")
    signed_in(ruth).post(f"{address}move/", {"way": "video", "day_1": "2026-12-10", "time_1": "18:00"})  # fmt: skip
    asked = shown(signed_in(amina), room(mentorship))
    signed_in(amina).post(f"{address}cancel/")
    late = signed_in(ruth).get(f"{address}move/")

    assert "It stays there until Amina confirms" in page
    assert "Ruth would like to move your meeting" in asked
    assert Appointment.objects.get().status == "cancelled"
    assert late.status_code == 409


def test_after_it_one_tap_says_that_we_met(pair):
    mentorship, ruth, amina = pair
    appointment = let_pass(make_appointment(mentorship))
    address = f"/meetings/{appointment.public_id}/told/"

    page = shown(signed_in(amina), room(mentorship))
    signed_in(amina).post(address, {"answer": "met"})
    signed_in(ruth).post(address, {"answer": "met"})

    assert "We did not; find a new time" in page
    assert Meeting.objects.count() == 1


def test_after_a_meeting_that_was_not_one_looks_for_a_new_time(pair):
    mentorship, ruth, _amina = pair
    appointment = let_pass(make_appointment(mentorship))

    answer = signed_in(ruth).post(f"/meetings/{appointment.public_id}/told/", {"answer": "missed"})

    assert answer["Location"] == room(mentorship, "times/")
    assert Appointment.objects.get().status == "missed"


def test_strangers_find_nothing(pair):
    mentorship, _ruth, _amina = pair
    appointment = make_appointment(mentorship)
    eve = signed_in(make_person("Eve"))

    paths = [room(mentorship, "times/"), f"/meetings/{appointment.public_id}/", f"/meetings/{appointment.public_id}/meeting.ics"]  # fmt: skip

    assert [eve.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_paused_mentorship_offers_no_times(pair):
    mentorship, ruth, amina = pair
    actions.pause_mentorship(mentorship, by=ruth)

    assert signed_in(amina).get(room(mentorship, "times/")).status_code == 409
    assert "Find a time" not in shown(signed_in(amina), room(mentorship))


def test_the_one_thing_now_is_to_find_a_first_time(pair):
    mentorship, ruth, amina = pair
    link = f'href="{room(mentorship, "times/")}">Find a time</a>'

    before = shown(signed_in(ruth), room(mentorship))
    make_proposal(mentorship)
    waiting = shown(signed_in(amina), room(mentorship))
    actions.confirm_time(Proposal.objects.get(), by=amina, starts_at=Proposal.objects.get().times.first().starts_at)  # fmt: skip
    planned = shown(signed_in(amina), room(mentorship))

    assert link in before
    assert 'href="#planned">See the times</a>' in waiting
    assert 'href="#planned">See when you meet</a>' in planned
