"""Ten stages read off the records."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.insights import queries
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.pilots.actions import sign_verdict
from tests.domain.insights.cohorts import OPEN, OVER, RUNNING, end, finished, pairs, planned
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.people import make_account, make_person
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db

KEYS = [
    "design", "needs", "match", "trial-run", "portal",
    "publicity", "feedback", "training", "campus", "success",
]  # fmt: skip


def stages(cohort, reader=None):
    found = queries.roadmap_of(cohort, reader=reader).stages
    return {stage.key: stage for stage in found}


def told(cohort, key):
    """Return what a stage says: its state, its sentence, its chip and where it leads."""
    stage = stages(cohort)[key]
    return stage.state, stage.sentence, stage.word.word, stage.leads_to


def test_the_ten_stand_in_their_order():
    assert list(stages(planned())) == KEYS


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (planned, "going ahead ahead none ahead ahead ahead none none ahead"),
        (make_cohort, "done ahead ahead none ahead going ahead none none ahead"),
        (finished, "done done done none done done done none none done"),
    ],
)
def test_states_of_a_whole_cohort(make, expected):
    assert [str(stage.state) for stage in stages(make()).values()] == expected.split()


def test_a_cohort_that_nobody_joined_has_nothing_on_record():
    states = [str(stage.state) for stage in stages(make_cohort(opens_in=OVER)).values()]

    assert states == [
        "done",
        "none",
        "none",
        "none",
        "none",
        "none",
        "none",
        "none",
        "none",
        "done",
    ]


def test_a_stage_without_records_offers_no_door():
    found = stages(make_cohort())

    assert {key: found[key].leads_to for key in ("trial-run", "training", "campus", "portal")} == {
        "trial-run": "",
        "training": "",
        "campus": "",
        "portal": "",
    }
    assert {found[key].word.word for key in ("training", "campus")} == {"nothing on record"}


def test_every_stage_says_when_it_is_done():
    assert [key for key, stage in stages(planned()).items() if not stage.done_when] == []


def test_an_undecided_design_is_counted_in_open_questions():
    cohort = planned()
    cohort.design.goals.all().delete()

    state, sentence, chip, leads_to = told(cohort, "design")

    assert (state, chip, leads_to) == ("going", "version 1", "days")
    assert sentence == "0 goals, 1 criterion, 0 constraints; 2 open questions"


def wishes(cohort, *topics):
    make_mentee(cohort, make_person(), answers={"topics": list(topics)})


def offers(cohort, *topics):
    make_mentor(cohort, make_person(), answers={"topics": dict.fromkeys(topics, 2)})


def test_needs_name_what_is_wished_for_and_offered_by_nobody():
    cohort = make_cohort()
    wishes(cohort, "Law", "Medicine")
    wishes(cohort, "Medicine", "Art")
    offers(cohort, "Law")
    make_mentee(cohort, make_person(), answers={})

    assert told(cohort, "needs") == (
        "going",
        "3 mentees, 1 mentor; wished for and offered by nobody: “Medicine”, “Art”",
        "2 topics unmet",
        "needs",
    )


def test_needs_name_three_topics_and_count_the_rest():
    cohort = make_cohort(opens_in=RUNNING)
    wishes(cohort, "A", "B", "C", "D", "E")

    state, sentence, chip, _leads_to = told(cohort, "needs")

    assert (state, chip) == ("done", "5 topics unmet")
    assert sentence == (
        "1 mentee, 0 mentors; wished for and offered by nobody: “A”, “B”, “C” and 2 more"
    )


def test_needs_that_are_met_say_so():
    cohort = make_cohort()
    wishes(cohort, "Law")
    offers(cohort, "Law", "Art")

    assert told(cohort, "needs")[1:3] == (
        "1 mentee, 1 mentor: every topic wished for is offered by somebody",
        "under way",
    )


@pytest.mark.parametrize(
    ("opens_in", "run", "expected"),
    [
        (OPEN, "", ("ahead", "ahead")),
        (OPEN, "solved", ("going", "under way")),
        (-30, "", ("going", "under way")),
        (-30, "reviewed", ("going", "under way")),
        (OVER, "", ("none", "nothing on record")),
        (OVER, "solved", ("none", "nothing on record")),
    ],
)
def test_matching_before_anything_is_published(opens_in, run, expected):
    cohort = make_cohort(opens_in=opens_in)
    if run:
        MatchRun.objects.create(cohort=cohort, status=run)

    state, _sentence, chip, leads_to = told(cohort, "match")

    assert (state, chip) == expected
    assert leads_to == "matching"


def test_matching_is_done_when_all_answered_and_all_are_served():
    cohort = make_cohort(opens_in=RUNNING)
    pairs(cohort)
    before = told(cohort, "match")
    make_mentee(cohort, make_person())

    assert before == (
        "done", "1 match proposed; 1 agreed, 0 waiting for an answer", "all served", "matching",
    )  # fmt: skip
    assert told(cohort, "match")[0::2] == ("going", "1 without a mentor")


def test_whoever_completed_a_mentorship_does_not_wait_for_a_mentor():
    cohort = make_cohort(opens_in=RUNNING)
    completed, ended = pairs(cohort, 2)
    end([completed])
    end([ended], Mentorship.Status.ENDED)
    Participant.objects.filter(cohort=cohort).update(places_taken=0)

    assert told(cohort, "match")[2] == "1 without a mentor"


def test_without_a_trial_run_one_can_be_planned_until_the_cohort_opens():
    sentence = "None is planned, so whatever does not work is met by everybody at once."

    assert told(planned(), "trial-run") == ("none", sentence, "nothing on record", "cohort-new")
    assert told(make_cohort(), "trial-run") == ("none", sentence, "nothing on record", "")


@pytest.mark.parametrize(
    ("opens_in", "is_published", "expected"),
    [
        (-20, False, "ahead"),
        (5, True, "ahead"),
        (OPEN, True, "going"),
        (RUNNING, True, "going"),
        (OVER, True, "going"),
    ],
)
def test_a_trial_run_stands_where_its_days_say(opens_in, is_published, expected):
    trial = make_cohort(opens_in=opens_in, is_published=is_published, is_pilot=True)

    assert told(trial, "trial-run")[0::3] == (expected, "pilot")


def test_a_trial_run_is_done_when_somebody_signed_whether_it_goes_on():
    lena = make_person("Lena", "Berg")
    trial = make_cohort(make_program(coordinator=lena), opens_in=OVER, is_pilot=True)
    sign_verdict(trial, by=lena, outcome="mend", reasons="The letters first.")

    state, sentence, _word, leads_to = told(trial, "trial-run")

    assert (state, leads_to) == ("done", "pilot")
    assert sentence.endswith("Mend it, then launch.")


def test_the_trial_run_before_a_cohort_is_told_with_what_came_of_it():
    program = make_program()
    trial = make_cohort(program, opens_in=OVER, is_pilot=True, name="Pilot")
    make_cohort(program, opens_in=30, is_pilot=True)
    make_cohort(make_program(), opens_in=OVER, is_pilot=True)
    pairs(trial, 2, met=1)
    cohort = make_cohort(program)

    stage = stages(cohort)["trial-run"]

    assert (stage.state, stage.about, stage.leads_to) == ("going", trial, "pilot")
    assert stage.sentence.startswith("Pilot. Over since")
    assert stage.sentence.endswith("2 mentorships, of which 1 met.")
    assert "Pilot" not in stage.shared
    assert "2" not in stage.shared.replace(str(trial.ends_on.year), "").replace(
        str(trial.ends_on.day), ""
    )


def test_people_join_before_their_mentorships_begin():
    cohort = make_cohort()
    mentee = make_person()
    make_mentee(cohort, mentee)
    make_mentor(cohort, make_person())
    before = told(cohort, "portal")
    make_account(mentee, "mentee@example.org")

    assert before == (
        "ahead", "0 of 2 people have joined; mentorships begin when both say yes", "ahead", "",
    )  # fmt: skip
    assert told(cohort, "portal")[:2] == (
        "going",
        "1 of 2 people have joined; mentorships begin when both say yes",
    )


def test_pairs_that_are_late_are_counted():
    cohort = make_cohort(opens_in=RUNNING)
    pairs(cohort, 2, met=1, began_at=now() - timedelta(days=20))

    assert told(cohort, "portal") == (
        "going",
        "0 of 4 people have joined; 2 mentorships, 2 running; 1 have met",
        "1 late",
        "mentorships",
    )


@pytest.mark.parametrize(
    ("opens_in", "is_published", "waits", "state", "window", "chip"),
    [
        (-20, False, False, "ahead", "not open yet", "ahead"),
        (OPEN, True, False, "going", "closes in 14 days", "under way"),
        (OPEN, True, True, "going", "closes in 14 days", "1 waits"),
        (-21, True, False, "going", "closes in 0 days", "under way"),
        (RUNNING, True, True, "going", "closed on ", "1 waits"),
        (RUNNING, True, False, "done", "closed on ", "done"),
    ],
)
def test_publicity_follows_the_window(opens_in, is_published, waits, state, window, chip):
    cohort = make_cohort(opens_in=opens_in, is_published=is_published)
    make_mentee(cohort, make_person())
    make_mentor(cohort, make_person(), capacity=3)
    if waits:
        make_application(cohort, make_person())

    found = told(cohort, "publicity")

    assert found[0::2] == (state, chip)
    assert found[1].startswith(f"1 mentee and 1 mentor with 3 places accepted; {window}")


def test_publicity_of_a_published_cohort_that_opens_later():
    assert "; opens on " in told(make_cohort(opens_in=5), "publicity")[1]


def test_feedback_follows_the_pulses():
    cohort = make_cohort(opens_in=RUNNING)
    (mentorship,) = pairs(cohort)
    before = told(cohort, "feedback")
    make_pulse(mentorship, answered_at=now())
    make_pulse(mentorship, side="mentor")

    assert before == ("ahead", "Both are asked 30 days after they began.", "ahead", "")
    assert told(cohort, "feedback") == (
        "going",
        "1 of 2 pulses answered",
        "under way",
        "mentorships",
    )


def test_a_concern_keeps_feedback_open_for_whoever_looks_after_it():
    coordinator = make_person()
    cohort = make_cohort(make_program(coordinator=coordinator), opens_in=OVER)
    make_concern(pairs(cohort)[0])

    mine, outside = (stages(cohort, reader)["feedback"] for reader in (coordinator, None))

    assert (mine.state, mine.word.word, mine.leads_to) == ("going", "1 concern", "concerns")
    assert (outside.state, outside.chip, outside.leads_to) == ("none", None, "")


@pytest.mark.parametrize(
    ("opens_in", "goals", "expected"),
    [
        (OPEN, [], ("none", "The design has no goals to hold them against.", "nothing on record")),
        (OPEN, [30], ("ahead", "0 of 1 goal reached", "ahead")),
        (RUNNING, [30], ("going", "0 of 1 goal reached", "under way")),
        (OVER, [30], ("done", "0 of 1 goal reached", "done")),
        (OVER, [0], ("done", "1 of 1 goal reached", "all reached")),
        (RUNNING, [0, "met_share"], ("going", "1 of 2 goals reached; too few to say for 1", "under way")),
    ],
)  # fmt: skip
def test_success_is_held_against_the_goals(opens_in, goals, expected):
    cohort = make_cohort(opens_in=opens_in)
    cohort.design.goals.all().delete()
    for goal in goals:
        metric = goal if isinstance(goal, str) else "mentees_served"
        target = 70 if isinstance(goal, str) else goal
        cohort.design.goals.create(metric=metric, target=target)

    assert told(cohort, "success") == (*expected, "insights")


def test_the_one_thing_to_do_marks_its_stage():
    roadmap = queries.roadmap_of(planned(), reader=make_person())

    assert [stage.key for stage in roadmap.stages if roadmap.is_here(stage)] == ["design"]


def test_a_roadmap_of_one_pair_and_of_five_costs_the_same(django_assert_num_queries):
    one, five = make_cohort(opens_in=-30), make_cohort(opens_in=-30)
    pairs(one, 1, met=1)
    pairs(five, 5, met=5)
    reader = make_person()

    with CaptureQueriesContext(connection) as asked:
        queries.roadmap_of(one, reader=reader)

    assert len(asked) <= 38
    with django_assert_num_queries(len(asked)):
        queries.roadmap_of(five, reader=reader)
