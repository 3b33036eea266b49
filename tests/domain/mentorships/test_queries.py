"""Who sees what of a mentorship."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import actions, queries
from lodestar.domain.mentorships.models import Meeting, Message, Note
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


def write(mentorship, author, count):
    for number in range(count):
        Message.objects.create(mentorship=mentorship, author=author, text=f"message {number}")


def test_only_the_two_find_their_mentorship():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    stranger = the_two(make_mentorship())[0]

    assert queries.mentorship_for(mentor, mentorship.public_id) == mentorship
    assert queries.mentorship_for(mentee, mentorship.public_id) == mentorship
    with pytest.raises(NotFoundError):
        queries.mentorship_for(stranger, mentorship.public_id)


def test_running_mentorships_come_first():
    mentor = make_person()
    ended = make_mentorship(mentor=mentor, status="ended", ended_at=now())
    running = make_mentorship(mentor=mentor, began_at=now() - timedelta(days=9))
    make_mentorship()

    assert list(queries.own_mentorships(mentor)) == [running, ended]


def test_a_private_note_is_seen_by_its_author_only():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    meeting = actions.log_meeting(mentorship, by=mentor, held_on=today(), note="CANARY-private")
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="For us", is_shared=True)

    seen = {
        person: [n.text for m in queries.meetings_seen_by(person, mentorship) for n in m.notes]
        for person in (mentor, mentee)
    }

    assert Note.objects.filter(meeting=meeting).count() == 2
    assert seen == {mentor: ["CANARY-private", "For us"], mentee: ["For us"]}


@pytest.mark.parametrize(
    ("count", "page", "first", "length", "older", "newer"),
    [
        (0, 1, None, 0, None, None),
        (1, 1, "message 0", 1, None, None),
        (20, 1, "message 0", 20, None, None),
        (200, 1, "message 180", 20, 2, None),
        (200, 5, "message 100", 20, 6, 4),
        (200, 10, "message 0", 20, None, 9),
        (200, 99, "message 0", 20, None, 9),
        (200, -1, "message 180", 20, 2, None),
    ],
)
def test_the_thread_is_paged_from_its_newest_end(count, page, first, length, older, newer):
    mentorship = make_mentorship()
    write(mentorship, the_two(mentorship)[0], count)

    thread = queries.thread_of(mentorship, page)

    assert [m.text for m in thread.messages][:1] == ([first] if first else [])
    assert (len(thread.messages), thread.total) == (length, count)
    assert (thread.older_page, thread.newer_page) == (older, newer)


def test_a_message_waits_for_an_answer_until_one_is_written():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    silent = queries.has_unanswered_message(mentorship, mentee)
    write(mentorship, mentor, 1)

    assert not silent
    assert queries.has_unanswered_message(mentorship, mentee)
    assert not queries.has_unanswered_message(mentorship, mentor)


def test_a_later_meeting_is_an_answer_too():
    mentorship = make_mentorship(began_at=now() - timedelta(days=9))
    mentor, mentee = the_two(mentorship)
    write(mentorship, mentor, 1)
    Message.objects.update(created_at=now() - timedelta(days=3))
    before = queries.has_unanswered_message(mentorship, mentee)
    actions.log_meeting(mentorship, by=mentor, held_on=today())

    assert before
    assert not queries.has_unanswered_message(mentorship, mentee)


def test_addresses_are_shared_only_while_it_is_active():
    mentorship = make_mentorship(mentor=make_person(email="ruth@example.org"))
    mentor, mentee = the_two(mentorship)

    while_active = queries.contact_of_partner(mentorship, mentee)
    ended = actions.complete_mentorship(mentorship, by=mentor)

    assert while_active == "ruth@example.org"
    assert queries.contact_of_partner(ended, mentee) == ""


def test_contact_is_of_these_two_in_either_direction():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    other = the_two(make_mentorship())[1]

    assert queries.may_contact(mentor, mentee)
    assert queries.may_contact(mentee, mentor)
    assert not queries.may_contact(mentor, other)
    mentor.blocked_at = now()
    assert not queries.may_contact(mentor, mentee)


def test_the_office_sees_counts_and_dates_the_silent_first():
    cohort = make_cohort()
    began = datetime(2026, 9, 1, tzinfo=UTC)
    lively, silent, over = (make_mentorship(cohort, began_at=began) for _ in range(3))
    for day in (3, 10):
        Meeting.objects.create(
            mentorship=lively, held_on=date(2026, 9, day), minutes=30, logged_by=the_two(lively)[0]
        )
    write(lively, the_two(lively)[0], 2)
    over.status, over.ended_at = "ended", began
    over.save()

    signs = queries.signs_of(queries.mentorships_of(cohort))

    assert [s.mentorship for s in signs] == [silent, lively, over]
    assert (signs[1].meeting_count, signs[1].first_met_on, signs[1].last_met_on) == (
        2,
        date(2026, 9, 3),
        date(2026, 9, 10),
    )
    assert (signs[1].message_count, signs[1].last_sign_at) == (2, today())
    assert (signs[0].meeting_count, signs[0].last_sign_at) == (0, date(2026, 9, 1))


def test_signs_of_one_and_of_three_cost_the_same(django_assert_num_queries):
    cohort = make_cohort()
    make_mentorship(cohort)
    with django_assert_num_queries(3):
        queries.signs_of(queries.mentorships_of(cohort))
    make_mentorship(cohort)
    make_mentorship(cohort)

    with django_assert_num_queries(3):
        signs = queries.signs_of(queries.mentorships_of(cohort))

    assert len(signs) == 3


def test_a_goal_of_another_pair_is_not_found():
    mine, other = make_mentorship(), make_mentorship()
    goal = actions.set_goal(other, by=the_two(other)[0], text="A plan")

    with pytest.raises(NotFoundError):
        queries.goal_in(mine, goal.public_id)
    assert queries.goal_in(other, goal.public_id) == goal


def test_open_goals_come_first_and_dropped_ones_go():
    mentorship = make_mentorship()
    mentor = the_two(mentorship)[0]
    reached, dropped, still_open = (
        actions.set_goal(mentorship, by=mentor, text=text) for text in ("A", "B", "C")
    )
    actions.finish_goal(reached, by=mentor)
    actions.drop_goal(dropped, by=mentor)

    assert queries.goals_of(mentorship) == [still_open, reached]


def test_a_match_leads_to_its_mentorship():
    mentorship = make_mentorship()
    mentor = the_two(mentorship)[0]

    assert queries.mentorship_of_match(mentorship.match.public_id, mentor) == mentorship
    assert queries.mentorship_of_match(mentorship.match.public_id, make_person()) is None
