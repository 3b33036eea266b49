from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.left_out import hall_sets
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.simulation.seating import Seating, ShortGroup, bits_of, reach_of
from tests.engine.matching.markets import instances
from tests.engine.simulation.trials import masks, only_here


def seated(
    pairs: EligiblePairs, mentors_here: np.ndarray | None = None
) -> tuple[Seating, list[int]]:
    here = np.ones(pairs.mentors, dtype=bool) if mentors_here is None else mentors_here
    seating = Seating(reach_of(pairs), pairs.capacity, here)
    return seating, seating.serve(range(pairs.mentees))


def test_bits_stand_for_mentors_even_where_there_are_more_than_fit_one_word():
    mentor = np.array([0, 63, 64, 129])
    pairs = EligiblePairs(np.array([0, 0, 4]), mentor, np.ones(4, int), np.ones(130, int))

    assert [list(bits_of(number)) for number in reach_of(pairs)] == [[], [0, 63, 64, 129]]


@given(instances(most_mentees=7, most_mentors=5), st.data())
def test_as_many_are_seated_as_by_a_maximum_flow(pairs, data):
    here = data.draw(masks(pairs.mentors))

    seating, left = seated(pairs, here)

    everybody = np.ones(pairs.mentees, dtype=bool)
    assert pairs.mentees - len(left) == most_served(only_here(pairs, everybody, here), 0)
    check(seating, pairs, here)


def check(seating: Seating, pairs: EligiblePairs, here: np.ndarray) -> None:
    """Nobody sits twice, at a mentor they may not meet, or beyond the places there are."""
    rows, columns = seating.ends()
    assert len(np.unique(rows)) == len(rows)
    assert (pairs.positions_of(rows, columns) >= 0).all()
    assert here[columns].all()
    load = np.bincount(columns, minlength=pairs.mentors)
    assert (pairs.capacity - load).tolist() == seating.room


@given(instances(most_mentees=7, most_mentors=5))
def test_starting_from_a_part_serves_as_many_as_starting_from_nothing(pairs):
    first, _ = seated(replace(pairs, capacity=pairs.capacity // 2))
    rows, columns = first.ends()
    load = np.bincount(columns, minlength=pairs.mentors)
    seating = Seating(reach_of(pairs), pairs.capacity - load, np.ones(pairs.mentors, dtype=bool))

    seating.hold(rows, columns)
    left = seating.serve([row for row in range(pairs.mentees) if row not in rows])

    assert pairs.mentees - len(left) == most_served(pairs, 0)
    check(seating, pairs, np.ones(pairs.mentors, dtype=bool))


def test_a_place_that_is_given_back_is_taken_again():
    pairs = from_edges(*np.array([[0, 0, 1], [1, 0, 1]]).T, 2, np.array([1]))
    seating, left = seated(pairs)

    seating.hold(np.zeros(0, dtype=int), np.zeros(0, dtype=int))
    seating.give_back([0])

    assert (left, seating.serve(left)) == ([1], [])


@given(instances(most_mentees=7, most_mentors=5))
def test_short_groups_are_the_hall_sets_of_the_matching(pairs):
    seating, left = seated(pairs)
    taken = np.sort(pairs.positions_of(*seating.ends()))
    groups = seating.short_groups(left)

    alone = tuple(np.flatnonzero(np.diff(pairs.start) == 0).tolist())
    hall = [ShortGroup(g.mentees, g.mentors, g.places) for g in hall_sets(pairs, taken)]
    expected = [ShortGroup(alone, (), 0)] * bool(alone) + sorted(hall, key=lambda g: g.mentees)
    assert list(groups) == expected
    assert sum(group.short for group in groups) == len(left)


def test_groups_that_share_no_mentor_stay_apart_and_those_that_do_are_one():
    edges = np.array([[0, 0, 1], [1, 0, 1], [2, 1, 1], [3, 1, 1], [4, 2, 1], [4, 3, 1]])
    apart = from_edges(*edges.T, 5, np.array([1, 1, 1, 1]))
    bridge = from_edges(*np.array([*edges, [0, 1, 1]]).T, 5, np.array([1, 1, 1, 1]))

    found = [seating.short_groups(left) for seating, left in (seated(apart), seated(bridge))]

    assert found[0] == (ShortGroup((0, 1), (0,), 1), ShortGroup((2, 3), (1,), 1))
    assert found[1] == (ShortGroup((0, 1, 2, 3), (0, 1), 2),)
