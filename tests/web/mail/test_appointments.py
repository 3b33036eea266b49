"""Meetings from the mail alone: each letter's words, its invitation, and what its links can do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from lodestar.domain.common.time import now
from lodestar.domain.mentorships import actions, jobs, queries
from lodestar.domain.mentorships.actions.common import tell
from lodestar.domain.mentorships.models import Appointment, Meeting, Proposal
from lodestar.domain.mentorships.rules.appointments import Plan
from lodestar.domain.messaging.models import Letter, Link
from lodestar.domain.people.models import Person
from lodestar.web.mail.writing import write
from tests.factories.mentorships import (
    let_pass,
    make_appointment,
    make_mentorship,
    make_proposal,
    the_two,
)
from tests.web.common.strict_calendar import moment, read

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 12, 3, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    for person, zone in ((ruth, "Europe/Berlin"), (amina, "America/New_York")):
        Person.objects.filter(pk=person.pk).update(time_zone=zone)
    mentorship = queries.mentorship_for(ruth, mentorship.public_id)
    return (mentorship, *the_two(mentorship))


def written(kind, person):
    letter = Letter.objects.filter(kind=f"mentorships.{kind}", person=person).latest("pk")
    return write(letter, f"{person.given_name.lower()}@example.org")


def signed_links(mail):
    """Return the links with which something about times and meetings is answered."""
    found = re.findall(r"http://testserver(/m/(\w+)/\S+)", mail.body)
    purposes = dict(Link.objects.values_list("public_id", "purpose"))
    return [path for path, key in found if purposes[key].startswith(("times.", "meeting."))]


def page_text(response):
    return response.content.decode()


def calendar_of(mail):
    [calendar] = [part for part in mail.alternatives if part[1].startswith("text/calendar")]
    [(name, content, kind)] = mail.attachments
    assert (name, kind) == ("invite.ics", "application/ics")
    assert content.decode() == calendar[0]
    return read(calendar[0]), calendar[1]


def offer(mentorship, by, *starts):
    return actions.propose_times(mentorship, Plan(starts), by=by)


def test_times_are_told_by_both_clocks_and_one_is_confirmed_from_the_letter(pair):
    mentorship, ruth, amina = pair
    offer(mentorship, ruth, THURSDAY, THURSDAY + timedelta(hours=30))

    mail = written("times", amina)
    [link] = signed_links(mail)
    looked = [Client().get(link) for _ in range(2)]
    nothing_yet = Appointment.objects.count()
    done = Client().post(link, {"answer": "confirm", "time": THURSDAY.isoformat()})
    again = Client().post(link, {"answer": "confirm", "time": THURSDAY.isoformat()})

    assert mail.subject == "Ruth offers times to meet"
    assert "Thu 3 Dec 12:00 for you · 18:00 for Ruth" in mail.body
    assert "Fri 4 Dec 18:00 for you · 00:00 on Saturday, the next day, for Ruth" in mail.body
    assert "Your clock: America/New_York. That of Ruth: Europe/Berlin." in mail.body
    assert [page.status_code for page in looked] == [200, 200]
    assert nothing_yet == 0
    assert "It is settled" in page_text(done)
    assert Appointment.objects.get().starts_at == THURSDAY
    assert again.status_code == 410
    assert "Thu 3 Dec 12:00 for you" in page_text(again)


def test_other_times_can_be_typed_from_the_letter_by_ones_own_clock(pair):
    mentorship, ruth, amina = pair
    offer(mentorship, ruth, THURSDAY)
    [link] = signed_links(written("times", amina))

    wrong = Client().post(link, {"answer": "offer", "way": "video", "day_1": "2026-12-05"})
    done = Client().post(link, {"answer": "offer", "way": "video", "minutes": "45", "day_1": "2026-12-05", "time_1": "11:30"})  # fmt: skip

    proposal = queries.open_proposal(mentorship)
    assert wrong.status_code == 422
    assert "Say both, the day and the time." in page_text(wrong)
    assert "Your times are on their way" in page_text(done)
    assert (proposal.by, proposal.minutes) == (amina, 45)
    assert [t.starts_at for t in proposal.times.all()] == [datetime(2026, 12, 5, 16, 30, tzinfo=UTC)]  # fmt: skip


def test_none_fits_from_the_letter_and_other_times_from_the_answer(pair):
    mentorship, ruth, amina = pair
    offer(mentorship, ruth, THURSDAY)
    Client().post(signed_links(written("times", amina))[0], {"answer": "none"})

    mail = written("none_fits", ruth)
    [link] = signed_links(mail)
    shown = Client().get(link)
    done = Client().post(link, {"way": "video", "answer": "offer", "day_1": "2026-12-06", "time_1": "10:00"})  # fmt: skip

    assert mail.subject == "None of your times suits Amina"
    assert "Other times to meet" in page_text(shown)
    assert "Your times are on their way" in page_text(done)
    assert queries.open_proposal(mentorship).by == ruth


def test_a_link_to_times_that_were_replaced_says_so_and_confirms_nothing(pair):
    mentorship, ruth, amina = pair
    offer(mentorship, ruth, THURSDAY)
    [link] = signed_links(written("times", amina))
    offer(mentorship, ruth, THURSDAY + timedelta(days=1))

    shown = Client().get(link)
    posted = Client().post(link, {"answer": "confirm", "time": THURSDAY.isoformat()})

    assert "Other times have been offered since." in page_text(shown)
    assert posted.status_code == 409
    assert Appointment.objects.count() == 0


def test_both_get_the_invitation_each_by_their_own_clock_and_nobodys_address(pair):
    mentorship, ruth, amina = pair
    proposal = offer(mentorship, ruth, THURSDAY)
    appointment = actions.confirm_time(proposal, by=amina, starts_at=THURSDAY)

    for person, zone, wall in ((ruth, "Europe/Berlin", "180000"), (amina, "America/New_York", "120000")):  # fmt: skip
        mail = written("planned", person)
        calendar, kind = calendar_of(mail)
        [event] = calendar.inside("VEVENT")
        partner = amina if person == ruth else ruth

        assert kind == "text/calendar; method=REQUEST"
        assert calendar.value("METHOD") == "REQUEST"
        assert event.value("UID") == f"{appointment.public_id}.meeting@lodestar"
        assert (event.value("SEQUENCE"), event.value("STATUS")) == ("0", "CONFIRMED")
        assert event.properties["DTSTART"] == [({"TZID": zone}, f"20261203T{wall}")]
        assert moment(calendar, event, "DTSTART") == THURSDAY
        assert event.text("SUMMARY") == f"Meeting with {partner.full_name}"
        assert event.text("LOCATION") == appointment.where
        assert partner.addresses.get().email not in str(mail.message())
        assert appointment.where in mail.body


def test_the_message_carries_the_invitation_as_an_alternative_and_as_a_file(pair):
    mentorship, ruth, _amina = pair
    make_appointment(mentorship)

    message = written("planned", ruth).message()

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics",
    ]  # fmt: skip
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_content_charset() == "utf-8"


def test_a_move_is_the_next_version_and_a_cancellation_the_one_after(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    first, _kind = calendar_of(written("planned", amina))
    changed = actions.change_place(appointment, by=ruth, way="place", where="Café Hugo, 2nd floor")
    second, _kind = calendar_of(written("moved", amina))
    actions.cancel_appointment(changed, by=ruth)
    mail = written("cancelled", amina)
    third, kind = calendar_of(mail)

    events = [calendar.inside("VEVENT")[0] for calendar in (first, second, third)]
    assert len({event.value("UID") for event in events}) == 1
    assert [event.value("SEQUENCE") for event in events] == ["0", "1", "2"]
    assert events[1].text("LOCATION") == "Café Hugo, 2nd floor"
    assert (kind, events[2].value("STATUS")) == ("text/calendar; method=CANCEL", "CANCELLED")
    assert "Ruth Okafor had to call off your meeting" in mail.body
    assert "you called off your meeting" in written("cancelled", ruth).body


def test_when_the_mentorship_rests_the_cancellation_names_nobody(pair):
    mentorship, ruth, amina = pair
    make_appointment(mentorship)
    actions.pause_mentorship(mentorship, by=ruth)

    for person in (ruth, amina):
        mail = written("cancelled", person)
        calendar, _kind = calendar_of(mail)
        assert calendar.value("METHOD") == "CANCEL"
        assert "rests or has ended" in mail.body


def test_a_planned_meeting_is_called_off_or_moved_from_the_letter(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    [link] = signed_links(written("planned", amina))

    shown = page_text(Client().get(link))
    moved = Client().post(link, {"answer": "offer", "way": "video", "day_1": "2026-12-09", "time_1": "9:00"})  # fmt: skip
    proposal = queries.open_proposal(mentorship)
    [again] = signed_links(written("planned", ruth))
    off = Client().post(again, {"answer": "cancel"})

    assert "the meeting stays where it is until one is confirmed" in shown
    assert "Your times are on their way" in page_text(moved)
    assert proposal.moves == appointment
    assert "It is off" in page_text(off)
    assert Appointment.objects.get().status == "cancelled"


def test_the_day_before_both_get_the_agenda(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    actions.set_agenda(appointment, by=ruth, kind="own", text="My CV\nThe interview in May")
    jobs.remind_of_meetings(appointment.starts_at - timedelta(hours=20))

    mail = written("tomorrow", amina)

    assert mail.subject.startswith("Soon: you and Ruth, ")
    assert "My CV\nThe interview in May" in mail.body
    assert appointment.where in mail.body
    assert mail.attachments == []


def test_we_met_is_one_button_and_logs_the_meeting_once(pair):
    mentorship, ruth, amina = pair
    let_pass(make_appointment(mentorship))
    jobs.ask_whether_met(now())

    mail = written("met", amina)
    met, _missed = signed_links(mail)
    looked = page_text(Client().get(met))
    nothing_yet = Meeting.objects.count()
    done = page_text(Client().post(met, {"answer": "met"}))
    other_met, other_missed = signed_links(written("met", ruth))
    second = page_text(Client().get(other_met))
    contradicts = Client().post(other_missed, {"answer": "missed"})

    assert mail.subject == "Did you and Ruth meet?"
    assert looked.partition("<footer")[0].count("<button") == 1
    assert nothing_yet == 0
    assert "It is written down" in done
    assert "You have written down that you met." in second
    assert contradicts.status_code == 409
    assert Meeting.objects.count() == 1


def test_we_did_not_meet_finds_a_new_time_in_the_same_step(pair):
    mentorship, ruth, _amina = pair
    let_pass(make_appointment(mentorship))
    jobs.ask_whether_met(now())
    _met, missed = signed_links(written("met", ruth))

    empty = Client().post(missed, {"answer": "offer", "way": "video"})
    done = Client().post(missed, {"answer": "offer", "way": "video", "day_1": "2026-12-09", "time_1": "9:00"})  # fmt: skip

    assert empty.status_code == 422
    assert "Choose at least one time" in page_text(empty)
    assert "Your times are on their way" in page_text(done)
    assert Appointment.objects.get().status == "missed"
    assert queries.open_proposal(mentorship).by == ruth
    assert Meeting.objects.count() == 0


def test_only_that_we_did_not_meet_is_enough(pair):
    mentorship, ruth, _amina = pair
    let_pass(make_appointment(mentorship))
    jobs.ask_whether_met(now())
    _met, missed = signed_links(written("met", ruth))

    done = Client().post(missed, {"answer": "missed"})

    assert "Nobody asks about this meeting again." in page_text(done)
    assert Proposal.objects.filter(status="open").count() == 0
    assert Client().get(missed).status_code == 410


def test_whoever_was_quicker_is_told_on_the_link_page(pair):
    mentorship, ruth, amina = pair
    proposal = make_proposal(mentorship)
    actions.refuse_times(proposal, by=amina)
    [link] = signed_links(written("none_fits", ruth))
    offer(mentorship, amina, THURSDAY)

    done = page_text(Client().post(link, {"answer": "offer", "way": "video", "day_1": "2026-12-09", "time_1": "9:00"}))  # fmt: skip

    assert "Amina was quicker" in done
    assert queries.open_proposal(mentorship).by == amina


def links_of(purpose, mail):
    found = re.findall(r"http://testserver(/m/(\w+)/\S+)", mail.body)
    purposes = dict(Link.objects.values_list("public_id", "purpose"))
    return [path for path, key in found if purposes[key] == purpose]


def test_first_times_are_offered_from_the_letter_that_begins_it(pair):
    mentorship, ruth, amina = pair
    tell(mentorship, "mentorships.begun", to=ruth)
    [link] = links_of("times.first", written("begun", ruth))

    looked = page_text(Client().get(link))
    wrong = Client().post(link, {"answer": "offer", "way": "video"})
    assert not Proposal.objects.exists()
    done = page_text(Client().post(link, {"answer": "offer", "way": "video", "day_1": "2026-12-09", "time_1": "9:00"}))  # fmt: skip

    assert "You and Amina: times to meet" in looked
    assert wrong.status_code == 422
    assert "Your times are on their way" in done
    assert Proposal.objects.get().by == ruth
    assert written("times", amina)


def test_that_they_have_met_is_written_down_from_the_letter_that_asks(pair):
    mentorship, ruth, _amina = pair
    tell(mentorship, "mentorships.unmet", to=ruth)
    [link] = links_of("meeting.log", written("unmet", ruth))

    looked = page_text(Client().get(link))
    Client().post(link, {"answer": "met", "held_on": "soon"})
    ahead = Client().post(link, {"answer": "met", "held_on": "2026-12-09"})
    assert not Meeting.objects.exists()
    done = page_text(Client().post(link, {"answer": "met", "held_on": "2026-11-30"}))

    assert 'value="2026-12-01"' in looked
    assert ahead.status_code == 409
    assert "It is written down" in done
    assert str(Meeting.objects.get().held_on) == "2026-11-30"


def test_nothing_is_offered_or_logged_once_it_has_ended(pair):
    mentorship, ruth, _amina = pair
    tell(mentorship, "mentorships.unmet", to=ruth)
    letter = written("unmet", ruth)
    actions.end_mentorship(mentorship, by=ruth, reason="time")

    for purpose in ("times.first", "meeting.log"):
        [link] = links_of(purpose, letter)
        page = page_text(Client().get(link))
        assert "held_on" not in page
        assert "day_1" not in page
