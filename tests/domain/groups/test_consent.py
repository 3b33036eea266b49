"""Everybody says yes or no for themselves; a group begins with enough yeses, and a no frees a place without blame."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.actions import take_place
from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.groups import actions, jobs, queries
from lodestar.domain.groups.models import FormingRun, Group, Member
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.groups import (
    drafted_group,
    make_group_cohort,
    make_peers_cohort,
    members_of,
    mentees_of,
    mentor_of,
    proposed_group,
    publish,
    reachable,
    running_group,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Status, Answer = Group.Status, Member.Answer


def letters(kind):
    return sorted(Letter.objects.filter(kind=kind).values_list("person__given_name", flat=True))


def places(group):
    """Return the places taken of everybody who was ever in a group, the mentor first."""
    return [m.participant.places_taken for m in members_of(group)]


def say_yes(*members):
    for member in members:
        actions.accept_group(member, by=member.person)


def state(group):
    return Group.objects.get(pk=group.pk).status


def test_publishing_proposes_to_everybody_and_takes_every_place(lena):
    group = proposed_group(by=lena)

    assert group.status == Status.PROPOSED
    assert places(group) == [3, 1, 1, 1]
    assert letters("groups.proposed") == ["Amina", "Bao", "Carla", "Mentor0"]
    assert group.proposed_at < group.next_reminder_at < group.reply_by


def test_publishing_twice_tells_the_second_kindly_and_sends_nothing_more(lena):
    group = proposed_group(by=lena)

    with pytest.raises(RefusedError) as refusal:
        actions.publish_forming(group.run, by=make_person("Ola", "Nord"))

    assert str(refusal.value) == "Lena Berg published these groups already. Nothing was sent twice."
    assert Letter.objects.count() == 4


def test_what_nobody_looked_at_is_not_published(lena):
    group = drafted_group()

    with pytest.raises(RefusedError, match="Look at these groups first"):
        actions.publish_forming(group.run, by=lena)

    assert (state(group), Letter.objects.count()) == (Status.DRAFTED, 0)


def test_somebody_who_left_meanwhile_stops_the_whole_publication(lena):
    group = drafted_group()
    gone = mentees_of(group)[0].participant
    Participant.objects.filter(pk=gone.pk).update(left_at=now())

    with pytest.raises(RefusedError, match="left since these groups were formed"):
        publish(group.run, lena)

    assert sum(places(group)) == 0
    assert state(group) == Status.DRAFTED


def test_a_place_that_was_taken_meanwhile_stops_it_too(lena):
    group = drafted_group()
    take_place(mentees_of(group)[0].participant)

    with pytest.raises(RefusedError, match="has no place left"):
        publish(group.run, lena)

    assert sum(places(group)) == 1
    assert FormingRun.objects.get().status == FormingRun.Status.REVIEWED


def test_a_group_begins_when_the_smallest_size_and_the_mentor_said_yes():
    group = proposed_group()
    first, second, third = mentees_of(group)
    say_yes(first, second)
    assert state(group) == Status.PROPOSED

    say_yes(mentor_of(group))

    assert state(group) == Status.RUNNING
    assert letters("groups.begun") == ["Amina", "Bao", "Mentor0"]
    say_yes(third)
    assert letters("groups.begun") == ["Amina", "Bao", "Carla", "Mentor0"]
    assert letters("groups.joined") == ["Amina", "Bao", "Mentor0"]


def test_peers_begin_without_any_mentor():
    group = proposed_group(make_peers_cohort(), mentees=3, mentor=False)

    say_yes(*members_of(group))

    assert state(group) == Status.RUNNING


def test_the_same_yes_again_changes_nothing():
    group = proposed_group()
    say_yes(*members_of(group), *members_of(group))

    assert Letter.objects.filter(kind="groups.begun").count() == 4
    assert places(group) == [3, 1, 1, 1]


def test_a_no_frees_both_places_and_nobody_is_told_who_said_it():
    group = proposed_group()
    first = mentees_of(group)[0]

    actions.decline_group(first, by=first.person, reason="time", note="Twins.")
    actions.decline_group(first, by=first.person, reason="fit")

    first.refresh_from_db()
    assert places(group) == [2, 0, 1, 1]
    assert (first.answer, first.reason, first.note) == (Answer.DECLINED, "time", "Twins.")
    assert {letter.kind for letter in Letter.objects.all()} == {"groups.proposed"}


def test_an_answer_that_was_given_is_kept():
    group = proposed_group()
    first = mentees_of(group)[0]
    actions.decline_group(first, by=first.person)

    with pytest.raises(RefusedError, match="You said no, and that is fine"):
        actions.accept_group(first, by=first.person)


def test_nobody_answers_for_somebody_else():
    group = proposed_group()
    first, second, _ = mentees_of(group)

    with pytest.raises(RefusedError, match="Only the person who was asked"):
        actions.accept_group(first, by=second.person)


def test_a_group_that_is_too_small_calls_the_office_once_for_each_number(lena):
    group = proposed_group(make_group_cohort(coordinator=lena))
    first, second, _ = mentees_of(group)

    actions.decline_group(first, by=first.person)
    assert letters("groups.short") == []
    actions.decline_group(second, by=second.person)

    assert letters("groups.short") == ["Lena"]
    assert state(group) == Status.PROPOSED
    assert queries.roll_of(Group.objects.get()).missing == 1


def test_a_mentor_who_says_no_gets_every_place_back_and_the_office_is_called(lena):
    group = proposed_group(make_group_cohort(coordinator=lena))
    mentor = mentor_of(group)

    actions.decline_group(mentor, by=mentor.person)

    assert places(group) == [0, 1, 1, 1]
    assert letters("groups.short") == ["Lena"]


def test_silence_is_reminded_twice_and_then_frees_the_place(lena):
    group = proposed_group(make_group_cohort(coordinator=lena))
    say_yes(mentor_of(group), *mentees_of(group)[:1])
    for _ in range(3):
        moment = Group.objects.get().next_reminder_at
        if moment:
            jobs.expire_answers(moment)
            jobs.expire_answers(moment)
    assert letters("groups.reminder") == ["Bao", "Bao", "Carla", "Carla"]

    late = group.reply_by + timedelta(minutes=1)
    assert jobs.expire_answers(late) == 2
    assert jobs.expire_answers(late) == 0

    assert places(group) == [1, 1, 0, 0]
    assert letters("groups.closed") == ["Bao", "Carla"]
    assert letters("groups.short") == ["Lena"]


def test_a_late_yes_is_refused_and_the_mend_is_named():
    group = proposed_group()
    Member.objects.update(reply_by=now() - timedelta(hours=1))

    with pytest.raises(RefusedError, match="The time to answer has run out"):
        say_yes(mentees_of(group)[0])


def test_somebody_left_is_asked_in_and_the_group_begins(lena):
    cohort = make_group_cohort(coordinator=lena)
    group = proposed_group(cohort)
    first, second, third = mentees_of(group)
    actions.decline_group(first, by=first.person)
    actions.decline_group(second, by=second.person)
    say_yes(mentor_of(group), third)
    newcomer = make_mentee(cohort, reachable("Zoe", "Late"))

    [candidate] = queries.mends_of(group).candidates
    member = actions.invite_person(group, newcomer, by=lena)
    actions.invite_person(group, newcomer, by=lena)
    say_yes(member)

    assert candidate.participant == newcomer
    assert state(group) == Status.RUNNING
    assert letters("groups.proposed").count("Zoe") == 1
    newcomer.refresh_from_db()
    assert newcomer.places_taken == 1


def test_a_latecomer_joins_a_running_group_with_room_and_everybody_is_told(lena):
    cohort = make_group_cohort(coordinator=lena)
    group = running_group(cohort)
    newcomer = make_mentee(cohort, reachable("Zoe", "Late"))

    say_yes(actions.invite_person(group, newcomer, by=lena))

    everybody = ["Amina", "Bao", "Carla", "Mentor0"]
    told = Letter.objects.filter(kind="groups.joined", words__name="Zoe Late")
    assert sorted(told.values_list("person__given_name", flat=True)) == everybody
    assert places(group)[0] == 4


def test_a_full_group_takes_nobody_more(lena):
    cohort = make_group_cohort(coordinator=lena, group_most=3)
    group = running_group(cohort)
    newcomer = make_mentee(cohort, reachable("Zoe", "Late"))

    with pytest.raises(RefusedError, match="This group is full: it has 3 people"):
        actions.invite_person(group, newcomer, by=lena)

    newcomer.refresh_from_db()
    assert newcomer.places_taken == 0


def test_a_new_mentor_takes_over_a_group_that_lost_its_own(lena):
    cohort = make_group_cohort(coordinator=lena)
    group = proposed_group(cohort)
    mentor = mentor_of(group)
    say_yes(*mentees_of(group))
    actions.decline_group(mentor, by=mentor.person)
    other = make_mentor(cohort, reachable("Ruth", "Okafor"), capacity=4)

    [candidate] = queries.mends_of(group).candidates
    say_yes(actions.invite_person(group, other, by=lena))

    other.refresh_from_db()
    assert candidate.participant == other
    assert (state(group), other.places_taken) == (Status.RUNNING, 3)


def test_a_mentor_has_one_group_at_a_time(lena):
    cohort = make_group_cohort(coordinator=lena)
    busy = proposed_group(cohort, by=lena, mentees=2)
    alone = proposed_group(cohort, by=lena, mentees=2)
    actions.decline_group(mentor_of(alone), by=mentor_of(alone).person)
    mentor = mentor_of(busy).participant
    type(mentor).objects.filter(pk=mentor.pk).update(capacity=9)
    mentor.refresh_from_db()

    with pytest.raises(RefusedError, match="has a group already"):
        actions.invite_person(alone, mentor, by=lena)

    before = mentor.places_taken
    mentor.refresh_from_db()
    assert mentor.places_taken == before


def test_two_groups_become_one_and_everybody_is_asked_anew(lena):
    cohort = make_group_cohort(coordinator=lena)
    small = proposed_group(cohort, mentees=2)
    target = proposed_group(cohort, mentees=2)
    say_yes(*members_of(small)[:2])

    [there] = queries.mends_of(small).targets
    actions.merge_groups(small, target, by=lena)
    actions.merge_groups(small, target, by=lena)

    assert there.group == target
    assert state(small) == Status.DISSOLVED
    roll = queries.roll_of(target)
    assert len(roll.others) == 4
    assert places(small) == [0, 1, 1]
    assert roll.mentor.participant.places_taken == 4
    assert "Mentor0" in letters("groups.closed")


def test_a_group_that_does_not_come_about_is_let_go_kindly(lena):
    group = proposed_group(make_group_cohort(coordinator=lena))

    actions.dissolve_group(group, by=lena)
    actions.dissolve_group(group, by=lena)

    assert places(group) == [0, 0, 0, 0]
    assert letters("groups.closed") == ["Amina", "Bao", "Carla", "Mentor0"]
    with pytest.raises(RefusedError, match="has begun"):
        actions.dissolve_group(running_group(), by=lena)


def test_the_office_may_let_a_small_group_begin(lena):
    group = proposed_group(make_group_cohort(coordinator=lena, group_least=3))
    say_yes(mentor_of(group), *mentees_of(group)[:2])
    assert state(group) == Status.PROPOSED

    actions.begin_smaller(group, by=lena)

    assert state(group) == Status.RUNNING


def test_one_alone_is_no_group(lena):
    group = proposed_group(make_group_cohort(coordinator=lena))
    say_yes(mentees_of(group)[0])

    with pytest.raises(RefusedError, match="Two people at least must have said yes"):
        actions.begin_smaller(group, by=lena)
