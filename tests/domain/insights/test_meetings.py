"""What somebody has planned, two by two and in groups."""

from datetime import UTC, datetime, timedelta

import pytest

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.groups.actions import leave_group, set_next_meeting
from lodestar.domain.groups.queries import next_step
from lodestar.domain.insights.queries import agenda_of, home_of
from lodestar.domain.insights.queries.meetings import meetings_ahead, meetings_kept
from lodestar.domain.people.models import Person
from tests.factories.groups import mentees_of, mentor_of, running_group
from tests.factories.mentorships import make_appointment, make_mentorship, the_two

pytestmark = pytest.mark.django_db


def dated_group(*, days=3, where="Room 4"):
    group = running_group()
    set_next_meeting(mentor_of(group), at=now() + timedelta(days=days), where=where)
    group.refresh_from_db()
    return group


def test_meetings_of_two_and_of_groups_stand_in_their_order():
    group = dated_group(days=1)
    person = mentees_of(group)[0].person
    appointment = make_appointment(make_mentorship(mentee=person))
    make_appointment(make_mentorship())
    dated_group()

    planned = meetings_ahead(person, now())

    assert [(each.appointment, each.group) for each in planned] == sorted(
        [(appointment, None), (None, group)],
        key=lambda pair: pair[0].starts_at if pair[0] else pair[1].meets_at,
    )


@pytest.mark.parametrize("side", [mentor_of, lambda group: mentees_of(group)[1]])
def test_everybody_in_the_group_has_its_date_and_nobody_who_left(side):
    group = dated_group()
    gone, person = mentees_of(group)[0], side(group).person
    leave_group(gone)

    assert [each.group for each in meetings_ahead(person, now())] == [group]
    assert meetings_ahead(gone.person, now()) == []


def test_a_group_meeting_is_there_while_it_goes_on_and_longer_in_the_feed():
    group = dated_group()
    person = mentor_of(group).person

    at = {hours: group.meets_at + timedelta(hours=hours) for hours in (1, 2, 24 * 89, 24 * 92)}

    assert [len(meetings_ahead(person, at[hours])) for hours in (1, 2)] == [1, 0]
    assert [len(meetings_kept(person, at[hours])) for hours in (2, 24 * 89, 24 * 92)] == [1, 1, 0]


def test_what_is_planned_is_not_asked_for_once_more():
    mentorship = make_mentorship()
    _mentor, mentee = the_two(mentorship)
    before = [due.kind for due in agenda_of(home_of(mentee), mentee)]

    make_appointment(mentorship)

    after = [due.kind for due in agenda_of(home_of(mentee), mentee)]
    assert ("meet" in before, "meet" in after) == (True, False)


def test_the_day_of_a_group_meeting_is_that_of_the_readers_clock():
    group = running_group()
    late = datetime(2027, 1, 4, 23, 30, tzinfo=UTC)
    set_clock(lambda: late - timedelta(days=2))
    member = mentor_of(group)
    set_next_meeting(member, at=late)
    member = mentor_of(group)
    Person.objects.filter(pk=member.person.pk).update(time_zone="Asia/Tokyo")
    person = Person.objects.get(pk=member.person.pk)

    assert next_step(member, person).on.isoformat() == "2027-01-05"
