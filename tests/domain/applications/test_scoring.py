"""Scores of an application: who notes them, until when, and who may know."""

import pytest

from lodestar.domain.applications import queries
from lodestar.domain.applications.actions import (
    Mark,
    accept_application,
    assess_application,
    waitlist_application,
)
from lodestar.domain.applications.models import Assessment
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from tests.factories.applications import make_application, make_assessment
from tests.factories.people import make_person
from tests.factories.programs import make_coordinator, make_selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(cohort):
    return make_selection(cohort.design)


@pytest.fixture
def application(cohort):
    return make_application(cohort, make_person("Amina", "Odhiambo"))


def noted():
    rows = Assessment.objects.order_by("pk")
    return [(a.assessor.given_name, a.criterion.name, a.score, a.sentence) for a in rows]


def test_two_readers_note_their_scores_and_may_change_them(lena, cohort, criterion, application):
    tomas = make_coordinator(cohort.program, make_person("Tomas")).person
    key = criterion.public_id

    assess_application(application, by=lena, marks={key: Mark(2, " A step.\x00 ")})
    assess_application(application, by=tomas, marks={key: Mark(1)})
    assess_application(application, by=lena, marks={key: Mark(3, "And she tried it.")})

    assert noted() == [("Lena", "Why now", 3, "And she tried it."), ("Tomas", "Why now", 1, "")]
    assert queries.means_for(lena, [application]) == {application.pk: queries.Mean(2.0, 2)}
    assert Entry.objects.filter(verb="application.assessed").count() == 3


def test_the_same_scores_again_change_nothing_and_none_takes_one_back(lena, criterion, application):
    key = criterion.public_id
    assess_application(application, by=lena, marks={key: Mark(2)})
    first = Assessment.objects.get().assessed_at

    assess_application(application, by=lena, marks={key: Mark(2)})
    again = Assessment.objects.get().assessed_at
    assess_application(application, by=lena, marks={key: Mark(None)})

    assert (again, noted()) == (first, [])
    assert Entry.objects.filter(verb="application.assessed").count() == 2


def test_the_waitlisted_are_still_scored_and_the_decided_no_longer(lena, criterion, application):
    marks = {criterion.public_id: Mark(2)}

    assess_application(waitlist_application(application, by=lena), by=lena, marks=marks)
    accepted = accept_application(application, by=lena)
    with pytest.raises(RefusedError, match="decided, so its scores stay"):
        assess_application(accepted, by=lena, marks={criterion.public_id: Mark(3)})

    assert noted() == [("Lena", "Why now", 2, "")]


def test_nobody_scores_themselves_or_reads_what_others_think_of_them(cohort, lena, criterion):
    own = make_application(cohort, lena)
    tomas = make_coordinator(cohort.program, make_person("Tomas")).person
    make_assessment(own, criterion, tomas, sentence="Too busy already.")

    with pytest.raises(RefusedError, match="your own application"):
        assess_application(own, by=lena, marks={criterion.public_id: Mark(3)})

    assert queries.scored_for(lena, own) == [queries.Scored(criterion, None, [])]
    assert queries.means_for(lena, [own]) == {}
    assert [a.sentence for each in queries.scored_for(tomas, own) for a in [each.own]] == [
        "Too busy already."
    ]


def test_only_coordinators_of_the_program_score(criterion, application):
    with pytest.raises(RefusedError, match="Only a coordinator of this program"):
        assess_application(application, by=make_person("Eve"), marks={criterion.public_id: Mark(3)})


def test_a_criterion_of_another_role_or_design_is_refused_whole(
    lena, cohort, criterion, application
):
    foreign = make_selection(cohort.design, role="mentor")
    marks = {criterion.public_id: Mark(3), foreign.public_id: Mark(3)}

    with pytest.raises(RefusedError, match="have changed meanwhile"):
        assess_application(application, by=lena, marks=marks)

    assert noted() == []


def test_means_cost_the_same_for_one_and_for_thirty(
    lena, cohort, criterion, django_assert_num_queries
):
    applications = [make_application(cohort, make_person(f"Ann {n}")) for n in range(30)]
    for each in applications:
        make_assessment(each, criterion, lena, score=2)

    with django_assert_num_queries(1):
        means = queries.means_for(lena, applications)

    assert set(means.values()) == {queries.Mean(2.0, 1)}
