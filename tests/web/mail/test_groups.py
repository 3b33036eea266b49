"""Taking part in a group from the mail alone: coming to a date, and leaving."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.groups.actions import invite_person, say_coming, set_next_meeting
from lodestar.domain.groups.models import Member
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.applications import make_mentee
from tests.factories.groups import mentees_of, mentor_of, proposed_group, reachable, running_group
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


def latest(kind, person):
    return Letter.objects.filter(kind=kind, person=person).order_by("-pk").first()


def way(kind, person, label):
    """Return the address beneath a label in the newest letter of a kind."""
    body = write(latest(kind, person), "somebody@example.org").body
    found = re.search(re.escape(label) + r":?\s+(http\S+)", body)
    assert found, body
    return found[1].removeprefix("http://testserver")


def dated(days=7):
    group = running_group()
    set_next_meeting(mentor_of(group), at=now() + timedelta(days=days), where="Room 4")
    return group, mentees_of(group)


def test_whoever_gets_a_date_says_from_the_letter_if_they_come_and_can_change_it():
    group, [first, second, _third] = dated()
    url, browser = way("groups.date", first.person, "I come, or I cannot"), Client()

    looked = browser.get(url).content.decode()
    first.refresh_from_db()
    assert "Room 4" in looked
    assert first.comes is None
    browser.post(url, {"answer": "yes"})
    told = browser.post(url, {"answer": "no"}).content.decode()
    say_coming(second, comes=True)

    room = signed_in(mentor_of(group).person).get(f"/groups/{group.public_id}/").content.decode()
    assert "The others see that you cannot come." in told
    assert f"Cannot come: {first.person.full_name}." in room
    assert f"Comes: {mentor_of(group).person.full_name}, {second.person.full_name}." in room


def test_a_new_date_asks_anew():
    group, [first, *_others] = dated()
    say_coming(first, comes=False)

    set_next_meeting(mentor_of(group), at=now() + timedelta(days=9))

    assert Member.objects.get(pk=first.pk).comes is None
    assert mentor_of(group).comes is True


def test_in_the_room_it_is_said_too_and_nothing_is_said_to_a_date_that_is_past():
    group, [first, *_others] = dated()
    browser, room = signed_in(first.person), f"/groups/{group.public_id}/"
    browser.post(f"{room}coming/", {"comes": "no"})
    assert Member.objects.get(pk=first.pk).comes is False
    url = way("groups.date", first.person, "I come, or I cannot")

    later = now() + timedelta(days=8)
    set_clock(lambda: later)

    assert browser.post(f"{room}coming/", {"comes": "yes"}).status_code == 409
    Client().post(url, {"answer": "yes"})
    assert Member.objects.get(pk=first.pk).comes is False


def test_a_group_is_left_from_a_letter_without_signing_in():
    group = running_group()
    [first, *_others] = mentees_of(group)
    url, browser = way("groups.begun", first.person, "Leave the group, kindly"), Client()

    browser.get(url)
    first.refresh_from_db()
    assert first.answer == "accepted"
    browser.post(url, {"answer": "leave", "reason": "time"})

    first.refresh_from_db()
    assert (first.answer, first.reason) == ("left", "time")
    assert "Nothing is left" not in browser.get(url).content.decode()


def test_whoever_is_asked_later_can_answer_until_their_own_day(lena):
    group = proposed_group(mentees=2)
    group.reply_by = now() + timedelta(days=1)
    group.save()
    late = make_mentee(group.cohort, reachable("Late", "Odhiambo"))
    member = invite_person(group, late, by=lena)
    assert member.reply_by > group.reply_by
    url = way("groups.proposed", late.person, "Read and answer")

    moment = group.reply_by + timedelta(hours=2)
    set_clock(lambda: moment)
    Client().post(url, {"answer": "accept"})

    member.refresh_from_db()
    assert member.answer == "accepted"
