"""What does one criterion add to the score of every pair, and which pairs does one rule forbid?

Two people who gave the same answer are compared once. A term keeps the distinct answers of both sides and
a table of points between them; each mentee picks rows of it, each mentor a column. The score of a pair is
the sum of the rows its mentee picks. Everything is whole numbers below 2^24, so that 32-bit floating
point, which adds several times faster, stays exact in any order.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.criteria import Bools, Finding, Measure
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import Answer

FORBIDDEN = -(2**22)
MIDDLE = 50
KEPT_CELLS = 4_000_000
COLUMNS_AT_ONCE = 1_024
PAIRS_AT_ONCE = 64

Points = NDArray[np.float32]


class Distinct:
    """Everybody's answers, each once, and which of them each person gave."""

    def __init__(self, answers: Sequence[Answer], counted: int | None = None) -> None:
        """Number the answers; `count` is how often each occurs among the first `counted` people."""
        seen: dict[object, int] = {}
        self.answers: list[Answer] = []
        self.code = np.empty(len(answers), dtype=np.int32)
        for place, answer in enumerate(answers):
            key = hashable(answer)
            if key not in seen:
                seen[key] = len(seen)
                self.answers.append(answer)
            self.code[place] = seen[key]
        self.count = np.bincount(self.code[:counted], minlength=len(self.answers))

    def __len__(self) -> int:
        return len(self.answers)


def hashable(answer: Answer) -> object:
    """Return a key that is equal for equal answers only: 1, "1" and True are three answers."""
    if isinstance(answer, Mapping):
        return (dict, tuple(answer.items()))
    return (type(answer), answer)


class AnswersTerm:
    """A criterion that compares one answer with one answer, by a table between distinct answers.

    Where either side left it blank, the mentee's mean over the mentors who answered counts (of the
    first `counted` mentors); for a mentee who left it blank, the mean over those who did not. Points
    are share x closeness.
    """

    row_count: int

    def __init__(
        self,
        compile_measure: Callable[[Sequence[Answer], Sequence[Answer]], Measure],
        mentees: Sequence[Answer],
        mentors: Sequence[Answer],
        share: int,
        counted: int | None = None,
    ) -> None:
        self.mentees, self.mentors = Distinct(mentees), Distinct(mentors, counted)
        self.measure = compile_measure(self.mentees.answers, self.mentors.answers)
        self.share = share
        self.row_count = len(self.mentees)
        self.start = np.arange(len(mentees) + 1, dtype=np.int64)
        self.rows = self.mentees.code
        self.mentee_answered = self.measure.mentee_answered[self.mentees.code]
        self.mentor_answered = self.measure.mentor_answered[self.mentors.code]
        self.fill = self._fills()
        self.kept = self._keep()

    def _fills(self) -> NDArray[np.int64]:
        """Return what counts where the mentor is silent, by distinct answer of the mentee."""
        spoke = np.flatnonzero(self.measure.mentor_answered)
        count = self.mentors.count[spoke].astype(np.int64)
        every = np.arange(self.row_count)
        total = np.zeros(self.row_count, dtype=np.int64)
        for first in range(0, len(spoke), COLUMNS_AT_ONCE):
            some = slice(first, first + COLUMNS_AT_ONCE)
            total += self.measure.closeness(every, spoke[some]).astype(np.int64) @ count[some]
        fill = rounded_mean(total * self.share, int(count.sum()), MIDDLE * self.share)
        answered = self.measure.mentee_answered
        weight = self.mentees.count[answered]
        mean = rounded_mean(
            np.array([fill[answered] @ weight]), int(weight.sum()), MIDDLE * self.share
        )
        return np.where(answered, fill, mean[0])

    def _keep(self) -> Points | None:
        """Keep the whole table where it is small."""
        if self.row_count * len(self.mentors) > KEPT_CELLS:
            return None
        return self._between(np.arange(len(self.mentors)))

    def _between(self, answers: Ints) -> Points:
        """Return points of all distinct answers of mentees with some distinct answers of mentors."""
        table = np.repeat(self.fill[:, None].astype(np.float32), len(answers), axis=1)
        spoke = self.measure.mentor_answered[answers]
        rows = np.flatnonzero(self.measure.mentee_answered)
        if len(rows) and spoke.any():
            closeness = self.measure.closeness(rows, answers[spoke])
            table[np.ix_(rows, spoke)] = closeness * np.float32(self.share)
        return table

    def table(self, columns: Ints) -> Points:
        """Return the points of every distinct answer for these mentors."""
        codes = self.mentors.code[columns]
        if self.kept is not None:
            return self.kept[:, codes]
        needed, place = np.unique(codes, return_inverse=True)
        return self._between(needed)[:, place]

    def points(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return the points of mentees paired one by one with mentors."""
        rows, codes = self.rows[mentees], self.mentors.code[mentors]
        if self.kept is not None:
            return self.kept[rows, codes].astype(np.int64)
        both = self.measure.mentee_answered[rows] & self.measure.mentor_answered[codes]
        points = self.fill[rows].copy()
        points[both] = self.share * one_by_one(self.measure.closeness, rows[both], codes[both])
        return points

    def finding(self, mentee: int, mentor: int) -> Finding | None:
        """Return what speaks for the pair."""
        return self.measure.finding(int(self.rows[mentee]), int(self.mentors.code[mentor]))


class RuleTerm:
    """A rule that compares one answer with one answer: FORBIDDEN points where it is broken."""

    row_count: int

    def __init__(
        self,
        compile_rule: "Callable[[Sequence[Answer], Sequence[Answer]], Rule]",
        mentees: Sequence[Answer],
        mentors: Sequence[Answer],
    ) -> None:
        self.mentees, self.mentors = Distinct(mentees), Distinct(mentors)
        self.rule = compile_rule(self.mentees.answers, self.mentors.answers)
        self.row_count = len(self.mentees)
        self.start = np.arange(len(mentees) + 1, dtype=np.int64)
        self.rows = self.mentees.code

    def table(self, columns: Ints) -> Points:
        """Return FORBIDDEN or 0 for every distinct answer and these mentors."""
        needed, place = np.unique(self.mentors.code[columns], return_inverse=True)
        broken = self.rule.breaks(np.arange(self.row_count), needed)
        return (broken * np.float32(FORBIDDEN))[:, place]

    def points(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return FORBIDDEN or 0 for mentees paired one by one with mentors."""
        rows, codes = self.rows[mentees], self.mentors.code[mentors]
        return FORBIDDEN * one_by_one(self.rule.breaks, rows, codes)

    def broken_by(self, mentee: int, mentors: Ints) -> Bools:
        """Tell with which of these mentors a mentee breaks the rule."""
        broken: Bools = self.rule.breaks(self.rows[[mentee]], self.mentors.code[mentors])[0]
        return broken


class Rule(Protocol):
    """A constraint compiled over distinct answers."""

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        """Tell which pairs of these answers of mentees and mentors it forbids."""


def rounded_mean(total: Ints, count: int, otherwise: int) -> NDArray[np.int64]:
    """Return whole means, rounded half up; `otherwise` where there is nothing to average."""
    if not count:
        return np.full(len(total), otherwise, dtype=np.int64)
    return ((2 * total + count) // (2 * count)).astype(np.int64)


def one_by_one(
    block: Callable[[Ints, Ints], NDArray[np.generic]], rows: Ints, columns: Ints
) -> NDArray[np.int64]:
    """Ask a function of blocks about single pairs."""
    found = np.zeros(len(rows), dtype=np.int64)
    for first in range(0, len(rows), PAIRS_AT_ONCE):
        some = slice(first, first + PAIRS_AT_ONCE)
        found[some] = np.asarray(block(rows[some], columns[some])).diagonal()
    return found
