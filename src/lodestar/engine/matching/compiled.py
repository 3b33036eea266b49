"""The loops of kernels.py as numba compiles them; imported only where numba is installed.

Cells are first compared eight dozen at a time, which the processor does at once; only where
something was found does a loop look closer.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

CHUNK = 96


def compiled(loop: Callable[..., Any]) -> Any:
    """Compile a loop, and keep the machine code beside the file where that may be written."""
    try:
        return numba.njit(cache=True)(loop)
    except RuntimeError:  # nowhere to keep it: it is compiled anew in each process
        return numba.njit(loop)


@compiled
def sum_rows(start, codes, table, rows, block):  # type: ignore[no-untyped-def]
    """Write into each line of the block the sum of the table's rows that its mentee picks."""
    width = block.shape[1]
    for line in range(len(rows)):
        out = block[line]
        place, last = start[rows[line]], start[rows[line] + 1]
        if place == last:
            out[:] = 0
            continue
        one = table[codes[place]]
        for column in range(width):
            out[column] = one[column]
        place += 1
        while place + 3 < last:
            a, b = table[codes[place]], table[codes[place + 1]]
            c, d = table[codes[place + 2]], table[codes[place + 3]]
            for column in range(width):
                out[column] += (a[column] + b[column]) + (c[column] + d[column])
            place += 4
        while place < last:
            one = table[codes[place]]
            for column in range(width):
                out[column] += one[column]
            place += 1


@compiled
def add_likeness(block, dots, share, silent, fill, shy):  # type: ignore[no-untyped-def]
    """Add the points of two texts' likeness; `fill` where either wrote nothing."""
    cap, per_cent, zero = np.float32(2**18), np.float32(25 / 2**16), np.float32(0)
    for line in range(block.shape[0]):
        out, dot, blank = block[line], dots[line], fill[line]
        if shy[line]:
            for column in range(block.shape[1]):
                out[column] += blank
            continue
        for column in range(block.shape[1]):
            capped = min(max(dot[column], zero), cap)
            points = np.floor(capped * per_cent) * share
            out[column] += blank if silent[column] else points


@compiled
def keep_best_of_rows(block, rows, columns, price, floor, limit, value, partner):  # type: ignore[no-untyped-def]
    """Keep for each mentee the best mentors by points less price, above the mentee's limit.

    `value` and `partner` hold each mentee's best so far, best first; `limit` rises to the last of
    them once they are full. Equal values: whoever came first stays.
    """
    width, kept = block.shape[1], value.shape[1]
    for line in range(len(rows)):
        row, cells = rows[line], block[line]
        bar = limit[row]
        for first in range(0, width, CHUNK):
            last = min(first + CHUNK, width)
            found = 0
            for column in range(first, last):
                found += (cells[column] >= floor) & (cells[column] - price[column] > bar)
            if found == 0:
                continue
            for column in range(first, last):
                worth = cells[column] - price[column]
                if cells[column] >= floor and worth > bar:
                    place = kept - 1
                    while place > 0 and value[row, place - 1] < worth:
                        value[row, place] = value[row, place - 1]
                        partner[row, place] = partner[row, place - 1]
                        place -= 1
                    value[row, place] = worth
                    partner[row, place] = columns[column]
                    bar = max(bar, value[row, kept - 1])
        limit[row] = bar


@compiled
def keep_best_of_columns(block, rows, columns, floor, limit, value, partner):  # type: ignore[no-untyped-def]
    """Keep for each mentor the best mentees by points, above the mentor's limit; as above."""
    width, kept = block.shape[1], value.shape[1]
    bar = limit[columns]
    for line in range(len(rows)):
        cells = block[line]
        for first in range(0, width, CHUNK):
            last = min(first + CHUNK, width)
            found = 0
            for column in range(first, last):
                found += (cells[column] >= floor) & (cells[column] > bar[column])
            if found == 0:
                continue
            for column in range(first, last):
                worth, mentor = cells[column], columns[column]
                if worth >= floor and worth > bar[column]:
                    place = kept - 1
                    while place > 0 and value[mentor, place - 1] < worth:
                        value[mentor, place] = value[mentor, place - 1]
                        partner[mentor, place] = partner[mentor, place - 1]
                        place -= 1
                    value[mentor, place] = worth
                    partner[mentor, place] = rows[line]
                    bar[column] = max(bar[column], value[mentor, kept - 1])
    limit[columns] = bar


@compiled
def lines_with_equal(block, price, floor, limit):  # type: ignore[no-untyped-def]
    """Tell which lines have a cell whose points less price are exactly the line's limit."""
    found = np.zeros(block.shape[0], dtype=np.bool_)
    for line in range(block.shape[0]):
        cells, bar = block[line], limit[line]
        equal = 0
        for column in range(block.shape[1]):
            equal += (cells[column] >= floor) & (cells[column] - price[column] == bar)
        found[line] = equal > 0
    return found


@compiled
def count_above(block, limit):  # type: ignore[no-untyped-def]
    """Count in each line the cells above the line's limit."""
    counts = np.zeros(block.shape[0], dtype=np.int64)
    for line in range(block.shape[0]):
        cells, bar = block[line], limit[line]
        above = 0
        for column in range(block.shape[1]):
            above += cells[column] > bar
        counts[line] = above
    return counts


@compiled
def audit(block, floor, price, reserve, low, other_low, least, response):  # type: ignore[no-untyped-def]
    """Raise each mentee's best response, and count cells: allowed, violating, blocking."""
    width = block.shape[1]
    allowed = violating = blocking = 0
    for line in range(block.shape[0]):
        cells, bar, mine = block[line], reserve[line], low[line]
        for column in range(width):
            allowed += cells[column] >= floor
        for column in range(width):
            above = (cells[column] > mine) & (cells[column] > other_low[column])
            blocking += (cells[column] >= floor) & above
        for column in range(width):
            violating += (cells[column] >= least) & (cells[column] - price[column] > bar)
        best = response[line]
        for first in range(0, width, CHUNK):
            last = min(first + CHUNK, width)
            better = 0
            for column in range(first, last):
                better += (cells[column] >= least) & (cells[column] - price[column] > best)
            if better:
                for column in range(first, last):
                    surplus = cells[column] - price[column]
                    if cells[column] >= least and surplus > best:
                        best = surplus
        response[line] = best
    return allowed, violating, blocking


@compiled
def count_leaks(block, floor, inside, outside):  # type: ignore[no-untyped-def]
    """Count cells of at least `floor` points in lines that are inside and columns that are outside."""
    leaks = 0
    for line in range(block.shape[0]):
        if not inside[line]:
            continue
        cells = block[line]
        for column in range(block.shape[1]):
            leaks += (cells[column] >= floor) & outside[column]
    return leaks
