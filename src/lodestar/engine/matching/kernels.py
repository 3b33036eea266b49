"""The few loops in which a scan spends its time, compiled where numba is installed.

Each has a plain twin in numpy that gives the same numbers; numba (an extra) makes a scan about twice as
fast. Nothing here decides anything: rows are added up, and cells are compared with limits. Points are
whole numbers below 2^24 in 32-bit floating point; prices and limits are given in a type in which their
differences with points are exact.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lodestar.engine.matching.pairs import Bools, Ints
from lodestar.engine.matching.terms import Points

Floats = NDArray[np.floating[Any]]
EXACT_IN_32_BITS = 2**23
MANY = 4


COMPILED_FROM = 12_000_000


@cache
def has_compiler() -> bool:
    """Numba is an extra: present in development, not promised in production."""
    return find_spec("numba") is not None


def loops_for(cells: int) -> "Loops":
    """Return the loops for a number of pairs: loading numba takes half a second, which few pairs do not earn."""
    return Loops(is_compiled=cells >= COMPILED_FROM and has_compiler())


def _compiled() -> Any:
    return import_module("lodestar.engine.matching.compiled")


def exact(*numbers: NDArray[np.int64]) -> list[Floats]:
    """Return whole numbers as floating point, in 32 bits where all differences with points stay exact.

    Numbers beyond reach of any score (a limit nobody passes) become infinite.
    """
    far = 2**50
    finite = [np.abs(n[np.abs(n) < far]).max(initial=0) for n in numbers]
    kind = np.float32 if max(finite) < EXACT_IN_32_BITS else np.float64
    return [np.where(np.abs(n) < far, n, np.copysign(np.inf, n)).astype(kind) for n in numbers]


def is_run(rows: Ints) -> bool:
    """Whether positions follow each other without a gap."""
    return int(rows[-1]) - int(rows[0]) + 1 == len(rows)


def closeness_of(dots: Points) -> Points:
    """Return 0 to 100 for products of text vectors: a cosine of about 0.4 (2**18) or more is 100.

    >>> closeness_of(np.array([-5.0, 131072.0, 600000.0], dtype=np.float32)).tolist()
    [0.0, 50.0, 100.0]
    """
    capped = np.clip(dots, np.float32(0), np.float32(2**18))
    capped *= np.float32(25 / 2**16)
    whole: Points = np.floor(capped, out=capped)
    return whole


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops, compiled or plain; both give the same numbers."""

    is_compiled: bool = False

    def row_sums(self, start: Ints, codes: Ints, row_count: int) -> "RowSums":
        """Return what adds up for each mentee the rows of a table that they pick (compressed rows)."""
        return RowSums(start, codes, row_count, is_compiled=self.is_compiled)

    def best(self, limit: Floats, kept: int) -> "Best":
        """Return an empty list of the best few of each person; a newcomer must exceed their limit."""
        return Best(limit, kept, is_compiled=self.is_compiled)

    def add_likeness(self, block: Points, dots: Points, told: "Told") -> None:
        """Add the points of two texts' likeness to a block; `dots` are products of text vectors."""
        if self.is_compiled:
            fill = told.fill.astype(np.float32)
            _compiled().add_likeness(
                block, dots, np.float32(told.share), told.silent, fill, told.shy
            )
            return
        points = closeness_of(dots)
        points *= np.float32(told.share)
        points[:, told.silent] = told.fill[:, None]
        points[told.shy] = told.fill[told.shy, None]
        block += points

    def equal_cells(
        self, block: Points, price: Floats, floor: int, limit: Floats
    ) -> tuple[Ints, Ints]:
        """Return where points less price are exactly the line's limit."""
        lines = np.arange(len(block))
        if self.is_compiled:
            found = _compiled().lines_with_equal(block, price, np.float32(floor), limit)
            lines = np.flatnonzero(found)
        some = block[lines]
        line, column = np.nonzero((some >= floor) & (some - price == limit[lines][:, None]))
        return lines[line], column

    def count_above(self, block: Points, limit: Floats) -> NDArray[np.int64]:
        """Count in each line the cells above the line's limit."""
        if self.is_compiled:
            counts: NDArray[np.int64] = _compiled().count_above(block, limit)
            return counts
        above: NDArray[np.int64] = (block > limit[:, None]).sum(axis=1)
        return above

    def audit(
        self, block: Points, floor: int, limits: "Limits", response: Floats
    ) -> tuple[int, int, int]:
        """Raise each line's best surplus, and count the cells that are allowed, violating and blocking."""
        price, reserve, low, other_low = limits.price, limits.reserve, limits.low, limits.other_low
        least = np.float32(limits.least)
        if self.is_compiled:
            numbers = (np.float32(floor), price, reserve, low, other_low, least)
            found = _compiled().audit(block, *numbers, response)
            return int(found[0]), int(found[1]), int(found[2])
        allowed = block >= floor
        surplus = np.where(block >= least, block - price, -np.inf)
        np.maximum(response, surplus.max(axis=1), out=response)
        blocking = allowed & (block > low[:, None]) & (block > other_low)
        violating = surplus > reserve[:, None]
        return int(allowed.sum()), int(violating.sum()), int(blocking.sum())

    def count_leaks(self, block: Points, floor: int, inside: Bools, outside: Bools) -> int:
        """Count the cells of `floor` points or more in lines inside and columns outside."""
        if not inside.any() or not outside.any():
            return 0
        if self.is_compiled:
            return int(_compiled().count_leaks(block, np.float32(floor), inside, outside))
        return int((block[inside][:, outside] >= floor).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What stands beside the likeness of texts: its share, and who wrote nothing.

    For `silent` mentors (columns) and `shy` mentees (lines) the line's `fill` counts.
    """

    share: int
    silent: Bools
    fill: Ints
    shy: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """What cells are held against, by column and by line.

    Cells of `least` points or more against `price` and `reserve`; a blocking cell exceeds both lows.
    """

    price: Floats
    reserve: Floats
    low: Floats
    other_low: Floats
    least: int


class RowSums:
    """Adds up for each mentee the rows of a table that their answers pick (compressed rows)."""

    def __init__(self, start: Ints, codes: Ints, row_count: int, *, is_compiled: bool) -> None:
        self.start, self.codes = start.astype(np.int64), codes.astype(np.int32)
        self.picks: csr_array | None = None
        if not is_compiled:
            ones = np.ones(len(codes), dtype=np.float32)
            self.picks = csr_array(
                (ones, self.codes, self.start), shape=(len(start) - 1, row_count)
            )

    def block(self, table: Points, rows: Ints) -> Points:
        """Return the sums of some mentees (mentees x columns of the table)."""
        if self.picks is not None:
            some = (
                self.picks[int(rows[0]) : int(rows[-1]) + 1] if is_run(rows) else self.picks[rows]
            )
            found: Points = some @ table
            return found
        block = np.empty((len(rows), table.shape[1]), dtype=np.float32)
        _compiled().sum_rows(self.start, self.codes, table, rows, block)
        return block


class Best:
    """The best few partners of each person so far, best first (people x kept).

    `limit` is what a newcomer must exceed: at first what the caller sets, then the last of the kept.
    """

    def __init__(self, limit: Floats, kept: int, *, is_compiled: bool) -> None:
        self.limit, self.is_compiled = limit.copy(), is_compiled
        self.value = np.full((len(limit), kept), -np.inf, dtype=limit.dtype)
        self.partner = np.full((len(limit), kept), -1, dtype=np.int32)

    def add_rows(self, block: Points, rows: Ints, columns: Ints, price: Floats, floor: int) -> None:
        """Look at a block of mentees (rows) and mentors (columns, ascending from block to block)."""
        if self.is_compiled:
            arguments = (block, rows, columns.astype(np.int32), price, np.float32(floor))
            _compiled().keep_best_of_rows(*arguments, self.limit, self.value, self.partner)
            return
        worth = np.where(block >= floor, block - price, price.dtype.type(-np.inf))
        line, place = self._above(worth, self.limit[rows])
        self._merge(rows[line], columns[place], worth[line, place])

    def add_columns(self, block: Points, rows: Ints, columns: Ints, floor: int) -> None:
        """Look at a block from the mentors' side: the best mentees of each."""
        if self.is_compiled:
            arguments = (block, rows.astype(np.int32), columns.astype(np.int64), np.float32(floor))
            _compiled().keep_best_of_columns(*arguments, self.limit, self.value, self.partner)
            return
        worth = np.where(block >= floor, block, np.float32(-np.inf)).T
        place, line = self._above(worth, self.limit[columns])
        self._merge(columns[place], rows[line], worth[place, line])

    def _above(self, worth: Floats, limit: Floats) -> tuple[Ints, Ints]:
        """Return where a person's newcomers exceed their limit; of very many, those that can stay."""
        above = worth > limit[:, None]
        kept = self.value.shape[1]
        if worth.shape[1] > MANY * kept and above.sum() > MANY * kept * len(worth):
            last = -np.partition(-worth, kept - 1, axis=1)[:, kept - 1]
            above &= worth >= last[:, None]
        person, newcomer = np.nonzero(above)
        return person, newcomer

    def _merge(self, person: Ints, partner: Ints, value: Floats) -> None:
        """Put newcomers (by person, in order of arrival) among the kept, and keep the best."""
        if not len(person):
            return
        kept = self.value.shape[1]
        who = np.unique(person)
        everyone = np.concatenate([np.repeat(who, kept), person])
        values = np.concatenate([self.value[who].ravel(), value])
        partners = np.concatenate([self.partner[who].ravel(), partner])
        order = np.lexsort((-values, everyone))
        sorted_person = everyone[order]
        rank = np.arange(len(order)) - np.searchsorted(sorted_person, sorted_person)
        order, rank = order[rank < kept], rank[rank < kept]
        self.value[everyone[order], rank] = values[order]
        self.partner[everyone[order], rank] = partners[order]
        self.limit[who] = np.maximum(self.limit[who], self.value[who, kept - 1])

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return every person with each of the kept partners."""
        person, place = np.nonzero(self.partner >= 0)
        return person, self.partner[person, place].astype(np.int64)
