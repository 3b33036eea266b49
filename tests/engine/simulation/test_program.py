from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import Criterion, CriterionKind, Design, Mentee, Mentor
from lodestar.engine.matching.run import run_match
from lodestar.engine.simulation.assumptions import (
    NOBODY_FALLS_AWAY,
    Assumptions,
    Chance,
    Procedure,
    StaffHours,
)
from lodestar.engine.simulation.eligible import eligible_pairs
from lodestar.engine.simulation.matchers import BestMatcher, CountingMatcher
from lodestar.engine.simulation.pace import Pace
from lodestar.engine.simulation.program import Played, figures_of, play, simulate_program
from lodestar.engine.simulation.spreads import Spread
from tests.engine.matching.markets import instances, wide_instances
from tests.engine.matching.people import DESIGN, cohort
from tests.engine.simulation.trials import NOTHING, SURE, applying, likely, plan_of
from tests.tried_on import tried_on

ONCE = Procedure(rematches=0, rematch_after_no_show=False)
SAME_WAY = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),), floor=0)
TWO_MENTORS = from_edges(*np.array([[0, 0, 900], [0, 1, 400]]).T, 1, np.array([1, 1]))


def sure_to(name: str, *, mentee: str = "", mentor: str = "") -> Assumptions:
    """Let one person surely do one thing, and everybody else keep their word from the first day."""
    sides = [
        replace(NOBODY_FALLS_AWAY, **{name: Chance(0, by_person={key: 1.0} if key else {})})
        for key in (mentee, mentor)
    ]
    return Assumptions(*sides, reply_time=(1,))


def played(
    assumptions: Assumptions,
    procedure: Procedure,
    pairs: EligiblePairs = TWO_MENTORS,
    planned: tuple[int, ...] = (0,),
) -> Played:
    matcher = CountingMatcher(pairs, np.array(planned, dtype=np.int64))
    return play(applying(pairs, assumptions), procedure, matcher, 0)


def course(found: Played) -> dict[str, object]:
    names = ("proposed", "declined", "expired", "rematched", "accepted", "met", "left")
    return {name: getattr(found, name) for name in names} | {"waits": found.waits.tolist()}


def test_whoever_keeps_their_word_meets_after_the_first_run():
    assert course(played(SURE, Procedure())) == {
        "proposed": 1, "declined": 0, "expired": 0, "rematched": 0, "accepted": 1, "met": 1,
        "left": 0, "waits": [1],
    }  # fmt: skip


def test_after_a_no_the_next_run_finds_another_mentor():
    found = course(played(sure_to("decline", mentor="m0"), Procedure(rematches=1)))

    assert found == {
        "proposed": 1, "declined": 1, "expired": 0, "rematched": 1, "accepted": 1, "met": 1,
        "left": 0, "waits": [1 + 2 + 1],
    }  # fmt: skip


def test_the_first_meeting_comes_some_days_after_the_yes():
    soon = replace(SURE, meeting_time=(0, 0, 1))

    assert played(soon, Procedure()).first_meetings.tolist() == [1 + 3]
    assert played(sure_to("no_show", mentor="m0"), ONCE).first_meetings.tolist() == []


def test_both_sides_of_a_pair_that_meets_are_asked_each_pulse():
    asked = replace(ONCE, pulses=3)
    answering = Assumptions(
        replace(NOBODY_FALLS_AWAY, answer=Chance(1.0)),
        replace(NOBODY_FALLS_AWAY, answer=Chance(0.0)),
        reply_time=(1,),
    )

    found = played(answering, asked)
    unmet = played(sure_to("no_show", mentor="m0"), asked)

    assert (found.asked, found.answered) == (6, 3)
    assert (unmet.asked, unmet.answered) == (0, 0)


def test_meeting_times_and_answers_come_true_as_often_as_stated():
    pairs = from_edges(*np.array([[n, n, 5] for n in range(300)]).T, 300, np.ones(300, dtype=int))
    assumed = replace(SURE, meeting_time=(1, 0, 3))
    here = applying(pairs, assumed)
    rows = np.arange(300)

    days = np.concatenate([here.first_meetings(draw, rows, rows) for draw in range(40)])
    answers = np.concatenate([here.mentees.answers(draw, 2) for draw in range(40)])

    assert sorted(set(days.tolist())) == [1, 3]
    assert np.mean(days == 1) == pytest.approx(0.25, abs=0.02)
    assert np.mean(answers) == pytest.approx(0.6, abs=0.02)


def test_without_a_second_run_a_no_leaves_the_mentee_to_the_office():
    found = course(played(sure_to("decline", mentor="m0"), ONCE))

    assert (found["accepted"], found["left"], found["waits"]) == (0, 1, [])


def test_silence_costs_the_whole_time_to_answer():
    found = course(played(sure_to("silence", mentor="m0"), Procedure(reply_days=7)))

    assert (found["expired"], found["rematched"], found["waits"]) == (1, 1, [7 + 2 + 1])


def test_a_silent_mentee_is_not_matched_again_and_no_case_of_the_office():
    found = course(played(sure_to("silence", mentee="e0"), Procedure(rematches=2)))

    assert (found["proposed"], found["expired"], found["rematched"], found["left"]) == (1, 1, 0, 0)


def test_whoever_is_silent_may_be_asked_again():
    asked = Procedure(rematches=2, asks_silent_again=True, rematch_after_no_show=False)

    found = course(played(sure_to("silence", mentee="e0"), asked))

    assert (found["expired"], found["rematched"]) == (3, 2)


def test_an_answer_after_the_deadline_lets_the_match_expire():
    late = replace(SURE, reply_time=(0, 0, 1))

    assert course(played(late, replace(ONCE, reply_days=2)))["expired"] == 1
    assert course(played(late, replace(ONCE, reply_days=3)))["waits"] == [3]


def test_a_mentor_who_never_shows_up_is_replaced_once_that_is_noticed():
    assumptions = sure_to("no_show", mentor="m0")

    noticed = course(played(assumptions, Procedure(first_meeting_days=10)))
    ignored = course(played(assumptions, ONCE))

    assert (noticed["accepted"], noticed["met"], noticed["waits"]) == (1, 1, [1 + 10 + 1])
    assert (ignored["accepted"], ignored["met"], ignored["waits"]) == (1, 0, [])


def test_an_absence_is_noticed_no_sooner_than_the_runs_before_have_ended():
    edges = np.array([[0, 0, 9], [0, 1, 1], [1, 2, 9], [1, 3, 1]])
    pairs = from_edges(*edges.T, 2, np.array([1, 1, 1, 1]))
    mentors = replace(
        NOBODY_FALLS_AWAY,
        no_show=Chance(0, by_person={"m0": 1.0}),
        silence=Chance(0, by_person={"m2": 1.0}),
    )
    assumptions = Assumptions(NOBODY_FALLS_AWAY, mentors, reply_time=(1,))

    found = played(assumptions, Procedure(first_meeting_days=3), pairs, (0, 2))

    assert found.waits.tolist() == [5 + 2 + 1 + 2 + 1, 5 + 2 + 1]


def test_where_everybody_shows_up_there_is_no_further_run():
    pairs = from_edges(*np.array([[0, n, 9] for n in range(3)]).T, 1, np.array([1, 1, 1]))
    refuses = replace(NOBODY_FALLS_AWAY, decline=Chance(1.0))
    assumptions = Assumptions(NOBODY_FALLS_AWAY, refuses, reply_time=(1,))

    assert played(assumptions, Procedure(rematches=1), pairs).rematched == 1


def test_the_exact_match_run_also_replaces_who_never_showed_up():
    problem = score_people(
        [Mentee("e0", {"way": "a"})],
        [Mentor("m0", {"way": "a"}), Mentor("m1", {"way": "b"})],
        SAME_WAY,
    )
    assumptions = sure_to("no_show", mentor="m0")
    pairs = eligible_pairs(problem)

    found = play(applying(pairs, assumptions), Procedure(), BestMatcher(problem, pairs, 1), 0)

    assert (found.columns.tolist(), found.waits.tolist()) == ([0, 1], [12])


def test_the_place_of_a_mentee_who_never_shows_up_goes_to_another():
    pairs = from_edges(*np.array([[0, 0, 9], [1, 0, 9]]).T, 2, np.array([1]))

    found = course(played(sure_to("no_show", mentee="e0"), Procedure(), pairs))

    assert (found["accepted"], found["met"], found["waits"]) == (2, 1, [12])


def test_a_drop_out_is_never_proposed_to_anybody():
    found = played(sure_to("drop_out", mentor="m0"), ONCE)

    assert (found.columns.tolist(), found.mentors_there.tolist()) == ([1], [False, True])


def test_who_is_set_aside_stays_so_when_a_place_is_freed():
    pairs = from_edges(*np.array([[0, 0, 9], [1, 0, 9], [2, 0, 9]]).T, 3, np.array([1]))
    mentees = replace(
        NOBODY_FALLS_AWAY,
        silence=Chance(0, by_person={"e0": 1.0}),
        no_show=Chance(0, by_person={"e1": 1.0, "e2": 1.0}),
    )
    assumptions = Assumptions(mentees, NOBODY_FALLS_AWAY, reply_time=(1,))

    found = course(played(assumptions, Procedure(rematches=1), pairs))

    assert (found["proposed"], found["expired"], found["rematched"]) == (1, 1, 2)
    assert (found["accepted"], found["met"], found["left"]) == (2, 0, 0)


@tried_on(60)
@given(instances(most_mentees=6), st.sampled_from([0.1, 0.3]), st.integers(0, 500))
def test_a_further_match_run_never_leaves_fewer(pairs, chance, seed):
    applicants, matcher = (
        applying(pairs, likely(chance), seed),
        CountingMatcher(pairs, plan_of(pairs)),
    )
    steps = [
        ONCE,
        replace(ONCE, rematches=1),
        replace(ONCE, rematches=2),
        Procedure(rematches=2, rematch_after_no_show=True),
    ]

    for draw in range(3):
        found = [play(applicants, step, matcher, draw) for step in steps]
        accepted, met = [each.accepted for each in found], [each.met for each in found]
        assert accepted == sorted(accepted)
        assert met == sorted(met)


@tried_on(60)
@given(instances(most_mentees=6), st.sampled_from([0.1, 0.3]), st.integers(0, 500))
def test_nobody_is_matched_beyond_their_number_or_against_a_rule(pairs, chance, seed):
    matcher = CountingMatcher(pairs, plan_of(pairs))

    found = play(applying(pairs, likely(chance), seed), Procedure(rematches=2), matcher, 0)

    rows, columns = found.rows[found.meets], found.columns[found.meets]
    assert len(np.unique(rows)) == len(rows)
    assert (np.bincount(columns, minlength=pairs.mentors) <= pairs.capacity).all()
    assert (pairs.positions_of(found.rows, found.columns) >= 0).all()
    assert found.mentees_there[found.rows].all()
    assert found.mentors_there[found.columns].all()
    assert len({*zip(found.rows.tolist(), found.columns.tolist(), strict=True)}) == len(found.rows)


@tried_on(40)
@given(wide_instances())
def test_where_everybody_keeps_their_word_each_draw_is_one_match_run(pairs):
    matcher = CountingMatcher(pairs, plan_of(pairs))

    found = simulate_program(applying(pairs), matcher, Procedure(), StaffHours(), 2)

    most = float(most_served(pairs, 0))
    assert (found.proposed.mean, found.accepted.mean, found.met.mean) == (most, most, most)
    assert (found.declined.mean, found.expired.mean, found.never_met.mean) == (0, 0, 0)


def test_the_exact_match_run_gives_the_scores_of_the_program():
    mentees, mentors = cohort(14, 8)
    problem = score_people(mentees, mentors, DESIGN)
    pairs = eligible_pairs(problem)
    keys = (
        [mentee.key for mentee in problem.scorer.mentees],
        [m.key for m in problem.scorer.mentors],
    )
    result = run_match(mentees, mentors, DESIGN, seed=4)

    found = simulate_program(
        applying(pairs, SURE), BestMatcher(problem, pairs, 4), Procedure(), StaffHours(), 3
    )

    scores = [pair.score for pair in result.pairs]
    assert len(keys[0]) == 14
    assert found.met.mean == len(scores)
    assert found.score_mean.mean == pytest.approx(np.mean(scores))
    assert found.score_worst.mean == min(scores)
    assert found.waited_mean.mean == 1


def test_hours_and_shares_of_a_draw_add_up():
    pairs = from_edges(*np.array([[0, 0, 9], [1, 0, 5]]).T, 3, np.array([2, 1, 0]))
    found = Played(
        rows=np.array([0, 1]),
        columns=np.array([0, 0]),
        day=np.array([3, 8]),
        meets=np.array([True, False]),
        meets_on=np.array([7, 9]),
        mentees_there=np.array([True, True, False]),
        mentors_there=np.array([True, True, True]),
        proposed=2,
        declined=1,
        expired=4,
        rematched=3,
        left=2,
        asked=4,
        answered=3,
    )

    figures = figures_of(found, applying(pairs), StaffHours(10, 1, 0.1))

    assert figures["staff_hours"] == pytest.approx(10 * 2 + 1 * (4 + 1) + 0.1 * 3)
    assert (figures["unused_mentors"], figures["still_there"]) == (0.5, 2)
    assert (figures["accepted"], figures["met"], figures["never_met"]) == (2, 1, 1)
    assert (figures["score_worst"], figures["score_mean"]) == (5, 7)
    assert (figures["waited_mean"], figures["waited_nine_of_ten"]) == (3, 3)
    assert (figures["first_meeting_half"], figures["first_meeting_nine_of_ten"]) == (7, 7)
    assert (figures["pulses_asked"], figures["pulses_answered"]) == (4, 3)


def test_time_that_is_up_leaves_the_draws_so_far():
    matcher = CountingMatcher(TWO_MENTORS, np.array([0]))
    hurried = Pace(may_go_on=lambda _: False)

    found = simulate_program(applying(TWO_MENTORS), matcher, Procedure(), StaffHours(), 9, hurried)

    assert (found.asked, found.draws, found.met.draws) == (9, 1, 1)


def test_nothing_to_measure_is_none_not_nought():
    nobody = EligiblePairs(np.zeros(1, dtype=int), NOTHING, NOTHING, NOTHING)

    found = simulate_program(
        applying(nobody), CountingMatcher(nobody, NOTHING), Procedure(), StaffHours(), 3
    )

    assert found.met == Spread(0.0, 0.0, None, None, 3)
    assert found.score_mean == Spread(None, None, None, None, 0)
    assert found.unused_mentors == Spread(None, None, None, None, 0)
