"""Which prices show that no other set of meetings is worth more?

Shortest paths on the finished set (Bellman 1958), as in prices.py, with one more node for the tables.
Nothing of the solver is used, so the prices are the same whichever solver found the set.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.pairs import EligiblePairs, Ints, ends_of, loads_of
from lodestar.engine.matching.problem import TooLargeError
from lodestar.engine.rotation.meeting_flow import NEVER, Terms

FAR = 2**60
NOT_HEAVIEST = (
    "The solver at hand is not exact enough for these numbers: install the `solver` extra, or plan the "
    "event in two halves."
)


@dataclass(frozen=True, slots=True, eq=False)
class MeetingPrices:
    """What an hour at the table costs: by mentee, by mentor (the table included), and the table alone.

    A pair whose weight exceeds its two prices meets, one whose weight is below them does not.
    """

    mentee: NDArray[np.int64]
    mentor: NDArray[np.int64]
    table: int

    def surplus(self, mentee: Ints, mentor: Ints, weight: Ints) -> NDArray[np.int64]:
        """Return by how much each pair's weight exceeds its prices."""
        return weight.astype(np.int64) - self.mentee[mentee] - self.mentor[mentor]


def prices_of(pairs: EligiblePairs, taken: Taken, weight: Ints, terms: Terms) -> MeetingPrices:
    """Return prices that support a set of meetings (positions of pairs) of the largest worth.

    Raises TooLargeError where no prices do, because a solver's set is not of the largest worth.

    >>> from lodestar.engine.rotation.meeting_flow import free_terms
    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> prices_of(pairs, np.array([1]), pairs.score, free_terms(np.array([1, 1]), np.array([1]), 9)).mentor.tolist()
    [5]
    """
    mentee_load, mentor_load = loads_of(pairs, taken)
    next_of_mentee, last_of_mentee = around(terms.mentee_gain, mentee_load)
    next_of_mentor, last_of_mentor = around(terms.mentor_gain, mentor_load)
    ends, seated, more = ends_of(pairs, taken), mentor_load > 0, next_of_mentor != NEVER
    among = _NotTaken.of(pairs, taken, weight)
    mentee = np.where(next_of_mentee == NEVER, FAR, -next_of_mentee)
    mentor, table = np.full(pairs.mentors, FAR, dtype=np.int64), 0
    for _ in range(pairs.mentees + pairs.mentors + 3):
        before = mentee.copy(), mentor.copy(), table
        mentor[seated] = np.minimum(mentor, table + last_of_mentor)[seated]
        np.minimum(mentor, among.least_by_mentor(mentee), out=mentor)
        np.minimum.at(mentee, ends[0], mentor[ends[1]] + weight[taken])
        table = min(table, int((mentor - next_of_mentor)[more].min(initial=0)))
        if table == before[2] and all(map(np.array_equal, (mentee, mentor), before[:2])):
            break
    else:
        raise TooLargeError(NOT_HEAVIEST)
    sells_at_a_loss = bool(((mentee + last_of_mentee)[mentee_load > 0] < 0).any())
    if sells_at_a_loss or (table and len(taken) < terms.limit):
        raise TooLargeError(NOT_HEAVIEST)
    unbound = table + np.where(more, next_of_mentor, 0)
    mentor = np.where(mentor >= FAR // 2, unbound, mentor)
    dearest = np.zeros(pairs.mentees, dtype=np.int64)
    np.maximum.at(dearest, pairs.mentee_of_each(), weight + mentor[pairs.mentor])
    return MeetingPrices(np.where(mentee >= FAR // 2, dearest, mentee), -mentor, -table)


def around(gain: NDArray[np.int64], load: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what each person's next meeting would add (or NEVER), and what the last one did (0: none).

    >>> around(np.array([[7, 3], [7, NEVER]]), np.array([1, 1]))[0].tolist()
    [3, -1152921504606846976]
    """
    everyone = np.arange(len(load))
    wider = np.pad(gain, ((0, 0), (1, 1)), constant_values=NEVER)
    last = np.where(load > 0, wider[everyone, load], 0)
    return wider[everyone, load + 1], last


@dataclass(frozen=True, slots=True, eq=False)
class _NotTaken:
    """The pairs in order of mentors, with the taken ones put out of reach."""

    start: Ints
    mentee: Ints
    weight: NDArray[np.int64]
    filled: Ints

    @classmethod
    def of(cls, pairs: EligiblePairs, taken: Taken, weight: Ints) -> "_NotTaken":
        free = weight.astype(np.int64)
        free[taken] = -FAR
        order = np.argsort(pairs.mentor, kind="stable")
        start = np.searchsorted(pairs.mentor[order], np.arange(pairs.mentors + 1))
        filled = np.flatnonzero(np.diff(start) > 0)
        return cls(start, pairs.mentee_of_each()[order], free[order], filled)

    def least_by_mentor(self, mentee_price: NDArray[np.int64]) -> NDArray[np.int64]:
        least = np.full(len(self.start) - 1, FAR, dtype=np.int64)
        if len(self.filled):
            asked = mentee_price[self.mentee] - self.weight
            least[self.filled] = np.minimum.reduceat(asked, self.start[self.filled])
        return least
