"""The few loops in which a scan spends its time, compiled where numba is installed.

Each has a plain twin in numpy that gives the same numbers; numba (an extra) makes a scan about twice as
fast. Nothing here decides anything: rows are added up, and cells are compared with limits. Points are
whole numbers below 2^24 in 32-bit floating point; prices and limits are given in a type in which their
differences with points are exact.
"""

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


@cache
def has_compiler() -> bool:
    """Numba is an extra: present in development, not promised in production."""
    return find_spec("numba") is not None


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


class RowSums:
    """Adds up for each mentee the rows of a table that their answers pick (compressed rows)."""

    def __init__(self, start: Ints, codes: Ints, row_count: int) -> None:
        self.start, self.codes = start.astype(np.int64), codes.astype(np.int32)
        self.picks: csr_array | None = None
        if not has_compiler():
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


def is_run(rows: Ints) -> bool:
    """Whether positions follow each other without a gap."""
    return int(rows[-1]) - int(rows[0]) + 1 == len(rows)


def add_likeness(
    block: Points, dots: Points, share: int, silent: Bools, fill: Ints, shy: Bools
) -> None:
    """Add the points of two texts' likeness to a block; `fill` where either wrote nothing.

    `dots` are products of text vectors; `silent` mentors (columns) and `shy` mentees (lines) wrote
    nothing, and for them the line's `fill` counts.
    """
    if has_compiler():
        told = (np.float32(share), silent, fill.astype(np.float32), shy)
        _compiled().add_likeness(block, dots, *told)
        return
    points = closeness_of(dots)
    points *= np.float32(share)
    points[:, silent] = fill[:, None]
    points[shy] = fill[shy, None]
    block += points


def closeness_of(dots: Points) -> Points:
    """Return 0 to 100 for products of text vectors: a cosine of about 0.4 (2**18) or more is 100.

    >>> closeness_of(np.array([-5.0, 131072.0, 600000.0], dtype=np.float32)).tolist()
    [0.0, 50.0, 100.0]
    """
    capped = np.clip(dots, np.float32(0), np.float32(2**18))
    capped *= np.float32(25 / 2**16)
    whole: Points = np.floor(capped, out=capped)
    return whole


class Best:
    """The best few partners of each person so far, best first (people x kept).

    `limit` is what a newcomer must exceed: at first what the caller sets, then the last of the kept.
    """

    def __init__(self, limit: Floats, kept: int) -> None:
        self.limit = limit.copy()
        self.value = np.full((len(limit), kept), -np.inf, dtype=limit.dtype)
        self.partner = np.full((len(limit), kept), -1, dtype=np.int32)

    def add_rows(self, block: Points, rows: Ints, columns: Ints, price: Floats, floor: int) -> None:
        """Look at a block of mentees (rows) and mentors (columns, ascending from block to block)."""
        if has_compiler():
            arguments = (block, rows, columns.astype(np.int32), price, np.float32(floor))
            _compiled().keep_best_of_rows(*arguments, self.limit, self.value, self.partner)
            return
        worth = np.where(block >= floor, block - price, -np.inf)
        line, place = np.nonzero(worth > self.limit[rows][:, None])
        self._merge(rows[line], columns[place], worth[line, place])

    def add_columns(self, block: Points, rows: Ints, columns: Ints, floor: int) -> None:
        """Look at a block from the mentors' side: the best mentees of each."""
        if has_compiler():
            arguments = (block, rows.astype(np.int32), columns.astype(np.int64), np.float32(floor))
            _compiled().keep_best_of_columns(*arguments, self.limit, self.value, self.partner)
            return
        line, place = np.nonzero((block >= floor) & (block > self.limit[columns]))
        order = np.lexsort((line, place))
        line, place = line[order], place[order]
        self._merge(columns[place], rows[line], block[line, place])

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


def equal_cells(block: Points, price: Floats, floor: int, limit: Floats) -> tuple[Ints, Ints]:
    """Return where points less price are exactly the line's limit."""
    lines = np.arange(len(block))
    if has_compiler():
        lines = np.flatnonzero(_compiled().lines_with_equal(block, price, np.float32(floor), limit))
    some = block[lines]
    line, column = np.nonzero((some >= floor) & (some - price == limit[lines][:, None]))
    return lines[line], column


def count_above(block: Points, limit: Floats) -> NDArray[np.int64]:
    """Count in each line the cells above the line's limit."""
    if has_compiler():
        counts: NDArray[np.int64] = _compiled().count_above(block, limit)
        return counts
    above: NDArray[np.int64] = (block > limit[:, None]).sum(axis=1)
    return above


def audit(
    block: Points,
    floor: int,
    limits: tuple[Floats, Floats, Floats, Floats],
    least: int,
    response: Floats,
) -> tuple[int, int, int]:
    """Raise each line's best surplus, and count the cells that are allowed, violating and blocking.

    `limits` are price by column, reserve by line, and what a blocking cell exceeds by line and by
    column. Cells under `least` do not count for prices, nor under `floor` at all.
    """
    price, reserve, low, other_low = limits
    if has_compiler():
        numbers = (np.float32(floor), price, reserve, low, other_low, np.float32(least))
        found = _compiled().audit(block, *numbers, response)
        return int(found[0]), int(found[1]), int(found[2])
    allowed = block >= floor
    surplus = np.where(block >= least, block - price, -np.inf)
    np.maximum(response, surplus.max(axis=1), out=response)
    blocking = allowed & (block > low[:, None]) & (block > other_low)
    violating = surplus > reserve[:, None]
    return int(allowed.sum()), int(violating.sum()), int(blocking.sum())


def count_leaks(block: Points, floor: int, inside: Bools, outside: Bools) -> int:
    """Count the cells of `floor` points or more in lines inside and columns outside."""
    if has_compiler():
        return int(_compiled().count_leaks(block, np.float32(floor), inside, outside))
    return int((block[inside][:, outside] >= floor).sum())
