"""What may be shown of what each group received?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.fairness.received import CENTURY, Figures, Numbers
from lodestar.engine.matching.problem import PERFECT
from lodestar.engine.measures.means import GroupMean, Scale, means_by_row
from lodestar.engine.measures.rates import wilson
from lodestar.engine.measures.suppression import Bounds, Release, Row, RowKind, release, rows_of

POINTS = Scale(0, PERFECT, (PERFECT // 100, PERFECT // 20, PERFECT // 10))
DAYS = Scale(0, CENTURY, (1, 5, 10))


class Measure(StrEnum):
    """What is compared between groups."""

    SERVED = "served"
    SCORE = "score"
    FIRST_CHOICE = "first_choice"
    TOP_THREE = "top_three"
    WAITING = "waiting"


SCALES = {Measure.SCORE: POINTS, Measure.WAITING: DAYS}


@dataclass(frozen=True, slots=True)
class GroupShare:
    """What is shown of a group's count, `least` to `most` of `of`, and the interval of the share."""

    least: int
    most: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, or `None` where the exact count is hidden."""
        return self.least / self.of if self.least == self.most else None


@dataclass(frozen=True, slots=True)
class GroupAudit:
    """One row; `kind` says whom it stands for, and only declared groups have a label.

    Shares are of all in the row, means of those served. `median_rank` is what the middle mentee
    received (of two, the better), the unserved coming last; `None` where it is hidden, or is no rank.
    """

    kind: RowKind
    label: str | None
    size: int
    served: GroupShare
    score: GroupMean
    first_choice: GroupShare | None
    top_three: GroupShare | None
    median_rank: int | None
    waiting: GroupMean | None


@dataclass(frozen=True, slots=True)
class Together:
    """Rows (positions) of which a measure says more when all are taken together."""

    measure: Measure
    rows: tuple[int, ...]
    share: GroupShare


@dataclass(frozen=True, slots=True, eq=False)
class GroupReport:
    """The rows, what is shown of them, and what is not.

    `missed` is what is shown of those who did not reach each cut, `means` what is shown of means;
    `values` (and `ranks`, endless for none) are behind them, by row, and are not for showing.
    """

    rows: tuple[Row, ...]
    missed: dict[Measure, Release]
    means: dict[Measure, tuple[GroupMean, ...]]
    values: dict[Measure, list[Numbers]]
    ranks: list[Numbers] | None

    @property
    def sizes(self) -> list[int]:
        return [row.size for row in self.rows]


def group_report(figures: Figures, groups: Sequence[str | None], smallest: int) -> GroupReport:
    """Decide what is shown of each group.

    The unserved are among those without one of their first three, and these among
    those without their first; so the cuts are released from the inside out.
    """
    rows, row_of = rows_of(groups, smallest=smallest)
    sizes = [row.size for row in rows]
    missed: dict[Measure, Release] = {}
    inside = None
    for measure, misses in _cuts(figures).items():
        counts = [int(misses[row_of == row].sum()) for row in range(len(rows))]
        inside = missed[measure] = release(sizes, counts, smallest=smallest, inside=inside)
    rated = _rated(figures)
    values = {measure: _split(rated[measure], row_of, len(rows)) for measure in rated}
    means = {}
    for measure, numbers in rated.items():
        people = _people(numbers, sizes, missed[Measure.SERVED])
        means[measure] = means_by_row(values[measure], people, SCALES[measure], smallest=smallest)
    return GroupReport(rows, missed, means, values, _ranks(figures, row_of, len(rows)))


def _cuts(figures: Figures) -> dict[Measure, NDArray[np.bool_]]:
    cuts = {Measure.SERVED: ~figures.served}
    if figures.rank is not None:
        cuts[Measure.TOP_THREE] = ~(figures.rank <= 3)
        cuts[Measure.FIRST_CHOICE] = ~(figures.rank <= 1)
    return cuts


def _rated(figures: Figures) -> dict[Measure, Numbers]:
    rated = {Measure.SCORE: figures.score}
    if figures.waiting is not None:
        rated[Measure.WAITING] = figures.waiting
    return rated


def _split(numbers: Numbers, row_of: NDArray[np.int64], rows: int) -> list[Numbers]:
    """Return the numbers of each row, without those that are none."""
    is_known = ~np.isnan(numbers)
    return [numbers[is_known & (row_of == row)] for row in range(rows)]


def _ranks(figures: Figures, row_of: NDArray[np.int64], rows: int) -> list[Numbers] | None:
    if figures.rank is None:
        return None
    return _split(np.nan_to_num(figures.rank, nan=np.inf), row_of, rows)


def _people(values: Numbers, sizes: list[int], unserved: Release) -> Release:
    """Return what is shown of the numbers behind a mean: of all, or of those served."""
    if not np.isnan(values).any():
        return Release(tuple(Bounds(size, size) for size in sizes), unserved.tails, None)
    served = (bounds.of(size) for bounds, size in zip(unserved.rows, sizes, strict=True))
    return Release(tuple(served), unserved.tails, unserved.stop)


def group_audits(report: GroupReport) -> tuple[GroupAudit, ...]:
    """Return every row as it is shown."""
    return tuple(_group_audit(report, place) for place in range(len(report.rows)))


def _group_audit(report: GroupReport, place: int) -> GroupAudit:
    row = report.rows[place]
    shares = {
        measure: share_shown(missed.rows[place], row.size)
        for measure, missed in report.missed.items()
    }
    means = {measure: by_row[place] for measure, by_row in report.means.items()}
    return GroupAudit(
        kind=row.kind,
        label=row.label,
        size=row.size,
        served=shares[Measure.SERVED],
        score=means[Measure.SCORE],
        first_choice=shares.get(Measure.FIRST_CHOICE),
        top_three=shares.get(Measure.TOP_THREE),
        median_rank=_median_rank(report, place),
        waiting=means.get(Measure.WAITING),
    )


def share_shown(missed: Bounds, size: int) -> GroupShare:
    """Return the share that reached a cut, from what is shown of those who missed it.

    >>> share_shown(Bounds(0, 4), 20).least
    16
    """
    reached = missed.of(size)
    low, _ = wilson(reached.low, size)
    _, high = wilson(reached.high, size)
    return GroupShare(reached.low, reached.high, size, low, high)


def _median_rank(report: GroupReport, place: int) -> int | None:
    """Return the middle rank if both cuts are exact and the middle mentee is served for certain."""
    if report.ranks is None:
        return None
    cuts = (report.missed[cut] for cut in (Measure.TOP_THREE, Measure.FIRST_CHOICE))
    size = report.rows[place].size
    middle = (size - 1) // 2
    is_served = middle < size - report.missed[Measure.SERVED].rows[place].high
    if not (is_served and all(cut.rows[place].is_exact for cut in cuts)):
        return None
    rank = np.sort(report.ranks[place])[middle]
    return int(rank) if np.isfinite(rank) else None


def together(report: GroupReport) -> tuple[Together, ...]:
    """Return what is shown of the rows that a measure tells little of one by one."""
    found = []
    for measure, missed in report.missed.items():
        if missed.stop is None or missed.stop + 2 >= len(report.rows):
            continue
        below = missed.stop + 1
        share = share_shown(missed.tails[below], sum(report.sizes[below:]))
        found.append(Together(measure, tuple(range(below, len(report.rows))), share))
    return tuple(found)
