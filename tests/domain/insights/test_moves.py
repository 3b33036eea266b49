"""A cohort takes on a later version whole, where that is safe, and what was asked stays asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.insights.actions import move_cohort_to
from lodestar.domain.insights.queries import later_design, move_of
from lodestar.domain.mentorships.actions import log_meeting
from lodestar.domain.programs.actions import (
    describe_design,
    set_audiences,
    set_constraints,
    set_expectations,
    set_goals,
    set_milestones,
    set_topics,
)
from lodestar.domain.programs.actions.designs import AudienceWish, GoalWish
from lodestar.domain.programs.rules.defaults import ConstraintWish, TopicGroup
from lodestar.domain.programs.rules.milestones import MilestoneWish
from tests.factories.applications import make_application, make_mentor
from tests.factories.feedback import make_pulse
from tests.factories.matching import make_match, make_run
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.needs import make_answer, make_survey
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
SAME_RULES = (
    "Pairs were proposed by the earlier rules, and everybody in a cohort is paired by the same. A "
    "single pair can still be set by hand."
)
A_PROOF = "The cohort has begun, and a target that moves after the start proves nothing."


def judged(cohort):
    """Return what a cohort would take on: sentence, whether it is safe, what it does to people."""
    move = move_of(cohort, later_design(cohort))
    return [(each.sentence, each.is_safe, each.impact) for each in move.judged]


def test_a_cohort_on_the_latest_version_has_nowhere_to_move(cohort):
    assert later_design(cohort) is None


def test_applications_are_counted_where_a_difference_asks_for_them(cohort, lena):
    make_application(cohort, make_person(country="Kenya"))
    make_application(cohort, make_person(), status="draft", answers={"topics": ["Interviews"]})
    make_application(cohort, make_person(), status="withdrawn")
    make_mentor(cohort, capacity=3)
    make_answer(make_survey(cohort), answers={"topics": ["Interviews"]})
    design = describe_design(cohort.design, by=lena, capacity_maximum=2, capacity_default=2)
    set_topics(design, by=lena, groups=[TopicGroup("Work", ("Finding work", "Tax"))])
    set_audiences(design, by=lena, audiences=[AudienceWish("mentee", countries=("Uganda",))])

    assert judged(cohort) == [
        (
            "The countries of the mentees: Uganda instead of any.",
            True,
            "1 person who applied is outside of it; you still decide on each.",
        ),
        ("Places of a mentor who says nothing: 2 instead of 1.", True, ""),
        ("Most places a mentor may offer: 2 instead of 3.", False, ""),
        (
            "A new topic: “Tax”.",
            True,
            "2 people who applied did not see it; they can still change their answers.",
        ),
        ("A topic that is gone: “Interviews”.", False, ""),
    ]
    (gone,) = (e for e in move_of(cohort, later_design(cohort)).judged if "gone" in e.sentence)
    assert gone.why == "“Interviews” was chosen by 4."


def test_a_mentor_who_waits_without_a_number_is_not_given_more(cohort, lena):
    make_application(cohort, role="mentor", answers={"topics": {"Interviews": 3}})
    describe_design(cohort.design, by=lena, capacity_default=2)

    (told,) = move_of(cohort, later_design(cohort)).unsafe

    assert told.why == (
        "1 mentor who waits for an answer named no number and would be given more places unasked."
    )


def test_pairs_are_counted_where_a_difference_asks_for_them(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-90)
    began_at = now() - timedelta(days=20)
    met, unmet = (make_mentorship(cohort, began_at=began_at) for _ in range(2))
    log_meeting(met, by=the_two(met)[0], held_on=today())
    describe_design(
        cohort.design, by=lena, cadence_days=7, first_meeting_days=21, pulse_first_days=40
    )
    days = [(today() + timedelta(days=d)).strftime("%-d %B") for d in (10, 20)]

    assert judged(cohort) == [
        (
            "Days between two talks: 7 instead of 14.",
            True,
            "2 pairs are asked from now on to meet every 7 days.",
        ),
        (
            "Days until the first talk: 21 instead of 14.",
            True,
            "1 pair has not met; it is expected to within 21 days of its beginning.",
        ),
        (
            "First short question after so many days: 40 instead of 30.",
            True,
            f"The next short question of 2 pairs moves from {days[0]} to {days[1]}.",
        ),
    ]
    assert unmet.status == "active"


def test_the_rules_of_matching_stay_once_a_run_is_published(cohort, lena):
    run = make_run(cohort)
    set_constraints(cohort.design, by=lena, constraints=[ConstraintWish("common_language")])
    waiting = move_of(cohort, later_design(cohort)).unsafe[0].why
    make_match(run, status="proposed")
    run.status = "published"
    run.save()

    published = move_of(cohort, later_design(cohort)).unsafe[0].why

    assert waiting == "1 match run was computed by the earlier rules: set it aside first."
    assert published == SAME_RULES


def test_what_would_only_then_contradict_itself_stands_in_the_way(cohort, lena):
    describe_design(cohort.design, by=lena, pulse_first_days=200, pulse_every_days=90)
    move = move_of(cohort, later_design(cohort))

    assert [each.code for each in move.obstacles] == ["asked_after_the_end"]
    assert (move.unsafe, move.is_possible) == ([], False)
    with pytest.raises(RefusedError, match="when the cohort is over"):
        move_cohort_to(cohort, later_design(cohort), by=lena)


@pytest.mark.parametrize(("opens_in", "codes"), [(-7, ["start_before_the_answers"]), (-90, [])])
def test_time_to_answer_is_no_obstacle_once_the_start_is_past(lena, opens_in, codes):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=opens_in)
    describe_design(cohort.design, by=lena, reply_days=20)

    move = move_of(cohort, later_design(cohort))

    assert [each.code for each in move.obstacles] == codes


def test_a_move_takes_on_the_whole_version_and_fixes_it(cohort, lena):
    design = describe_design(cohort.design, by=lena, cadence_days=21)

    moved = move_cohort_to(cohort, design, by=lena, seen=move_of(cohort, design).seen)

    design.refresh_from_db()
    assert (moved.design, design.published_at is not None) == (design, True)
    entries = Entry.objects.filter(verb__in=["cohort.design_changed", "design.published"])
    assert [(each.verb, each.details) for each in entries.order_by("pk")] == [
        ("cohort.design_changed", {"old": 1, "new": 2}),
        ("design.published", {"version": 2}),
    ]
    assert describe_design(design, by=lena, cadence_days=28).version == 3


def test_a_move_that_is_not_safe_is_refused_by_name(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-90)
    make_mentorship(cohort)
    design = set_goals(cohort.design, by=lena, goals=[GoalWish("mentees_served", 10)])
    set_expectations(design, by=lena, mentors="Listen.", mentees="")

    with pytest.raises(RefusedError) as refused:
        move_cohort_to(cohort, design, by=lena)

    assert str(refused.value) == (
        "This is not safe now, so nothing was moved. The target of “Mentees with a mentor” falls "
        f"from 30 to 10. {A_PROOF}"
    )
    cohort.refresh_from_db()
    assert cohort.design.version == 1
    assert not Entry.objects.filter(verb="cohort.design_changed").exists()


def test_a_version_that_was_changed_while_somebody_read_is_refused(cohort, lena):
    design = describe_design(cohort.design, by=lena, cadence_days=21)
    seen = move_of(cohort, design).seen
    describe_design(design, by=lena, cadence_days=28)

    with pytest.raises(RefusedError, match="Somebody changed version 2 while you read"):
        move_cohort_to(cohort, design, by=lena, seen=seen)


def test_words_that_were_changed_while_somebody_read_are_a_change(cohort, lena):
    told = MilestoneWish("event", "Kick-off", "both", "starts_on", 3, 1, "Come.", "Hall")
    design = set_milestones(cohort.design, by=lena, milestones=[told])
    seen = move_of(cohort, design).seen
    set_milestones(design, by=lena, milestones=[replace(told, text="Stay away.")])

    with pytest.raises(RefusedError, match="while you read"):
        move_cohort_to(cohort, design, by=lena, seen=seen)


def test_a_version_that_is_not_the_latest_is_refused(cohort, lena):
    first = cohort.design
    second = describe_design(first, by=lena, cadence_days=21)
    second.published_at = now()
    second.save()
    describe_design(second, by=lena, cadence_days=28)

    with pytest.raises(RefusedError, match="There is a later version by now"):
        move_cohort_to(cohort, second, by=lena)


def test_only_a_coordinator_of_the_program_moves_its_cohort(cohort, lena):
    design = describe_design(cohort.design, by=lena, cadence_days=21)

    with pytest.raises(RefusedError):
        move_cohort_to(cohort, design, by=make_person())


def test_moving_twice_is_moving_once(cohort, lena):
    design = describe_design(cohort.design, by=lena, cadence_days=21)

    for _ in range(2):
        move_cohort_to(cohort, design, by=lena)

    assert Entry.objects.filter(verb="cohort.design_changed").count() == 1


def test_what_was_asked_stays_and_later_questions_follow_the_new_days(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-90)
    mentorship = make_mentorship(cohort, began_at=now() - timedelta(days=40))
    for side in ("mentor", "mentee"):
        asked_at = now() - timedelta(days=10)
        make_pulse(mentorship, side=side, due_on=asked_at.date(), asked_at=asked_at)
    design = describe_design(cohort.design, by=lena, pulse_first_days=20, pulse_every_days=30)

    move_cohort_to(cohort, design, by=lena)
    ask_due_pulses(now() + timedelta(days=1))
    at_once = Pulse.objects.count()
    ask_due_pulses(now() + timedelta(days=10))

    assert (at_once, Pulse.objects.count()) == (2, 4)
    assert Pulse.objects.latest("pk").due_on == today() + timedelta(days=10)


def test_whoever_edits_after_the_move_begins_the_next_version(cohort, lena):
    design = describe_design(cohort.design, by=lena, cadence_days=21)
    move_cohort_to(cohort, design, by=lena)

    edited = describe_design(design, by=lena, cadence_days=28)

    cohort.refresh_from_db()
    assert (cohort.design.cadence_days, edited.version) == (21, 3)
