from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.pairs import EligiblePairs, ends_of, from_edges
from lodestar.engine.simulation.assumptions import NOBODY_FALLS_AWAY, Assumptions, Chance, Side
from lodestar.engine.simulation.fates import Applicants
from lodestar.engine.simulation.feasibility import Trial, feasibility
from lodestar.engine.simulation.pace import Pace
from lodestar.engine.simulation.seating import ShortGroup
from tests.engine.matching.markets import instances, wide_instances
from tests.engine.simulation.trials import (
    NOTHING,
    applying,
    likely,
    only_here,
    plan_of,
    seen_by,
    with_capacity,
)

CHANCES = st.sampled_from([0.05, 0.2, 0.5])
SEEDS = st.integers(0, 1_000)


def kept_and_filled(applicants: Applicants, planned: np.ndarray, draw: int) -> tuple[int, int]:
    """Count by hand: the pairs that keep both sides, and a maximum flow of all who are free."""
    pairs = applicants.pairs
    mentees, mentors = seen_by(applicants, draw)
    rows, columns = ends_of(pairs, planned)
    stays = mentees[rows] & mentors[columns]
    served = set(rows[stays].tolist()) & set(np.flatnonzero(pairs.firsts).tolist())
    free = replace(
        only_here(pairs, mentees, mentors),
        capacity=pairs.capacity - np.bincount(columns[stays], minlength=pairs.mentors),
        first=np.array([int(row not in served) for row in range(pairs.mentees)]) * pairs.firsts,
    )
    return len(served), len(served) + most_served(free, 0)


@given(wide_instances(), CHANCES, SEEDS)
def test_each_draw_counts_what_maximum_flows_count(pairs, chance, seed):
    here, planned = applying(pairs, likely(chance), seed), plan_of(pairs)
    trial = Trial(here, planned)

    for draw in range(3):
        found = trial.counts(draw)
        assert (found.once, found.again) == kept_and_filled(here, planned, draw)
        assert found.best == most_served(only_here(pairs, *seen_by(here, draw)), 0)


@given(wide_instances(), CHANCES, SEEDS)
def test_a_second_matching_never_serves_fewer_and_who_is_left_adds_up(pairs, chance, seed):
    trial = Trial(applying(pairs, likely(chance), seed), plan_of(pairs))

    for draw in range(3):
        found = trial.counts(draw)
        assert found.once <= found.again <= found.best
        assert found.here - found.best == sum(group.short for group in found.short)


@given(instances(most_mentees=6), CHANCES, SEEDS)
def test_more_capacity_never_serves_fewer_in_any_draw(pairs, chance, seed):
    wider = with_capacity(pairs, 1)
    before = Trial(applying(pairs, likely(chance), seed), plan_of(pairs))
    after = Trial(applying(wider, likely(chance), seed), plan_of(pairs))

    for draw in range(5):
        one, other = before.counts(draw), after.counts(draw)
        assert one.once == other.once
        assert one.again <= other.again
        assert one.best <= other.best


@given(wide_instances())
def test_where_nobody_falls_away_every_draw_serves_what_one_matching_serves(pairs):
    planned = plan_of(pairs)
    most = most_served(pairs, 0)

    found = feasibility(applying(pairs), planned, 3)

    assert found.counts.tolist() == [[most, most, most]] * 3
    assert (found.planned, found.best.mean, found.second_matching.mean) == (most, most, 0)


@pytest.mark.parametrize("name", ["drop_out", "silence", "no_show"])
def test_where_everybody_surely_falls_away_nobody_is_served(name):
    pairs = from_edges(*np.array([[0, 0, 9], [1, 1, 8]]).T, 2, np.array([1, 1]))
    gone = replace(NOBODY_FALLS_AWAY, **{name: Chance(1.0)})

    for sides in ((gone, NOBODY_FALLS_AWAY), (NOBODY_FALLS_AWAY, gone)):
        found = feasibility(applying(pairs, Assumptions(*sides)), plan_of(pairs), 5)
        assert found.counts.tolist() == [[0, 0, 0]] * 5
        assert found.planned == 2


def test_a_mentee_whose_mentor_surely_falls_away_is_served_by_another_the_second_time():
    pairs = from_edges(*np.array([[0, 0, 9], [0, 1, 1]]).T, 1, np.array([1, 1]))
    one_gone = Side(Chance(0), Chance(0), Chance(0), Chance(0, by_person={"m0": 1.0}))

    found = feasibility(applying(pairs, Assumptions(NOBODY_FALLS_AWAY, one_gone)), np.array([0]), 4)

    assert found.counts.tolist() == [[0, 1, 1]] * 4


def test_best_moves_a_kept_pair_where_that_serves_one_more():
    pairs = from_edges(*np.array([[0, 0, 9], [0, 1, 9], [1, 0, 9]]).T, 2, np.array([1, 1]))
    stuck = Trial(applying(pairs), np.array([0]))

    found = stuck.counts(0)

    assert (found.once, found.again, found.best) == (1, 1, 2)


def test_a_second_mentors_place_is_given_up_where_that_serves_somebody():
    edges = np.array([[0, 0, 9], [0, 1, 9], [1, 1, 9], [1, 2, 9]])
    pairs = replace(from_edges(*edges.T, 2, np.array([1, 1, 1])), demand=np.array([2, 1]))
    one_gone = Side(Chance(0), Chance(0), Chance(0), Chance(0, by_person={"m2": 1.0}))
    here = applying(pairs, Assumptions(NOBODY_FALLS_AWAY, one_gone))

    found = Trial(here, np.array([0, 1, 3])).counts(0)

    assert (found.once, found.again, found.best) == (1, 1, 2)


def test_a_mentor_without_a_place_is_no_mentor_one_could_share():
    pairs = from_edges(
        *np.array([[0, 0, 9], [1, 0, 9], [1, 1, 9], [2, 1, 9]]).T, 3, np.array([0, 1])
    )

    found = Trial(applying(pairs), np.array([2])).counts(0)

    assert found.short == (ShortGroup((0,), (), 0), ShortGroup((1, 2), (1,), 1))


def test_the_mean_is_the_chance_that_a_pair_keeps_both_sides():
    pairs = from_edges(*np.array([[0, 0, 9]]).T, 1, np.array([1]))

    found = feasibility(applying(pairs, likely(0.1)), np.array([0]), 4_000)

    assert found.once.mean == pytest.approx(0.9**6, abs=4 * found.once.error)
    assert (found.once.low, found.once.high) == (0, 1)


def test_the_same_seed_gives_the_same_draws_and_fewer_draws_are_the_first_of_them():
    pairs = from_edges(*np.array([[n, n % 3, 9] for n in range(9)]).T, 9, np.array([2, 3, 1]))
    plan = plan_of(pairs)

    one, again = (feasibility(applying(pairs, likely(0.2), 5), plan, 60) for _ in range(2))
    other = feasibility(applying(pairs, likely(0.2), 6), plan, 60)
    few = feasibility(applying(pairs, likely(0.2), 5), plan, 10)

    assert one.counts.tolist() == again.counts.tolist()
    assert one.counts.tolist() != other.counts.tolist()
    assert few.counts.tolist() == one.counts[:10].tolist()


def test_time_that_is_up_leaves_the_draws_so_far_and_says_how_many():
    pairs = from_edges(*np.array([[0, 0, 9]]).T, 1, np.array([1]))
    left = iter([True, True, False])

    found = feasibility(
        applying(pairs, likely(0.1)), np.array([0]), 50, Pace(may_go_on=lambda _: next(left))
    )

    assert (found.asked, len(found.counts), found.best.draws, found.best.low) == (50, 3, 3, None)


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 0), (3, 0), (0, 2), (3, 2)])
def test_empty_sides_and_no_pairs_serve_nobody(mentees, mentors):
    start = np.zeros(mentees + 1, dtype=np.int64)
    pairs = EligiblePairs(start, NOTHING, NOTHING, np.ones(mentors, dtype=np.int64))

    found = feasibility(applying(pairs), NOTHING, 2)

    assert found.counts.tolist() == [[0, 0, 0]] * 2
    assert [sum(group.short for group in groups) for groups in found.short] == [mentees] * 2
