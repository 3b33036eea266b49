from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given

from lodestar.engine.matching.problem import TooLargeError
from lodestar.engine.peers import program
from lodestar.engine.peers.blocks import blocking_sets
from lodestar.engine.peers.cover import most_paired
from lodestar.engine.peers.program import (
    Region,
    heaviest_peers,
    narrowed,
    starting_prices,
    total_of,
)
from lodestar.engine.peers.proof import SCALE
from lodestar.engine.peers.start import exchanged, greedy_pairs
from tests.engine.peers.one_set import made_up, peers
from tests.tried_on import tried_on


def whole(allowed: np.ndarray) -> Region:
    return Region(allowed, np.zeros(len(allowed), dtype=bool))


def nobody(people: int) -> np.ndarray:
    return np.full(people, -1)


@pytest.mark.parametrize("seed", range(6))
def test_thin_networks_are_solved_too(seed):
    score, _ = made_up(60, seed, 2)
    allowed = np.triu(np.random.default_rng(seed).random((60, 60)) < 0.08, 1)
    allowed = allowed | allowed.T
    start, _ = most_paired(allowed, nobody(60))

    solved = heaviest_peers(score, whole(allowed), start, lambda: True)

    count = int((start >= 0).sum()) // 2
    assert (solved.partner >= 0).sum() == 2 * count
    assert solved.prices.bound(count) // SCALE == total_of(score, solved.partner)
    assert solved.is_finished


def test_pairs_found_by_exchange_alone_do_not_leave_the_program_without_an_answer():
    place = np.random.default_rng(30).normal(size=(20, 2))
    likeness = place @ place.T
    score = np.round(1_000_000 * (likeness - likeness.min()) / np.ptp(likeness)).astype(np.int64)
    allowed = ~np.eye(20, dtype=bool)
    start = exchanged(score, allowed, greedy_pairs(score, allowed, nobody(20)))

    solved = heaviest_peers(score, whole(allowed), start, lambda: True)

    assert solved.prices.bound(10) // SCALE == total_of(score, solved.partner)


@pytest.mark.parametrize("people", [60, 61])
def test_where_many_are_equal_the_sets_in_the_way_are_found(people):
    score, allowed = made_up(people, 3, 2)
    score = score // 100_000 * 100_000
    start = greedy_pairs(score, allowed, nobody(people))

    solved = heaviest_peers(score, whole(allowed), start, lambda: True)

    assert solved.prices.bound(people // 2) // SCALE == total_of(score, solved.partner)


def joined(people: int, *pairs: tuple[int, int]) -> np.ndarray:
    paid = np.zeros((people, people), dtype=bool)
    for one, other in pairs:
        paid[one, other] = paid[other, one] = True
    return paid


def test_a_set_with_a_price_counts_as_one_when_others_are_in_the_way():
    # A triangle with a price, and two people who may only be paired with it, stand apart from a pair.
    paid = joined(8, (0, 1), (1, 2), (0, 2), (0, 3), (1, 4), (3, 4), (5, 6))
    partner = np.array([3, 4, 5, 0, 1, 2, 7, 6])

    found = blocking_sets(paid, ((0, 1, 2), (2, 3, 4)), partner, np.zeros(8, dtype=bool))

    assert found == [(0, 1, 2, 3, 4)]


def test_whoever_may_be_left_over_is_not_in_the_way():
    triangle, partner = joined(3, (0, 1), (1, 2), (0, 2)), np.array([1, 0, -1])

    assert blocking_sets(triangle, (), partner, np.array([True, False, False])) == []
    assert blocking_sets(triangle, (), partner, np.zeros(3, dtype=bool)) == [(0, 1, 2)]


def test_the_answer_lies_among_those_that_are_as_heavy():
    score, allowed = made_up(20, 2)
    start, _ = most_paired(allowed, nobody(20))

    solved = heaviest_peers(score, whole(allowed), start, lambda: True)
    region = narrowed(score, whole(allowed), solved)

    pairs = np.arange(20), solved.partner
    assert region.allowed[pairs].all()
    assert region.allowed.sum() < allowed.sum()


def test_a_simplex_that_gives_up_is_refused_with_a_sentence(monkeypatch):
    score, allowed = made_up(4, 1)
    gave_up = SimpleNamespace(success=False, message="time")
    monkeypatch.setattr(program, "linprog", lambda *_, **__: gave_up)

    with pytest.raises(TooLargeError, match="gave up on the pairs: time"):
        heaviest_peers(score, whole(allowed), np.array([1, 0, 3, 2]), lambda: True)


@given(peers(most=9))
@tried_on(60)
def test_exchanges_keep_a_matching_and_never_lower_the_total(people):
    score, allowed = people
    start, _ = most_paired(allowed, nobody(len(score)))

    found = exchanged(score, allowed, start)

    paired = np.flatnonzero(found >= 0)
    assert np.array_equal(found[found[paired]], paired)
    assert allowed[paired, found[paired]].all()
    assert len(paired) == (start >= 0).sum()
    assert total_of(score, found) >= total_of(score, start)
    assert total_of(score, found) * SCALE <= starting_prices(score, allowed).bound(1)


def test_somebody_free_takes_the_place_that_is_worth_more_with_them():
    score = np.array([[0, 1, 9], [1, 0, 2], [9, 2, 0]])
    allowed = ~np.eye(3, dtype=bool)

    assert exchanged(score, allowed, np.array([1, 0, -1])).tolist() == [2, -1, 0]
    assert greedy_pairs(score, allowed, nobody(3)).tolist() == [2, -1, 0]
