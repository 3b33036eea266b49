"""Several people act on one group at the same instant, on a database with real row locks."""

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.groups import actions, queries
from lodestar.domain.groups.models import Group
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_mentee
from tests.factories.groups import (
    drafted_group,
    make_group_cohort,
    mentees_of,
    mentor_of,
    proposed_group,
    reachable,
    running_group,
)
from tests.factories.people import make_person
from tests.races import at_once, on_postgresql

pytestmark = [pytest.mark.django_db(transaction=True), on_postgresql]
Status = Group.Status


def places(group):
    members = sorted(group.members.select_related("participant"), key=lambda m: not m.is_mentor)
    return [member.participant.places_taken for member in members]


def say_yes(*members):
    for member in members:
        actions.accept_group(member, by=member.person)


def state(group):
    return Group.objects.get(pk=group.pk).status


def test_the_last_place_of_a_group_goes_once():
    cohort = make_group_cohort(group_most=4)
    group = running_group(cohort)
    lena = make_person("Lena", "Berg")
    late = [make_mentee(cohort, reachable(f"Late{n}", "Comer")) for n in range(4)]

    refused = at_once(
        *(lambda each=each: actions.invite_person(group, each, by=lena) for each in late)
    )

    assert len(refused) == 3
    assert len(queries.roll_of(group).others) == 4
    taken = Participant.objects.filter(pk__in=[each.pk for each in late], places_taken=1)
    assert (taken.count(), places(group)[0]) == (1, 4)


def test_two_noes_at_once_make_a_group_too_small_and_the_office_hears_of_it():
    lena = make_person("Lena", "Berg")
    group = proposed_group(make_group_cohort(coordinator=lena), by=lena)
    first, second, _ = mentees_of(group)

    refused = at_once(
        lambda: actions.decline_group(first, by=first.person),
        lambda: actions.decline_group(second, by=second.person),
    )

    assert refused == []
    assert places(group) == [1, 0, 0, 1]
    assert Letter.objects.filter(kind="groups.short").count() == 1


def test_of_two_coordinators_who_publish_at_once_one_does():
    lena, ola = make_person("Lena", "Berg"), make_person("Ola", "Nord")
    group = drafted_group()
    actions.mark_reviewed(group.run, by=lena)

    refused = at_once(
        lambda: actions.publish_forming(group.run, by=lena),
        lambda: actions.publish_forming(group.run, by=ola),
    )

    assert len(refused) == 1
    assert "Nothing was sent twice" in refused[0]
    assert (places(group), Letter.objects.count()) == ([3, 1, 1, 1], 4)


def test_a_yes_and_a_no_that_cross_begin_a_group_or_not_but_never_half():
    group = proposed_group(mentees=2)
    mentor, (first, second) = mentor_of(group), mentees_of(group)
    say_yes(mentor, first)

    at_once(
        lambda: actions.accept_group(second, by=second.person),
        lambda: (
            actions.decline_group(first, by=first.person)
            if state(group) == Status.PROPOSED
            else None
        ),
    )

    roll = queries.roll_of(Group.objects.get(pk=group.pk))
    assert (state(group) == Status.RUNNING) == (roll.yeses == 2)
