"""Which pairs are eligible, what does each score, and how many may each person have?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.problem import MatchingError

Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
NOBODY = -1
BLOCK_PAIRS = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class EligiblePairs:
    """All pairs that may be matched, by mentee, then mentor (compressed rows).

    The pairs of mentee `i` stand at `start[i]:start[i + 1]` in `mentor` (positions) and
    `score` (0 to 1,000,000). `capacity` is places by mentor, `minimum` the load each should reach
    (None: none), `demand` how many mentors each mentee may have (None: one), and `first` is 0
    for a mentee who has a mentor already and so does not count as served by one more (None: 1 for
    all). A pair not listed is forbidden.
    """

    start: Ints
    mentor: Ints
    score: Ints
    capacity: Ints
    demand: Ints | None = None
    minimum: Ints | None = None
    first: Ints | None = None

    @property
    def mentees(self) -> int:
        return len(self.start) - 1

    @property
    def mentors(self) -> int:
        return len(self.capacity)

    @property
    def demands(self) -> Ints:
        """How many mentors each mentee may have."""
        return np.ones(self.mentees, dtype=np.int64) if self.demand is None else self.demand

    @property
    def firsts(self) -> Ints:
        """How many of each mentee's matches count as serving them: one, or none."""
        return np.minimum(self.demands, 1 if self.first is None else self.first)

    @property
    def minimums(self) -> Ints:
        """The load each mentor should reach."""
        return np.zeros(self.mentors, dtype=np.int64) if self.minimum is None else self.minimum

    @property
    def is_single(self) -> bool:
        """Whether nobody may have more than one mentor."""
        return self.demand is None or not np.any(self.demand > 1)

    def __len__(self) -> int:
        return len(self.mentor)

    def mentee_of_each(self) -> NDArray[np.int32]:
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

    def only(self, keep: Bools) -> "EligiblePairs":
        """Return the pairs that a mask over all pairs keeps."""
        before = np.zeros(len(keep) + 1, dtype=np.int64)
        np.cumsum(keep, out=before[1:])
        start = before[self.start]
        return replace(self, start=start, mentor=self.mentor[keep], score=self.score[keep])

    def positions_of(self, mentee: Ints, mentor: Ints) -> NDArray[np.int64]:
        """Return where each of these pairs stands; -1 for one that is not listed."""
        if not len(self) or not len(mentee):
            return np.full(len(mentee), NOBODY, dtype=np.int64)
        keys = self.mentee_of_each().astype(np.int64) * self.mentors + self.mentor
        wanted = np.asarray(mentee, dtype=np.int64) * self.mentors + mentor
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, place, NOBODY)


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


def reordered(pairs: EligiblePairs, mentees: Ints, mentors: Ints) -> EligiblePairs:
    """Return the same pairs for people who stand in another order (by side: who stands where).

    >>> pairs = from_edges(np.array([0, 1]), np.array([0, 0]), np.array([5, 8]), 2, np.array([1]))
    >>> reordered(pairs, np.array([1, 0]), np.array([0])).score.tolist()
    [8, 5]
    """
    row, column = np.argsort(mentees), np.argsort(mentors)
    ends = row[pairs.mentee_of_each()], column[pairs.mentor]
    moved = from_edges(*ends, pairs.score, pairs.mentees, pairs.capacity[mentors])
    return replace(
        moved,
        demand=None if pairs.demand is None else pairs.demand[mentees],
        minimum=None if pairs.minimum is None else pairs.minimum[mentors],
        first=None if pairs.first is None else pairs.first[mentees],
    )


def ends_of(pairs: EligiblePairs, taken: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the mentees and the mentors of some pairs (`taken`: positions of pairs)."""
    mentee = np.searchsorted(pairs.start, taken, side="right") - 1
    return mentee, pairs.mentor[taken].astype(np.int64)


def loads_of(pairs: EligiblePairs, taken: Ints) -> tuple[Ints, Ints]:
    """Return how many matches each mentee and each mentor has (`taken`: positions of pairs)."""
    mentee, mentor = ends_of(pairs, taken)
    return (
        np.bincount(mentee, minlength=pairs.mentees),
        np.bincount(mentor, minlength=pairs.mentors),
    )
