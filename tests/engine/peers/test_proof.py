from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.peers.cover import barrier_of, most_paired
from lodestar.engine.peers.cuts import Fractions, overfilled_sets
from lodestar.engine.peers.peers import peer_matching
from lodestar.engine.peers.proof import (
    SCALE,
    PeerClaim,
    PeerPrices,
    prove_peers,
    safe_prices,
)
from tests.engine.peers.one_set import draw, made_up, peers
from tests.tried_on import tried_on


@given(peers(most=9))
@tried_on(80)
def test_the_barrier_shows_that_no_more_can_be_paired(people):
    _, allowed = people

    partner, barrier = most_paired(allowed, np.full(len(allowed), -1))

    assert (partner >= 0).sum() == barrier_of(allowed, barrier).most_paired
    paired = np.flatnonzero(partner >= 0)
    assert np.array_equal(partner[partner[paired]], paired)
    assert allowed[paired, partner[paired]].all()


@pytest.mark.parametrize("seed", range(12))
def test_the_barrier_holds_on_thin_networks_full_of_odd_cycles(seed):
    rng = np.random.default_rng(seed)
    allowed = np.triu(rng.random((80, 80)) < 0.03, 1)
    allowed = allowed | allowed.T

    partner, barrier = most_paired(allowed, np.full(80, -1))

    assert (partner >= 0).sum() == barrier_of(allowed, barrier).most_paired


@given(st.integers(0, 10_000))
@tried_on(25)
def test_an_overfilled_set_is_found_whenever_there_is_one(seed):
    rng = np.random.default_rng(seed)
    people = int(rng.integers(3, 9))
    one, other = np.triu_indices(people, 1)
    share = rng.integers(0, 5, len(one)) * (rng.random(len(one)) < 0.5).astype(float)
    load = np.bincount(one, share, people) + np.bincount(other, share, people)
    share = share / max(1.0, float(load.max()))
    over = {
        inside: share[np.isin(one, inside) & np.isin(other, inside)].sum() - len(inside) // 2
        for size in range(3, people + 1, 2)
        for inside in combinations(range(people), size)
    }

    found = overfilled_sets(Fractions(one, other, share, people))

    assert all(over[inside] > 1e-9 for inside in found)
    assert bool(found) == (max(over.values()) > 1e-5)


def test_prices_that_do_not_pay_are_raised_and_then_prove_a_bound():
    score, allowed = made_up(9, 2)
    free = PeerPrices(np.zeros(9, dtype=np.int64), 0, ((0, 1, 2),), (SCALE,))
    found = peer_matching(score, allowed, draw(9))

    raised = safe_prices(score, allowed, free)

    claim = replace(found.claim, prices=raised)
    assert prove_peers(score, allowed, replace(claim, prices=free)).violators > 0
    assert prove_peers(score, allowed, claim).violators == 0
    assert prove_peers(score, allowed, claim).bound_total >= found.total


@pytest.mark.parametrize(
    "broken",
    [
        {"other": np.array([0, 3])},
        {"other": np.array([1, 4])},
        {"prices": PeerPrices(np.array([-1, 0, 0, 0, 0]), 0, (), ())},
        {"prices": PeerPrices(np.zeros(5, dtype=np.int64), 0, ((0, 1),), (1,))},
        {"prices": PeerPrices(np.zeros(5, dtype=np.int64), 0, ((0, 1, 1),), (1,))},
        {"prices": PeerPrices(np.zeros(5, dtype=np.int64), 0, ((0, 1, 2),), (-1,))},
    ],
)
def test_a_claim_that_is_no_claim_is_refused(broken):
    allowed = ~np.eye(5, dtype=bool)
    allowed[2, 4] = allowed[4, 2] = False
    prices = PeerPrices(np.zeros(5, dtype=np.int64), 0, (), ())
    claim = PeerClaim(np.array([0, 2]), np.array([1, 3]), np.zeros(5, dtype=bool), prices)

    with pytest.raises(ArithmeticError):
        prove_peers(allowed * 5, allowed, replace(claim, **broken))
