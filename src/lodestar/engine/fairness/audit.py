"""How evenly are good matches shared between groups of people, and mentees between mentors?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.engine.fairness.group_gaps import AuditSettings, Gap, gaps_of
from lodestar.engine.fairness.group_report import (
    DAYS,
    POINTS,
    GroupAudit,
    Together,
    group_audits,
    group_report,
    together,
)
from lodestar.engine.fairness.received import (
    Figures,
    Loads,
    Numbers,
    Received,
    checked_loads,
    figures_of,
)
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.measures.evenness import LoadAudit, gini, load_audit
from lodestar.engine.measures.means import Scale, mean_on
from lodestar.engine.measures.rates import Mean, Share, share_of
from lodestar.engine.measures.suppression import LEAST_SMALLEST

FEWEST_DRAWS = 99


@dataclass(frozen=True, slots=True)
class RankCounts:
    """How many mentees received which rank; `unranked` have a mentor whom they did not rank."""

    first: int
    second_or_third: int
    fourth_to_tenth: int
    later: int
    unranked: int
    unserved: int


@dataclass(frozen=True, slots=True)
class Overall:
    """All mentees together, whatever their group.

    `worst_tenth`: mean points of the tenth worst off; `gini_of_scores`: how unevenly points are
    shared (0: all alike). Both count the unserved at 0, and are `None` where there are too few to say.
    """

    mentees: int
    served: Share
    score: Mean
    ranks: RankCounts | None
    waiting: Mean | None
    worst_tenth: float | None
    gini_of_scores: float | None


@dataclass(frozen=True, slots=True)
class FairnessAudit:
    """All that may be shown of a result by one attribute: codes and numbers, no sentences."""

    settings: AuditSettings
    overall: Overall
    groups: tuple[GroupAudit, ...]
    together: tuple[Together, ...]
    gaps: tuple[Gap, ...]
    load: LoadAudit


def audit_fairness(
    received: Received,
    loads: Loads,
    groups: Sequence[str | None],
    settings: AuditSettings | None = None,
) -> FairnessAudit:
    """Return how evenly a result treats groups, and mentors, as far as it may be shown.

    `groups` is one attribute that people declared and agreed to have counted: a label for each
    mentee, or `None`. By group, counts below `settings.smallest` stay hidden, even from readers
    who know all totals and the rule (`measures.suppression`). Gaps and chances of counts are worked
    out from what is shown. The order of people does not matter. Raises `MatchingError`.

    >>> received = Received([True] * 20, [900_000] * 10 + [500_000] * 10)
    >>> audit = audit_fairness(received, Loads([1] * 20, [1] * 20), ["a"] * 10 + ["b"] * 10)
    >>> [(gap.measure.value, gap.verdict.value) for gap in audit.gaps]
    [('served', 'no_clear_difference'), ('score', 'difference')]
    """
    settings = settings or AuditSettings()
    _check_settings(settings)
    figures = figures_of(received)
    labels = _checked_groups(groups, len(figures.served))
    report = group_report(figures, labels, settings.smallest)
    return FairnessAudit(
        settings,
        _overall(figures, settings.smallest),
        group_audits(report),
        together(report),
        gaps_of(report, settings),
        load_audit(*checked_loads(loads), smallest=settings.smallest),
    )


def group_gap(amounts: ArrayLike, groups: Sequence[str | None] | NDArray[np.integer[Any]]) -> float:
    """Return the largest less the smallest mean of any group, for use inside the engine.

    `amounts` are scores or served (0 or 1) by person, `groups` labels or codes; `None`, or a code
    below 0, is not counted. 0 for fewer than two groups. Nothing is hidden: not for showing.

    >>> group_gap([4, 6, 1, 1], ["a", "a", "b", None])
    4.0
    """
    codes, values = _codes(groups), np.asarray(amounts, dtype=float)
    if values.shape != codes.shape:
        raise MatchingError("Give one amount and one group for each person.")
    is_counted = codes >= 0
    people = np.bincount(codes[is_counted])
    totals = np.bincount(codes[is_counted], weights=values[is_counted])
    means = totals[people > 0] / people[people > 0]
    return float(np.ptp(means)) if len(means) else 0.0


def _codes(groups: Sequence[str | None] | NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    if isinstance(groups, np.ndarray) and groups.dtype.kind in "iu":
        return groups.astype(np.int64)
    labels = sorted({group for group in groups if group is not None})
    codes: dict[str | None, int] = {label: code for code, label in enumerate(labels)}
    return np.array([codes.get(group, -1) for group in groups], dtype=np.int64)


def _overall(figures: Figures, smallest: int) -> Overall:
    points = np.nan_to_num(figures.score)
    mentees = len(points)
    tenth = -(-mentees // 10)
    worst = float(np.sort(points)[:tenth].mean()) if tenth >= smallest else None
    waiting = figures.waiting
    return Overall(
        mentees=mentees,
        served=share_of(int(figures.served.sum()), mentees, minimum=smallest),
        score=_mean(figures.score, POINTS, smallest),
        ranks=None if figures.rank is None else _rank_counts(figures.rank, figures.served),
        waiting=None if waiting is None else _mean(waiting, DAYS, smallest),
        worst_tenth=worst,
        gini_of_scores=gini(points) if mentees >= smallest else None,
    )


def _mean(numbers: Numbers, scale: Scale, smallest: int) -> Mean:
    return mean_on(numbers[~np.isnan(numbers)], scale, smallest=smallest)


def _rank_counts(rank: Numbers, is_served: NDArray[np.bool_]) -> RankCounts:
    first, three, ten, ranked = (int((rank <= last).sum()) for last in (1, 3, 10, np.inf))
    served = int(is_served.sum())
    return RankCounts(
        first=first,
        second_or_third=three - first,
        fourth_to_tenth=ten - three,
        later=ranked - ten,
        unranked=served - ranked,
        unserved=len(rank) - served,
    )


def _check_settings(settings: AuditSettings) -> None:
    if settings.smallest < LEAST_SMALLEST:
        raise MatchingError(
            f"No group smaller than {LEAST_SMALLEST} may be shown: raise the smallest group "
            f"from {settings.smallest}."
        )
    if settings.draws < FEWEST_DRAWS:
        raise MatchingError(f"A test of differences needs at least {FEWEST_DRAWS} draws.")
    if not 0 < settings.level < 1:
        raise MatchingError("The level at which a difference counts must lie between 0 and 1.")
    if settings.seed < 0:
        raise MatchingError("The seed must be 0 or more.")


def _checked_groups(groups: Sequence[str | None], people: int) -> list[str | None]:
    if len(groups) != people:
        raise MatchingError(
            f"There are {people} mentees but {len(groups)} groups: give one each, or none."
        )
    if any(not (group is None or isinstance(group, str)) for group in groups):
        raise MatchingError("A group is a text, or none where a person did not declare one.")
    return [None if group is None else str(group) for group in groups]
