"""Two people find a time and change it: each refusal, the trail, the letters."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import actions, jobs, queries
from lodestar.domain.mentorships.models import Appointment, Proposal
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.mentorships.rules.agendas import agenda_lines
from lodestar.domain.mentorships.rules.appointments import Plan
from lodestar.domain.people.actions.hours import add_days_away, keep_free_hours
from lodestar.domain.people.models import Person
from lodestar.engine.calendars.free_time import FreeSpan
from tests.domain.mentorships.planned import in_days, letters, verbs
from tests.factories.mentorships import (
    let_pass,
    make_appointment,
    make_mentorship,
    make_proposal,
    the_two,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Status = Proposal.Status


def test_offered_times_wait_for_the_other_who_gets_a_letter(pair):
    mentorship, ruth, amina = pair

    proposal = actions.propose_times(mentorship, in_days(2, 3, 4), by=ruth)

    assert queries.open_proposal(mentorship) == proposal
    assert proposal.times.count() == 3
    assert planning.may_answer(proposal, amina)
    assert not planning.may_answer(proposal, ruth)
    assert letters("mentorships.times") == [("times", "Amina")]
    assert verbs("proposal") == ["proposal.made"]


def test_who_offers_second_sees_what_the_first_offered(pair):
    mentorship, ruth, amina = pair
    first = actions.propose_times(mentorship, in_days(2), by=ruth)

    second = actions.propose_times(mentorship, in_days(5), by=amina)

    assert second == first
    assert Proposal.objects.count() == 1


def test_offering_again_replaces_ones_own_and_its_letter_stays_at_home(pair):
    mentorship, ruth, amina = pair
    first = actions.propose_times(mentorship, in_days(2), by=ruth)

    second = actions.propose_times(mentorship, in_days(5), by=ruth)

    first.refresh_from_db()
    assert (first.status, second.status) == (Status.REPLACED, Status.OPEN)
    assert letters("mentorships.times") == [("times", "Amina")]
    with pytest.raises(RefusedError, match="Other times have been offered"):
        actions.confirm_time(first, by=amina, starts_at=first.times.get().starts_at)


def test_the_other_can_answer_with_other_times(pair):
    mentorship, ruth, amina = pair
    first = actions.propose_times(mentorship, in_days(2), by=ruth)

    second = actions.propose_times(mentorship, in_days(5), by=amina, answering=first)

    assert queries.open_proposal(mentorship) == second
    assert second.by == amina
    assert planning.may_answer(second, ruth)


@pytest.mark.parametrize(
    ("days", "more", "sentence"),
    [
        ((), {}, "at least one"),
        ((1, 2, 3, 4), {}, "Three times are plenty"),
        ((-1, 2), {}, "passed already"),
        ((300,), {}, "half a year"),
        ((1,), {"minutes": 5}, "between 15 and 240"),
        ((1,), {"way": "link", "where": "http://meet.example.org/a"}, "from https:// on"),
        ((1,), {"way": "link", "where": "https://meet.example.org/a b"}, "from https:// on"),
        ((1,), {"way": "link", "where": "https://[oh"}, "from https:// on"),
        ((1,), {"way": "phone"}, "who calls whom"),
        ((1,), {"way": "place"}, "where you meet"),
        ((1,), {"way": "nonsense"}, "how you talk"),
    ],
)
def test_what_cannot_be_offered(days, more, sentence):
    at = now()
    plan = Plan(tuple(at + timedelta(days=n) for n in days), **more)

    assert sentence in planning.why_not_plan(plan, at)


def test_nothing_refused_is_stored(pair):
    mentorship, ruth, _amina = pair

    with pytest.raises(RefusedError):
        actions.propose_times(mentorship, Plan(()), by=ruth)

    assert Proposal.objects.count() == 0


def test_nobody_else_offers_or_finds_anything(pair):
    mentorship, _ruth, _amina = pair
    appointment = make_appointment(mentorship)
    stranger = make_person("Eve")

    with pytest.raises(RefusedError, match="not yours"):
        actions.propose_times(mentorship, in_days(2), by=stranger)
    with pytest.raises(NotFoundError):
        queries.appointment_for(stranger, appointment.public_id)
    with pytest.raises(NotFoundError):
        queries.proposal_for(stranger, Proposal.objects.get().public_id)
    with pytest.raises(RefusedError):
        actions.say_met(let_pass(appointment), by=stranger)


def test_a_confirmed_time_is_a_planned_meeting_with_a_room_and_an_agenda(pair):
    mentorship, _ruth, amina = pair
    proposal = make_proposal(mentorship, minutes=45)
    at = proposal.times.last().starts_at

    appointment = actions.confirm_time(proposal, by=amina, starts_at=at)
    again = actions.confirm_time(proposal, by=amina, starts_at=at)

    proposal.refresh_from_db()
    assert again == appointment
    assert (appointment.starts_at, appointment.minutes, appointment.sequence) == (at, 45, 0)
    assert appointment.where.startswith("https://meet.jit.si/lodestar-")
    assert len(appointment.where.rsplit("-", 1)[1]) == 24
    assert "Ten minutes each" in agenda_lines(appointment)[0]
    assert (proposal.status, proposal.became) == (Status.CONFIRMED, appointment)
    assert letters("mentorships.planned") == [("planned", "Ruth"), ("planned", "Amina")]
    assert verbs("appointment") == ["appointment.planned"]


def test_one_does_not_confirm_ones_own_times_nor_others_than_were_offered(pair):
    mentorship, ruth, amina = pair
    proposal = make_proposal(mentorship)
    at = proposal.times.first().starts_at

    with pytest.raises(RefusedError, match="do not wait for your answer"):
        actions.confirm_time(proposal, by=ruth, starts_at=at)
    with pytest.raises(RefusedError, match="one of the times that were offered"):
        actions.confirm_time(proposal, by=amina, starts_at=at + timedelta(minutes=1))
    with (
        time_machine.travel(at + timedelta(minutes=1)),
        pytest.raises(RefusedError, match="passed"),
    ):
        actions.confirm_time(proposal, by=amina, starts_at=at)


def test_none_fits_tells_the_one_who_offered(pair):
    mentorship, ruth, amina = pair
    proposal = make_proposal(mentorship)

    actions.refuse_times(proposal, by=amina)
    again = actions.refuse_times(proposal, by=amina)

    assert again.status == Status.REFUSED
    assert queries.open_proposal(mentorship) is None
    assert letters("mentorships.none_fits") == [("none_fits", "Ruth")]
    with pytest.raises(RefusedError, match="none of them fitted"):
        actions.refuse_times(again, by=ruth)
    with pytest.raises(RefusedError, match="none of them fitted"):
        actions.withdraw_times(again, by=ruth)


def test_ones_own_offer_can_be_taken_back(pair):
    mentorship, ruth, amina = pair
    proposal = make_proposal(mentorship)

    with pytest.raises(RefusedError):
        actions.withdraw_times(proposal, by=amina)
    actions.withdraw_times(proposal, by=ruth)
    gone = actions.withdraw_times(proposal, by=ruth)

    assert gone.status == Status.WITHDRAWN
    assert letters("mentorships.times") == []
    with pytest.raises(RefusedError, match="taken back"):
        actions.confirm_time(gone, by=amina, starts_at=gone.times.first().starts_at)


def test_a_planned_meeting_moves_when_the_other_confirms_and_keeps_its_room(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    Appointment.objects.update(reminded_at=now())

    proposal = actions.propose_times(mentorship, in_days(9), by=amina, moves=appointment)
    before = queries.appointment_for(ruth, appointment.public_id)
    moved = actions.confirm_time(proposal, by=ruth, starts_at=proposal.times.get().starts_at)

    assert before.starts_at == appointment.starts_at
    assert (moved.pk, moved.sequence, moved.where) == (appointment.pk, 1, appointment.where)
    assert (moved.starts_at, moved.reminded_at) == (proposal.times.get().starts_at, None)
    assert letters("mentorships.moved") == [("moved", "Ruth"), ("moved", "Amina")]
    assert letters("mentorships.planned") == []  # not on its way yet, and not true any more


def test_other_times_in_answer_to_a_move_still_move(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    first = actions.propose_times(mentorship, in_days(9), by=amina, moves=appointment)

    second = actions.propose_times(mentorship, in_days(11), by=ruth, answering=first)
    moved = actions.confirm_time(second, by=amina, starts_at=second.times.get().starts_at)

    assert moved.pk == appointment.pk
    assert Appointment.objects.count() == 1


def test_what_has_begun_cannot_be_moved(pair):
    mentorship, ruth, _amina = pair
    appointment = let_pass(make_appointment(mentorship))

    with pytest.raises(RefusedError, match="has begun"):
        actions.propose_times(mentorship, in_days(9), by=ruth, moves=appointment)
    with pytest.raises(RefusedError, match="has begun"):
        actions.cancel_appointment(appointment, by=ruth)
    with pytest.raises(RefusedError, match="has begun"):
        actions.set_agenda(appointment, by=ruth, kind="grow")


def test_a_meeting_whose_old_time_passed_while_a_move_waited_is_planned_anew(pair):
    mentorship, ruth, amina = pair
    appointment = make_appointment(mentorship)
    proposal = actions.propose_times(mentorship, in_days(9), by=amina, moves=appointment)
    let_pass(appointment)

    planned = actions.confirm_time(proposal, by=ruth, starts_at=proposal.times.get().starts_at)

    assert planned.pk != appointment.pk
    assert planned.sequence == 0


def test_times_that_nobody_answered_lapse(pair):
    mentorship, _ruth, _amina = pair
    proposal = make_proposal(mentorship, days=1)
    last = proposal.times.last().starts_at

    counts = [jobs.lapse_proposals(last - timedelta(hours=1)), jobs.lapse_proposals(last)]
    counts.append(jobs.lapse_proposals(last))

    proposal.refresh_from_db()
    assert (counts, proposal.status) == ([0, 1, 0], Status.LAPSED)
    assert queries.latest_proposal(mentorship) == proposal


def test_lapsed_times_do_not_stand_in_the_way_of_new_ones(pair):
    mentorship, _ruth, amina = pair
    first = make_proposal(mentorship, days=1)

    with time_machine.travel(now() + timedelta(days=5)):
        second = actions.propose_times(mentorship, in_days(2), by=amina)

    first.refresh_from_db()
    assert (first.status, second.by) == (Status.LAPSED, amina)


EVERY_EVENING = [FreeSpan(day, 18 * 60, 20 * 60) for day in range(7)]


@time_machine.travel(datetime(2026, 12, 1, 8, tzinfo=UTC), tick=False)
def test_offers_come_from_both_sides_free_hours_and_leave_out_what_is_taken(pair):
    mentorship, ruth, amina = pair
    nobody = queries.offers_for(mentorship, amina, now())
    keep_free_hours(ruth, EVERY_EVENING, by=ruth)
    theirs = queries.offers_for(mentorship, amina, now())
    keep_free_hours(amina, [FreeSpan(3, 17 * 60, 19 * 60)], by=amina)
    both = queries.offers_for(mentorship, amina, now())
    add_days_away(ruth, by=ruth, first_on=both.starts[0].date(), last_on=both.starts[0].date())
    other = make_mentorship(mentorship.match.mentor.cohort, mentor=ruth)
    plan = Plan((both.starts[1],))
    busy = actions.propose_times(other, plan, by=ruth)
    actions.confirm_time(busy, by=the_two(other)[1], starts_at=both.starts[1])
    left = queries.offers_for(mentorship, amina, now())

    assert (nobody.basis, nobody.starts) == ("nobody", [])
    assert (theirs.basis, len(theirs.starts)) == ("theirs", 24)
    assert (both.basis, [f"{at:%a %d %H:%M}" for at in both.starts]) == (
        "both",
        ["Thu 03 18:00", "Thu 10 18:00", "Thu 17 18:00"],
    )
    assert left.starts == both.starts[2:]


def test_a_time_typed_by_ones_own_clock_is_a_moment_unless_the_clocks_change():
    amina = Person(time_zone="Europe/Berlin")
    typed = [datetime.fromisoformat(f"2026-{text}") for text in ("12-03T18:00", "03-29T02:30", "10-25T02:30")]  # fmt: skip

    assert [planning.moment_of(each, amina) for each in typed] == [
        datetime(2026, 12, 3, 17, tzinfo=UTC), None, None,
    ]  # fmt: skip
    assert [planning.why_unclear(each, amina).split(":")[0] for each in typed] == [
        "", "This time does not exist", "This time comes twice",
    ]  # fmt: skip
