"""What the roadmap tells of needs: who was asked, who takes part, and what binds."""

import pytest

from lodestar.domain.insights import queries
from tests.domain.insights.cohorts import planned
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.needs import make_answer, make_survey, ready_report
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def stage_of(cohort):
    found = queries.roadmap_of(cohort, reader=None).stages
    return next(stage for stage in found if stage.key == "needs")


def test_when_nobody_was_asked_it_says_so():
    stage = stage_of(planned())

    assert (stage.state, stage.leads_to) == ("ahead", "needs")
    assert stage.sentence == "Nobody was asked yet what they need, and nobody takes part yet"


def test_answers_given_beforehand_are_counted_and_what_binds_is_told_to_the_office_only():
    cohort = planned()
    asked = make_survey(cohort)
    make_answer(asked)
    make_answer(asked)
    make_answer(make_survey(cohort, role="mentor"), make_person("Grace", "Okoye"))
    ready_report(cohort)

    stage = stage_of(cohort)

    assert stage.state == "going"
    assert stage.sentence == (
        "Nobody takes part yet. Asked beforehand: 2 mentees and 1 mentor answered. "
        "One more mentor who can help with “Finding work” would serve 1 more mentee"
    )
    assert stage.shared == "Nobody takes part yet."


def test_beside_what_was_computed_it_is_not_said_that_every_topic_is_offered():
    cohort = planned()
    for _ in range(2):
        make_mentee(cohort, answers={"topics": ["Interviews"]})
    make_mentor(cohort, answers={"topics": {"Interviews": 2}})
    before = stage_of(cohort).sentence
    ready_report(cohort)

    after = stage_of(cohort).sentence

    assert before == "2 mentees, 1 mentor: every topic wished for is offered by somebody"
    assert after.startswith("2 mentees, 1 mentor. ")
    assert "every topic" not in after
