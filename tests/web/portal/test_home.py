"""Home shows each kind of person the one thing that matters now."""

import re
from datetime import date, timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.insights.queries.home import weeks
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions import finish_goal, set_goal
from lodestar.web.common.templatetags.look import nth
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


def test_a_pulse_stands_beside_the_room_with_its_first_question():
    mentorship = make_mentorship()
    mentee = the_two(mentorship)[1]
    pulse = make_pulse(mentorship)

    page = home(mentee)

    assert "How useful is it with Ruth so far?" in page
    assert f"/pulses/{pulse.public_id}/?useful=4" in page
    assert "first meeting with Ruth" in page
    assert primary_count(page) == 1


def test_what_was_tapped_at_home_is_chosen_on_the_form():
    mentorship = make_mentorship()
    pulse = make_pulse(mentorship)
    client = signed_in(the_two(mentorship)[1])

    page = client.get(f"/pulses/{pulse.public_id}/?useful=4").content.decode()
    nonsense = client.get(f"/pulses/{pulse.public_id}/?useful=%3Cb%3E")

    assert re.search(r'name="usefulness"[^>]*value="4"[^>]*checked', page)
    assert nonsense.status_code == 200
    assert "<b>" not in nonsense.content.decode()


def test_home_says_who_the_partner_is_why_and_what_the_two_agreed():
    mentorship = make_mentorship(mentor=make_person("Ruth"))
    mentee = the_two(mentorship)[1]
    set_goal(mentorship, by=mentee, text="A plan", step="Write to two people")
    finish_goal(set_goal(mentorship, by=mentee, text="A better CV"), by=mentee)

    page = home(mentee)

    assert "your mentor" in page
    assert "Chosen together with everyone" in page
    assert page.index("A plan") < page.index("A better CV")
    assert "Write to two people" in page
    assert "reached" in page


@pytest.mark.parametrize(
    ("number", "said"), [(1, "first"), (3, "third"), (10, "tenth"), (11, "next"), (0, "next")]
)
def test_a_meeting_is_counted_as_one_says_it(number, said):
    assert nth(number) == said


def test_weeks_are_counted_from_the_first_day():
    begin = date(2026, 9, 1)

    assert [weeks(begin, begin + timedelta(days=d)) for d in (-3, 0, 6, 7, 41)] == [1, 1, 1, 2, 6]


def test_home_stands_where_nobody_knows_the_clock():
    mentor, mentee = the_two(make_mentorship())
    mentee.time_zone = "Mars/Olympus"
    mentee.save()

    assert mentor.given_name in home(mentee)


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
