"""A program's home and its roadmap."""

import pytest

from tests.factories.applications import make_application
from tests.factories.mentorships import make_mentorship
from tests.factories.people import signed_in
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


def home(program):
    return f"/console/programs/{program.public_id}/"


def test_a_program_without_a_cohort_asks_for_the_first(lena, program):
    page = signed_in(lena).get(home(program)).content.decode()

    assert "Plan the first cohort" in page
    assert page.count('class="button primary"') == 1
    assert "roadmap-title" not in page


def test_the_programs_home_is_the_roadmap_of_the_cohort_that_matters(lena, program):
    make_cohort(program, opens_in=-300, name="Last year")
    matters = make_cohort(program, name="This year")
    make_application(matters)

    answer = signed_in(lena).get(home(program))
    page = answer.content.decode()

    assert answer.context["cohort"] == matters
    assert "Roadmap of This year, open for applications" in page
    assert "1 application waits for your answer" in page
    assert page.count('class="button primary"') == 1
    assert page.count('aria-current="step"') == 1
    assert [line.stage.name for line in answer.context["lines"]] == [
        "Design",
        "Needs",
        "Match",
        "Trial run",
        "Portal",
        "Publicity",
        "Feedback",
        "Training",
        "Meeting on campus",
        "Success",
    ]


def test_every_door_of_a_roadmap_opens(lena, program):
    make_cohort(program, opens_in=-300, is_pilot=True)
    cohort = make_cohort(program, opens_in=-60)
    make_mentorship(cohort)
    browser = signed_in(lena)

    doors = {
        line.address
        for line in browser.get(f"/console/cohorts/{cohort.public_id}/").context["lines"]
        if line.address
    }

    assert len(doors) >= 6
    assert {address: browser.get(address).status_code for address in doors} == dict.fromkeys(
        doors, 200
    )
