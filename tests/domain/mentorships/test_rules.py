"""Who may do what in a mentorship: the tables of cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Goal, Mentorship
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 9, 1, 12, tzinfo=UTC)
ENDED = {"ended_at": BEGAN}


@pytest.mark.parametrize(
    ("status", "facts", "held", "expected"),
    [
        # write, pause, resume, end
        ("active", {}, None, (True, True, False, True)),
        ("paused", {}, None, (False, False, True, True)),
        ("paused", {}, BEGAN, (False, False, False, True)),
        ("completed", ENDED, None, (False, False, False, False)),
        ("ended", ENDED, None, (False, False, False, False)),
    ],
)
def test_what_the_two_may_do_follows_from_the_status(status, facts, held, expected):
    mentorship = make_mentorship(status=status, held_at=held, **facts)
    stranger = make_person()

    for person in the_two(mentorship):
        assert (
            rules.may_write(mentorship, person),
            rules.can_pause(mentorship, person),
            rules.can_resume(mentorship, person),
            rules.can_end(mentorship, person),
        ) == expected
    assert not any(
        rule(mentorship, stranger)
        for rule in (rules.may_write, rules.can_pause, rules.can_resume, rules.can_end)
    )


def test_nobody_writes_once_either_account_is_closed():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    mentor.blocked_at = BEGAN

    assert not rules.may_write(mentorship, mentee)
    assert rules.why_not_read_only(mentorship) != ""


@pytest.mark.parametrize(
    ("held_on", "minutes", "is_fine"),
    [
        (date(2026, 9, 20), 60, True),
        (date(2026, 9, 20), 5, True),
        (date(2026, 9, 20), 600, True),
        (date(2026, 9, 20), 4, False),
        (date(2026, 9, 20), 601, False),
        (date(2026, 9, 21), 60, False),
        (date(2025, 9, 20), 60, False),
    ],
)
def test_a_meeting_has_happened_and_has_a_sensible_length(held_on, minutes, is_fine):
    mentorship = make_mentorship(began_at=BEGAN)

    problem = rules.why_not_meeting(mentorship, held_on, minutes, on=date(2026, 9, 20))

    assert (problem == "") == is_fine


def test_the_first_meeting_is_due_when_the_design_says():
    mentorship = make_mentorship(began_at=BEGAN)

    assert rules.first_meeting_due(mentorship) == date(2026, 9, 15)


@pytest.mark.parametrize(
    ("topics", "second"),
    [
        (["Law", "Health", "Money"], "What you hope for: Law, Health."),
        ([], "What you each hope for."),
    ],
)
def test_the_first_agenda_begins_with_what_the_mentee_asked_for(topics, second):
    mentorship = make_mentorship()
    mentorship.match.mentee.answers = {"topics": topics}

    assert rules.first_agenda(mentorship)[1] == second


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({}, True), ({"done_at": BEGAN}, False), ({"dropped_at": BEGAN}, False)],
)
def test_a_goal_is_open_until_reached_or_set_aside(facts, expected):
    assert Goal(text="A plan", **facts).is_open == expected


def test_the_other_of_the_two_is_the_partner():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)

    assert (rules.partner_of(mentorship, mentor), rules.partner_of(mentorship, mentee)) == (
        mentee,
        mentor,
    )
    assert (rules.role_of(mentorship, mentor), rules.role_of(mentorship, mentee)) == (
        "mentor",
        "mentee",
    )


@pytest.mark.parametrize(
    ("facts", "held", "is_empty"),
    [
        ({"status": "active"}, None, True),
        ({"status": "paused"}, None, False),
        ({"status": "paused"}, BEGAN, False),
        ({"status": "ended"} | ENDED, None, False),
    ],
)
def test_a_closed_mentorship_says_why(facts, held, is_empty):
    mentorship = Mentorship(match=make_mentorship().match, held_at=held, **facts)

    assert (rules.why_not_read_only(mentorship) == "") == is_empty


def test_long_after_the_start_a_meeting_can_still_be_told():
    mentorship = make_mentorship(began_at=BEGAN)

    assert (
        rules.why_not_meeting(
            mentorship, date(2026, 9, 2), 30, on=date(2026, 9, 2) + timedelta(days=300)
        )
        == ""
    )
