"""How well do two answers go together, from 0 to 100, and what do they share?

Each kind of criterion is compiled once over the distinct answers of both sides; `closeness(rows,
columns)` then gives whole numbers for any block of them. docs/matching.md says each in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lodestar.engine.answers.values import (
    FIRST_CALENDAR_YEAR,
    number_of,
    offset_minutes,
    path_of,
    plain,
    values_of,
)
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import Answer

FULL = 100
OTHER_LANGUAGE = 80
HALF_DAY = 12 * 60
WHOLE_DAY = 24 * 60
LONGEST_GAP = 90
LEAST_FOR_LONG_GAP = 40

Answers = Sequence[Answer]
Bools = NDArray[np.bool_]
Finding = tuple[str, tuple[str, ...]]


class Measure(Protocol):
    """A criterion compiled over answers of mentees and of mentors."""

    mentee_answered: Bools
    mentor_answered: Bools

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        """Return 0 to 100 for each of these mentees' answers with each of these mentors'."""

    def finding(self, row: int, column: int) -> Finding | None:
        """Return what speaks for the pair as a code and its values, if anything does."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Who gave which of the values that occur on both sides (rows people, columns values)."""

    mentees: csr_array
    mentors: csr_array

    def meets(self, rows: Ints, columns: Ints) -> Bools:
        """Tell which of these mentees and mentors share a value."""
        shared: Bools = (self.mentees[rows] @ self.mentors[columns].T).toarray() > 0
        return shared


def incidence(mentees: Sequence[Sequence[str]], mentors: Sequence[Sequence[str]]) -> Incidence:
    """Note who gave which value; values that only one side knows never meet."""
    mine = [[plain(value) for value in values] for values in mentees]
    theirs = [[plain(value) for value in values] for values in mentors]
    common = sorted(set(chain.from_iterable(mine)) & set(chain.from_iterable(theirs)))
    position = {value: place for place, value in enumerate(common)}
    return Incidence(*(_marks(people, position) for people in (mine, theirs)))


def _marks(people: Sequence[Sequence[str]], position: dict[str, int]) -> csr_array:
    columns = [[position[value] for value in values if value in position] for values in people]
    start = np.concatenate([[0], np.cumsum([len(places) for places in columns])])
    flat = np.array(list(chain.from_iterable(columns)), dtype=np.int32)
    ones = np.ones(len(flat), dtype=np.int32)
    return csr_array((ones, flat, start), shape=(len(people), len(position)))


def rounded(above: Ints, below: Ints) -> NDArray[np.int32]:
    """Return the whole part of a quotient of small positive numbers.

    Floating point divides several times faster, and cannot cross a whole number here: a
    quotient that is not whole lies at least 1/below away from one.
    """
    quotient = np.true_divide(above, below)
    return quotient.astype(np.int32)


def answered(values: Sequence[Any]) -> Bools:
    """Tell whose values say anything."""
    return np.array([bool(value) for value in values], dtype=bool)


class SharedMeasure:
    """100 where the two share any value, otherwise 0 (`category` and `opt_in`)."""

    def __init__(self, mentees: Answers, mentors: Answers) -> None:
        self.mentee_values = [values_of(answer) for answer in mentees]
        self.mentor_values = [values_of(answer) for answer in mentors]
        self.mentee_answered = answered(self.mentee_values)
        self.mentor_answered = answered(self.mentor_values)
        self.shared = incidence(self.mentee_values, self.mentor_values)

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        return self.shared.meets(rows, columns) * np.int32(FULL)

    def finding(self, row: int, column: int) -> Finding | None:
        offered = {plain(value) for value in self.mentor_values[column]}
        both = tuple(value for value in self.mentee_values[row] if plain(value) in offered)
        return ("shared", both) if both else None


class LanguageMeasure(SharedMeasure):
    """100 in the mentee's first language, 80 in any other that both speak."""

    def __init__(self, mentees: Answers, mentors: Answers) -> None:
        super().__init__(mentees, mentors)
        self.first = incidence([values[:1] for values in self.mentee_values], self.mentor_values)

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        native = self.first.meets(rows, columns)
        any_other = self.shared.meets(rows, columns) * np.int32(OTHER_LANGUAGE)
        return np.where(native, np.int32(FULL), any_other)


class HierarchyMeasure:
    """Twice the steps shared, over the steps of both paths (Wu & Palmer 1994)."""

    def __init__(self, mentees: Answers, mentors: Answers) -> None:
        self.mentee_paths = [path_of(answer) for answer in mentees]
        self.mentor_paths = [path_of(answer) for answer in mentors]
        self.shown = [values_of(answer)[:1] for answer in mentors]
        self.mentee_answered = answered(self.mentee_paths)
        self.mentor_answered = answered(self.mentor_paths)
        self.depth = min(
            max(map(len, self.mentee_paths), default=0), max(map(len, self.mentor_paths), default=0)
        )
        codes: dict[tuple[str, ...], int] = {}
        self.mentee_codes = self._codes(self.mentee_paths, codes)
        self.mentor_codes = self._codes(self.mentor_paths, codes)
        self.mentee_length = np.array([len(path) for path in self.mentee_paths], dtype=np.int32)
        self.mentor_length = np.array([len(path) for path in self.mentor_paths], dtype=np.int32)

    def _codes(self, paths: list[tuple[str, ...]], codes: dict[tuple[str, ...], int]) -> Ints:
        """Give every beginning of every path a number; what is missing gets its own."""
        table = np.empty((self.depth, len(paths)), dtype=np.int32)
        for place, path in enumerate(paths):
            for level in range(self.depth):
                prefix = path[: level + 1] if level < len(path) else ()
                table[level, place] = codes.setdefault(prefix, len(codes)) if prefix else -1
        return table

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        steps = np.zeros((len(rows), len(columns)), dtype=np.int32)
        for level in range(self.depth):
            mine, theirs = self.mentee_codes[level][rows], self.mentor_codes[level][columns]
            steps += (mine[:, None] == theirs[None, :]) & (mine >= 0)[:, None]
        both = self.mentee_length[rows][:, None] + self.mentor_length[columns][None, :]
        both = np.maximum(both, 1)
        return rounded(2 * FULL * 2 * steps + both, 2 * both)

    def finding(self, row: int, column: int) -> Finding | None:
        mine, theirs = self.mentee_paths[row], self.mentor_paths[column]
        steps = sum(mine[: n + 1] == theirs[: n + 1] for n in range(min(len(mine), len(theirs))))
        if not steps:
            return None
        shared = " > ".join(step.strip() for step in self.shown[column][0].split(">")[:steps])
        return ("same" if mine == theirs else "same_family", (shared,))


class TimezoneMeasure:
    """How much of a twelve-hour day (nine to nine) both clocks share."""

    def __init__(self, mentees: Answers, mentors: Answers, on: date) -> None:
        mine = [offset_minutes(answer, on) for answer in mentees]
        theirs = [offset_minutes(answer, on) for answer in mentors]
        self.mentee_answered = np.array([offset is not None for offset in mine], dtype=bool)
        self.mentor_answered = np.array([offset is not None for offset in theirs], dtype=bool)
        self.mentee_offset = np.array([offset or 0 for offset in mine], dtype=np.int32)
        self.mentor_offset = np.array([offset or 0 for offset in theirs], dtype=np.int32)

    def minutes_apart(self, rows: Ints, columns: Ints) -> Ints:
        apart = abs(self.mentee_offset[rows][:, None] - self.mentor_offset[columns][None, :])
        apart %= WHOLE_DAY
        shorter: Ints = np.minimum(apart, WHOLE_DAY - apart)
        return shorter

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        return FULL * (HALF_DAY - self.minutes_apart(rows, columns)) // HALF_DAY

    def finding(self, row: int, column: int) -> Finding | None:
        minutes = int(self.minutes_apart(np.array([row]), np.array([column]))[0, 0])
        if minutes > HALF_DAY // 2:
            return None
        return ("hours_apart", (f"{minutes / 60:g}",))


class GapMeasure:
    """How many years the mentor is ahead: 100 between `low` and `high`, less on either side."""

    def __init__(self, mentees: Answers, mentors: Answers, low: int, high: int) -> None:
        mine = [number_of(answer) for answer in mentees]
        theirs = [number_of(answer) for answer in mentors]
        self.mentee_answered = np.array([number is not None for number in mine], dtype=bool)
        self.mentor_answered = np.array([number is not None for number in theirs], dtype=bool)
        self.mentee_number = np.array([number or 0 for number in mine], dtype=np.int64)
        self.mentor_number = np.array([number or 0 for number in theirs], dtype=np.int64)
        gaps = range(-LONGEST_GAP, LONGEST_GAP + 1)
        self.table = np.array([closeness_of_gap(gap, low, high) for gap in gaps], dtype=np.int32)

    def years_ahead(self, rows: Ints, columns: Ints) -> Ints:
        """Class years run backwards: whoever left earlier is ahead."""
        mine, theirs = self.mentee_number[rows][:, None], self.mentor_number[columns][None, :]
        calendar = (mine >= FIRST_CALENDAR_YEAR) & (theirs >= FIRST_CALENDAR_YEAR)
        return np.where(calendar, mine - theirs, theirs - mine)

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        ahead = np.clip(self.years_ahead(rows, columns), -LONGEST_GAP, LONGEST_GAP)
        return self.table[ahead + LONGEST_GAP]

    def finding(self, row: int, column: int) -> Finding | None:
        ahead = int(self.years_ahead(np.array([row]), np.array([column]))[0, 0])
        return ("years_ahead", (str(ahead),)) if ahead > 0 else None


def closeness_of_gap(gap: int, low: int, high: int) -> int:
    """Return 0 for no lead, 100 from low to high years, then 5 less a year, not under 40.

    >>> [closeness_of_gap(gap, 4, 15) for gap in (-3, 2, 4, 15, 17, 40)]
    [0, 50, 100, 100, 90, 40]
    """
    if gap <= 0:
        return FULL if low <= 0 <= gap else 0
    if gap < low:
        return FULL * gap // low
    return FULL if gap <= high else max(LEAST_FOR_LONG_GAP, FULL - 5 * (gap - high))
