"""Which three people form the one group of three, when the number of people is odd?

A trio counts half the sum of its three scores (each of the three has two partners, and the mean of both
counts). With the trio fixed, the others are paired exactly; the prices of the pairs say beforehand how much
each trio can reach at the most, so only the promising ones are tried, the most promising first, until none
left can be better.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import NOBODY, Bools, Ints
from lodestar.engine.peers.cover import Partners, most_paired
from lodestar.engine.peers.program import Region, heaviest_peers, total_of
from lodestar.engine.peers.proof import SCALE, PeerPrices
from lodestar.engine.peers.start import exchanged

FEWEST_TRIES = 200
TRIED_PEOPLE = 40_000
NOTHING = -1
Trio = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Trioed:
    """Pairs and a trio (None where there can be none), their total, and the bound on all such totals."""

    partner: Partners
    trio: Trio | None
    total: int
    bound: int
    is_finished: bool


def trio_score(score: Ints, trio: Trio) -> int:
    """Return what a trio counts: half the sum of its three scores, rounded down.

    >>> trio_score(np.array([[0, 5, 2], [5, 0, 4], [2, 4, 0]]), (0, 1, 2))
    5
    """
    a, b, c = trio
    return int(score[a, b] + score[a, c] + score[b, c]) // 2


def with_trio(
    score: Ints,
    allowed: Bools,
    partner: Partners,
    prices: PeerPrices,
    may_go_on: Callable[[], bool],
) -> Trioed:
    """Return the best pairs with one trio. `partner` pairs the most people, and leaves somebody over."""
    count = int((partner != NOBODY).sum()) // 2
    best = _joined(score, allowed, partner)
    bound, is_cut = 0, False
    most = max(FEWEST_TRIES, TRIED_PEOPLE // len(score))
    known = NOTHING if best.trio is None else best.total
    for tries, (limit, trio) in enumerate(_promising(score, allowed, prices, count, known)):
        if best.trio is not None and limit <= best.total:
            break
        if tries >= most or not may_go_on():
            bound, is_cut = max(bound, limit), True
            break
        tried = _tried(score, allowed, partner, trio, may_go_on)
        bound = max(bound, tried.bound)
        best = max(best, tried, key=lambda one: (one.trio is not None, one.total))
    bound = max(bound, best.total)
    return replace(best, bound=bound, is_finished=not is_cut and bound == best.total)


def _joined(score: Ints, allowed: Bools, partner: Partners) -> Trioed:
    """Let one of those left over join a pair, where it is worth most."""
    one = np.flatnonzero(partner > np.arange(len(partner)))
    other, left = partner[one], np.flatnonzero(partner == NOBODY)
    may = allowed[np.ix_(left, one)] & allowed[np.ix_(left, other)]
    both = score[np.ix_(left, one)] + score[np.ix_(left, other)] - score[one, other]
    if not may.any():
        return Trioed(partner, None, total_of(score, partner), 0, False)
    joins, pair = np.unravel_index(np.argmax(np.where(may, both, both.min() - 1)), both.shape)
    return _as_trioed(score, partner, _sorted((int(left[joins]), int(one[pair]), int(other[pair]))))


def _tried(
    score: Ints, allowed: Bools, partner: Partners, trio: Trio, may_go_on: Callable[[], bool]
) -> Trioed:
    """Pair the others exactly, if as many of them can be paired as with any trio."""
    count = int((partner != NOBODY).sum()) // 2 - 1
    others = allowed.copy()
    others[list(trio)] = others[:, list(trio)] = False
    start = _without(partner, trio)
    start, _ = most_paired(others, start)
    if (start != NOBODY).sum() < 2 * count:
        return Trioed(partner, None, 0, 0, True)
    region = Region(others, np.zeros(len(score), dtype=bool))
    solved = heaviest_peers(score, region, exchanged(score, others, start), may_go_on)
    found = _as_trioed(score, solved.partner, trio)
    bound = solved.prices.bound(count) // SCALE + trio_score(score, trio)
    return Trioed(found.partner, trio, found.total, bound, solved.is_finished)


def _as_trioed(score: Ints, partner: Partners, trio: Trio) -> Trioed:
    partner = _without(partner, trio)
    total = total_of(score, partner) + trio_score(score, trio)
    return Trioed(partner, trio, total, total, True)


def _without(partner: Partners, trio: Trio) -> Partners:
    partner = partner.copy()
    for person in trio:
        if partner[person] != NOBODY:
            partner[partner[person]] = NOBODY
            partner[person] = NOBODY
    return partner


def _promising(
    score: Ints, allowed: Bools, prices: PeerPrices, count: int, known: int
) -> Iterator[tuple[int, Trio]]:
    """Yield trios that may total more than what is known, with how much at the most, the most first."""
    limits, trios = [], []
    rest = prices.bound(count) - prices.pair
    for first in range(len(score) - 2):
        limit = rest + _gain_of(score, prices, first)
        after = np.arange(len(score)) > first
        may = np.triu(allowed & (allowed[first] & after)[:, None] & allowed[first][None, :], 1)
        second, third = np.nonzero(may & (limit > known * SCALE))
        limits.append(limit[second, third])
        trios.append(np.stack([np.full(len(second), first), second, third], axis=1))
    if not limits:
        return
    every, who = np.concatenate(limits), np.concatenate(trios)
    for place in np.argsort(-every, kind="stable"):
        a, b, c = who[place].tolist()
        yield int(every[place] // SCALE), (a, b, c)


def _gain_of(score: Ints, prices: PeerPrices, first: int) -> NDArray[np.int64]:
    """Return, for one person with any two others, what the trio brings above the prices of the three."""
    table = score.astype(np.int64)
    sums = table + table[first][:, None] + table[first][None, :]
    person = prices.person
    gain = sums * (SCALE // 2) - person[first] - person[:, None] - person[None, :]
    for members, price in zip(prices.sets, prices.set_price, strict=True):
        inside = np.zeros(len(table), dtype=np.int64)
        inside[list(members)] = 1
        gain -= price * (inside[first] + inside[:, None] + inside[None, :] >= 2)
    return np.asarray(gain)


def _sorted(trio: Trio) -> Trio:
    a, b, c = sorted(trio)
    return a, b, c
