"""How well does one order foretell another, and how surely?

Uncertainty is by leaving out one group of related rows at a time (the jackknife of Tukey 1958 on
groups; Shao & Wu, Ann. Stat. 17 (1989), 1176-1197): no draw, so the same answer on every machine.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata, t

from lodestar.engine.learning.feedback import Bools, Floats, Ints

CONFIDENCE = 0.95
FEWEST_GROUPS = 3

Statistic = Callable[[Bools], float | None]
"""A number computed from the rows that a mask keeps; None where they cannot tell."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error and the interval that holds it 19 times of 20."""

    value: float
    standard_error: float
    low: float
    high: float


def rank_correlation(first: Floats, second: Floats) -> float | None:
    """Return Spearman's correlation of two orders; None where either has only ties.

    Spearman, Am. J. Psychol. 15 (1904), 72-101.

    >>> rank_correlation(np.array([1.0, 2, 3]), np.array([10.0, 30, 20]))
    0.5
    """
    ranks = rankdata(first) - (len(first) + 1) / 2, rankdata(second) - (len(second) + 1) / 2
    spread = float(np.sqrt((ranks[0] @ ranks[0]) * (ranks[1] @ ranks[1])))
    return float(ranks[0] @ ranks[1]) / spread if spread > 0 else None


def ordering_share(score: Floats, is_good: Bools) -> float | None:
    """Return how often a good one scores above another (AUC), ties half; None without both.

    Mann & Whitney 1947; Hanley & McNeil, Radiology 143 (1982), 29-36.

    >>> ordering_share(np.array([1.0, 2, 3, 4]), np.array([False, True, False, True]))
    0.75
    """
    good = int(is_good.sum())
    others = len(is_good) - good
    if good == 0 or others == 0:
        return None
    ranks = float(rankdata(score)[is_good].sum())
    return (ranks - good * (good + 1) / 2) / (good * others)


def jackknife(group: Ints, statistic: Statistic) -> Estimate | None:
    """Return a statistic with its error from leaving out each group of rows once.

    None where the rows cannot tell, or where fewer than three groups can be left out.

    >>> numbers = np.array([1.0, 2, 3, 4])
    >>> found = jackknife(np.arange(4), lambda kept: float(numbers[kept].mean()))
    >>> found is not None and round(found.standard_error, 4)
    0.6455
    """
    whole = statistic(np.ones(len(group), dtype=bool))
    left_out = [statistic(group != number) for number in np.unique(group)]
    parts = np.array([part for part in left_out if part is not None])
    if whole is None or len(parts) < FEWEST_GROUPS:
        return None
    count = len(parts)
    error = float(np.sqrt((count - 1) / count * ((parts - parts.mean()) ** 2).sum()))
    return around(whole, error, count - 1)


def around(value: float, error: float, freedom: float) -> Estimate:
    """Return a value with Student's interval.

    >>> around(1.0, 0.0, 5)
    Estimate(value=1.0, standard_error=0.0, low=1.0, high=1.0)
    """
    half = float(t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    return Estimate(value, error, value - half, value + half)
