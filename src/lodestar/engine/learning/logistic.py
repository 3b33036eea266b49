"""How probable is a yes, given some numbers?

Logistic regression with a ridge: the coefficients of standardised columns maximise the log-likelihood less
ridge/2 times their squares; the level is not held back. Newton's method with halved steps, so that the
penalised likelihood never falls (Cox 1958; le Cessie & van Houwelingen, Appl. Stat. 41 (1992), 191-201).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from lodestar.engine.learning.feedback import Bools, Floats
from lodestar.engine.matching.problem import MatchingError

SMALLEST_STEP = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """A fitted model: `coefficients` begin with the level and belong to standardised columns."""

    centre: Floats
    scale: Floats
    coefficients: Floats

    def chance(self, columns: Floats) -> Floats:
        """Return the chance of a yes for each row of rows by columns."""
        return np.asarray(
            expit(_standardised(columns, self.centre, self.scale) @ self.coefficients)
        )


def fit_logistic(columns: Floats, is_yes: Bools, ridge: float = 1.0) -> Logistic:
    """Fit the chance of a yes to rows by columns of finite numbers.

    Raises `MatchingError` where all answers are the same, or the ridge is not above 0.

    >>> model = fit_logistic(np.array([[1.0], [2], [3], [4]]), np.array([False, True, False, True]))
    >>> [round(float(chance), 2) for chance in model.chance(np.array([[1.0], [4]]))]
    [0.35, 0.65]
    """
    if ridge <= 0:
        raise MatchingError(f"The ridge is {ridge:g}: it must be above 0.")
    if is_yes.all() or not is_yes.any():
        raise MatchingError(
            "All answers are the same: a model needs both yes and no to learn from."
        )
    spread = columns.std(axis=0)
    centre, scale = columns.mean(axis=0), np.where(spread > 0, spread, 1.0)
    rows = _standardised(columns, centre, scale)
    answer = is_yes.astype(np.float64)
    held = np.diag([0.0] + [ridge] * columns.shape[1])
    share = answer.mean()
    found = np.zeros(rows.shape[1])
    found[0] = np.log(share / (1 - share))
    step = np.ones(1)
    while np.abs(step).max() >= SMALLEST_STEP:
        step = _step(rows, answer, held, found)
        found = found + step
    return Logistic(centre, scale, found)


def _standardised(columns: Floats, centre: Floats, scale: Floats) -> Floats:
    return np.column_stack([np.ones(len(columns)), (columns - centre) / scale])


def _step(rows: Floats, answer: Floats, held: Floats, found: Floats) -> Floats:
    chance = expit(rows @ found)
    slope = rows.T @ (answer - chance) - held @ found
    curve = rows.T @ (rows * (chance * (1 - chance))[:, None]) + held
    step = np.linalg.solve(curve, slope)
    now = _worth(rows, answer, held, found)
    while _worth(rows, answer, held, found + step) < now and np.abs(step).max() >= SMALLEST_STEP:
        step = step / 2
    return np.asarray(step)


def _worth(rows: Floats, answer: Floats, held: Floats, found: Floats) -> float:
    level = rows @ found
    return float(answer @ level - np.logaddexp(0, level).sum() - found @ held @ found / 2)
