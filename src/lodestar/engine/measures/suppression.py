"""Which counts by group may be shown, so that nobody can be read out of them?

Hiding small counts is not enough: what is hidden can be found as the total less what is shown,
and a reader who knows the rule learns from the mere fact that something is hidden. So groups are
peeled off from the largest on. A group's count is shown as it is only where the group *and* all
who are left have at least `smallest` people on either side of the count. The first time that
fails, the peeling stops: of that group one learns only which end of its possible range the count
lies in (never fewer than `smallest` values, unless the total alone tells more), and of those
left what follows from this. Each step is a fixed division of one range, so every table within what
is shown would have been shown alike: knowing the rule helps nobody.

Complementary suppression: Cox, J. Am. Stat. Assoc. 75 (1980), 377-385. Readers who know the rule:
Wong, Fu, Wang & Pei, VLDB 2007, 543-554.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.measures.rates import MINIMUM

LEAST_SMALLEST = 4


class RowKind(StrEnum):
    """Whom a row of a report by group stands for.

    `MIXED` is a declared group with a few others, too few to be a row: people of small groups, or who
    declared none. `SMALL` holds groups too small to show, `UNDECLARED` who declared none, `REST` both.
    """

    GROUP = "group"
    MIXED = "mixed"
    SMALL = "small"
    UNDECLARED = "undeclared"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a report by group; only a group that may be shown has a label."""

    kind: RowKind
    label: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is shown of a count: it lies from `low` to `high`, and is exact where they are equal."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def of(self, size: int) -> "Bounds":
        """Return what this says of the others in a group of that size."""
        return Bounds(size - self.high, size - self.low)


@dataclass(frozen=True, slots=True)
class Release:
    """What is shown of one count in every row.

    `tails[i]` is shown of the sum of row `i` and all below it. Rows from `stop` on are not exact
    (`None`: all are).
    """

    rows: tuple[Bounds, ...]
    tails: tuple[Bounds, ...]
    stop: int | None

    @property
    def shown(self) -> int:
        """How many rows are exact."""
        return len(self.rows) if self.stop is None else self.stop


def rows_of(
    groups: Sequence[str | None], *, smallest: int = MINIMUM
) -> tuple[tuple[Row, ...], NDArray[np.int64]]:
    """Return the rows of a report by group, and the row of each person.

    Groups come from the largest to the smallest; then all below `smallest` as one row; then those
    who declared none. Where one of these two could give somebody away they become one row, or
    join the first of the other groups by name. Fewer than `smallest` people: no rows.

    >>> rows, row_of = rows_of(["a"] * 6 + ["b"] * 3 + [None] * 5)
    >>> [(row.kind.value, row.label, row.size) for row in rows]
    [('group', 'a', 6), ('rest', None, 8)]
    """
    _check_smallest(smallest)
    if len(groups) < smallest:
        return (), np.zeros(len(groups), dtype=np.int64)
    homes = _homes(Counter(groups), smallest)
    sizes = Counter(homes[group] for group in groups)
    order = sorted(sizes, key=lambda home: (home[1] is None, _order(home, sizes[home])))
    place = {home: position for position, home in enumerate(order)}
    rows = tuple(Row(*home, sizes[home]) for home in order)
    return rows, np.array([place[homes[group]] for group in groups], dtype=np.int64)


Home = tuple[RowKind, str | None]


def _order(home: Home, size: int) -> tuple[int, str]:
    kind, label = home
    return (list(RowKind).index(kind), "") if label is None else (-size, label)


def _homes(sizes: Counter[str | None], smallest: int) -> dict[str | None, Home]:
    """Return the row in which each group, and those who declared none, are counted.

    Which group takes others in goes by name, not by size, as the choice would tell sizes; and it
    keeps its label only where any number of others below `smallest` could be in it.
    """
    homes: dict[str | None, Home] = {
        label: (RowKind.GROUP, label) if size >= smallest else (RowKind.SMALL, None)
        for label, size in sizes.items()
    }
    homes[None] = (RowKind.UNDECLARED, None)
    if not _is_thin(sizes, smallest):
        return homes
    weak = [label for label, home in homes.items() if home[1] is None]
    people = sum(sizes[label] for label in weak)
    hosts = sorted(label for _, label in homes.values() if label is not None)
    target: Home = (RowKind.REST if sizes[None] or not hosts else RowKind.SMALL, None)
    if hosts and (people < smallest or not sizes[None]):
        host = hosts[0]
        weak.append(host)
        if sizes[host] + people >= 2 * smallest - 1:
            target = (RowKind.MIXED, host)
    return homes | dict.fromkeys(weak, target)


def _is_thin(sizes: Counter[str | None], smallest: int) -> bool:
    """Say whether the row of small groups or that of the undeclared could give somebody away.

    Each is safe with nobody, or with `smallest` people; but small groups that together are
    as large as they could be must each be as large as they could be.
    """
    small = [size for label, size in sizes.items() if label is not None and size < smallest]
    is_full = bool(small) and sum(small) == len(small) * (smallest - 1)
    return 0 < sizes[None] < smallest or 0 < sum(small) < smallest or is_full


def release(
    sizes: Sequence[int],
    counts: Sequence[int],
    *,
    smallest: int = MINIMUM,
    inside: Release | None = None,
) -> Release:
    """Return what may be shown of a count in every row, given that its total is known.

    `sizes` and `counts` are people by row, in an order that does not depend on the counts (that
    of `rows_of`). `inside` is what has been shown of a count that this one contains, such as
    those without a mentor inside those without their first choice: then the difference of the two is
    protected too. Raises `ValueError` for counts that do not fit their rows.

    >>> release([60, 40], [12, 9]).rows
    (Bounds(low=12, high=12), Bounds(low=9, high=9))
    >>> release([300, 700], [10, 1]).rows
    (Bounds(low=7, high=11), Bounds(low=0, high=4))
    """
    _check_counts(sizes, counts, smallest)
    inside = inside or _exact([0] * len(sizes))
    room, left = _tails(sizes), _tails(counts)
    if left[0] == inside.tails[0].low:
        return inside
    if left[0] == room[0]:
        return _exact(sizes)
    for row in range(len(sizes) - 1):
        most = min(sizes[row] - smallest, left[row] - _needed(inside.tails[row + 1], smallest))
        least = max(_needed(inside.rows[row], smallest), left[row] - room[row + 1] + smallest)
        if not least <= counts[row] <= most:
            possible = Bounds(
                max(inside.rows[row].low, left[row] - room[row + 1]),
                min(sizes[row], left[row] - inside.tails[row + 1].low),
            )
            end = _end_of(possible, Bounds(least, most), counts[row])
            return _stopped(row, end, (sizes, counts), inside)
    return _exact(counts)


def _needed(inside: Bounds, smallest: int) -> int:
    """Return the least count that neither narrows what is shown inside it nor lies too near."""
    return max(inside.high + 1, inside.low + smallest)


def _end_of(possible: Bounds, showable: Bounds, count: int) -> Bounds:
    """Return the end of the possible range that the count lies in; the whole if the ends overlap."""
    if showable.high + 1 < showable.low:
        return possible
    if count < showable.low:
        return Bounds(possible.low, showable.low - 1)
    return Bounds(showable.high + 1, possible.high)


def _stopped(
    row: int, end: Bounds, table: tuple[Sequence[int], Sequence[int]], inside: Release
) -> Release:
    sizes, counts = table
    room, left = _tails(sizes), _tails(counts)
    below = end.of(left[row])
    exact = [Bounds(count, count) for count in counts[:row]]
    follows = [
        Bounds(
            max(inside.rows[later].low, below.low - (room[row + 1] - sizes[later])),
            min(sizes[later], below.high),
        )
        for later in range(row + 1, len(sizes))
    ]
    tails = [Bounds(total, total) for total in left[: row + 1]]
    tails += [
        Bounds(
            max(inside.tails[later].low, below.low - (room[row + 1] - room[later])),
            min(room[later], below.high),
        )
        for later in range(row + 1, len(sizes) + 1)
    ]
    return Release((*exact, end, *follows), tuple(tails), row)


def _exact(counts: Sequence[int]) -> Release:
    rows = tuple(Bounds(count, count) for count in counts)
    return Release(rows, tuple(Bounds(total, total) for total in _tails(counts)), None)


def _tails(counts: Sequence[int]) -> list[int]:
    return list(accumulate(reversed(counts), initial=0))[::-1]


def _check_counts(sizes: Sequence[int], counts: Sequence[int], smallest: int) -> None:
    _check_smallest(smallest)
    if len(sizes) != len(counts):
        raise ValueError("Give one count for each row.")
    if any(not 0 <= count <= size for size, count in zip(sizes, counts, strict=True)):
        raise ValueError("A count lies between nobody and everybody of its row.")


def _check_smallest(smallest: int) -> None:
    if smallest < LEAST_SMALLEST:
        raise ValueError(f"No group smaller than {LEAST_SMALLEST} may be shown.")
