"""What applicants read in their mail."""

import pytest
from django.core import mail

from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import queue_letter
from lodestar.web.mail import jobs
from tests.factories.applications import make_application
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
