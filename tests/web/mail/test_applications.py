"""What applicants read in their mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.formats import date_format

from lodestar.domain.applications.jobs import remind_milestones
from lodestar.domain.applications.models import Application
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.programs.actions.milestones import write_milestones
from lodestar.domain.programs.rules.milestones import MilestoneWish
from lodestar.web.mail import jobs
from tests.factories.applications import make_application, make_mentor
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    program = make_program(name="First Steps", coordinator=make_person("Lena", "Berg"))
    amina = make_person(email="amina@example.org")
    return make_application(make_cohort(program), amina, decision_note="We liked your plan.")


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("received", "We have your application to First Steps", "has arrived"),
        ("accepted", "You are in: First Steps", "We liked your plan."),
        ("waitlisted", "You are on the waitlist of First Steps", "We liked your plan."),
        ("declined", "Your application to First Steps", "We liked your plan."),
        ("unfinished", "Your application to First Steps is not sent yet", "still there"),
    ],
)
def test_each_letter_says_what_happened_and_leads_to_the_application(
    application, kind, subject, words
):
    queue_letter(f"applications.{kind}", to=application.person, about=application)

    jobs.send_letters(now())

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["amina@example.org"], subject)
    assert words in letter.body
    assert f"http://testserver/applications/{application.public_id}/" in letter.body
    assert "Dear Amina" in letter.body


def milestone_letter(*, left_at=None):
    """Send the letter that reminds a mentor of a preparation in two days."""
    program = make_program(name="First Steps", coordinator=make_person("Lena", "Berg"))
    cohort = make_cohort(program, opens_in=-42)
    talk = MilestoneWish(
        "preparation", "A talk", "mentor", "starts_on", 2, 1, "Bring a question.", "Room <2>"
    )
    write_milestones(cohort.design, [talk])
    mentor = make_mentor(cohort, make_person("Ruth", "Okafor", email="ruth@example.org"))
    remind_milestones(now())
    mentor.left_at = left_at
    mentor.save()
    jobs.send_letters(now())
    return mentor, date_format(cohort.starts_on + timedelta(days=2), "l, j F Y")


def test_the_letter_before_a_milestone_says_when_where_and_what():
    mentor, day = milestone_letter()

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ruth@example.org"], f"A talk on {day[:-5]}")
    for words in (
        "Dear Ruth",
        f"“A talk” of First Steps is on {day}.",
        "Bring a question.",
        "Room <2>",
    ):
        assert words in letter.body
    assert f"/applications/{mentor.application.public_id}/" in letter.body


def test_whoever_left_meanwhile_is_not_written_to():
    milestone_letter(left_at=now())

    assert mail.outbox == []


@pytest.fixture
def on_the_waitlist(application):
    application.status = Application.Status.WAITLISTED
    application.save()
    queue_letter("applications.waitlisted", to=application.person, about=application)
    jobs.send_letters(now())
    [way] = re.findall(r"Withdraw:?\s+http://testserver(\S+)", mail.outbox[0].body)
    return way


def test_a_place_on_the_waitlist_is_given_up_from_the_letter(application, on_the_waitlist, client):
    asked = client.get(on_the_waitlist).content.decode()
    application.refresh_from_db()
    assert ("Withdraw your application?" in asked, application.status) == (True, "waitlisted")

    done = client.post(on_the_waitlist, {"answer": "yes"}, follow=True).content.decode()

    application.refresh_from_db()
    assert ("You have withdrawn" in done, application.status) == (True, "withdrawn")


def test_whoever_was_declined_meanwhile_is_told_so(application, on_the_waitlist, client):
    application.status = Application.Status.DECLINED
    application.save()

    page = client.get(on_the_waitlist).content.decode()

    assert "This application is no longer active." in page
