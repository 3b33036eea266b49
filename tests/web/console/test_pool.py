"""The pool of a cohort: whose answers are missing, who was asked for them, and of whom nobody knows who they are."""

import pytest
from django.urls import reverse

from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.readiness import asked_at
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_criterion, make_design, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(lena):
    return signed_in(lena)


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    design = make_design(program)
    make_criterion(design, "Industry", "hierarchy", "industry", 10)
    return make_cohort(program, design=design)


def url(name, fact):
    return reverse(f"console:{name}", args=[fact.public_id])


def test_who_lacks_answers_is_asked_once_within_days(office, cohort, lena):
    mentee = make_mentee(cohort, make_person("Blank", "Page", email="b@example.org"), answers={})
    make_mentor(cohort, make_person("Ruth", "Okafor"))

    page = office.get(url("matching-pool", cohort)).content.decode()
    office.post(url("matching-pool-ask", cohort))
    office.post(url("matching-pool-ask", cohort))
    gate = office.post(url("matching-run", cohort))
    office.post(url("matching-run", cohort), {"because": "They are on holiday."})

    letter = Letter.objects.get(kind="matching.incomplete")
    assert "Blank Page" in page
    assert letter.person == mentee.person
    assert gate.status_code == 409
    assert MatchRun.objects.get().went_on_because == "They are on holiday."


def test_who_was_asked_for_answers_is_counted_in_this_cohort_alone(office, cohort, lena):
    elsewhere = make_cohort(cohort.program, design=cohort.design)
    for where, name in ((cohort, "Blank"), (elsewhere, "Empty")):
        make_mentee(where, make_person(name, "Page", email=f"{name}@example.org"), answers={})
        make_mentor(where, make_person("Ruth", "Okafor"))
    office.post(url("matching-pool-ask", elsewhere))

    assert asked_at(cohort) == {}
    assert len(asked_at(elsewhere)) == 1


def test_of_whom_nobody_knows_who_they_are_is_counted_with_what_to_do(office, cohort):
    stranger = make_mentee(cohort, make_person("Amina", "Odhiambo", email="amina@example.org"))

    before = office.get(url("matching-pool", cohort)).content.decode()
    known = make_mentor(cohort, make_person("Ruth", "Okafor", external_id="17", email="r@example.org"))  # fmt: skip
    page = office.get(url("matching-pool", cohort)).content.decode()

    assert "Nobody has confirmed who" not in before  # no roll and no rule could tell of anybody
    assert "Nobody has confirmed who 1 person is" in page
    assert f"/console/applications/{stranger.application.public_id}/#who" in page
    assert known.application.public_id not in page
    assert "Nobody can be asked now" not in page


@pytest.mark.parametrize("kind", ["on_roll", "verified"])
def test_where_a_rule_asks_who_they_are_everybody_unknown_is_counted(office, cohort, kind):
    cohort.design.eligibility.create(role="mentee", kind=kind)
    for name in ("Amina", "Bo"):
        make_mentee(cohort, make_person(name, email=f"{name}@example.org"))

    page = office.get(url("matching-pool", cohort)).content.decode()

    assert "Nobody has confirmed who 2 people are" in page
