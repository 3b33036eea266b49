"""Is this really the best set of meetings?

Weak duality, checked with one scan over all pairs and no code of any solver: whatever the prices, no
set of meetings is worth more than what all pairs gain above their two prices, all people gain by
selling their rounds at theirs, and all tables cost (Ahuja, Magnanti & Orlin 1993, chapter 9). A set
worth exactly that is best. Whole numbers throughout, so nothing needs a tolerance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.pairs import NOBODY, EligiblePairs, Ints, loads_of
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.rotation.meeting_flow import NEVER, Terms, worth_of
from lodestar.engine.rotation.meeting_prices import MeetingPrices

HALF = 31


@dataclass(frozen=True, slots=True)
class MeetingProof:
    """What a set of meetings is worth, and the most that any set could be (points)."""

    value: int
    bound: int

    @property
    def is_proven(self) -> bool:
        return self.bound == self.value


def prove_meetings(
    pairs: EligiblePairs, weight: Ints, terms: Terms, taken: Taken, prices: MeetingPrices
) -> MeetingProof:
    """Check a set of meetings (positions of pairs) against all sets that the terms allow.

    Raises MatchingError when the set itself is not allowed.

    >>> from lodestar.engine.rotation.meeting_flow import free_terms
    >>> from lodestar.engine.rotation.meeting_prices import prices_of
    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> terms, taken = free_terms(np.array([1, 1]), np.array([1]), 9), np.array([1])
    >>> prove_meetings(pairs, pairs.score, terms, taken, prices_of(pairs, taken, pairs.score, terms))
    MeetingProof(value=8, bound=8)
    """
    _refuse_what_is_not_allowed(pairs, terms, taken)
    return MeetingProof(
        worth_of(pairs, taken, weight, terms), bound_of(pairs, weight, terms, prices)
    )


def bound_of(pairs: EligiblePairs, weight: Ints, terms: Terms, prices: MeetingPrices) -> int:
    """Return the most that any set of meetings can be worth, by these prices."""
    if prices.table < 0:
        raise ArithmeticError("A table cannot cost less than nothing.")
    gained = _positive(terms.mentee_gain, prices.mentee)
    gained += _positive(terms.mentor_gain, prices.mentor - prices.table)
    first = 0
    for mentee, mentor, _ in pairs.blocks():
        worth = weight[first : first + len(mentee)]
        first += len(mentee)
        gained += _sum(np.maximum(prices.surplus(mentee, mentor, worth), 0))
    return gained + prices.table * terms.limit


def _positive(gain: NDArray[np.int64], price: NDArray[np.int64]) -> int:
    selling = np.where(gain == NEVER, 0, gain + price[:, None])
    return _sum(np.maximum(selling, 0))


def _sum(numbers: NDArray[np.int64]) -> int:
    """Add numbers below 2^62 without running over."""
    low = int((numbers & ((1 << HALF) - 1)).sum())
    return low + (int((numbers >> HALF).sum()) << HALF)


def _refuse_what_is_not_allowed(pairs: EligiblePairs, terms: Terms, taken: Taken) -> None:
    mentee_load, mentor_load = loads_of(pairs, taken)
    if np.any(taken == NOBODY) or len(np.unique(taken)) < len(taken):
        raise MatchingError("The rotation holds a pair twice, or one that may not meet.")
    if np.any(mentee_load > terms.mentee_most) or np.any(mentor_load > terms.mentor_most):
        raise MatchingError("The rotation gives somebody more meetings than rounds.")
    if len(taken) > terms.limit:
        raise MatchingError("The rotation holds more meetings than the tables do.")
