"""The one thing that helps a cohort most today."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.insights import queries
from lodestar.domain.matching.models import MatchRun
from tests.domain.insights.cohorts import OVER, RUNNING, pairs, planned
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.feedback import make_concern
from tests.factories.matching import asked, asking_cohort
from tests.factories.mentorships import make_mentorship
from tests.factories.messaging import make_waiting_letter
from tests.factories.people import make_person
from tests.factories.pilots import make_pilot
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


def action(cohort, reader=None):
    return queries.roadmap_of(cohort, reader=reader or make_person()).action


def test_the_next_action_follows_urgency():
    coordinator = make_person()
    cohort = make_cohort(make_program(coordinator=coordinator), opens_in=-30)
    found = [action(cohort, coordinator)]
    make_mentee(cohort, make_person())
    make_mentor(cohort, make_person())
    found.append(action(cohort, coordinator))
    run = MatchRun.objects.create(cohort=cohort, status="solved")
    found.append(action(cohort, coordinator))
    run.status = "published"
    run.save()
    found.append(action(cohort, coordinator))
    make_application(cohort, make_person())
    found.append(action(cohort, coordinator))
    make_concern(make_mentorship(cohort))
    found.append(action(cohort, coordinator))

    assert [(each.stage, each.leads_to, each.title) for each in found] == [
        ("success", "insights", "Nothing waits for you"),
        ("match", "matching", "Everybody is here: time to match"),
        ("match", "matching", "The matches are computed"),
        ("match", "matching", "1 mentee has no mentor yet"),
        ("publicity", "applications", "1 application waits for your answer"),
        ("feedback", "concerns", "1 person asked for help"),
    ]


def test_an_open_cohort_without_work_is_told_about():
    found = action(make_cohort())

    assert (found.stage, found.leads_to) == ("publicity", "public")


def test_a_design_is_mended_and_then_opened_where_its_questions_stand():
    cohort = planned()
    undecided = action(cohort)
    cohort.program.coordinators.create(person=make_person())
    ready = action(cohort)

    assert [(each.stage, each.leads_to, each.title) for each in (undecided, ready)] == [
        ("design", "days", "1 thing in the design does not fit yet"),
        ("design", "days", "The design is ready"),
    ]


def test_late_pairs_are_pointed_out():
    cohort = make_cohort(opens_in=RUNNING)
    pairs(cohort, began_at=now() - timedelta(days=20))

    found = action(cohort)

    assert (found.title, found.leads_to) == ("1 pair has not met yet", "mentorships")


def test_nobody_is_matched_again_when_all_is_over():
    cohort = make_cohort(opens_in=OVER)
    make_mentee(cohort, make_person())
    MatchRun.objects.create(cohort=cohort, status="published")

    assert action(cohort).leads_to == "insights"


def test_a_rule_that_strands_people_is_named_while_they_can_still_be_helped():
    coordinator = make_person()
    cohort = make_cohort(make_program(coordinator=coordinator))
    make_mentee(cohort, make_person(), answers={"languages": ["ko"]})
    make_mentor(cohort, make_person(), answers={"languages": ["en"]})
    before = queries.roadmap_of(cohort, reader=coordinator)
    cohort.design.constraints.create(kind="common_language")

    found = queries.roadmap_of(cohort, reader=coordinator)
    outside = queries.roadmap_of(cohort, reader=None)
    chips = [
        next(stage.chip for stage in roadmap.stages if stage.key == "match")
        for roadmap in (before, found, outside)
    ]
    MatchRun.objects.create(cohort=cohort, status="published")
    after = action(cohort, coordinator)

    assert (found.action.stage, found.action.leads_to, found.action.title) == (
        "match",
        "matching",
        "“They share a language” leaves 1 mentee without any mentor",
    )
    assert [chip and chip.word for chip in chips] == [None, "2 stranded by a rule", None]
    assert (before.action.leads_to, outside.action.leads_to) == ("public", "public")
    assert after.title == "1 mentee has no mentor yet"


def test_held_letters_come_before_the_next_match():
    coordinator = make_person()
    cohort = make_pilot(make_program(coordinator=coordinator), opens_in=-30)
    mentee = make_mentee(cohort, make_person())
    make_mentor(cohort, make_person())
    make_waiting_letter(mentee.application, to=mentee.person)

    found = action(cohort, coordinator)

    assert (found.stage, found.leads_to, found.title) == (
        "trial-run",
        "letters",
        "1 letter waits for your release",
    )


def test_where_people_only_ask_nobody_is_sent_to_a_run():
    cohort = asking_cohort("ask", in_days=1)
    mentees = [make_mentee(cohort, make_person()) for _ in range(2)]
    ruth = make_mentor(cohort, make_person())
    found = [action(cohort)]
    asked(mentees[0], ruth)
    found.append(action(cohort))
    roadmap = queries.roadmap_of(cohort, reader=make_person())

    stage = next(each for each in roadmap.stages if each.key == "match")
    assert [(each.leads_to, each.title) for each in found] == [
        ("requests", "2 mentees have no mentor and ask nobody"),
        ("requests", "1 mentee has no mentor and asks nobody"),
    ]
    assert stage.sentence == "1 match proposed; 0 agreed, 1 waiting for an answer"
    assert "run" not in stage.done_when
