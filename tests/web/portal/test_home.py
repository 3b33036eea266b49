"""Home shows each kind of person the one thing that matters now."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match
from tests.factories.applications import make_application
from tests.factories.feedback import make_pulse
from tests.factories.matching import published_match
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


def home(person):
    answer = signed_in(person).get("/home/")
    assert answer.status_code == 200
    return answer.content.decode()


def primary_count(page):
    return page.count('class="button primary"') + page.count('button class="primary"')


def test_a_new_member_sees_what_is_offered():
    make_cohort(make_program("First Steps"))

    page = home(make_person())

    assert "Find a program that suits you" in page
    assert "First Steps" in page


def test_without_a_program_home_says_what_will_be_here():
    page = home(make_person())

    assert "Nothing waits for you" in page
    assert primary_count(page) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "You began an application"),
        ("submitted", "Your application is being read"),
        ("accepted", "You are in"),
        ("waitlisted", "You are on the waitlist"),
    ],
)
def test_an_applicant_knows_for_what_and_until_when(status, words):
    person = make_person()
    make_application(make_cohort(), person, status=status)

    page = home(person)

    assert words in page
    assert primary_count(page) == 1


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_what_is_over_does_not_wait(status):
    person = make_person()
    make_application(make_cohort(), person, status=status)

    page = home(person)

    assert "Find a program that suits you" in page
    assert "Your application is being read" not in page


def test_a_match_to_answer_comes_before_all_else():
    match = published_match()
    mentor = match.mentor.person
    make_pulse(make_mentorship(mentor=mentor), side="mentor")

    page = home(mentor)

    assert "We found somebody for you" in page
    assert page.index("We found somebody") < page.index("Three questions about")
    assert primary_count(page) == 1


def test_who_said_yes_knows_whom_they_wait_for():
    match = published_match()
    Match.objects.update(status="half_accepted", mentor_answer="accepted")

    page = home(match.mentor.person)

    assert "You said yes" in page
    assert "has until" in page


def test_a_mentor_of_three_sees_the_most_urgent_first():
    mentor = make_person("Ruth")
    cohort = make_cohort()
    mentees = [make_person(name) for name in ("Ann", "Ben", "Cem")]
    rooms = [
        make_mentorship(cohort, mentor=mentor, mentee=m, began_at=now() - timedelta(days=d))
        for m, d in zip(mentees, (1, 60, 1), strict=True)
    ]

    page = home(mentor)

    assert [room.status for room in rooms] == ["active"] * 3
    assert page.index("first meeting with Ben") < page.index("first meeting with Ann")
    assert "first meeting with Cem" in page
    assert primary_count(page) == 1


def test_a_pulse_stands_at_the_top_and_the_room_beneath():
    mentorship = make_mentorship()
    mentee = the_two(mentorship)[1]
    make_pulse(mentorship)

    page = home(mentee)

    assert page.index("How is it going?") < page.index("first meeting with Ruth")
    assert primary_count(page) == 1


def test_what_was_stays_to_be_read():
    mentorship = make_mentorship(status="completed", ended_at=now())

    page = home(the_two(mentorship)[1])

    assert "What was" in page
    assert f"/mentorships/{mentorship.public_id}/" in page


def test_a_coordinator_finds_the_console():
    coordinator = make_person()
    make_program(coordinator=coordinator)

    assert 'href="/console/"' in home(coordinator)
    assert 'href="/console/"' not in home(make_person())


def test_home_holds_nothing_of_others():
    make_mentorship(mentor=make_person("CANARY"))
    make_pulse()
    make_application(make_cohort(), make_person("CANARY"))

    assert "CANARY" not in home(make_person())
