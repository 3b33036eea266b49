"""Who should be paired with whom among peers, when everybody may be anybody's partner?

Strictly in this order: most people paired, then the largest total of points, then one lottery among equals:
of those who may be left over the ones with the lowest tickets are, and of equal pairings the one with the
largest sum of lots is taken. Exact, with a proof that trusts no solver (proof.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.groups.reasons import LeftOut
from lodestar.engine.matching.lottery import FINEST, Tickets, mixed
from lodestar.engine.matching.pairs import NOBODY, Bools, Ints
from lodestar.engine.peers.cover import Partners, most_paired
from lodestar.engine.peers.people import check_tables, fused_scores, mutual
from lodestar.engine.peers.program import (
    Region,
    Solved,
    heaviest_peers,
    holds,
    narrowed,
    total_of,
)
from lodestar.engine.peers.proof import PeerClaim, PeerPrices, prove_peers
from lodestar.engine.peers.reasons import left_over_of
from lodestar.engine.peers.start import exchanged, greedy_pairs
from lodestar.engine.peers.trio import Trio, trio_score, with_trio


class OddOne(StrEnum):
    """What becomes of the one person too many: left over, or in one group of three."""

    LEFT_OVER = "left-over"
    TRIO = "trio"


@dataclass(frozen=True, slots=True)
class PeerTerms:
    """What becomes of an odd person, and a question asked before each step: may the search go on?"""

    odd_one: OddOne = OddOne.LEFT_OVER
    may_go_on: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class PeerMatching:
    """Pairs by position, perhaps one trio, and how good they are.

    Nothing pairs more people than `bound_served`; of all ways to pair as many, none total more than
    `bound_total` points. A trio counts half the sum of its three scores. `claim` can be proven again with
    `prove_peers` where there is no trio. `is_drawn` says whether the lottery was held to its end.
    """

    pairs: tuple[tuple[int, int], ...]
    trio: Trio | None
    served: int
    total: int
    bound_served: int
    bound_total: int
    left: tuple[LeftOut, ...]
    is_drawn: bool
    claim: PeerClaim = field(compare=False, repr=False)

    @property
    def is_proven(self) -> bool:
        return (self.served, self.total) == (self.bound_served, self.bound_total)


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Peers in the order of their tickets: fused scores, who may be paired, a lot for each pair."""

    score: NDArray[np.int64]
    allowed: Bools
    lot: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """Partners and perhaps a trio, both bounds, and what proves them."""

    partner: Partners
    trio: Trio | None
    bound_served: int
    bound_total: int
    barrier: Bools
    prices: PeerPrices
    is_drawn: bool


def peer_matching(
    score: Ints, allowed: Bools, drawn: Tickets, terms: PeerTerms | None = None
) -> PeerMatching:
    """Return the best pairs within one set of people; the same for any order of the people.

    `score` (0 to 1,000,000) and `allowed` are tables of people by people, in both directions; a pair must be
    allowed in both. `drawn` has everybody's ticket. Raises MatchingError for tables that do not fit, and
    TooLargeError above 2,000 people.

    >>> score = np.array([[0, 9, 1, 8], [9, 0, 8, 1], [1, 8, 0, 2], [8, 1, 2, 0]])
    >>> found = peer_matching(score, score > 0, np.arange(4, dtype=np.uint64))
    >>> found.pairs, found.total, found.is_proven
    (((0, 3), (1, 2)), 16, True)
    """
    terms = terms or PeerTerms()
    check_tables(score, allowed, drawn)
    order = np.argsort(drawn, kind="stable")
    among = mutual(allowed)
    people = _in_order(fused_scores(score), among, drawn, order)
    answer = _solved(people, terms.may_go_on)
    if np.any(answer.partner == NOBODY) and terms.odd_one is OddOne.TRIO:
        answer = _trioed(people, answer, terms.may_go_on)
    return _as_matching(fused_scores(score), among, _put_back(answer, order))


def _in_order(
    score: NDArray[np.int64], among: Bools, drawn: Tickets, order: NDArray[np.int64]
) -> _People:
    place = np.ix_(order, order)
    ticket = drawn[order]
    upper = np.triu(mixed(ticket[:, None], ticket[None, :]) % np.uint64(FINEST) + np.uint64(1), 1)
    lot = upper.astype(np.int64)
    return _People(score[place], among[place], lot + lot.T)


def _solved(people: _People, may_go_on: Callable[[], bool]) -> _Answer:
    nobody = np.full(len(people.score), NOBODY, dtype=np.int64)
    start = greedy_pairs(people.score, people.allowed, nobody)
    start, barrier = most_paired(people.allowed, start)
    start = exchanged(people.score, people.allowed, start)
    region = Region(people.allowed, nobody != NOBODY)
    found = heaviest_peers(people.score, region, start, may_go_on)
    partner, is_drawn = _drawn(people, region, found, may_go_on)
    return _Answer(partner, None, 0, 0, barrier, found.prices, is_drawn)


def _drawn(
    people: _People, region: Region, found: Solved, may_go_on: Callable[[], bool]
) -> tuple[Partners, bool]:
    """Let the lottery choose among all that are as good: first who is left over, then the pairs.

    Whatever it finds counts only if it is as good as before, to the point.
    """
    rank = np.arange(len(people.score))
    levels = [people.score, rank[:, None] + rank[None, :], people.lot]
    if not np.any(found.partner == NOBODY):
        levels.pop(1)
    partner, has_ended = found.partner, found.is_finished
    for done, (before, lots) in enumerate(pairwise(levels), start=1):
        region = narrowed(before, region, found)
        if not (has_ended and holds(region, partner)):
            return partner, False
        found = heaviest_peers(lots, region, partner, may_go_on)
        same = all(total_of(w, found.partner) == total_of(w, partner) for w in levels[:done])
        has_ended = found.is_finished and same
        partner = found.partner if has_ended else partner
    return partner, has_ended


def _trioed(people: _People, answer: _Answer, may_go_on: Callable[[], bool]) -> _Answer:
    """Make one trio, and draw among equals once more for all others."""
    found = with_trio(people.score, people.allowed, answer.partner, answer.prices, may_go_on)
    served = int((answer.partner != NOBODY).sum()) + 1
    if found.trio is None:
        is_sure = found.is_finished
        return answer if is_sure else replace(answer, bound_served=served)
    partner, is_drawn = found.partner, False
    if found.is_finished:
        others = people.allowed.copy()
        others[list(found.trio)] = others[:, list(found.trio)] = False
        drawn = _solved(_People(people.score, others, people.lot), may_go_on)
        is_drawn = drawn.is_drawn
        partner = drawn.partner if is_drawn else partner
    return replace(
        answer,
        partner=partner,
        trio=found.trio,
        bound_served=served,
        bound_total=found.bound,
        is_drawn=is_drawn,
    )


def _put_back(answer: _Answer, order: NDArray[np.int64]) -> _Answer:
    """Return the answer for people in the order they were given in."""
    partner = np.full(len(order), NOBODY, dtype=np.int64)
    paired = np.flatnonzero(answer.partner != NOBODY)
    partner[order[paired]] = order[answer.partner[paired]]
    barrier, person = np.zeros_like(answer.barrier), np.zeros_like(answer.prices.person)
    barrier[order], person[order] = answer.barrier, answer.prices.person
    sets = tuple(tuple(order[list(members)].tolist()) for members in answer.prices.sets)
    prices = replace(answer.prices, person=person, sets=sets)
    trio = answer.trio and tuple(sorted(order[list(answer.trio)].tolist()))
    return replace(answer, partner=partner, trio=trio, barrier=barrier, prices=prices)


def _as_matching(score: NDArray[np.int64], allowed: Bools, answer: _Answer) -> PeerMatching:
    one = np.flatnonzero(answer.partner > np.arange(len(score)))
    claim = PeerClaim(one, answer.partner[one], answer.barrier, answer.prices)
    proof = prove_peers(score, allowed, claim)
    served, total = proof.served, proof.total
    bounds = max(proof.bound_served, answer.bound_served), proof.bound_total
    if answer.trio is not None:
        served, total = served + 3, total + trio_score(score, answer.trio)
        bounds = answer.bound_served, answer.bound_total
    return PeerMatching(
        tuple(zip(one.tolist(), answer.partner[one].tolist(), strict=True)),
        answer.trio,
        served,
        total,
        *bounds,
        left_over_of(allowed, answer.barrier, answer.partner, answer.trio or ()),
        answer.is_drawn,
        claim,
    )
