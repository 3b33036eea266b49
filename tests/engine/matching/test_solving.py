from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching import assignment
from lodestar.engine.matching.pairs import EligiblePairs, from_edges, loads_of, reordered
from lodestar.engine.matching.problem import TooLargeError
from lodestar.engine.matching.solving import (
    SERVE,
    TOTAL,
    WORST_FIRST,
    Aims,
    Listed,
    Solution,
    best_matching,
    proof_of,
)
from tests.engine.matching.markets import (
    every_matching,
    instances,
    reached,
    tickets_for,
    total_of,
    wide_instances,
    worst_of,
)
from tests.tried_on import tried_on

LADDER = ((4_000_000, True), (0, True), (0, False))


def solve(pairs: EligiblePairs, aims: Aims = SERVE, seed: int = 1) -> Solution:
    return best_matching(Listed(pairs, pairs.score), aims, tickets_for(pairs, seed))


def prove(pairs: EligiblePairs, solution: Solution):
    return proof_of(pairs, pairs.score, solution)


@given(wide_instances())
@tried_on(150)
def test_serves_the_most_fills_the_most_and_then_totals_the_most(pairs):
    best = max((*reached(pairs, taken), total_of(pairs, taken)) for taken in every_matching(pairs))

    proof = prove(pairs, solve(pairs))

    assert (proof.matched, proof.filled, proof.total) == best
    assert proof.is_proven


@given(wide_instances())
@tried_on(150)
def test_worst_first_raises_the_worst_match_before_the_total(pairs):
    most = max(reached(pairs, taken) for taken in every_matching(pairs))
    options = [taken for taken in every_matching(pairs) if reached(pairs, taken) == most]
    best = max((worst_of(pairs, taken), total_of(pairs, taken)) for taken in options)

    proof = prove(pairs, solve(pairs, WORST_FIRST))

    if any(most):
        assert (proof.worst, proof.total) == best
        assert proof.worst_bound == proof.worst
    assert (proof.matched, proof.filled) == most
    assert proof.is_proven


@given(wide_instances())
@tried_on(100)
def test_total_reaches_the_largest_total(pairs):
    best = max(total_of(pairs, taken) for taken in every_matching(pairs))

    proof = prove(pairs, solve(pairs, TOTAL))

    assert (proof.total, proof.bound, proof.violators) == (best, best, 0)


@given(wide_instances(), st.integers(0, 5), st.sampled_from([SERVE, WORST_FIRST, TOTAL]))
@tried_on(60)
def test_every_rung_of_the_ladder_gives_the_same_pairs_and_prices(pairs, seed, aims):
    found = []

    for cells, has_flow in LADDER:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assignment, "DENSE_CELLS", cells)
            patch.setattr(assignment, "has_flow_solver", lambda has_flow=has_flow: has_flow)
            solution = solve(pairs, aims, seed)
            claim = solution.claim
            ends = claim.mentee.tolist(), claim.mentor.tolist()
            found.append((*ends, claim.price.tolist(), solution.highest.tolist()))

    assert found[0] == found[1] == found[2]


@given(instances())
@tried_on(100)
def test_one_mentor_more_never_serves_fewer(pairs):
    before = prove(pairs, solve(pairs, WORST_FIRST)).matched
    mentee = np.arange(pairs.mentees)
    edges = (
        np.concatenate([pairs.mentee_of_each(), mentee]),
        np.concatenate([pairs.mentor, np.full(pairs.mentees, pairs.mentors)]),
        np.concatenate([pairs.score, np.full(pairs.mentees, 300_000)]),
    )
    wider = from_edges(*edges, pairs.mentees, np.append(pairs.capacity, 1))

    assert prove(wider, solve(wider, WORST_FIRST)).matched >= before


@given(instances(), st.randoms(use_true_random=False))
@tried_on(80)
def test_the_order_of_the_rows_changes_nothing(pairs, random):
    mentees, mentors = list(range(pairs.mentees)), list(range(pairs.mentors))
    random.shuffle(mentees)
    random.shuffle(mentors)
    shuffled = reordered(pairs, np.array(mentees), np.array(mentors))
    drawn = tickets_for(pairs)
    redrawn = replace(drawn, mentee=drawn.mentee[mentees], mentor=drawn.mentor[mentors])

    first = solve(pairs, WORST_FIRST).claim
    second = best_matching(Listed(shuffled, shuffled.score), WORST_FIRST, redrawn).claim

    back = [(mentees[a], mentors[b]) for a, b in zip(second.mentee, second.mentor, strict=True)]
    assert sorted(back) == list(zip(first.mentee.tolist(), first.mentor.tolist(), strict=True))


def test_equals_are_drawn_by_the_seed_and_each_can_win():
    pairs = from_edges(
        np.array([0, 1, 2]), np.array([0, 0, 0]), np.array([500, 500, 500]), 3, np.array([1])
    )

    winners = {tuple(solve(pairs, seed=seed).partners(3).tolist()) for seed in range(30)}

    assert winners == {(0, -1, -1), (-1, 0, -1), (-1, -1, 0)}
    assert solve(pairs, seed=7).partners(3).tolist() == solve(pairs, seed=7).partners(3).tolist()


def test_nobody_gets_a_second_mentor_while_somebody_has_none():
    table = np.array([[900_000, 800_000], [200_000, 100_000]])
    mentee, mentor = np.divmod(np.arange(4), 2)
    pairs = from_edges(mentee, mentor, table.ravel(), 2, np.array([1, 1]))
    pairs = replace(pairs, demand=np.array([2, 1]))

    served = solve(pairs)
    rich = solve(pairs, TOTAL)

    assert np.bincount(served.claim.mentee).tolist() == [1, 1]
    assert np.bincount(rich.claim.mentee, minlength=2).tolist() == [2, 0]


def test_minimum_loads_are_reached_before_the_total():
    table = np.array([[900_000, 100_000], [900_000, 100_000]])
    mentee, mentor = np.divmod(np.arange(4), 2)
    pairs = from_edges(mentee, mentor, table.ravel(), 2, np.array([2, 2]))

    without = solve(pairs).claim.mentor.tolist()
    within = replace(pairs, minimum=np.array([1, 1]))
    found = solve(within).claim

    assert without == [0, 0]
    assert sorted(found.mentor.tolist()) == [0, 1]


def test_one_mentor_for_ten_thousand_mentees_is_an_honest_answer():
    mentees = 10_000
    pairs = from_edges(
        np.arange(mentees),
        np.zeros(mentees, dtype=np.int64),
        np.full(mentees, 400_000),
        mentees,
        np.array([3]),
    )

    proof = prove(pairs, solve(pairs, WORST_FIRST))

    assert (proof.matched, proof.total, proof.is_proven) == (3, 1_200_000, True)


def test_a_size_beyond_the_ladder_is_refused_honestly(monkeypatch):
    pairs = from_edges(*np.mgrid[0:3, 0:3].reshape(2, 9), np.arange(9), 3, np.ones(3, dtype=int))
    for name in ("DENSE_CELLS", "FLOW_PAIRS", "SPARSE_PAIRS", "SIMPLEX_PAIRS"):
        monkeypatch.setattr(assignment, name, 0)

    with pytest.raises(TooLargeError, match="3 mentees and 3 mentors with 9 eligible pairs"):
        solve(pairs)


def test_loads_are_kept(monkeypatch):
    rng = np.random.default_rng(5)
    mentee, mentor = np.divmod(np.arange(60 * 20), 20)
    pairs = from_edges(mentee, mentor, rng.integers(0, 10**6, 1200), 60, rng.integers(0, 4, 20))
    pairs = replace(pairs, demand=rng.integers(0, 3, 60), minimum=rng.integers(0, 3, 20))

    claim = solve(pairs, WORST_FIRST).claim
    loads = loads_of(pairs, pairs.positions_of(claim.mentee, claim.mentor))

    assert np.all(loads[0] <= pairs.demands)
    assert np.all(loads[1] <= pairs.capacity)
