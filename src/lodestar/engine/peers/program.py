"""Which pairs among peers have the largest total, of all ways to make as many pairs?

A linear program over each person's best pairs. Odd sets that its answer overfills (cuts.py), or that block it
where that does not help (blocks.py), become rows, and pairs left out at first come in when the prices do
not pay them, until neither is left: then the corner in which the simplex method ends is whole, and the prices
prove it over all pairs (Edmonds 1965; lazily, as Grötschel & Holland 1985).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from lodestar.engine.matching.lottery import FINEST, mixed
from lodestar.engine.matching.pairs import NOBODY, Bools, Ints
from lodestar.engine.matching.problem import TooLargeError
from lodestar.engine.peers.blocks import blocking_sets
from lodestar.engine.peers.cover import Partners, most_paired
from lodestar.engine.peers.cuts import Fractions, OddSet, overfilled_sets
from lodestar.engine.peers.proof import SCALE, PeerPrices, safe_prices
from lodestar.engine.peers.start import exchanged, greedy_pairs

CANDIDATES = 10
NEWCOMERS = 3
PATIENCE = 5
MOSTLY = 0.75
SLIGHT = 1e-4
CLOSE = SCALE // 8


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Matchings to choose from: allowed pairs, who must be paired, odd sets that must be full."""

    allowed: Bools
    must: Bools
    full: tuple[OddSet, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The best pairs found (partner by person, or -1), prices that bound all others, and whether they end the search."""

    partner: Partners
    prices: PeerPrices
    is_finished: bool


def heaviest_peers(
    weight: Ints, region: Region, start: Partners, may_go_on: Callable[[], bool]
) -> Solved:
    """Return the heaviest matching of as many pairs as `start`, which is one of the region.

    `weight` is symmetric, whole and not below zero. `may_go_on` is asked before each linear program. Raises
    TooLargeError if the simplex solver gives up.

    >>> weight = np.array([[0, 9, 1, 8], [9, 0, 8, 1], [1, 8, 0, 2], [8, 1, 2, 0]])
    >>> region = Region(~np.eye(4, dtype=bool), np.zeros(4, dtype=bool))
    >>> heaviest_peers(weight, region, np.array([1, 0, 3, 2]), lambda: True).partner.tolist()
    [3, 2, 1, 0]
    """
    if not np.any(start != NOBODY):
        return Solved(start, starting_prices(weight, region.allowed), True)
    search = _Search(weight, region, start)
    while may_go_on():
        if search.step():
            return search.answer(is_finished=True)
    return search.answer(is_finished=False)


def total_of(weight: Ints, partner: Partners) -> int:
    """Return the weight of a matching."""
    one = np.flatnonzero(partner > np.arange(len(partner)))
    return int(weight[one, partner[one]].sum(dtype=np.int64))


def starting_prices(weight: Ints, allowed: Bools) -> PeerPrices:
    """Return prices that pay every pair without any search: half of each person's best."""
    nobody = np.zeros(len(weight), dtype=np.int64)
    return safe_prices(weight, allowed, PeerPrices(nobody, 0, (), ()))


def narrowed(weight: Ints, region: Region, solved: Solved) -> Region:
    """Return the matchings that are as heavy: pairs exactly paid, people and sets with a price full.

    Complementary slackness; to a slight tolerance, so whoever chooses among them checks the weight again.
    """
    prices, slight = solved.prices, SLIGHT * SCALE
    exactly = prices.paid() - weight.astype(np.int64) * SCALE <= slight
    must = region.must | (prices.person > slight)
    full = tuple(sorted({*region.full, *_priced(prices)}))
    return Region(region.allowed & exactly, must, full)


def _priced(prices: PeerPrices) -> list[OddSet]:
    both = zip(prices.sets, prices.set_price, strict=True)
    return [members for members, price in both if price > SLIGHT * SCALE]


def holds(region: Region, partner: Partners) -> bool:
    """Tell whether a matching is one of a region.

    >>> region = Region(np.eye(2, dtype=bool)[::-1], np.array([True, False]))
    >>> holds(region, np.array([1, 0])), holds(region, np.array([-1, -1]))
    (True, False)
    """
    paired = np.flatnonzero(partner != NOBODY)
    is_full = all(
        np.isin(partner[list(members)], members).sum() == len(members) - 1
        for members in region.full
    )
    is_allowed = bool(region.allowed[paired, partner[paired]].all())
    return is_full and is_allowed and not region.must[partner == NOBODY].any()


class _Search:
    """The program as it grows, its last answer, the best pairs so far and prices that bound all others."""

    def __init__(self, weight: Ints, region: Region, start: Partners) -> None:
        self.weight = weight.astype(np.int64)
        self.region = region
        self.is_shutting = not region.full and not region.must.any()
        self.best = start
        self.open = np.triu(region.allowed, 1)
        self.count = int((start != NOBODY).sum()) // 2
        self.sets: list[OddSet] = list(region.full)
        self.one, self.other = _candidates(self.weight, region.allowed, start)
        self.nudge = _nudges(len(weight))
        self.is_nudged = False
        self.stalled = 0
        self.prices = self.safe = starting_prices(weight, region.allowed)
        self.share = (start[self.one] == self.other).astype(float)

    def step(self) -> bool:
        """Solve once and let in what is missing; tell if the best so far is the best there is."""
        before = self.safe.bound(self.count)
        self._solve()
        taken = Fractions(self.one, self.other, self.share, len(self.weight))
        is_overfilled = self._add(overfilled_sets(taken))
        came_in = self._let_in()
        if not is_overfilled and not came_in:
            return self._ended()
        if is_overfilled and before - self.safe.bound(self.count) < SCALE:
            self._add(self._blocking())
            self.stalled += 1
            self.is_nudged |= self.stalled >= PATIENCE
        if self.is_shutting:
            self._shut_out()
        return self._gap() < CLOSE and self._without_nudges()

    def _ended(self) -> bool:
        """Take the corner; then let in again what was shut out, if the prices do not pay for it."""
        corner = self._rounded(self.share > MOSTLY)
        if (corner != NOBODY).sum() == 2 * self.count:
            self.best = max(corner, self.best, key=self._total)
        if not self.is_shutting or self._gap() < CLOSE:
            return self._without_nudges()
        self.is_shutting = False
        self.open = np.triu(self.region.allowed, 1)
        return not self._let_in() and self._without_nudges()

    def _without_nudges(self) -> bool:
        """Solve once more for prices of the true weights."""
        if self.is_nudged:
            self.is_nudged = False
            self._solve()
        return True

    def _add(self, found: Sequence[OddSet]) -> bool:
        fresh = [members for members in found if members not in self.sets]
        self.sets += fresh
        return bool(fresh)

    def _blocking(self) -> list[OddSet]:
        prices, slight = self.prices, SLIGHT * SCALE
        weight = (self.weight + self.nudge * self.is_nudged) * SCALE
        exactly = np.abs(prices.paid() - weight) <= slight
        may_be_over = ~self.region.must & (prices.person <= slight)
        among = exactly & self.region.allowed
        return blocking_sets(among, _priced(prices), self.best, may_be_over)

    def answer(self, *, is_finished: bool) -> Solved:
        return Solved(self.best, self.safe, is_finished)

    def _rounded(self, taken: Bools) -> Partners:
        partner = np.full(len(self.weight), NOBODY, dtype=np.int64)
        partner[self.one[taken]] = self.other[taken]
        partner[self.other[taken]] = self.one[taken]
        return partner

    def _shut_out(self) -> None:
        """Leave out for good the pairs that cannot be in any matching better than the best so far.

        Whoever takes such a pair is further from the bound than the best is.
        """
        allowed = self.region.allowed
        partner = greedy_pairs(self.weight, allowed, self._rounded(self.share > MOSTLY))
        if (partner != NOBODY).sum() < 2 * self.count:
            partner, _ = most_paired(allowed, partner)
        partner = exchanged(self.weight, allowed, partner)
        self.best = max(self.best, partner, key=self._total)
        self.open &= self.safe.paid() - self.weight * SCALE <= self._gap()
        kept = np.zeros_like(self.open)
        kept[self.one, self.other] = self.open[self.one, self.other]
        # With the best so far among them there is always an answer.
        one = np.flatnonzero(self.best > np.arange(len(self.best)))
        kept[one, self.best[one]] = True
        self.one, self.other = np.nonzero(kept)

    def _gap(self) -> int:
        return self.safe.bound(self.count) - SCALE * self._total(self.best)

    def _total(self, partner: Partners) -> int:
        return total_of(self.weight, partner)

    def _solve(self) -> None:
        """Rows: people, odd sets, and the number of pairs."""
        sets = len(self.sets)
        room = [1] * len(self.weight) + [len(members) // 2 for members in self.sets] + [self.count]
        most = np.array(room, dtype=float)
        is_full = np.arange(sets) < len(self.region.full)
        exact = np.concatenate([self.region.must, is_full, [True]])
        table = self._table()
        worth = self.weight[self.one, self.other].astype(float)
        worth += self.nudge[self.one, self.other] * self.is_nudged
        program: Any = linprog  # its published types know no sparse tables
        found = program(
            -worth,
            A_ub=table[~exact],
            b_ub=most[~exact],
            A_eq=table[exact],
            b_eq=most[exact],
            bounds=(0, None),
            method="highs-ds",
        )
        if not found.success:
            raise TooLargeError(f"The simplex solver gave up on the pairs: {found.message}")
        self.share = found.x
        price = np.zeros(len(room))
        price[~exact], price[exact] = -found.ineqlin.marginals, -found.eqlin.marginals
        self._keep(price)

    def _table(self) -> csr_array:
        """In which rows each pair counts."""
        people, every = len(self.weight), np.arange(len(self.one))
        inside = np.zeros((len(self.sets), people), dtype=bool)
        for number, members in enumerate(self.sets):
            inside[number, list(members)] = True
        of_set, within = np.nonzero(inside[:, self.one] & inside[:, self.other])
        last = np.full(len(every), people + len(self.sets))
        row = np.concatenate([self.one, self.other, people + of_set, last])
        column = np.concatenate([every, every, within, every])
        return csr_array((np.ones(len(row)), (row, column)))

    def _keep(self, price: NDArray[np.float64]) -> None:
        """Keep the prices, and those raised to pay for every pair if they are the best such."""
        people = len(self.weight)
        scaled = np.ceil(price * SCALE).astype(np.int64)
        of_sets = tuple(scaled[people:-1].tolist())
        self.prices = PeerPrices(scaled[:people], int(scaled[-1]), tuple(self.sets), of_sets)
        raised = safe_prices(self.weight, self.region.allowed, self.prices)
        self.safe = min(raised, self.safe, key=lambda prices: prices.bound(self.count))

    def _let_in(self) -> bool:
        """Let in the pairs that are paid least, a few of each person; tell if there were any."""
        short = self.weight + self.nudge * self.is_nudged - self.prices.paid() / SCALE
        short[~self.open] = 0
        short[self.one, self.other] = 0
        if short.max(initial=0) <= SLIGHT:
            return False
        best = np.argpartition(-short, min(NEWCOMERS, len(short) - 1), axis=1)[:, :NEWCOMERS]
        one = np.repeat(np.arange(len(short)), best.shape[1])
        other = best.ravel()
        fresh = short[one, other] > SLIGHT
        self.one = np.concatenate([self.one, one[fresh]])
        self.other = np.concatenate([self.other, other[fresh]])
        self.share = np.concatenate([self.share, np.zeros(int(fresh.sum()))])
        return True


def _nudges(people: int) -> NDArray[np.float64]:
    """Return a little for each pair, for all pairs of a matching less than CLOSE, which tells equals apart."""
    number = np.arange(people, dtype=np.uint64)
    lot = np.triu(mixed(number[:, None], number[None, :]) % np.uint64(FINEST), 1).astype(float)
    return np.asarray((lot + lot.T) * CLOSE / (SCALE * FINEST * max(1, people)))


def _candidates(weight: Ints, allowed: Bools, start: Partners) -> tuple[Ints, Ints]:
    """Return each person's best pairs, and the pairs there are; the smaller position first."""
    people = len(weight)
    worth = np.where(allowed, weight, -1)
    kept = np.zeros((people, people), dtype=bool)
    if people > CANDIDATES:
        best = np.argsort(-worth, axis=1, kind="stable")[:, :CANDIDATES]
        kept[np.arange(people)[:, None], best] = True
    else:
        kept[:] = True
    paired = np.flatnonzero(start != NOBODY)
    kept[paired, start[paired]] = True
    one, other = np.nonzero(np.triu((kept | kept.T) & allowed, 1))
    return one.astype(np.int64), other.astype(np.int64)
