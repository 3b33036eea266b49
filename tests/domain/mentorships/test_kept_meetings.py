"""What becomes of a planned meeting: elsewhere, called off, held or missed, its agenda and its reminders."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import actions, jobs, queries
from lodestar.domain.mentorships.models import Appointment, Meeting, Proposal
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.mentorships.rules.agendas import agenda_lines
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person, Role
from tests.domain.mentorships.planned import in_days, letters, verbs
from tests.factories.mentorships import (
    let_pass,
    make_appointment,
    make_proposal,
)
from tests.factories.people import make_person, make_role

pytestmark = pytest.mark.django_db
Status = Proposal.Status


@pytest.mark.parametrize(
    ("way", "where"),
    [
        ("link", "https://video.example.org/our-room"),
        ("phone", "Ruth calls"),
        ("place", "Café Hugo"),
    ],
)
def test_the_two_can_meet_elsewhere(pair, way, where):
    mentorship, ruth, _amina = pair
    appointment = make_appointment(mentorship)

    changed = actions.change_place(appointment, by=ruth, way=way, where=where)
    same = actions.change_place(appointment, by=ruth, way=way, where=where)

    assert (changed.way, changed.where, changed.sequence) == (way, where, 1)
    assert same.sequence == 1
    assert letters("mentorships.moved") == [("moved", "Ruth"), ("moved", "Amina")]
    with pytest.raises(RefusedError):
        actions.change_place(appointment, by=ruth, way=way, where="")


def test_a_video_room_is_made_only_where_a_host_is_set(pair, settings):
    settings.VIDEO_HOST = ""

    assert planning.usual_way() == "link"
    assert "how you talk" in planning.why_not_way("video", "")


def test_a_cancelled_meeting_is_called_off_once_and_for_both(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)

    actions.cancel_appointment(appointment, by=amina)
    gone = actions.cancel_appointment(appointment, by=ruth)

    assert (gone.status, gone.sequence, gone.cancelled_by) == ("cancelled", 1, amina)
    assert letters("mentorships.planned", "mentorships.cancelled") == [
        ("cancelled", "Ruth"),
        ("cancelled", "Amina"),
    ]
    assert verbs("appointment") == ["appointment.planned", "appointment.cancelled"]
    with pytest.raises(RefusedError, match="cancelled already"):
        actions.set_agenda(gone, by=ruth, kind="grow")


def pause(mentorship, by):
    actions.pause_mentorship(mentorship, by=by)


def end(mentorship, by):
    actions.end_mentorship(mentorship, by=by, reason="life")


def hold(mentorship, _by):
    lead = make_person("Ingrid")
    make_role(lead, Role.Kind.SAFEGUARDING)
    actions.hold_mentorship(mentorship, by=lead)


def block(mentorship, by):
    actions.block_partner(mentorship, by=by)


@pytest.mark.parametrize("rest", [pause, end, hold, block])
def test_what_is_ahead_is_called_off_when_the_mentorship_rests_or_ends(pair, rest):
    mentorship, ruth, amina = pair
    held = let_pass(make_appointment(mentorship))
    ahead = make_appointment(mentorship)
    proposal = make_proposal(mentorship, amina, days=20)

    rest(mentorship, ruth)

    held.refresh_from_db()
    ahead.refresh_from_db()
    proposal.refresh_from_db()
    assert (held.status, ahead.status, proposal.status) == ("planned", "cancelled", "closed")
    assert ahead.cancelled_by is None
    assert letters("mentorships.cancelled") == [("cancelled", "Ruth"), ("cancelled", "Amina")]
    with pytest.raises(RefusedError):
        actions.propose_times(mentorship, in_days(2), by=amina)


def test_we_met_is_logged_once_whoever_says_it(pair):
    mentorship, ruth, amina = pair
    appointment = let_pass(make_appointment(mentorship, minutes=45))

    first = actions.say_met(appointment, by=amina)
    second = actions.say_met(appointment, by=ruth)

    appointment.refresh_from_db()
    assert first == second == Meeting.objects.get() == appointment.meeting
    assert (first.minutes, first.logged_by, appointment.status) == (45, amina, "held")
    assert verbs("meeting") == ["meeting.logged"]
    with pytest.raises(RefusedError, match="written down that you met"):
        actions.say_missed(appointment, by=ruth)


@time_machine.travel(datetime(2026, 12, 3, 22, tzinfo=UTC), tick=False)
def test_a_meeting_that_falls_on_two_days_is_kept_under_one(pair):
    """At 22 hours in London it is morning of the next day in Tokyo; the two live a day apart."""
    mentorship, ruth, amina = pair
    Person.objects.filter(pk=ruth.pk).update(time_zone="Asia/Tokyo")
    Person.objects.filter(pk=amina.pk).update(time_zone="America/New_York")
    ruth.refresh_from_db()
    amina.refresh_from_db()
    appointment = let_pass(make_appointment(mentorship))
    fresh = queries.mentorship_for(amina, mentorship.public_id)

    actions.log_meeting(fresh, by=amina, held_on=today("America/New_York"))
    actions.log_meeting(fresh, by=ruth, held_on=today("Asia/Tokyo"))
    actions.say_met(appointment, by=amina)

    assert [str(each.held_on) for each in Meeting.objects.all()] == ["2026-12-04"]
    assert Appointment.objects.get().status == "held"


def test_what_is_still_to_come_was_not_met_and_not_missed(pair):
    mentorship, ruth, _amina = pair
    appointment = make_appointment(mentorship)

    for say in (actions.say_met, actions.say_missed):
        with pytest.raises(RefusedError, match="still to come"):
            say(appointment, by=ruth)


def test_a_missed_meeting_logs_nothing_and_can_turn_out_to_have_been_held(pair):
    mentorship, ruth, amina = pair
    appointment = let_pass(make_appointment(mentorship))

    actions.say_missed(appointment, by=ruth)
    missed = actions.say_missed(appointment, by=amina)
    count = Meeting.objects.count()
    actions.say_met(appointment, by=amina)

    assert (missed.status, count) == ("missed", 0)
    assert Meeting.objects.count() == 1


def test_the_agenda_is_chosen_or_written_by_either(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)

    grow = actions.set_agenda(appointment, by=amina, kind="grow")
    own = actions.set_agenda(appointment, by=ruth, kind="own", text="My CV\n\n The interview \n")

    assert agenda_lines(grow)[0].startswith("Goal:")
    assert agenda_lines(own) == ["My CV", "The interview"]
    assert verbs("agenda") == ["agenda.set", "agenda.set"]
    with pytest.raises(RefusedError, match="still empty"):
        actions.set_agenda(appointment, by=ruth, kind="own", text=" ")
    with pytest.raises(RefusedError, match="one of the agendas"):
        actions.set_agenda(appointment, by=ruth, kind="gossip")


def test_both_are_reminded_once_the_day_before_and_anew_after_a_move(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship, days=3)
    early = jobs.remind_of_meetings(now())

    day_before = appointment.starts_at - timedelta(hours=23)
    counts = [jobs.remind_of_meetings(day_before) for _ in range(2)]
    letter = Letter.objects.filter(kind="mentorships.tomorrow").first()
    proposal = actions.propose_times(mentorship, in_days(9), by=ruth, moves=appointment)
    moved = actions.confirm_time(proposal, by=amina, starts_at=proposal.times.get().starts_at)
    again = jobs.remind_of_meetings(moved.starts_at - timedelta(hours=20))

    assert (early, counts, again) == (0, [1, 0], 1)
    assert letter.expires_at == appointment.starts_at
    assert letters("mentorships.tomorrow") == [("tomorrow", "Ruth"), ("tomorrow", "Amina")]


def test_both_are_asked_once_when_it_should_be_over(pair):
    mentorship, _ruth, _amina = pair
    appointment = make_appointment(mentorship)
    before = jobs.ask_whether_met(appointment.ends_at - timedelta(minutes=1))

    counts = [jobs.ask_whether_met(appointment.ends_at + timedelta(minutes=n)) for n in (10, 20)]

    assert (before, counts) == (0, [1, 0])
    assert letters("mentorships.met") == [("met", "Ruth"), ("met", "Amina")]


def test_nobody_is_asked_about_what_was_told_cancelled_or_long_past(pair):
    mentorship, ruth, _amina = pair
    told = let_pass(make_appointment(mentorship), minutes=5)
    actions.say_met(told, by=ruth)
    actions.cancel_appointment(make_appointment(mentorship, days=8), by=ruth)
    let_pass(make_appointment(mentorship, days=5), minutes=5 * 24 * 60)

    assert jobs.ask_whether_met(now()) == 0
