"""Whom new days of a cohort concern."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from lodestar.domain.insights.queries import days_impact
from lodestar.domain.programs.rules import phases_of, shifted
from tests.factories.applications import make_application, make_mentee
from tests.factories.matching import published_match
from tests.factories.mentorships import make_mentorship
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
TELL = "Nobody is written to: tell them yourself."


def later(cohort, days, *moved):
    """Return what is told when the named days move by so many days."""
    every = ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on")
    return days_impact(cohort, shifted(phases_of(cohort), days, set(every) - set(moved)))


def told(day):
    return date_format(day, "j F Y")


def test_days_that_nobody_knows_concern_nobody():
    cohort = make_cohort(is_published=False)
    make_application(cohort, make_person())

    assert later(cohort, 7, "closes_on") == []


def test_days_that_stay_concern_nobody():
    cohort = make_cohort()
    make_application(cohort, make_person())

    assert later(cohort, 7) == []


def test_without_applications_only_the_page_changes():
    assert later(make_cohort(), 7, "ends_on") == [
        "Nobody has applied yet. The program’s page shows the new days at once."
    ]


def test_those_who_applied_write_and_take_part_are_counted():
    cohort = make_cohort()
    make_application(cohort, make_person())
    make_application(cohort, make_person(), status="draft")
    make_application(cohort, make_person(), status="withdrawn")
    make_mentee(cohort, make_person())
    closes, starts = (day + timedelta(days=7) for day in (cohort.closes_on, cohort.starts_on))

    assert later(cohort, 7, "closes_on", "matching_on", "starts_on", "ends_on") == [
        "2 people have applied and will see the new days.",
        f"1 person has begun an application and has until {told(closes)} to send it.",
        f"1 person was accepted and starts on {told(starts)}.",
        TELL,
    ]


def test_a_proposed_match_keeps_its_day():
    cohort = make_cohort()
    published_match(cohort)

    assert later(cohort, 7, "starts_on")[2:] == [
        "1 match that waits for an answer keeps the day it was told.",
        TELL,
    ]


@pytest.mark.parametrize(
    ("days", "questions"),
    [
        (1, ""),
        (120, " There are 2 more short questions for each."),
        (-40, " There is 1 short question fewer for each."),
    ],
)
def test_running_pairs_hear_of_a_new_end(days, questions):
    cohort = make_cohort(opens_in=-60)
    make_mentorship(cohort)
    end = cohort.ends_on + timedelta(days=days)

    assert later(cohort, days, "ends_on") == [
        "2 people have applied and will see the new days.",
        f"1 mentorship ends on {told(end)} instead of {told(cohort.ends_on)}.{questions}",
        TELL,
    ]
