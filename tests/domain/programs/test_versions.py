"""Versions tell who began them, which cohorts keep them, and what they changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.domain.programs import queries
from lodestar.domain.programs.actions import (
    create_program,
    describe_design,
    release_coordinator,
    set_criteria,
)
from lodestar.domain.programs.rules.defaults import CriterionWish
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena():
    lena = make_person("Lena", "Berg")
    make_role(lena)
    return lena


def test_versions_tell_who_began_them_who_keeps_them_and_what_changed(lena):
    program = create_program(by=lena, name="Second Wind", promise="Change fields.")
    first = queries.latest_design(program)
    kept = make_cohort(program, design=first)
    planned = make_cohort(program, design=first, is_published=False, opens_in=30)
    second = describe_design(first, by=lena, cadence_days=7)
    set_criteria(second, by=lena, criteria=[CriterionWish("Topics", "topics", "topics", 40)])

    latest, earliest = queries.versions_of(program)

    assert (latest.design, latest.begun_by, latest.cohorts) == (second, lena, [planned])
    assert (earliest.design, earliest.begun_by, earliest.cohorts) == (first, lena, [kept])
    assert earliest.changes is None
    assert latest.changes[0] == "The weight of Topics rises from 30 to 40."
    assert latest.changes[-1] == "Days between two talks: 7 instead of 14."
    assert len(latest.changes) == 11


def test_a_version_begun_by_somebody_who_left_is_begun_by_nobody_known(lena):
    program = create_program(by=lena, name="Second Wind", promise="Change fields.")
    make_coordinator(program, make_person())
    release_coordinator(program.coordinators.get(person=lena), by=lena)

    assert queries.versions_of(program)[0].begun_by is None


def test_a_version_that_no_trail_tells_of_is_begun_by_nobody_known():
    program = make_program(coordinator=make_person())
    make_design(program)

    assert queries.versions_of(program)[0].begun_by is None


def test_one_version_costs_as_much_as_five(lena, django_assert_num_queries):
    one, five = (make_program(coordinator=lena) for _ in range(2))
    make_design(one)
    for _ in range(5):
        make_design(five)

    with CaptureQueriesContext(connection) as asked:
        queries.versions_of(one)

    with django_assert_num_queries(len(asked)):
        queries.versions_of(five)
