"""Each answer to a match, each refusal, and what follows for the other side."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from tests.domain.matching.outcomes import letters, places
from tests.factories.matching import (
    make_match,
    published_match,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Answer, Status = Match.Answer, Match.Status


def test_two_yeses_agree_and_the_reminders_stop():
    match = published_match()

    half = actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)
    both = actions.answer_match(match, by=match.mentor.person, answer=Answer.ACCEPTED)

    assert (half.status, both.status) == (Status.HALF_ACCEPTED, Status.ACCEPTED)
    assert (both.next_reminder_at, places(both)) == (None, [1, 1])


def test_the_same_answer_twice_is_one_answer():
    match = published_match()

    actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)
    actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)

    assert Entry.objects.filter(verb="match.answered").count() == 1


def test_a_no_frees_both_places_and_tells_the_other_side_without_the_reason():
    match = published_match()

    match = actions.answer_match(
        match, by=match.mentor.person, answer=Answer.DECLINED, reason="time", note=" A new baby. "
    )
    actions.answer_match(match, by=match.mentor.person, answer=Answer.DECLINED)

    assert (match.status, match.decline_reason) == (Status.DECLINED, "time")
    assert match.decline_note == "A new baby."
    assert places(match) == [0, 0]
    assert letters("matching.closed", match) == ["Amina"]
    [letter] = Letter.objects.filter(kind="matching.closed")
    assert letter.words == {}


def test_after_a_no_the_other_side_is_refused_politely():
    match = published_match()
    actions.answer_match(match, by=match.mentor.person, answer=Answer.DECLINED)

    with pytest.raises(RefusedError) as refusal:
        actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)

    assert str(refusal.value) == "This match will not go ahead; there is nothing left to answer."
    assert places(match) == [0, 0]


def test_a_yes_to_somebody_who_was_shut_out_begins_nothing():
    match = published_match()
    actions.answer_match(match, by=match.mentor.person, answer=Match.Answer.ACCEPTED)
    Person.objects.filter(pk=match.mentor.person_id).update(blocked_at=now())

    with pytest.raises(RefusedError, match="will not go ahead"):
        actions.answer_match(match, by=match.mentee.person, answer=Match.Answer.ACCEPTED)

    match.refresh_from_db()
    reminded = actions.remind_match(match, match.next_reminder_at)
    assert (match.status, reminded) == (Match.Status.HALF_ACCEPTED, 0)
    assert not Letter.objects.filter(kind="matching.reminder").exists()


def test_a_yes_is_not_turned_into_a_no():
    match = published_match()
    actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)

    with pytest.raises(RefusedError, match="answered this already"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.DECLINED)


def test_nobody_else_answers_and_nothing_is_no_answer():
    match = published_match()

    with pytest.raises(RefusedError, match="between two other people"):
        actions.answer_match(match, by=make_person("Eve", "Else"), answer=Answer.ACCEPTED)
    with pytest.raises(RefusedError, match="yes or no"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.WAITING)


def test_a_drafted_match_cannot_be_answered():
    match = make_match()

    with pytest.raises(RefusedError, match="has not been proposed"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)


def test_after_the_deadline_no_answer_counts_even_before_the_job_came_by():
    match = published_match()
    Match.objects.update(reply_by=now() - timedelta(seconds=1))

    with pytest.raises(RefusedError, match="The time to answer has run out"):
        actions.answer_match(match, by=match.mentee.person, answer=Answer.ACCEPTED)


def test_a_coordinator_takes_a_match_back_once(lena):
    match = published_match()

    actions.withdraw_match(match, by=lena, note="Ruth moved abroad.")
    match = actions.withdraw_match(match, by=lena)

    assert (match.status, match.withdrawal_note) == (Status.WITHDRAWN, "Ruth moved abroad.")
    assert places(match) == [0, 0]
    assert letters("matching.closed", match) == ["Amina", "Ruth"]


def test_an_agreed_or_closed_match_is_not_taken_back(lena):
    agreed, closed = published_match(), published_match()
    for person in (agreed.mentor.person, agreed.mentee.person):
        actions.answer_match(agreed, by=person, answer=Answer.ACCEPTED)
    actions.answer_match(closed, by=closed.mentor.person, answer=Answer.DECLINED)

    with pytest.raises(RefusedError, match="this is a mentorship now"):
        actions.withdraw_match(agreed, by=lena)
    with pytest.raises(RefusedError, match="closed already"):
        actions.withdraw_match(closed, by=lena)
