"""Which pairs are eligible, and what does each score?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.problem import MatchingError

Ints = NDArray[np.integer[Any]]
BLOCK_PAIRS = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class EligiblePairs:
    """All pairs that may be matched, by mentee, then mentor (compressed rows).

    The pairs of mentee `i` stand at `start[i]:start[i + 1]` in `mentor` (positions) and
    `score` (0 to 1,000,000). `capacity` is places by mentor. A pair not listed is forbidden.
    """

    start: Ints
    mentor: Ints
    score: Ints
    capacity: Ints

    @property
    def mentees(self) -> int:
        return len(self.start) - 1

    @property
    def mentors(self) -> int:
        return len(self.capacity)

    def __len__(self) -> int:
        return len(self.mentor)

    def mentee_of_each(self) -> Ints:
        """Return the position of the mentee of every pair."""
        return np.repeat(np.arange(self.mentees, dtype=np.int32), np.diff(self.start))

    def blocks(self) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Yield all pairs as (mentee, mentor, score) in runs of whole mentees."""
        first = 0
        while first < self.mentees:
            limit = self.start[first] + BLOCK_PAIRS
            last = max(first + 1, int(np.searchsorted(self.start, limit, side="right")) - 1)
            lengths = np.diff(self.start[first : last + 1])
            pairs = slice(int(self.start[first]), int(self.start[last]))
            score = self.score[pairs].astype(np.int64)
            if len(score):
                yield np.repeat(np.arange(first, last), lengths), self.mentor[pairs], score
            first = last

    def only(self, keep: NDArray[np.bool_], capacity: Ints) -> "EligiblePairs":
        """Return the pairs that a mask over all pairs keeps, with other capacities."""
        before = np.zeros(len(keep) + 1, dtype=np.int32)
        np.cumsum(keep, out=before[1:])
        start = before[self.start].astype(np.int64)
        return EligiblePairs(start, self.mentor[keep], self.score[keep], capacity)


def from_edges(
    mentee: Ints, mentor: Ints, score: Ints, mentees: int, capacity: Ints
) -> EligiblePairs:
    """Sort loose edges into rows; refuse a pair that is listed twice."""
    order = np.lexsort((mentor, mentee))
    mentee, mentor, score = mentee[order], mentor[order], score[order]
    if np.any((mentee[1:] == mentee[:-1]) & (mentor[1:] == mentor[:-1])):
        raise MatchingError("A pair is listed twice: keep one row for each mentee and mentor.")
    start = np.searchsorted(mentee, np.arange(mentees + 1)).astype(np.int64)
    return EligiblePairs(start, mentor.astype(np.int32), score.astype(np.int32), capacity)


def scores_of(pairs: EligiblePairs, partner: Ints) -> NDArray[np.int64]:
    """Return the score of each mentee's match; -1 for none or for a forbidden one."""
    found = np.full(pairs.mentees, -1, dtype=np.int64)
    for mentee, mentor, score in pairs.blocks():
        chosen = partner[mentee] == mentor
        found[mentee[chosen]] = score[chosen]
    return found
