from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.solving import SERVE, WORST_FIRST, Listed, best_matching
from lodestar.engine.rescue.standby import (
    Standby,
    StandbySettings,
    others_of,
    slots_of,
    standbys,
)
from lodestar.engine.rescue.standby_choice import face_of_solution, standbys_of_best
from tests.engine.matching.markets import (
    every_matching,
    reached,
    tickets_for,
    total_of,
    wide_instances,
    worst_of,
)
from tests.tried_on import tried_on


def most_coverable(pairs: EligiblePairs, taken: np.ndarray, per_place: int) -> int:
    keep = np.zeros(len(pairs), dtype=bool)
    keep[others_of(pairs, taken)] = True
    slots, _ = slots_of(pairs, taken, per_place)
    free = replace(pairs.only(keep), capacity=slots, demand=None, minimum=None, first=None)
    return most_served(free, 0)


def value_of(pairs: EligiblePairs, taken: np.ndarray, worst_first: bool) -> tuple[int, ...]:
    worst = worst_of(pairs, taken) if worst_first else 0
    return (*reached(pairs, taken), worst, total_of(pairs, taken))


@given(wide_instances(), st.integers(1, 2), st.booleans())
@tried_on(120)
def test_it_costs_no_match_and_no_point_and_its_bound_holds(pairs, per_place, worst_first):
    drawn, listed = tickets_for(pairs), Listed(pairs, pairs.score)
    solution = best_matching(listed, WORST_FIRST if worst_first else SERVE, drawn)
    own = pairs.positions_of(solution.claim.mentee, solution.claim.mentor)
    best = value_of(pairs, own, worst_first)
    equals = [
        taken for taken in every_matching(pairs) if value_of(pairs, taken, worst_first) == best
    ]
    most = max(most_coverable(pairs, taken, per_place) for taken in equals)
    options = StandbySettings(per_place)

    found = standbys_of_best(listed, solution, drawn, options)

    covered_by_lot = standbys(pairs, own, drawn, options).covered
    assert value_of(pairs, found.taken, worst_first) == best
    assert found.plan == standbys(pairs, found.taken, drawn, options)
    assert covered_by_lot <= found.plan.covered <= most <= max(found.bound, found.plan.covered)
    assert found.plan.covered == most or not found.is_proven


def test_of_two_equal_matches_the_one_is_taken_whose_free_place_can_stand_by():
    """e0 fits m0 and m1 alike; e1, matched with m2, could turn to m1 only."""
    table = np.array([[500, 500, -1], [-1, 300, 600]])
    mentee, mentor = np.nonzero(table >= 0)
    pairs = from_edges(mentee, mentor, table[mentee, mentor], 2, np.array([1, 1, 1]))
    listed = Listed(pairs, pairs.score)

    for seed in range(8):
        drawn = tickets_for(pairs, seed)
        found = standbys_of_best(listed, best_matching(listed, SERVE, drawn), drawn)

        assert (found.plan.covered, found.bound, found.is_proven) == (2, 2, True)
        assert pairs.mentor[found.taken].tolist() == [0, 2]
        assert found.plan.standbys == (Standby(0, 1, 500, 1), Standby(1, 1, 300, 1))


def test_a_single_best_match_is_proven_at_once():
    pairs = from_edges(
        np.array([0, 0]), np.array([0, 1]), np.array([600, 500]), 1, np.array([1, 0])
    )
    listed, drawn = Listed(pairs, pairs.score), tickets_for(pairs)
    solution = best_matching(listed, SERVE, drawn)

    found = standbys_of_best(listed, solution, drawn)

    assert face_of_solution(listed, solution).is_single
    assert (found.equals, found.plan.covered, found.is_proven) == (False, 0, True)
