"""What do single named pairs add: a choice somebody ranked, a pair that may not meet?

Few pairs, so they are kept one by one: the mentors by mentee, with points or FORBIDDEN.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.values import parted_by_commas, plain, values_of
from lodestar.engine.matching.criteria import Bools, Finding, answered, incidence
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.prices import positions_in
from lodestar.engine.matching.problem import Answer
from lodestar.engine.matching.terms import FORBIDDEN, MIDDLE, Points, rounded_mean

FULL = 100


@dataclass(frozen=True, slots=True, eq=False)
class ListedPairs:
    """Points of named pairs, by mentee, then mentor (compressed rows, positions)."""

    start: Ints
    mentor: Ints
    points: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Mapping[tuple[int, int], int], mentees: int) -> "ListedPairs":
        """Lay out pairs given as (mentee, mentor) positions with their points."""
        ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        points = np.array([pairs[mentee, mentor] for mentee, mentor in ends.tolist()])
        start = np.searchsorted(ends[:, 0], np.arange(mentees + 1))
        return cls(start, ends[:, 1], points.astype(np.int64))

    @classmethod
    def joined(cls, parts: Iterable["ListedPairs"], mentees: int) -> "ListedPairs":
        """Add up the points of several lists."""
        parts = list(parts)
        mentee = np.concatenate([np.repeat(np.arange(mentees), np.diff(p.start)) for p in parts])
        mentor = np.concatenate([part.mentor for part in parts])
        points = np.concatenate([part.points for part in parts])
        width = int(mentor.max(initial=-1)) + 1
        keys, place = np.unique(mentee * width + mentor, return_inverse=True)
        whole = np.zeros(len(keys), dtype=np.int64)
        np.add.at(whole, place, points)
        if not width:
            return cls(np.zeros(mentees + 1, dtype=np.int64), keys, whole)
        start = np.searchsorted(keys // width, np.arange(mentees + 1))
        return cls(start, keys % width, whole)

    def __len__(self) -> int:
        return len(self.mentor)

    def add_to(self, block: Points, rows: Ints, columns: Ints) -> None:
        """Add the points of the pairs that stand in a block (`columns` ascending)."""
        among = positions_in(self.start, rows)
        place = np.searchsorted(columns, self.mentor[among])
        inside = np.flatnonzero(place < len(columns))
        inside = inside[columns[place[inside]] == self.mentor[among[inside]]]
        row = np.repeat(np.arange(len(rows)), np.diff(self.start)[rows])
        block[row[inside], place[inside]] += self.points[among[inside]]

    def points_between(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return the points of mentees paired one by one with mentors; 0 for a pair not named."""
        found = np.zeros(len(mentees), dtype=np.int64)
        for place, (mentee, mentor) in enumerate(
            zip(mentees.tolist(), mentors.tolist(), strict=True)
        ):
            span = slice(int(self.start[mentee]), int(self.start[mentee + 1]))
            at = np.searchsorted(self.mentor[span], mentor)
            if at < span.stop - span.start and self.mentor[span][at] == mentor:
                found[place] = self.points[span][at]
        return found

    def broken_by(self, mentee: int, mentors: Ints) -> Bools:
        """Tell which of these mentors may not meet a mentee."""
        named = slice(int(self.start[mentee]), int(self.start[mentee + 1]))
        return np.isin(mentors, self.mentor[named][self.points[named] < 0])


def forbidden_pairs(pairs: Iterable[tuple[int, int]], mentees: int) -> ListedPairs:
    """Return pairs (mentee, mentor) that may not meet."""
    return ListedPairs.of(dict.fromkeys(pairs, FORBIDDEN), mentees)


def sharing_pairs(
    mentees: Sequence[Sequence[str]], mentors: Sequence[Sequence[str]], most: int
) -> ListedPairs | None:
    """Return the pairs that share a value as forbidden ones; None where there are more than `most`."""
    who = incidence(mentees, mentors)
    if int(who.mentees.sum(axis=0) @ who.mentors.sum(axis=0)) > most:
        return None
    both = (who.mentees @ who.mentors.T).tocsr()
    both.sort_indices()
    points = np.full(both.nnz, FORBIDDEN, dtype=np.int64)
    return ListedPairs(both.indptr.astype(np.int64), both.indices.astype(np.int64), points)


def ranked_names(answer: Answer, known: Collection[str]) -> tuple[str, ...]:
    """Return whom a list names, in order and each once; a comma parts names unless it stands within one.

    >>> ranked_names(("M-2, M-1", "M-2"), {"m-1", "m-2"})
    ('M-2', 'M-1')
    """
    named = [name for value in values_of(answer) for name in parted_by_commas(value, known)]
    return values_of(tuple(named))


class RankedTerm:
    """The mentee's list in order: 100 for the first choice, down to 100/n for the last.

    A mentee without a list counts at the mean of those who have one, with everybody alike.
    """

    def __init__(self, mentees: Sequence[Answer], mentors: Sequence[Answer], share: int) -> None:
        self.offered = [values_of(answer) for answer in mentors]
        known = {plain(value) for values in self.offered for value in values}
        self.choices = [ranked_names(answer, known) for answer in mentees]
        self.mentee_answered = answered(self.choices)
        self.mentor_answered: Bools = np.ones(len(mentors), dtype=bool)
        self.listed = ListedPairs.of(self._chosen(share), len(mentees))
        earned = np.array([self.listed.points.sum()])
        cells = int(self.mentee_answered.sum()) * len(mentors)
        self.blank = int(rounded_mean(earned, cells, MIDDLE * share)[0])

    def _chosen(self, share: int) -> dict[tuple[int, int], int]:
        mentors_of: dict[str, list[int]] = {}
        for column, values in enumerate(self.offered):
            for value in values:
                mentors_of.setdefault(plain(value), []).append(column)
        points: dict[tuple[int, int], int] = {}
        for row, values in enumerate(self.choices):
            for rank, value in enumerate(values):
                worth = share * (FULL * (len(values) - rank) // len(values))
                for column in mentors_of.get(plain(value), ()):
                    points[row, column] = max(points.get((row, column), 0), worth)
        return points

    def add_to(self, block: Points, rows: Ints, columns: Ints) -> None:
        """Add the points of a block of mentees and mentors (`columns` ascending)."""
        self.listed.add_to(block, rows, columns)
        silent = ~self.mentee_answered[rows]
        block[silent] += np.float32(self.blank)

    def points(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return the points of mentees paired one by one with mentors."""
        chosen = self.listed.points_between(mentees, mentors)
        return np.where(self.mentee_answered[mentees], chosen, self.blank)

    def finding(self, mentee: int, mentor: int) -> Finding | None:
        """Return which choice of the mentee this mentor is."""
        offered = {plain(value) for value in self.offered[mentor]}
        ranks = [
            rank for rank, value in enumerate(self.choices[mentee], 1) if plain(value) in offered
        ]
        return ("choice", (str(ranks[0]),)) if ranks else None
