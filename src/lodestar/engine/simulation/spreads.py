"""How far do draws lie apart, how exactly is their mean known, and what did a change gain?"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

FEWEST_DRAWS = 40
CONFIDENCE = 0.95
NINE_OF_TEN = 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    """Draws of one number.

    Of 10 draws 9 lie between `low` and `high` (the 5 and 95 percent of the draws): how different one cohort may turn
    out from another. `error` is the Monte Carlo standard error of `mean`: how
    exactly the draws tell it, smaller with more draws. None where there are too few to say.
    """

    mean: float | None
    error: float | None
    low: float | None
    high: float | None
    draws: int


@dataclass(frozen=True, slots=True)
class Gain:
    """The mean difference between the same draws with and without a change, and its interval.

    `low` to `high` holds the true mean difference 19 times of 20 (Student's interval of paired
    differences: with common random numbers, Kahn & Marshall 1953, it is short). None below two draws.
    """

    mean: float
    low: float | None
    high: float | None
    draws: int


def spread_of(values: ArrayLike, confidence: float = NINE_OF_TEN) -> Spread:
    """Return how draws spread; a draw without a value (NaN) is left out.

    `confidence` is the share of draws between `low` and `high`.

    >>> spread_of([3.0] * 39 + [5.0, 3.0])
    Spread(mean=3.048780487804878, error=0.04878048780487805, low=3.0, high=3.0, draws=41)
    >>> spread_of([3, 5]).low is None
    True
    """
    drawn = np.asarray(values, dtype=np.float64)
    drawn = drawn[~np.isnan(drawn)]
    count = len(drawn)
    if not count:
        return Spread(None, None, None, None, 0)
    error = float(drawn.std(ddof=1)) / sqrt(count) if count > 1 else None
    low = high = None
    if count >= FEWEST_DRAWS:
        tail = (1 - confidence) / 2
        low, high = np.quantile(drawn, [tail, 1 - tail], method="inverted_cdf").tolist()
    return Spread(float(drawn.mean()), error, low, high, count)


def predicted(values: ArrayLike, confidence: float) -> Spread:
    """Return how draws spread; where there are few, between which bounds the next one would lie.

    Below 40 draws by Student's prediction interval, mean ± t·s·√(1 + 1/n): for numbers that are means
    of many people and so nearly normal. None below two draws.

    >>> found = predicted([4.0, 5.0, 6.0], 0.9)
    >>> round(found.low, 2), round(found.high, 2)
    (1.63, 8.37)
    """
    found = spread_of(values, confidence)
    if found.mean is None or found.error is None or found.low is not None:
        return found
    arm = float(stdtrit(found.draws - 1, (1 + confidence) / 2)) * found.error
    arm *= sqrt(found.draws + 1)
    return replace(found, low=found.mean - arm, high=found.mean + arm)


def gain_of(after: ArrayLike, before: ArrayLike) -> Gain:
    """Return what a change gained over the same draws, one by one.

    >>> gain_of([4, 5, 6], [3, 4, 5])
    Gain(mean=1.0, low=1.0, high=1.0, draws=3)
    """
    gained = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    count = len(gained)
    if count < 2:
        return Gain(float(gained.mean()) if count else 0.0, None, None, count)
    mean = float(gained.mean())
    quantile = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2))
    arm = quantile * float(gained.std(ddof=1)) / sqrt(count)
    return Gain(mean, mean - arm, mean + arm, count)
