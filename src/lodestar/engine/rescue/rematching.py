"""When people are matched again in mid-program, what does keeping the pairs that work cost?

Pairs that work already count some points more than their score. Without such a bonus a new optimum breaks
many of them for next to nothing; a large one shuts newcomers out of better places. The curve shows both,
each point being one exact solve.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.cohort import Problem
from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.objectives import AIMS
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.solving import SERVE, Aims, Listed, best_matching

USUAL_BONUSES = (0, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class KeepPoint:
    """What one keep-bonus (points) gives.

    `kept` of the pairs that work and are still eligible (`keepable`) stay together. `total` is points
    without the bonus; `total_share` compares it with matching from scratch (bonus 0).
    """

    bonus: int
    kept: int
    keepable: int
    served: int
    total: int
    total_share: float

    @property
    def kept_share(self) -> float:
        """The share of the working pairs that stay together; 1 where there is none."""
        return self.kept / self.keepable if self.keepable else 1.0


def keep_curve(
    pairs: EligiblePairs,
    kept: Taken,
    drawn: Drawn,
    *,
    aims: Aims = SERVE,
    bonuses: Sequence[int] = USUAL_BONUSES,
) -> tuple[KeepPoint, ...]:
    """Return what each keep-bonus gives, in ascending order of the bonus; one exact solve each.

    `kept` are the positions of the pairs that work already, `bonuses` whole points of 0 or more.
    Raising the bonus never keeps fewer pairs nor gives a larger total (but under worst-first, and for equals).

    >>> from lodestar.engine.matching.lottery import draw
    >>> table = np.array([[500_000, 520_000], [510_000, 500_000]])
    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), table.ravel(), np.array([1, 1]))
    >>> curve = keep_curve(pairs, np.array([0, 3]), draw(1, "ab", "xy"), bonuses=(0, 20_000))
    >>> [(point.kept, point.total) for point in curve]
    [(0, 1030000), (2, 1000000)]
    """
    wanted = sorted(set(bonuses))
    _check(pairs, kept, wanted)
    scratch = _matched(pairs, kept, 0, aims, drawn)
    at_scratch = int(pairs.score[scratch].sum())
    return tuple(
        _point(pairs, kept, bonus, _matched(pairs, kept, bonus, aims, drawn), at_scratch)
        for bonus in wanted
    )


def keep_curve_of(
    problem: Problem,
    seed: int,
    *,
    aims: Aims | None = None,
    bonuses: Sequence[int] = USUAL_BONUSES,
) -> tuple[KeepPoint, ...]:
    """Return the curve of a scored cohort and its kept pairs, with its pins settled.

    By the objective of the design, where that is served, total or worst-first, else by served.

    Raises MatchingError where the cohort is too large to list its pairs.
    """
    pairs = problem.open_pairs
    if pairs is None:
        raise MatchingError(
            "The curve of keep-bonuses is computed for cohorts whose pairs can be listed, and this one is "
            "too large: use the usual keep-bonus."
        )
    ends = np.array(sorted(problem.kept), dtype=np.int64).reshape(-1, 2)
    place = pairs.positions_of(ends[:, 0], ends[:, 1])
    aims = aims or AIMS.get(problem.design.objective, SERVE)
    curve = keep_curve(pairs, place[place >= 0], problem.draw(seed), aims=aims, bonuses=bonuses)
    return _with_pins(problem, curve)


def _with_pins(problem: Problem, curve: tuple[KeepPoint, ...]) -> tuple[KeepPoint, ...]:
    """Count the pins in every point: they stay whatever the bonus."""
    pinned = np.array(problem.pinned, dtype=np.int64).reshape(-1, 2)
    points = int(problem.scorer.weigh(pinned[:, 0], pinned[:, 1]).score.sum())
    served, kept = len(np.unique(pinned[:, 0])), len({*problem.pinned} & problem.kept)
    scratch = curve[0].total / curve[0].total_share if curve and curve[0].total_share else 0
    return tuple(
        replace(
            point,
            kept=point.kept + kept,
            keepable=point.keepable + kept,
            served=point.served + served,
            total=point.total + points,
            total_share=(point.total + points) / (scratch + points) if scratch + points else 1.0,
        )
        for point in curve
    )


def _matched(pairs: EligiblePairs, kept: Taken, bonus: int, aims: Aims, drawn: Drawn) -> Taken:
    weight = pairs.score.astype(np.int64)
    weight[kept] += bonus
    claim = best_matching(Listed(pairs, weight), aims, drawn).claim
    return pairs.positions_of(claim.mentee, claim.mentor)


def _point(
    pairs: EligiblePairs, kept: Taken, bonus: int, taken: Taken, at_scratch: int
) -> KeepPoint:
    total = int(pairs.score[taken].sum())
    return KeepPoint(
        bonus=bonus,
        kept=len(np.intersect1d(taken, kept)),
        keepable=len(np.unique(kept)),
        served=len(np.unique(pairs.mentee_of_each()[taken])),
        total=total,
        total_share=total / at_scratch if at_scratch else 1.0,
    )


def _check(pairs: EligiblePairs, kept: Ints, bonuses: Sequence[int]) -> None:
    if not bonuses or bonuses[0] < 0:
        raise MatchingError("Give keep-bonuses as points of 0 or more, at least one.")
    if len(kept) and not 0 <= kept.min() <= kept.max() < len(pairs):
        raise MatchingError("A kept pair is not among the eligible pairs: leave it out.")
