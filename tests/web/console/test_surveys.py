"""What both sides said half way and at the end: by letter, in the portal, and as the office reads it."""

import re

import pytest
from django.test import Client

from lodestar.domain.feedback import actions
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.mentorships.models import Message
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.feedback import make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import signed_in
from tests.factories.programs import make_cohort, make_design, make_outsider, make_program

pytestmark = pytest.mark.django_db
ANSWER = {"meeting_count": "3", "usefulness": "5", "wish": "none", "text": ""}
MORE = {"rated_open": "5", "rated_chore": "2", "remarks": "CANARY-remarks", "to_partner": "Thank you."}  # fmt: skip


@pytest.fixture
def mentorship(lena):
    program = make_program(coordinator=lena)
    design = make_design(program, asks_midpoint=True, asks_closing=True)
    return make_mentorship(make_cohort(program, design=design))


def surveyed(mentorship, side="mentee", kind="midpoint"):
    return make_pulse(mentorship, side=side, kind=kind)


def text(response):
    return " ".join(response.content.decode().split())


def page_of(mentorship):
    return f"/console/cohorts/{mentorship.match.mentor.cohort.public_id}/surveys/"


def test_a_survey_is_answered_from_its_letter_one_tap_a_line(mentorship):
    pulse = surveyed(mentorship)
    actions.send(pulse, "feedback.pulse")
    mail = write(Letter.objects.get(kind="feedback.pulse"), "reader@example.org")
    link = re.search(r"http://testserver(/m/\S+)", mail.body).group(1)

    page = text(Client().get(link))
    wrong = Client().post(link, ANSWER | MORE | {"rated_open": "9"})
    assert not Message.objects.exists()
    done = text(Client().post(link, ANSWER | MORE))

    pulse.refresh_from_db()
    assert mail.subject == "Half way with Ruth: a longer look"
    assert "about two minutes" in mail.body
    assert "We agree on what we are working on." in page
    assert "What Ruth should hear from you" in page
    assert (wrong.status_code, "Thank you" in done) == (422, True)
    assert pulse.ratings == {"open": 5, "chore": 2}
    assert Message.objects.get().text == "Thank you."


@pytest.mark.parametrize(("kind", "line", "has_partner"), [
    ("midpoint", "I can speak openly.", True),
    ("closing", "I would take part again.", False),
    ("pulse", "", False),
])  # fmt: skip
def test_in_the_portal_each_kind_asks_its_own_lines(mentorship, kind, line, has_partner):
    pulse = surveyed(mentorship, kind=kind)
    browser = signed_in(pulse.participant.person)
    address = f"/pulses/{pulse.public_id}/"

    page = text(browser.get(address))
    browser.post(address, ANSWER | {"rated_open": "4", "rated_again": "5", "remarks": "Keep it."})

    pulse.refresh_from_db()
    assert line in page
    assert ('name="to_partner"' in page) == has_partner
    kept = {"midpoint": {"open": 4}, "closing": {"again": 5}, "pulse": {}}
    assert (pulse.usefulness, pulse.ratings) == (5, kept[kind])


def test_the_office_reads_both_views_and_the_two_never_do(mentorship, lena):
    for side, rating in (("mentor", 5), ("mentee", 2)):
        pulse = surveyed(mentorship, side=side)
        actions.answer_survey(
            pulse,
            by=pulse.participant.person,
            answer=actions.Answer(2, 4, "none"),
            more=actions.More({"open": rating}, f"CANARY-{side}"),
        )

    page = text(signed_in(lena).get(page_of(mentorship)))

    assert "1 of 1 answered." in page
    assert "1 line far apart" in page
    assert "CANARY-mentor" in page
    assert "too few to say" in page
    for person in the_two(mentorship):
        browser = signed_in(person)
        assert browser.get(page_of(mentorship)).status_code == 404
        room = text(browser.get(f"/mentorships/{mentorship.public_id}/"))
        assert "CANARY" not in room


def test_before_anybody_is_asked_it_says_when_and_strangers_find_nothing(mentorship, lena):
    page = page_of(mentorship)

    half_way = text(signed_in(lena).get(page))
    closing = text(signed_in(lena).get(page, {"survey": "closing"}))

    assert "half way through their time together" in half_way
    assert "from a week before the cohort ends" in closing
    assert signed_in(make_outsider("other coordinator")).get(page).status_code == 404


def test_many_mentorships_cost_the_same_few_questions(
    mentorship, lena, django_assert_max_num_queries
):
    cohort = mentorship.match.mentor.cohort
    for n in range(25):
        pulse = surveyed(make_mentorship(cohort) if n else mentorship)
        Pulse.objects.filter(pk=pulse.pk).update(answered_at=pulse.asked_at, ratings={"open": 3})
    browser = signed_in(lena)
    browser.get(page_of(mentorship))

    with django_assert_max_num_queries(22):
        page = text(browser.get(page_of(mentorship)))

    assert "25 of 25 answered." in page
