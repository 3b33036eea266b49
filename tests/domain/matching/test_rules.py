"""The tables of cases: who may answer, until when, and how it is said."""

from datetime import date, timedelta

import pytest

from lodestar.domain.matching import rules
from lodestar.domain.matching.models import MatchRun
from tests.factories.two import AMINA, EVE, MENTEE, MENTOR, NOON, RUTH, Answer, Status, make


@pytest.mark.parametrize(
    ("match", "person", "may"),
    [
        (make(), RUTH, True),
        (make(), AMINA, True),
        (make(), EVE, False),
        (make(Status.HALF_ACCEPTED, mentor=Answer.ACCEPTED), RUTH, False),
        (make(Status.HALF_ACCEPTED, mentor=Answer.ACCEPTED), AMINA, True),
        (make(Status.DRAFTED), AMINA, False),
        (make(Status.ACCEPTED, Answer.ACCEPTED, Answer.ACCEPTED), AMINA, False),
        (make(Status.DECLINED, mentor=Answer.DECLINED), AMINA, False),
        (make(Status.EXPIRED), AMINA, False),
        (make(Status.WITHDRAWN), AMINA, False),
        (make(reply_by=NOON), AMINA, True),
        (make(reply_by=NOON - timedelta(seconds=1)), AMINA, False),
    ],
)
def test_each_side_answers_once_in_time_what_still_waits(match, person, may):
    assert rules.can_answer(match, person, NOON) is may


@pytest.mark.parametrize(
    ("mentor", "mentee", "state"),
    [
        ("waiting", "waiting", Status.PROPOSED),
        ("accepted", "waiting", Status.HALF_ACCEPTED),
        ("waiting", "accepted", Status.HALF_ACCEPTED),
        ("accepted", "accepted", Status.ACCEPTED),
        ("declined", "waiting", Status.DECLINED),
        ("accepted", "declined", Status.DECLINED),
        ("waiting", "declined", Status.DECLINED),
    ],
)
def test_the_state_follows_from_both_answers(mentor, mentee, state):
    assert rules.state_after(Answer(mentor), Answer(mentee)) == state


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.PROPOSED, ""),
        (Status.HALF_ACCEPTED, ""),
        (Status.ACCEPTED, "Both have said yes: this is a mentorship now, and it is ended in its own room."),
        (Status.DECLINED, "This match is closed already; there is nothing to take back."),
        (Status.EXPIRED, "This match is closed already; there is nothing to take back."),
    ],
)  # fmt: skip
def test_only_what_waits_is_taken_back(status, sentence):
    assert rules.why_not_withdraw(make(status)) == sentence


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # Monday to Monday
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday to Monday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # Saturday to Monday
        (date(2026, 11, 29), 0, date(2026, 11, 29)),
    ],
)
def test_only_working_days_count(day, days, expected):
    assert rules.working_days_after(day, days) == expected


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_deadline_is_the_end_of_a_day_where_the_association_is(settings, zone):
    settings.TIME_ZONE = zone

    end = rules.deadline(NOON, 5)

    assert (end.hour, end.minute, str(end.tzinfo)) == (23, 59, zone)
    assert end.weekday() < 5


def test_reminders_lie_at_two_and_four_fifths():
    match = make(proposed_at=NOON, reply_by=NOON + timedelta(days=10))

    moments = [rules.next_reminder(match, NOON + timedelta(days=day)) for day in (0, 4, 5, 8)]

    four, eight = NOON + timedelta(days=4), NOON + timedelta(days=8)
    assert moments == [four, eight, eight, None]
    assert rules.next_reminder(make(proposed_at=None), NOON) is None


def test_who_is_waited_for():
    assert rules.waiting_sides(make()) != []
    half = make(Status.HALF_ACCEPTED, mentee=Answer.ACCEPTED)
    assert [side.person for side in rules.waiting_sides(half)] == [RUTH]
    assert rules.waiting_sides(make(Status.EXPIRED)) == []


def test_who_is_who():
    match = make()

    assert [rules.side_of(match, person) for person in (RUTH, AMINA, EVE)] == [MENTOR, MENTEE, None]
    assert rules.answer_of(match, EVE) is None
    assert rules.other_side(match, RUTH).person == AMINA


STATES = ["requested", "claimed", "solved", "reviewed", "published", "failed", "discarded"]


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        (rules.is_computing, {"requested", "claimed"}),
        (rules.can_review, {"solved"}),
        (rules.can_publish, {"reviewed"}),
        (rules.can_discard, {"requested", "solved", "reviewed", "failed"}),
    ],
)
def test_what_can_be_done_with_a_run_in_each_state(rule, states):
    assert {state for state in STATES if rule(MatchRun(status=state))} == states


@pytest.mark.parametrize(
    ("match", "person", "may"),
    [
        (make(Status.EXPLORING), RUTH, True),
        (make(Status.EXPLORING), AMINA, True),
        (make(Status.EXPLORING), EVE, False),
        (make(Status.EXPLORING, mentor_verdict=Answer.ACCEPTED), RUTH, True),
        (make(Status.EXPLORING, reply_by=NOON - timedelta(days=1)), RUTH, False),
        (make(Status.PROPOSED), RUTH, False),
        (make(Status.HALF_ACCEPTED, mentor=Answer.ACCEPTED), RUTH, False),
        (make(Status.ACCEPTED), RUTH, False),
        (make(Status.DECLINED), RUTH, False),
        (make(Status.WITHDRAWN), RUTH, False),
    ],
)
def test_who_may_say_how_it_goes_on_after_one_meeting(match, person, may):
    assert rules.can_say_verdict(match, person, NOON) is may


@pytest.mark.parametrize(
    ("mentor", "mentee", "state"),
    [
        (Answer.WAITING, Answer.WAITING, Status.EXPLORING),
        (Answer.ACCEPTED, Answer.WAITING, Status.EXPLORING),
        (Answer.WAITING, Answer.ACCEPTED, Status.EXPLORING),
        (Answer.ACCEPTED, Answer.ACCEPTED, Status.ACCEPTED),
        (Answer.DECLINED, Answer.WAITING, Status.DECLINED),
        (Answer.ACCEPTED, Answer.DECLINED, Status.DECLINED),
        (Answer.DECLINED, Answer.DECLINED, Status.DECLINED),
    ],
)
def test_two_verdicts_make_a_state_and_only_one_that_may_follow(mentor, mentee, state):
    assert rules.state_after_verdicts(mentor, mentee) == state
    assert state == Status.EXPLORING or state in rules.MOVES[Status.EXPLORING]


def test_a_trial_is_reminded_of_within_its_own_time():
    match = make(
        Status.EXPLORING,
        proposed_at=NOON - timedelta(days=9),
        exploring_since=NOON,
        reply_by=NOON + timedelta(days=10),
    )

    assert rules.next_reminder(match, NOON) == NOON + timedelta(days=4)
    assert {side.person for side in rules.waiting_sides(match)} == {RUTH, AMINA}
