"""Which days of cohorts concern whom?"""

import pytest

from lodestar.domain.applications.queries.days import days_for
from lodestar.domain.common.time import today
from lodestar.domain.programs.models import Milestone
from tests.factories.applications import make_application, make_mentee
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator

pytestmark = pytest.mark.django_db
TURNS = ["opens_on", "closes_on", "matching_on", "starts_on", "ends_on"]


def turns(person, cohort):
    return [each.turn for each in days_for(person, today()) if each.cohort == cohort and each.turn]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", ["closes_on"]),
        ("submitted", ["matching_on", "starts_on"]),
        ("waitlisted", ["matching_on", "starts_on"]),
        ("accepted", ["matching_on", "starts_on", "ends_on"]),
        ("declined", []),
        ("withdrawn", []),
    ],
)
def test_an_applicant_has_the_days_that_are_still_ahead_of_them(status, expected):
    cohort, person = make_cohort(), make_person()
    make_application(cohort, person, status=status)

    assert turns(person, cohort) == expected


def test_a_coordinator_has_every_day_ahead_of_their_cohorts_published_or_not():
    lena = make_person("Lena")
    ahead = make_cohort(opens_in=5, is_published=False)
    other = make_cohort(opens_in=5)
    make_coordinator(ahead.program, lena)

    assert turns(lena, ahead) == TURNS
    assert turns(lena, other) == []


def test_days_that_are_past_concern_nobody():
    lena = make_person("Lena")
    running, over = make_cohort(opens_in=-60), make_cohort(opens_in=-400)
    for cohort in (running, over):
        make_coordinator(cohort.program, lena)

    assert turns(lena, running) == ["ends_on"]
    assert turns(lena, over) == []


def test_milestones_are_for_whom_they_are_meant_and_for_the_office():
    cohort = make_cohort()
    lena, mentee = make_person("Lena"), make_mentee(cohort).person
    make_coordinator(cohort.program, lena)
    for name, whom in (("For all", "both"), ("For mentors", "mentor"), ("For mentees", "mentee")):
        Milestone.objects.create(design=cohort.design, name=name, anchor="ends_on", for_whom=whom)

    def named(person):
        return {each.milestone.name for each in days_for(person, today()) if each.milestone}

    assert named(mentee) >= {"For all", "For mentees"}
    assert "For mentors" not in named(mentee)
    assert named(lena) >= {"For all", "For mentors", "For mentees"}


def test_who_takes_part_and_looks_after_it_has_each_day_once():
    cohort = make_cohort()
    person = make_mentee(cohort).person
    make_coordinator(cohort.program, person)
    Milestone.objects.create(design=cohort.design, name="Lunch", anchor="ends_on")

    found = [(each.turn, each.milestone) for each in days_for(person, today())]

    assert len(found) == len(set(found))
