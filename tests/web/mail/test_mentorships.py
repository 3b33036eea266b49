"""The letters of two people: their words, their way in, and what they never carry."""

import re

import pytest
from django.test import Client

from lodestar.domain.common.time import today
from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.actions.common import tell
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.mentorships import make_mentorship, the_two

pytestmark = pytest.mark.django_db


def text_of(letter):
    mail = write(letter, "reader@example.org")
    return mail.subject, mail.body, "".join(str(part[0]) for part in mail.alternatives)


def test_the_beginning_tells_both_how_to_reach_each_other():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    for person in (mentor, mentee):
        tell(mentorship, "mentorships.begun", to=person)

    told = {letter.person: text_of(letter) for letter in Letter.objects.all()}

    subject, text, html = told[mentee]
    assert subject == "It is a yes: you and Ruth"
    assert mentor.addresses.get().email in text
    assert f"http://testserver/mentorships/{mentorship.public_id}/" in text
    assert "Ten minutes: who you are" in text
    assert mentor.addresses.get().email in html
    assert mentee.addresses.get().email in told[mentor][1]


def test_a_message_letter_never_carries_the_message():
    mentorship = make_mentorship()
    actions.write_message(mentorship, by=the_two(mentorship)[0], text="CANARY-message")

    told = text_of(Letter.objects.get())

    assert told[0] == "Ruth wrote to you"
    assert "CANARY" not in "".join(told)


@pytest.mark.parametrize("kind", ["unmet", "paused", "resumed", "ended", "begun", "message"])
def test_no_letter_carries_notes_goals_messages_or_reasons_of_an_end(kind):
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    actions.write_message(mentorship, by=mentor, text="CANARY-message")
    Letter.objects.all().delete()
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="CANARY-note", is_shared=True)
    actions.set_goal(mentorship, by=mentor, text="CANARY-goal")
    if kind == "ended":
        actions.end_mentorship(mentorship, by=mentor, reason="conduct")
    else:
        tell(mentorship, f"mentorships.{kind}", to=mentee)

    told = "".join(text_of(Letter.objects.get(kind=f"mentorships.{kind}")))

    assert "CANARY" not in told
    assert "treated" not in told
    assert f"/mentorships/{mentorship.public_id}/" in told


def test_after_the_end_no_letter_tells_an_address():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    tell(mentorship, "mentorships.begun", to=mentee)
    actions.complete_mentorship(mentorship, by=mentor)

    told = text_of(Letter.objects.get(kind="mentorships.begun"))

    assert mentor.addresses.get().email not in "".join(told)


def way_after(words, letter):
    """Return the address that stands under these words."""
    return re.search(words + r"\nhttp://testserver(/m/\S+)", text_of(letter)[1]).group(1)


def test_from_the_letter_it_ends_in_two_clicks_without_signing_in():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    actions.remind_unmet(mentorship)
    letter = Letter.objects.get(kind="mentorships.unmet", person=mentee)
    address = way_after("End it, kindly:", letter)
    browser = Client()

    asked = browser.get(address).content.decode()
    incomplete = browser.post(address, {"answer": "end"})
    done = browser.post(address, {"answer": "end", "reason": "time", "then": "new"})
    late = browser.post(address, {"answer": "end", "reason": "time"})

    mentorship.refresh_from_db()
    assert "how shall this end?" in asked
    assert mentor.family_name not in asked
    assert incomplete.status_code == 422
    assert "You are on the list for somebody new" in done.content.decode()
    assert (mentorship.status, mentorship.end_reason) == ("ended", "time")
    assert late.status_code == 410


def test_from_the_letter_it_can_rest_instead():
    mentorship = make_mentorship()
    actions.remind_unmet(mentorship)
    letter = Letter.objects.get(kind="mentorships.unmet", person=the_two(mentorship)[0])

    done = Client().post(way_after("End it, kindly:", letter), {"answer": "pause"})

    mentorship.refresh_from_db()
    assert "It rests now" in done.content.decode()
    assert mentorship.status == "paused"
