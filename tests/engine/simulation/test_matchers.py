from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import (
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    Objective,
)
from lodestar.engine.matching.run import run_match
from lodestar.engine.simulation.eligible import eligible_pairs
from lodestar.engine.simulation.matchers import NO_ENDS, BestMatcher, CountingMatcher, Open
from tests.engine.matching.markets import instances
from tests.engine.matching.people import DESIGN, cohort
from tests.engine.simulation.trials import masks, plan_of
from tests.tried_on import tried_on

MENTEES, MENTORS = cohort(14, 8)
SAME_WAY = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),), floor=0)


def opened(pairs: EligiblePairs, match_run: int = 0) -> Open:
    return Open(match_run, pairs.demands, pairs.firsts, pairs.capacity, NO_ENDS)


def keys_of(problem, ends) -> list[tuple[str, str]]:
    mentees, mentors = problem.scorer.mentees, problem.scorer.mentors
    rows, columns = (end.tolist() for end in ends)
    return sorted((mentees[r].key, mentors[c].key) for r, c in zip(rows, columns, strict=True))


@pytest.mark.parametrize("objective", list(Objective)[:3])
def test_a_first_run_with_everybody_there_is_the_programs_own_match_run(objective):
    design = replace(DESIGN, objective=objective, minimum_default=2)
    mentees = [replace(mentee, demand=2) for mentee in MENTEES]
    given_pairs = GivenPairs(pins=[("e003", "m001")], kept=[("e004", "m002")])
    problem = score_people(mentees, MENTORS, design, given_pairs)
    pairs = eligible_pairs(problem)

    found = BestMatcher(problem, pairs, seed=3).match(opened(pairs))

    expected = run_match(mentees, MENTORS, design, given_pairs, seed=3)
    assert keys_of(problem, found) == sorted((pair.mentee, pair.mentor) for pair in expected.pairs)


def test_a_pin_that_breaks_a_rule_is_eligible_and_proposed_in_the_first_run_only():
    problem = score_people(MENTEES, MENTORS, DESIGN)
    listed = set(keys_of(problem, (problem.pairs.mentee_of_each(), problem.pairs.mentor)))
    pin = next(
        (e.key, m.key)
        for e in MENTEES
        for m in MENTORS
        if (e.key, m.key) not in listed and m.capacity
    )
    pinned = score_people(MENTEES, MENTORS, DESIGN, GivenPairs(pins=[pin]))
    pairs = eligible_pairs(pinned)
    matcher = BestMatcher(pinned, pairs, seed=1)

    row, column = pinned.pinned[0]
    points = pinned.scorer.weigh(np.array([row]), np.array([column])).score
    place = pairs.positions_of(np.array([row]), np.array([column]))
    assert len(pairs) == len(listed) + 1
    assert pairs.score[place].tolist() == points.tolist()
    assert pin in keys_of(pinned, matcher.match(opened(pairs)))
    gone = replace(opened(pairs), room=np.zeros(len(MENTORS), dtype=np.int64))
    assert keys_of(pinned, matcher.match(gone)) == []


def test_in_later_runs_a_pin_is_a_pair_like_any_other():
    problem = score_people(MENTEES, MENTORS, DESIGN)
    here = problem.pairs.capacity[problem.pairs.mentor] > 0
    worst = int(np.where(here, problem.pairs.score, 1_000_001).argmin())
    ends = problem.pairs.mentee_of_each()[[worst]], problem.pairs.mentor[[worst]]
    pinned = score_people(MENTEES, MENTORS, DESIGN, GivenPairs(pins=keys_of(problem, ends)))
    later = opened(problem.pairs, match_run=1)

    found = BestMatcher(pinned, eligible_pairs(pinned), seed=1).match(later)

    expected = BestMatcher(problem, problem.pairs, seed=1).match(later)
    assert keys_of(pinned, found) == keys_of(problem, expected)


def test_a_pinned_pair_is_proposed_once_even_to_a_mentee_who_wants_two():
    problem = score_people(
        [Mentee("e0", demand=2)], [Mentor("m0", {}, 2)], SAME_WAY, GivenPairs(pins=[("e0", "m0")])
    )
    pairs = eligible_pairs(problem)

    assert keys_of(problem, BestMatcher(problem, pairs, 1).match(opened(pairs))) == [("e0", "m0")]


def test_a_mentors_minimum_comes_before_the_score_until_it_is_filled():
    mentors = [Mentor("m0", {"way": "a"}, 2), Mentor("m1", {"way": "b"}, 2, minimum=1)]
    problem = score_people([Mentee("e0", {"way": "a"})], mentors, SAME_WAY)
    pairs = eligible_pairs(problem)
    matcher = BestMatcher(problem, pairs, 1)
    filled = replace(opened(pairs), room=np.array([2, 1]))

    assert keys_of(problem, matcher.match(opened(pairs))) == [("e0", "m1")]
    assert keys_of(problem, matcher.match(filled)) == [("e0", "m0")]


def test_planned_pairs_are_kept_only_as_far_as_there_is_room_by_now():
    pairs = from_edges(*np.array([[0, 0, 9], [1, 0, 9]]).T, 2, np.array([2]))
    tight = replace(opened(pairs), room=np.array([1]))

    rows, columns = CountingMatcher(pairs, np.array([0, 1])).match(tight)

    assert (rows.tolist(), columns.tolist()) == ([0], [0])


def test_refused_pairs_and_full_mentors_are_left_alone():
    problem = score_people(MENTEES, MENTORS, DESIGN)
    pairs = eligible_pairs(problem)
    matcher = BestMatcher(problem, pairs, seed=1)
    before = matcher.match(opened(pairs))

    refused = replace(opened(pairs, 1), refused=(before[0][:3], before[1][:3]))
    full = np.where(np.arange(len(MENTORS)) == before[1][0], 0, pairs.capacity)
    closed = replace(opened(pairs, 1), room=full)

    again = set(keys_of(problem, matcher.match(refused)))
    assert not again & set(keys_of(problem, (before[0][:3], before[1][:3])))
    assert before[1][0] not in matcher.match(closed)[1]


@tried_on(60)
@given(instances(most_mentees=6), st.data())
def test_a_counting_run_serves_as_many_as_can_be_served(pairs, data):
    wanted, refused = data.draw(masks(pairs.mentees)), data.draw(masks(len(pairs)))
    less = np.array(
        data.draw(st.lists(st.integers(0, 3), min_size=pairs.mentors, max_size=pairs.mentors))
    )
    room = np.maximum(pairs.capacity - less, 0)
    ends = pairs.mentee_of_each()[refused].astype(int), pairs.mentor[refused].astype(int)
    asked = Open(1, wanted.astype(int), wanted.astype(int), room, ends)

    rows, columns = CountingMatcher(pairs, plan_of(pairs)).match(asked)

    left = replace(pairs.only(~refused), capacity=room, first=wanted.astype(int))
    assert len(rows) == most_served(left, 0)
    assert len(np.unique(rows)) == len(rows)
    assert (left.positions_of(rows, columns) >= 0).all()
    assert (np.bincount(columns, minlength=pairs.mentors) <= room).all()


def test_a_counting_run_proposes_the_planned_pairs_first():
    problem = score_people(MENTEES, MENTORS, DESIGN)
    pairs = eligible_pairs(problem)
    planned = plan_of(pairs)

    rows, columns = CountingMatcher(pairs, planned).match(opened(pairs))

    assert np.sort(pairs.positions_of(rows, columns)).tolist() == planned.tolist()
