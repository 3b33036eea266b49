"""Who may ask for a rehearsal, of what, and what is frozen for it."""

import json

import pytest

from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.pilots.models import Finding
from lodestar.domain.programs.models import Cohort, Constraint
from lodestar.domain.rehearsals import actions, queries
from lodestar.domain.rehearsals.models import Rehearsal
from tests.factories.people import make_person
from tests.factories.pilots import make_pilot
from tests.factories.programs import make_cohort, make_design, make_program
from tests.factories.rehearsals import ask_rehearsal, make_rehearsal

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena():
    return make_person("Lena", "Berg", email="lena@real.example")


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    design = make_design(program)
    Constraint.objects.create(design=design, kind="common_language")
    return make_cohort(program, design=design, is_published=False, opens_in=14)


def test_a_request_freezes_the_design_with_its_parts_and_the_fates_of_test_people(cohort, lena):
    rehearsal = ask_rehearsal(cohort, by=lena, mentors=8, mentees=10)

    rows = [row["model"] for row in rehearsal.inputs["rows"]]
    assert rows == [
        "people.association", "programs.program", "programs.design",
        "programs.constraint", "programs.criterion", "programs.goal",
    ]  # fmt: skip
    assert rehearsal.inputs["cohort"]["days"]["opens_on"] == cohort.opens_on.isoformat()
    assert rehearsal.inputs["fates"]["mentors_decline"] == 1
    assert rehearsal.inputs["office"] == [["Lena", "Berg"]]


def test_nobodys_address_is_taken_along(cohort, lena):
    rehearsal = ask_rehearsal(cohort, by=lena)

    assert "lena@real.example" not in json.dumps(rehearsal.inputs)


def test_while_one_waits_asking_again_gives_that_one(cohort, lena):
    first = ask_rehearsal(cohort, by=lena)

    assert ask_rehearsal(cohort, by=lena, mentors=5) == first
    assert Rehearsal.objects.count() == 1


def test_two_who_ask_at_once_get_the_same(cohort, lena, monkeypatch):
    first = ask_rehearsal(cohort, by=lena)
    answers = iter([None, first])
    monkeypatch.setattr(queries, "waiting_rehearsal", lambda _cohort: next(answers))

    assert ask_rehearsal(cohort, by=lena) == first


def test_only_a_coordinator_of_the_program_asks(cohort):
    with pytest.raises(RefusedError, match="Only a coordinator"):
        ask_rehearsal(cohort, by=make_person("Tomás", "Ferreira"))


@pytest.mark.parametrize(("mentors", "mentees"), [(1, 10), (8, 1), (31, 10), (8, 41)])
def test_too_few_and_too_many_people_are_refused(cohort, lena, mentors, mentees):
    with pytest.raises(RefusedError, match="2 to 30 test mentors and 2 to 40 test mentees"):
        ask_rehearsal(cohort, by=lena, mentors=mentors, mentees=mentees)


def test_a_cohort_that_is_over_is_not_rehearsed(lena):
    over = make_cohort(make_program(coordinator=lena), opens_in=-300)

    with pytest.raises(RefusedError, match="This cohort is over"):
        ask_rehearsal(over, by=lena)


def test_others_find_nothing(cohort, lena):
    rehearsal = make_rehearsal(cohort)
    stranger = make_person("Tomás", "Ferreira")

    assert queries.rehearsal_for(lena, rehearsal.public_id) == rehearsal
    assert list(queries.rehearsals_for(stranger, cohort)) == []
    with pytest.raises(NotFoundError):
        queries.rehearsal_for(stranger, rehearsal.public_id)


def test_the_earlier_rehearsal_is_the_last_one_done_of_the_same_cohort(cohort):
    done = make_rehearsal(cohort)
    make_rehearsal(cohort, status=Rehearsal.Status.FAILED)
    make_rehearsal()
    latest = make_rehearsal(cohort)

    assert queries.earlier_rehearsal(latest) == done
    assert queries.earlier_rehearsal(done) is None


def test_what_it_shows_becomes_a_finding_of_a_trial_run(lena):
    program = make_program(coordinator=lena)
    make_design(program)
    rehearsal = make_rehearsal(make_pilot(program))

    finding = actions.note_finding(rehearsal, by=lena, stage="matching", what="Nobody tells Kim.")

    assert (finding.cohort, finding.stage) == (rehearsal.cohort, Finding.Stage.MATCHING)


def test_a_cohort_that_is_no_trial_run_keeps_no_findings(cohort, lena):
    with pytest.raises(RefusedError, match="Findings belong to a trial run"):
        actions.note_finding(make_rehearsal(cohort), by=lena, stage="matching", what="No.")

    assert not Finding.objects.exists()
    assert Cohort.objects.get(pk=cohort.pk).is_pilot is False
