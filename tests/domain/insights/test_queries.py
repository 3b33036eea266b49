"""Every number is counted from records that the test made."""

from datetime import timedelta

import pytest

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import now, today
from lodestar.domain.insights import queries
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions import log_meeting
from lodestar.domain.programs.models import Goal
from tests.factories.applications import make_application, make_mentee
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import (
    make_cohort,
    make_coordinator,
    make_design,
    make_program,
)

pytestmark = pytest.mark.django_db
MENTEE, MENTOR = RoleInCohort.MENTEE, RoleInCohort.MENTOR


def counts(cohort, role=MENTEE):
    return {step.name: step.count for step in queries.funnel(cohort, role).steps}


def has_met(mentorship):
    log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())
    return mentorship


def answered(mentorship, usefulness=4, side="mentee", **fields):
    return make_pulse(
        mentorship, side=side, answered_at=now(), usefulness=usefulness, meeting_count=1, **fields
    )


def test_an_empty_cohort_has_a_funnel_of_nothing():
    funnel = queries.funnel(make_cohort())

    assert [step.count for step in funnel.steps] == [0] * 6
    assert funnel.weakest is None


def test_each_step_counts_those_who_came_this_far():
    cohort = make_cohort()
    make_application(cohort, status="draft")
    make_application(cohort, make_person())
    make_mentee(cohort, make_person())
    proposed = make_mentorship(cohort)
    proposed.match.status = Match.Status.PROPOSED
    proposed.match.save()
    type(proposed).objects.filter(pk=proposed.pk).delete()
    make_mentorship(cohort)
    has_met(make_mentorship(cohort))
    answered(has_met(make_mentorship(cohort)))
    make_mentorship()

    funnel = queries.funnel(cohort)

    assert [step.count for step in funnel.steps] == [6, 5, 4, 3, 2, 1]
    assert [step.lost for step in funnel.steps] == [0, 1, 1, 1, 1, 1]
    assert funnel.weakest.name == "accepted"
    assert counts(cohort, MENTOR) == {
        "applied": 4,
        "accepted": 4,
        "matched": 4,
        "agreed": 3,
        "met": 2,
        "answered": 0,
    }


def test_an_answer_without_a_meeting_does_not_widen_the_funnel():
    cohort = make_cohort()
    answered(make_mentorship(cohort))

    assert (counts(cohort)["met"], counts(cohort)["answered"]) == (0, 0)


def test_a_drafted_match_is_not_counted_as_shown():
    cohort = make_cohort()
    mentorship = make_mentorship(cohort)
    type(mentorship).objects.all().delete()
    Match.objects.update(status=Match.Status.DRAFTED)

    assert counts(cohort)["matched"] == 0


def goal_values(cohort, metric, target=1):
    cohort.design.goals.all().delete()
    Goal.objects.create(design=cohort.design, metric=metric, target=target)
    return queries.goals_of(cohort)[0]


def test_mentees_served_is_a_plain_count():
    cohort = make_cohort()
    make_mentorship(cohort)
    make_mentorship(cohort)

    goal = goal_values(cohort, Goal.Metric.MENTEES_SERVED, target=2)

    assert (goal.now, goal.low, goal.is_reached, goal.is_percent) == (2.0, None, True, False)


@pytest.mark.parametrize(("pairs", "value"), [(4, None), (5, 60.0)])
def test_a_share_says_nothing_below_five(pairs, value):
    cohort = make_cohort()
    mentorships = [make_mentorship(cohort) for _ in range(pairs)]
    for mentorship in mentorships[:3]:
        has_met(mentorship)

    goal = goal_values(cohort, Goal.Metric.MET_SHARE, target=50)

    assert (goal.now, goal.of, goal.is_reached) == (value, pairs, value is not None)


def test_the_served_share_is_of_all_accepted_mentees():
    cohort = make_cohort()
    for _ in range(3):
        make_mentorship(cohort)
    for _ in range(3):
        make_mentee(cohort, make_person())

    goal = goal_values(cohort, Goal.Metric.SERVED_SHARE, target=80)

    assert (goal.now, goal.of, goal.is_reached) == (50.0, 6, False)
    assert goal.low < 50 < goal.high


def test_the_answer_share_is_of_the_pulses_asked():
    cohort = make_cohort()
    for _ in range(3):
        mentorship = make_mentorship(cohort)
        answered(mentorship)
        make_pulse(mentorship, side="mentor")

    assert goal_values(cohort, Goal.Metric.ANSWER_SHARE).now == 50.0


def test_usefulness_counts_each_person_once_by_the_latest_answer():
    cohort = make_cohort()
    pairs = [make_mentorship(cohort) for _ in range(5)]
    for mentorship in pairs:
        answered(mentorship, 4)
    answered(pairs[0], 1, due_on=today() - timedelta(days=60))

    goal = goal_values(cohort, Goal.Metric.USEFULNESS, target=4)

    assert (goal.now, goal.of, goal.is_reached) == (4.0, 5, True)


def test_four_ratings_are_too_few_to_say():
    cohort = make_cohort()
    for _ in range(4):
        answered(make_mentorship(cohort), 5)

    assert goal_values(cohort, Goal.Metric.USEFULNESS).now is None


def test_the_silent_come_first_and_are_called_so():
    cohort = make_cohort()
    lively = has_met(make_mentorship(cohort, began_at=now() - timedelta(days=40)))
    silent = make_mentorship(cohort, began_at=now() - timedelta(days=40))
    make_pulse(silent, side="mentee", answered_at=now())
    make_pulse(silent, side="mentor")

    rows = queries.pairs_of(cohort)

    assert [(r.mentorship, r.is_silent, r.is_late) for r in rows] == [
        (silent, True, True),
        (lively, False, False),
    ]
    assert [(r.answered, r.asked, r.quiet_days) for r in rows] == [(1, 2, 40), (0, 0, 0)]


def test_two_who_were_to_talk_once_and_did_are_not_silent():
    cohort = make_cohort(design=make_design(format="flash", cadence_days=7))
    began = now() - timedelta(days=40)
    met, unmet = (make_mentorship(cohort, began_at=began) for _ in range(2))
    log_meeting(met, by=the_two(met)[0], held_on=today() - timedelta(days=30))

    rows = {row.mentorship: (row.is_silent, row.quiet_days) for row in queries.pairs_of(cohort)}

    assert rows == {met: (False, 30), unmet: (True, 40)}


def test_neither_safety_nor_what_one_is_party_to_shows_on_the_roadmap():
    cora = make_person("Cora")
    program = make_program(coordinator=cora)
    other = make_coordinator(program).person
    cohort = make_cohort(program)
    make_concern(make_mentorship(cohort, mentor=cora))
    make_concern(make_mentorship(cohort), kind="safety")

    assert [queries.records_of(cohort, reader=p).concerns for p in (cora, other)] == [0, 1]
