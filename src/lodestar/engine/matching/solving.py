"""How does one solve go from pairs to a settled, proven matching, level by level?

Strictly in this order: (1) most mentees with at least one mentor, (2) most of the mentors' minimum
loads, (3) under `worst-first` the worst match as good as possible, (4) the largest total, (5) one
lottery among equals. Levels 1 and 2 can always be reached together (Mendelsohn & Dulmage 1958; Pym 1969).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken, Units, heaviest_matching, units_of
from lodestar.engine.matching.ceiling import highest_worst, why_not_higher
from lodestar.engine.matching.certificate import Claim, Proof, prove
from lodestar.engine.matching.covers import Cover, filled_cover, served_cover
from lodestar.engine.matching.faces import face_of
from lodestar.engine.matching.lottery import Drawn, settle
from lodestar.engine.matching.pairs import NOBODY, EligiblePairs, Ints, ends_of, loads_of
from lodestar.engine.matching.prices import Prices, highest_prices, lowest_prices
from lodestar.engine.matching.problem import PERFECT

LEAST_BONUS = 2 * PERFECT
SAFE_TOTAL = 2**60


@dataclass(frozen=True, slots=True)
class Aims:
    """Which levels come before the total: serving the most, then the worst match."""

    serve: bool = True
    worst_first: bool = False


SERVE, WORST_FIRST, TOTAL = Aims(), Aims(worst_first=True), Aims(serve=False)


class Pool(Protocol):
    """The pairs in play, and a way to ask whether one outside would change the answer."""

    @property
    def pairs(self) -> EligiblePairs:
        """The pairs in play."""

    @property
    def weight(self) -> Ints:
        """What each pair in play counts, usually its score."""

    @property
    def is_whole(self) -> bool:
        """Whether every pair is in play."""

    def widen_by_prices(self, prices: Prices, least: int) -> bool:
        """Bring into play pairs scoring `least` or more that prices do not pay; tell if there were any."""

    def widen_by_covers(self, covers: Sequence[Cover]) -> bool:
        """Bring into play pairs that lead out of a cover; tell if there were any."""

    def widen_by_ties(self, prices: Prices, least: int) -> bool:
        """Bring into play every pair that prices exactly pay; tell if some were not even paid."""


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A pool in which all pairs are in play from the beginning."""

    pairs: EligiblePairs
    weight: Ints
    is_whole: bool = True

    def widen_by_prices(self, prices: Prices, least: int) -> bool:  # noqa: ARG002
        """Nothing is missing."""
        return False

    def widen_by_covers(self, covers: Sequence[Cover]) -> bool:  # noqa: ARG002
        """Nothing is missing."""
        return False

    def widen_by_ties(self, prices: Prices, least: int) -> bool:  # noqa: ARG002
        """Nothing is missing."""
        return False


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """A settled matching with everything its proof needs, and the largest prices besides.

    `claim.price` holds the smallest prices; `highest` the largest that also prove it.
    """

    claim: Claim
    highest: NDArray[np.int64]

    def partners(self, mentees: int) -> NDArray[np.int64]:
        """Return each mentee's mentor (position, or -1), for one mentor each."""
        partner = np.full(mentees, NOBODY, dtype=np.int64)
        partner[self.claim.mentee] = self.claim.mentor
        return partner


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A heaviest matching on the pairs in play that score `least` or more."""

    pairs: EligiblePairs
    weight: Ints
    taken: Taken
    units: Units
    least: int
    serves: bool
    served: Cover | None = None
    filled: Cover | None = None
    ceiling: Cover | None = None

    @property
    def reached(self) -> tuple[int, int]:
        """How many mentees are served and how many minimum places filled."""
        mentee_load, mentor_load = loads_of(self.pairs, self.taken)
        filled = np.minimum(mentor_load, self.units.mentor_first).sum()
        return int(np.minimum(mentee_load, self.units.mentee_first).sum()), int(filled)

    def covered(self) -> "_Found":
        """Return the same with the covers which show that it serves and fills the most, if it does."""
        if not self.serves:
            return self
        return replace(
            self,
            served=served_cover(self.pairs, self.taken, self.least),
            filled=filled_cover(self.pairs, self.taken, self.least),
        )


def best_matching(pool: Pool, aims: Aims, drawn: Drawn) -> Solution:
    """Solve exactly, level by level, then let the lottery choose among equals.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([9, 4, 5]), np.array([1, 1]))
    >>> found = best_matching(Listed(pairs, pairs.score), SERVE, draw(1, "ab", "xy"))
    >>> found.partners(2).tolist()
    [1, 0]
    """
    found = _heaviest(pool, 0, aims)
    if aims.worst_first and any(found.reached):
        found = _with_best_worst(pool, found, aims)
    highest = highest_prices(found.pairs, found.taken, found.weight, found.units)
    prices = lowest_prices(found.pairs, found.taken, found.weight, found.units)
    while pool.widen_by_ties(prices, found.least):
        found = _in_play(pool, found)
        prices = lowest_prices(found.pairs, found.taken, found.weight, found.units)
    found = _in_play(pool, found)
    taken = settle(face_of(found.pairs, found.weight, found.units, prices), drawn)
    return Solution(_claim(found, taken, prices), highest.mentor)


def proof_of(pairs: EligiblePairs, weight: Ints, solution: Solution) -> Proof:
    """Prove a solution with one full scan, trusting nothing that found it."""
    return prove(pairs, weight, solution.claim)


def _heaviest(pool: Pool, least: int, aims: Aims) -> _Found:
    """Find the heaviest matching of all pairs scoring `least` or more that serves and fills the most."""
    bonus = _first_bonus(pool) if aims.serve else (0, 0)
    while True:
        pairs, weight = _scoring(pool, least)
        units = units_of(pairs, *bonus)
        found = _Found(
            pairs, weight, heaviest_matching(pairs, weight, units), units, least, aims.serve
        )
        found = found.covered()
        if aims.serve and None in (found.served, found.filled):
            bonus = (2 * bonus[0], 2 * bonus[1])
        elif not _widened(pool, found):
            return found


def _widened(pool: Pool, found: _Found) -> bool:
    """Bring into play what would change the answer."""
    if pool.is_whole:
        return False
    prices = highest_prices(found.pairs, found.taken, found.weight, found.units)
    by_prices = pool.widen_by_prices(prices, found.least)
    covers = [cover for cover in (found.served, found.filled) if cover]
    return by_prices or (bool(covers) and pool.widen_by_covers(covers))


def _first_bonus(pool: Pool) -> tuple[int, int]:
    """Return what serving a mentee and filling a minimum place count beside any total.

    Where numbers stay exact, twice what is enough for certain, so that a price tells mentees, places
    and points apart. Else something large: the covers tell whether
    it was enough, and it is doubled until it is.
    """
    pairs = pool.pairs
    most = min(int(pairs.demands.sum()), int(pairs.capacity.sum()))
    filling = 2 * (most + 1) * max(int(pool.weight.max(initial=0)), PERFECT) + 1
    serving = filling * (int(pairs.minimums.sum()) + 1)
    if pool.is_whole and serving * (most + 1) <= SAFE_TOTAL:
        return serving, filling
    return 2 * LEAST_BONUS, LEAST_BONUS


def _with_best_worst(pool: Pool, found: _Found, aims: Aims) -> _Found:
    """Raise the worst match as far as it goes, then find the heaviest matching above it."""
    served, filled = found.reached
    known = int(found.pairs.score[found.taken].min())
    while True:
        least = highest_worst(pool.pairs, served, filled, known)
        ceiling = why_not_higher(pool.pairs, least + 1, served)
        if not pool.widen_by_covers([ceiling]):
            break
        known = least
    return replace(_heaviest(pool, least, aims), ceiling=ceiling)


def _scoring(pool: Pool, least: int) -> tuple[EligiblePairs, Ints]:
    keep = pool.pairs.score >= least
    return (pool.pairs, pool.weight) if keep.all() else (pool.pairs.only(keep), pool.weight[keep])


def _in_play(pool: Pool, found: _Found) -> _Found:
    """Return the same matching among the pairs that are in play by now."""
    if pool.is_whole:
        return found
    pairs, weight = _scoring(pool, found.least)
    ends = ends_of(found.pairs, found.taken)
    return replace(found, pairs=pairs, weight=weight, taken=pairs.positions_of(*ends))


def _claim(found: _Found, taken: Taken, prices: Prices) -> Claim:
    mentee, mentor = ends_of(found.pairs, taken)
    return Claim(
        mentee=mentee,
        mentor=mentor,
        price=prices.mentor,
        serving=found.units.mentee_bonus,
        filling=found.units.mentor_bonus,
        least=found.least,
        served=found.served,
        filled=found.filled,
        ceiling=found.ceiling,
    )
