"""One trial meeting before both say yes for good."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import jobs
from lodestar.domain.matching.actions import withdraw_match
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.models import Mentorship, Message
from lodestar.domain.mentorships.queries import may_contact, thread_of
from lodestar.domain.messaging.models import Letter
from tests.factories.matching import exploring_match, published_match
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Status, Answer = Match.Status, Match.Answer


@pytest.fixture
def match():
    return exploring_match()


def the_two(match):
    return match.mentor.person, match.mentee.person


def letters(kind):
    found = Letter.objects.filter(kind=kind).select_related("person")
    return sorted(letter.person.given_name for letter in found)


def places():
    return list(Participant.objects.values_list("places_taken", flat=True))


def test_two_yeses_are_first_a_yes_to_one_meeting(match):
    assert match.status == Status.EXPLORING
    assert letters("matching.exploring") == ["Amina", "Ruth"]
    assert places() == [1, 1]
    assert Mentorship.objects.count() == 0
    assert timedelta(days=13) < match.reply_by - now() < timedelta(days=15)


def test_without_a_trial_meeting_two_yeses_begin_it_at_once():
    match = published_match()

    for person in the_two(match):
        match = actions.accept_match(match, by=person)

    assert match.status == Status.ACCEPTED
    assert letters("matching.exploring") == []


def test_two_verdicts_of_yes_begin_the_mentorship_and_bring_their_words_along(match):
    mentor, mentee = the_two(match)
    actions.write_first_words(match, by=mentee, text="Tuesday at ten?")

    assert actions.go_on(match, by=mentor).status == Status.EXPLORING
    assert actions.go_on(match, by=mentor).status == Status.EXPLORING
    assert actions.go_on(match, by=mentee).status == Status.ACCEPTED

    mentorship = Mentorship.objects.get(match=match)
    assert [m.text for m in thread_of(mentorship).messages] == ["Tuesday at ten?"]
    assert places() == [1, 1]
    assert letters("mentorships.begun") == ["Amina", "Ruth"]


@pytest.mark.parametrize("who", [0, 1])
def test_a_no_ends_it_for_both_without_saying_whose(match, who):
    one, other = the_two(match)[who], the_two(match)[1 - who]
    actions.go_on(match, by=other)

    match = actions.part(match, by=one, reason="fit", note="We wanted different things")

    assert match.status == Status.DECLINED
    assert (match.decline_reason, match.decline_note) == ("fit", "We wanted different things")
    assert places() == [0, 0]
    assert letters("matching.closed") == [other.given_name]
    assert Entry.objects.filter(verb="match.explored").count() == 2


def test_a_yes_can_still_become_a_no(match):
    mentor, _mentee = the_two(match)
    actions.go_on(match, by=mentor)

    assert actions.part(match, by=mentor).status == Status.DECLINED


def test_silence_is_reminded_of_and_ends_when_its_time_is_over(match):
    mentor, _mentee = the_two(match)
    actions.go_on(match, by=mentor)

    jobs.expire_matches(now() + timedelta(days=8))
    assert letters("matching.exploring_reminder") == ["Amina"]
    assert jobs.expire_matches(now() + timedelta(days=16)) == 1
    assert jobs.expire_matches(now() + timedelta(days=16)) == 0

    match.refresh_from_db()
    assert match.status == Status.EXPIRED
    assert letters("matching.closed") == ["Amina", "Ruth"]
    assert places() == [0, 0]


def test_the_office_can_take_it_back_and_a_late_verdict_changes_nothing(match):
    withdraw_match(match, by=make_person("Lena", "Berg"))

    with pytest.raises(RefusedError, match="taken this match back"):
        actions.go_on(match, by=match.mentor.person)
    assert places() == [0, 0]


def test_they_can_write_to_each_other_only_while_they_get_to_know_each_other(match):
    mentor, mentee = the_two(match)

    assert may_contact(mentor, mentee)
    actions.write_first_words(match, by=mentor, text="Hello", form_key="one")
    actions.write_first_words(match, by=mentor, text="Hello", form_key="one")
    with pytest.raises(RefusedError, match="used before"):
        actions.write_first_words(match, by=mentee, text="Hello", form_key="one")
    with pytest.raises(RefusedError, match="two other people"):
        actions.write_first_words(match, by=make_person("Eve", "Else"), text="Hello")
    actions.part(match, by=mentee)

    assert not may_contact(mentor, mentee)
    with pytest.raises(RefusedError):
        actions.write_first_words(match, by=mentor, text="Are you there?")
    assert Message.objects.count() == 1
    assert letters("mentorships.first_words") == ["Amina"]


def test_before_both_said_yes_nobody_writes_or_says_how_it_goes_on():
    match = published_match()
    actions.accept_match(match, by=match.mentor.person)

    for act in (actions.go_on, actions.part):
        with pytest.raises(RefusedError, match="not both said yes"):
            act(match, by=match.mentor.person)
    with pytest.raises(RefusedError):
        actions.write_first_words(match, by=match.mentor.person, text="Hello")
