"""What does the likeness of two free texts add to a score?

Texts come as whole-number vectors (words.py, themes.py) whose products stay below 2^24, so that 32-bit
floating point computes them exactly. A weak signal (Kendall's tau of about 0.3 with self-rated
expertise), hence capped: a cosine of about 0.4 or more counts in full.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lodestar.engine.answers.words import TextVectors, shared_words
from lodestar.engine.matching.criteria import Finding
from lodestar.engine.matching.kernels import Told, closeness_of, is_run
from lodestar.engine.matching.lottery import tickets
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.terms import MIDDLE, Points, rounded_mean

SAMPLE = 1_000
ROWS_AT_ONCE = 256

AnyVectors = TextVectors[csr_array] | TextVectors[NDArray[np.float32]]


class TextTerm:
    """Capped likeness of two texts; where either is missing, the mentee's mean counts.

    The mean is taken over the mentors who wrote something, or over 1,000 of them drawn by lot.
    """

    def __init__(self, vectors: AnyVectors, share: int, mentor_keys: list[str]) -> None:
        """Compile; only as many mentors as there are keys count for the means."""
        self.vectors, self.share = vectors, share
        self.mentee_answered = vectors.mentee_answered
        self.mentor_answered = vectors.mentor_answered
        self.fill = self._fills(mentor_keys)

    def _fills(self, mentor_keys: list[str]) -> NDArray[np.int64]:
        """Return what counts where the mentor wrote nothing, by mentee."""
        answered = self.mentor_answered[: len(mentor_keys)]
        lots = np.where(answered, tickets(0, "text", mentor_keys), np.uint64(2**64 - 1))
        spoke = int(answered.sum())
        sample = np.sort(np.argsort(lots, kind="stable")[: min(spoke, SAMPLE)])
        across = self.across(sample)
        total = np.zeros(len(self.mentee_answered), dtype=np.int64)
        for first in range(0, len(total), ROWS_AT_ONCE):
            rows = np.arange(first, min(first + ROWS_AT_ONCE, len(total)))
            total[rows] = closeness_of(self.dots(rows, across)).sum(axis=1, dtype=np.int64)
        fill = rounded_mean(total * self.share, len(sample), MIDDLE * self.share)
        answered = self.mentee_answered
        whole = np.array([fill[answered].sum()])
        return np.where(
            answered, fill, rounded_mean(whole, int(answered.sum()), MIDDLE * self.share)[0]
        )

    def across(self, columns: Ints) -> Points:
        """Return the vectors of some mentors, laid across (words x mentors)."""
        some = self.vectors.mentors[columns]
        whole = some.toarray() if isinstance(some, csr_array) else some
        return np.ascontiguousarray(whole.T, dtype=np.float32)

    def dots(self, rows: Ints, across: Points) -> Points:
        """Return the product of every one of these mentees' texts with every text laid across."""
        mentees = self.vectors.mentees
        some = mentees[int(rows[0]) : int(rows[-1]) + 1] if is_run(rows) else mentees[rows]
        dots: Points = some @ across
        return dots

    def told(self, rows: Ints, columns: Ints) -> Told:
        """Return what stands beside the likeness of these mentees' texts with these mentors'."""
        silent, shy = ~self.mentor_answered[columns], ~self.mentee_answered[rows]
        return Told(self.share, silent, self.fill[rows], shy)

    def points(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return the points of mentees paired one by one with mentors."""
        mine, theirs = self.vectors.mentees[mentees], self.vectors.mentors[mentors]
        dots = np.asarray((mine * theirs).sum(axis=1))
        points = closeness_of(np.asarray(dots, dtype=np.float32)) * np.float32(self.share)
        both = self.mentee_answered[mentees] & self.mentor_answered[mentors]
        return np.where(both, points.astype(np.int64), self.fill[mentees])

    def finding(self, mentee: int, mentor: int) -> Finding | None:
        """Return the telling words that both used, where words are compared."""
        if not isinstance(self.vectors.mentees, csr_array):
            return None
        words = shared_words(self.vectors, mentee, mentor)
        return ("words", words) if words else None
