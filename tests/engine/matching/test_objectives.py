from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.fairness.audit import group_gap
from lodestar.engine.matching.certificate import prove
from lodestar.engine.matching.objectives import (
    BANDS,
    FINE,
    best_listed,
    ranks_of,
    softened_scores,
)
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import PERFECT, MatchingError, Objective
from lodestar.engine.matching.solving import Listed
from tests.engine.matching.markets import (
    every_matching,
    instances,
    reached,
    tickets_for,
    total_of,
    wide_instances,
)
from tests.tried_on import tried_on


def solve(pairs: EligiblePairs, objective: Objective, groups: list[str] | None = None):
    listed = Listed(pairs, pairs.score.astype(np.int64))
    return best_listed(listed, objective, tickets_for(pairs), groups or [])


def taken_by(pairs: EligiblePairs, objective: Objective) -> np.ndarray:
    claim = solve(pairs, objective)[0].claim
    return pairs.positions_of(claim.mentee, claim.mentor)


def most_serving(pairs: EligiblePairs) -> list[np.ndarray]:
    most = max(reached(pairs, taken) for taken in every_matching(pairs))
    return [taken for taken in every_matching(pairs) if reached(pairs, taken) == most]


def profile(pairs: EligiblePairs, taken: np.ndarray) -> tuple[int, ...]:
    """Return how many first, second, ... choices a matching gives."""
    ranks = ranks_of(pairs)[taken]
    return tuple(int((ranks == n).sum()) for n in range(1, len(pairs) + 1))


def bands(pairs: EligiblePairs, taken: np.ndarray) -> tuple[int, ...]:
    """Return how many matches reach each band, the lowest first."""
    return tuple(int((pairs.score[taken] >= band).sum()) for band in BANDS)


@given(wide_instances())
@tried_on(60)
def test_rank_maximal_gives_the_most_first_choices_then_second_and_so_on(pairs):
    best = max((profile(pairs, t), total_of(pairs, t)) for t in most_serving(pairs))

    found = taken_by(pairs, Objective.RANK_MAXIMAL)

    assert reached(pairs, found) == reached(pairs, most_serving(pairs)[0])
    assert (profile(pairs, found), total_of(pairs, found)) == best


@given(wide_instances())
@tried_on(60)
def test_bands_have_the_fewest_matches_in_the_lowest_bands(pairs):
    best = max((bands(pairs, t), total_of(pairs, t)) for t in most_serving(pairs))

    found = taken_by(pairs, Objective.BANDS)

    assert (bands(pairs, found), total_of(pairs, found)) == best


@pytest.mark.parametrize(
    ("objective", "theta"), [(Objective.NASH, 1.0), (Objective.SOFT_MIN, None)]
)
@given(pairs=instances())
@tried_on(60)
def test_softened_objectives_are_best_in_their_own_measure_and_proven(objective, theta, pairs):
    weight = softened_scores(pairs.score, theta)
    best = max(int(weight[taken].sum()) for taken in most_serving(pairs))

    solution, weighed = solve(pairs, objective)
    proof = prove(pairs, weighed.weight, solution.claim)

    assert (proof.value, proof.bound, proof.is_proven) == (best, best, True)


@given(instances())
@tried_on(80)
def test_stable_leaves_no_two_who_would_rather_have_each_other(pairs):
    solution, weighed = solve(pairs, Objective.STABLE)

    proof = prove(pairs, weighed.weight, solution.claim)

    assert proof.blocking_pairs == 0


def test_the_gap_of_a_further_objective_is_what_it_costs_in_points():
    table = np.array([[900_000, 800_000], [890_000, 100_000]])
    mentee, mentor = np.divmod(np.arange(4), 2)
    pairs = from_edges(mentee, mentor, table.ravel(), 2, np.array([1, 1]))

    solution, weighed = solve(pairs, Objective.STABLE)
    proof = prove(pairs, weighed.weight, solution.claim)

    assert (proof.total, proof.gap) == (1_000_000, 690_000)


def uneven() -> tuple[EligiblePairs, list[str]]:
    rng = np.random.default_rng(2)
    mentee, mentor = np.divmod(np.arange(40 * 20), 20)
    groups = ["a" if n % 2 else "b" for n in range(40)]
    score = rng.integers(200_000, 800_000, 800) + np.where(mentee % 2, 0, 200_000)
    return from_edges(mentee, mentor, score, 40, np.ones(20, dtype=int)), groups


def test_balanced_evens_out_the_groups_for_a_small_price():
    pairs, groups = uneven()
    received, totals = [], []
    for objective in (Objective.SERVED, Objective.BALANCED):
        solution, weighed = solve(pairs, objective, groups)
        taken = pairs.positions_of(solution.claim.mentee, solution.claim.mentor)
        scores = np.zeros(40)
        scores[solution.claim.mentee] = pairs.score[taken]
        received.append(scores)
        totals.append(prove(pairs, weighed.weight, solution.claim).total)

    gaps = [group_gap(scores, groups) for scores in received]

    assert gaps[1] < 0.1 * gaps[0]
    assert 0.7 * totals[0] < totals[1] < totals[0]


@pytest.mark.parametrize("groups", [[], ["a"] * 40, [""] * 40])
def test_balanced_needs_two_groups(groups):
    pairs, _ = uneven()

    with pytest.raises(MatchingError, match="at least two groups"):
        solve(pairs, Objective.BALANCED, groups)


@given(
    st.lists(st.integers(0, PERFECT), min_size=2, max_size=20),
    st.sampled_from([0, 0.5, 1, 2, None]),
)
def test_the_slider_keeps_the_order_of_scores(scores, theta):
    scores = np.sort(np.array(scores))

    found = softened_scores(scores, theta)

    assert (np.diff(found) >= 0).all()
    assert found.min() >= 0
    assert found.max() <= FINE


def test_equal_scores_share_a_rank():
    pairs = from_edges(
        np.array([0, 0, 0, 1]), np.array([0, 1, 2, 0]), np.array([5, 7, 5, 1]), 2, np.ones(3, int)
    )

    assert ranks_of(pairs).tolist() == [2, 1, 2, 1]


def test_two_mentors_each_work_with_every_objective():
    pairs, groups = uneven()
    pairs = replace(pairs, demand=np.array([2] * 5 + [1] * 35), minimum=np.ones(20, dtype=int))

    for objective in Objective:
        solution, _ = solve(pairs, objective, groups)
        assert np.bincount(solution.claim.mentor, minlength=20).max() <= 2
