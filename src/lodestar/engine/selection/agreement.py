"""How alike do readers score?

Krippendorff's alpha with squared distances: one minus the distance between scores of the same thing, divided by
the distance between scores of any two things. 1 is full agreement, 0 what chance alone would give; it takes any
number of readers, and pairs that change from one application to the next. On levels 1 to 3 squared distances
count a disagreement of two levels four times one of one level, as quadratic weights do in Cohen's kappa.

The interval redraws whole applications (a cluster bootstrap): what is scored on one application hangs together.
Where nearly everything has the same level alpha says little, however often two readers agree; so the plain shares
stand beside it, with Wilson's interval.

Sources: K. Krippendorff, Content Analysis, 4th ed. 2018, ch. 12; A. F. Hayes and K. Krippendorff, Answering the
call for a standard reliability measure for coding data, Communication Methods and Measures 1 (2007), 77-89.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.measures.rates import wilson

FEWEST = 10
DRAWS = 1000
AT_ONCE = 50
CONFIDENCE = 0.9
FAR = 2
FAR_IN_THE_MEAN = 100
Scores = Mapping[int, Mapping[int, int]]
"""The scores of one application: by reader, then by criterion."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike readers scored: shares of comparisons, and alpha with its interval where it can be told."""

    comparisons: int = 0
    same: int = 0
    far: int = 0
    applications: int = 0
    same_between: tuple[float, float] = (0.0, 1.0)
    alpha: float | None = None
    alpha_between: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What readers gave one application: the mean of their means in hundredths, and whether they differ."""

    score: int | None = None
    is_disputed: bool = False


def summary_of(scores: Scores) -> Summary:
    """Sum up one application: disputed if two readers are two levels apart by anything, or one in the mean.

    >>> summary_of({1: {7: 3, 8: 3}, 2: {7: 2, 8: 1}})
    Summary(score=225, is_disputed=True)
    """
    means = [mean_of(given) for given in scores.values() if given]
    if not means:
        return Summary()
    far = any(max(each) - min(each) >= FAR for each in _by_criterion(scores))
    is_disputed = far or max(means) - min(means) >= FAR_IN_THE_MEAN
    return Summary(round(sum(means) / len(means)), is_disputed)


def mean_of(given: Mapping[int, int]) -> float:
    return 100 * sum(given.values()) / len(given)


def _by_criterion(scores: Scores) -> list[list[int]]:
    """Return what was scored by more than one reader, one list for each criterion."""
    found: dict[int, list[int]] = {}
    for given in scores.values():
        for criterion, score in given.items():
            found.setdefault(criterion, []).append(score)
    return [each for _criterion, each in sorted(found.items()) if len(each) > 1]


def agreement_of(cohort: Sequence[Scores], *, seed: int = 1851) -> Agreement:
    """Tell how alike readers scored over many applications; below ten, alpha and its interval are left out."""
    units = [each for each in (_by_criterion(scores) for scores in cohort) if each]
    pairs = [abs(a - b) for unit in units for each in unit for a, b in combinations(each, 2)]
    if not pairs:
        return Agreement()
    same, far = pairs.count(0), sum(distance >= FAR for distance in pairs)
    found = Agreement(len(pairs), same, far, len(units), wilson(same, len(pairs), CONFIDENCE))
    alpha = alpha_of([each for unit in units for each in unit])
    if len(units) < FEWEST or alpha is None:
        return found
    return Agreement(
        found.comparisons, same, far, len(units), found.same_between, alpha, _between(units, seed)
    )


def alpha_of(units: Sequence[Sequence[int]]) -> float | None:
    """Return Krippendorff's alpha with squared distances; None where every score is the same.

    >>> alpha_of([[1, 1], [3, 3]]), alpha_of([[2, 2], [2, 2]])
    (1.0, None)
    """
    alpha = float(_alphas(np.array(_sums(units), dtype=np.float64)))
    return None if np.isnan(alpha) else alpha


def _sums(units: Sequence[Sequence[int]]) -> tuple[float, float, float, float]:
    """Return what alpha follows from: distance within, number, sum and sum of squares of the scores."""
    values = [score for unit in units for score in unit]
    apart = sum(_squares(unit) / (len(unit) - 1) for unit in units)
    return apart, len(values), sum(values), sum(v * v for v in values)


def _squares(values: Sequence[int]) -> float:
    """Return the sum of squared distances over all ordered pairs."""
    return 2 * (len(values) * sum(v * v for v in values) - sum(values) ** 2)


def _alphas(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return alpha for each row of sums; not a number where all scores are the same."""
    apart, size, total, squares = np.moveaxis(sums, -1, 0)
    expected = 2 * (size * squares - total**2) / (size - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - apart / expected, np.nan)


def _between(units: Sequence[Sequence[Sequence[int]]], seed: int) -> tuple[float, float] | None:
    dice = np.random.default_rng(seed)
    rows = np.array([_sums(unit) for unit in units], dtype=np.float64)
    parts = []
    for _part in range(DRAWS // AT_ONCE):
        chosen = dice.integers(0, len(rows), size=(AT_ONCE, len(rows)))
        parts.append(_alphas(rows[chosen].sum(axis=1)))
    drawn = np.concatenate(parts)
    drawn = np.sort(drawn[~np.isnan(drawn)])
    if len(drawn) < DRAWS / 2:
        return None
    cut = round((1 - CONFIDENCE) / 2 * len(drawn))
    return float(drawn[cut]), float(drawn[-1 - cut])
