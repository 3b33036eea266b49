from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from lodestar.engine.matching.certificate import prove
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.solving import (
    SERVE,
    WORST_FIRST,
    Listed,
    Solution,
    best_matching,
)
from tests.engine.matching.markets import (
    every_matching,
    reached,
    tickets_for,
    total_of,
    wide_instances,
    worst_of,
)
from tests.tried_on import tried_on


def solve(pairs: EligiblePairs, aims=SERVE) -> Solution:
    return best_matching(Listed(pairs, pairs.score), aims, tickets_for(pairs))


def claim_with(pairs: EligiblePairs, solution: Solution, taken: np.ndarray):
    mentee = np.searchsorted(pairs.start, taken, side="right") - 1
    return replace(solution.claim, mentee=mentee, mentor=pairs.mentor[taken].astype(np.int64))


@given(wide_instances())
@tried_on(60)
def test_a_matching_is_certified_only_if_it_is_best(pairs):
    best = max((*reached(pairs, taken), total_of(pairs, taken)) for taken in every_matching(pairs))
    solution = solve(pairs)

    for taken in every_matching(pairs):
        proof = prove(pairs, pairs.score, claim_with(pairs, solution, taken))
        value = (*reached(pairs, taken), total_of(pairs, taken))
        assert (proof.gap == 0) == (value == best)
        assert proof.gap >= 0


@given(wide_instances())
@tried_on(60)
def test_no_claim_that_the_worst_is_at_its_best_holds_for_a_worse_one(pairs):
    solution = solve(pairs, WORST_FIRST)
    if solution.claim.ceiling is None:
        return
    most = max(reached(pairs, taken) for taken in every_matching(pairs))
    options = [taken for taken in every_matching(pairs) if reached(pairs, taken) == most]
    ceiling = max(worst_of(pairs, taken) for taken in options)

    for taken in options:
        claim = replace(claim_with(pairs, solution, taken), least=0)
        proof = prove(pairs, pairs.score, claim)
        assert proof.worst_bound == ceiling
        assert proof.is_proven <= (proof.worst == ceiling)


def planted() -> tuple[EligiblePairs, Solution]:
    table = np.array([[9, 5, 1], [8, 7, 2], [6, 4, 3]]) * 1000
    mentee, mentor = np.divmod(np.arange(9), 3)
    pairs = from_edges(mentee, mentor, table.ravel(), 3, np.array([1, 1, 1]))
    return pairs, solve(pairs)


def test_a_swapped_pair_shows_as_a_gap():
    pairs, solution = planted()

    proof = prove(pairs, pairs.score, claim_with(pairs, solution, np.array([1, 3, 8])))

    assert (proof.total, proof.bound, proof.gap, proof.is_proven) == (16_000, 19_000, 3_000, False)


def test_a_wrong_price_shows_as_violators():
    pairs, solution = planted()
    free = replace(solution.claim, price=np.zeros(3, dtype=np.int64))

    proof = prove(pairs, pairs.score, free)

    assert proof.violators > 0
    assert not proof.is_proven


def test_a_matching_left_short_shows_a_gap_of_a_whole_mentee():
    pairs, solution = planted()

    proof = prove(pairs, pairs.score, claim_with(pairs, solution, np.array([0, 4])))

    assert proof.matched == 2
    assert proof.gap >= solution.claim.serving
    assert not proof.is_proven


def test_a_cover_with_a_leak_proves_less():
    pairs, solution = planted()
    short = claim_with(pairs, solution, np.array([0, 4]))
    nobody = np.zeros(3, dtype=bool)
    cover = replace(solution.claim.served, mentee=~nobody, mentor=nobody)

    proof = prove(pairs, pairs.score, replace(short, served=cover))

    # As many leaks as pairs, but no more people than there are.
    assert (proof.served_bound, proof.matched, proof.is_proven) == (3, 2, False)


@pytest.mark.parametrize(
    ("mentee", "mentor", "said"),
    [
        ([0, 1], [1, 0], "not eligible"),
        ([0, 0], [0, 0], "not eligible"),
        ([0, 2], [0, 0], "more mentees than places"),
        ([0, 0], [0, 2], "more mentors than they asked for"),
    ],
)
def test_a_matching_nobody_may_have_is_refused(mentee, mentor, said):
    pairs = from_edges(
        np.array([0, 0, 1, 2]), np.array([0, 2, 1, 0]), np.full(4, 5), 3, np.array([1, 1, 1])
    )
    claim = replace(solve(pairs).claim, mentee=np.array(mentee), mentor=np.array(mentor))

    with pytest.raises(MatchingError, match=said):
        prove(pairs, pairs.score, claim)


def test_a_pair_below_the_least_score_claimed_is_refused():
    pairs, solution = planted()

    with pytest.raises(MatchingError, match="below the least score"):
        prove(pairs, pairs.score, replace(solution.claim, least=5_000))


def test_a_pair_listed_twice_is_refused():
    with pytest.raises(MatchingError, match="listed twice"):
        from_edges(np.array([0, 0]), np.array([0, 0]), np.array([5, 6]), 1, np.array([1]))
