"""Everybody of a group is asked how it goes, as the two of a pair are."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.feedback import queries
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.groups.actions import leave_group, log_group_meeting
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.groups import make_group_cohort, members_of, mentor_of, running_group
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(lena):
    return running_group(make_group_cohort(coordinator=lena), by=lena, mentees=2)


def later(days):
    """Move the clock on by so many days."""
    moment = now() + timedelta(days=days)
    set_clock(lambda: moment)
    return moment


def asked(group):
    return Pulse.objects.filter(group=group).order_by("participant")


def test_everybody_in_it_is_asked_at_day_30_once_and_reminded_once(group):
    early, day_30 = now() + timedelta(days=29), now() + timedelta(days=30)

    counts = [
        ask_due_pulses(moment) for moment in (early, day_30, day_30, day_30 + timedelta(days=5))
    ]

    assert counts == [0, 3, 0, 3]
    assert {pulse.participant_id for pulse in asked(group)} == {
        member.participant_id for member in members_of(group)
    }
    assert queries.answer_share(group.cohort).of == 3


def test_whoever_came_later_is_asked_later_and_whoever_left_no_more(group):
    mentor, late, gone = members_of(group)
    Member.objects.filter(pk=late.pk).update(answered_at=now() + timedelta(days=10))
    leave_group(gone)

    counts = [ask_due_pulses(now() + timedelta(days=days)) for days in (30, 40)]

    assert counts == [1, 2]  # at day 40 the mentor is reminded
    assert {pulse.participant for pulse in asked(group)} == {mentor.participant, late.participant}


@pytest.mark.parametrize("status", [Group.Status.ENDED, Group.Status.DISSOLVED])
def test_a_group_that_does_not_run_is_not_asked(group, status):
    Group.objects.filter(pk=group.pk).update(status=status)

    assert ask_due_pulses(now() + timedelta(days=30)) == 0


def test_whoever_leaves_is_not_reminded(group):
    moment = later(30)
    ask_due_pulses(moment)
    member = members_of(group)[1]
    leave_group(member)

    assert ask_due_pulses(moment + timedelta(days=5)) == 2


def test_an_answer_from_the_letter_counts_and_a_wish_is_about_the_group(group):
    ask_due_pulses(later(30))
    mentor = mentor_of(group)
    held_on = now().date() - timedelta(days=3)
    log_group_meeting(mentor, held_on=held_on, minutes=60, note="", present=[])
    pulse = asked(group).get(participant=mentor.participant)
    letter = write(Letter.objects.get(about_key=pulse.public_id), "m@example.org")
    address = re.search(r"http://testserver(/m/\S+)", letter.body).group(1)

    looked = Client().get(address).content.decode()
    Client().post(address, {"meeting_count": "1", "usefulness": "4", "wish": "rematch"})

    assert letter.subject == "Your group in First Steps: how is it going?"
    assert "how is it going in your group?" in letter.body
    assert "nobody of your group does" in letter.body
    assert "I would like another group" in looked
    assert queries.meetings_since_last(pulse) == 1
    pulse.refresh_from_db()
    concern = Concern.objects.get()
    assert (pulse.usefulness, pulse.wish) == (4, "rematch")
    assert (concern.about, concern.kind, concern.pulse) == (group, "rematch", pulse)
    assert queries.answer_share(group.cohort).count == 1


def test_it_is_answered_from_the_room_and_from_home_too(group):
    ask_due_pulses(later(30))
    person = members_of(group)[1].person
    pulse = asked(group).get(participant__person=person)
    browser, address = signed_in(person), f"/pulses/{pulse.public_id}/"

    home = browser.get("/home/").content.decode()
    room = browser.get(f"/groups/{group.public_id}/").content.decode()
    page = browser.get(address).content.decode()
    said = {"meeting_count": "2", "usefulness": "5", "wish": "none"}
    answer = browser.post(address, said)

    assert address in home
    assert address in room
    assert "How is it going in your group?" in page
    assert answer.url == f"/groups/{group.public_id}/"
    assert signed_in(make_person()).get(address).status_code == 404
    assert not queries.open_pulses(person).exists()


def test_a_reminder_has_words_for_groups(group):
    moment = later(30)
    ask_due_pulses(moment)
    ask_due_pulses(later(5))
    letter = Letter.objects.filter(kind="feedback.reminder").first()

    told = write(letter, "m@example.org")

    assert told.subject == "Still open: how is it going in your group in First Steps?"
    assert "about your group" in told.body


def test_a_pulse_is_about_a_pair_or_a_group_and_about_one_of_them_once_a_day(group):
    ask_due_pulses(later(30))
    pulse = asked(group).first()

    with pytest.raises(IntegrityError):
        Pulse.objects.create(group=group, participant=pulse.participant, due_on=pulse.due_on)


def test_asking_costs_the_same_for_more_groups(group, lena, django_assert_num_queries):
    running_group(make_group_cohort(coordinator=lena), by=lena)

    with django_assert_num_queries(5):
        assert len(list(queries.askings(now() + timedelta(days=30)))) == 7
