"""Which weights do the ratings speak for, and how surely?

The rating of a pair is taken as level + slope * its score, where the score uses unknown weights.
The weights have a Gaussian prior around the designer's, equally wide for all and with the same sum, so that
weights move only where many ratings pull. Given the slope b and the prior's spread r, the move z away from the
designer's weights is Gaussian with variance s²r² / (s² + b²r²d²) and mean b r² g / (s² + b²r²d²) along each
principal direction of the closeness table, with d² its strength, g = its product with (rating - b * designer's score)
and s² the noise. How wide the prior should be, and how steep the slope is, are not guessed: both are averaged over a grid,
each value weighing as much as it explains the ratings (marginal likelihood). The case "the designer
is right" (spread 0) is one of the values and begins with half of the belief.
Sources: Lindley & Smith, J. R. Stat. Soc. B 34 (1972), 1-41; MacKay, Neural Computation 4 (1992), 415-447.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import helmert

from lodestar.engine.learning.feedback import Bools, Floats

SPREADS = np.array([0, 0.02, 0.04, 0.08, 0.16])
BELIEFS = np.array([0.5, 0.125, 0.125, 0.125, 0.125])
SLOPES = np.linspace(0, 8, 81)
ROUNDING_NOISE = 1 / 24
FEWEST_SPARE = 10


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What is believed after the ratings. Moves are in shares of 1, along the columns of `frame`.

    `frame` is criteria by directions, each of which keeps the sum of the weights. `slope` is in
    rating points from the worst to the perfect score. `moved` is the chance that the
    designer's weights are not the best ones. `covariance` is of the whole belief; `doubt` is
    the spread around `move` granted that the designer is not exactly right, so that half a belief in
    the designer never makes an interval look surer than the ratings are.
    """

    frame: Floats
    move: Floats
    covariance: Floats
    doubt: Floats
    slope: float
    slope_error: float
    noise: float
    moved: float

    def errors(self) -> Floats:
        """Return the standard error of each criterion's weight, in shares of 1."""
        spread = np.einsum("ci,ij,cj->c", self.frame, self.doubt, self.frame)
        return np.asarray(np.sqrt(np.maximum(spread, 0)))


def moments_of(rows: Floats) -> Floats:
    """Return all sums of products of the columns, which is all the posterior needs."""
    return np.asarray(rows.T @ rows)


def posterior_of(moments: Floats, spare: int, designer: Floats, free: Bools) -> Posterior:
    """Return the belief about the weights.

    `moments` is (1 + criteria)², of rows (rating, closeness) from their means; `spare` the
    number of rows less the number of means taken; `designer` the weights in shares; `free`
    which of them may move (at least two).

    >>> rows = np.array([[1.0, 0.5, -0.5], [-1.0, -0.5, 0.5]] * 50)
    >>> belief = posterior_of(moments_of(rows), 99, np.array([0.5, 0.5]), np.array([True, True]))
    >>> bool((belief.frame @ belief.move)[0] > 0.1)
    True
    """
    frame = _frame(free)
    mixing = np.zeros((len(moments), frame.shape[1] + 2))
    mixing[0, 0], mixing[1:, 1], mixing[1:, 2:] = 1, designer, frame
    reduced = mixing.T @ moments @ mixing
    noise = _noise(reduced, spare)
    strength, turn = np.linalg.eigh(reduced[2:, 2:])
    pull = turn.T @ reduced[2:, :2]
    move, spread, belief = _on_the_grid(reduced[:2, :2], np.maximum(strength, 0), pull, noise)
    moved = float(belief[:, 1:].sum())
    if_moved = belief[:, 1:] / moved
    mean = np.einsum("br,brk->k", if_moved, move[:, 1:])
    apart = move[:, 1:] - mean
    within = np.diag(np.einsum("br,brk->k", if_moved, spread[:, 1:]))
    covariance = np.einsum("br,brk,brl->kl", if_moved, apart, apart) + within
    square = np.outer(mean, mean)
    by_slope = belief.sum(axis=1)
    slope = float(by_slope @ SLOPES)
    return Posterior(
        frame=frame,
        move=turn @ mean * moved,
        covariance=turn @ (moved * (covariance + (1 - moved) * square)) @ turn.T,
        doubt=turn @ (covariance + (1 - moved) ** 2 * square) @ turn.T,
        slope=slope,
        slope_error=float(np.sqrt(by_slope @ (SLOPES - slope) ** 2)),
        noise=float(np.sqrt(noise)),
        moved=moved,
    )


def slope_of(moments: Floats, weights: Floats) -> float:
    """Return the least-squares slope of the rating on the score by these weights, in bounds."""
    spread = float(weights @ moments[1:, 1:] @ weights)
    product = float(weights @ moments[1:, 0])
    return float(np.clip(product / spread, SLOPES[0], SLOPES[-1])) if spread > 0 else 0.0


def _frame(free: Bools) -> Floats:
    count = int(free.sum())
    frame = np.zeros((len(free), count - 1))
    frame[free] = helmert(count).T
    return frame


def _noise(reduced: Floats, spare: int) -> float:
    """Return the variance around the best fit; never less than rounding to whole ratings adds."""
    used = reduced[1:, 1:] if spare - len(reduced) + 1 >= FEWEST_SPARE else reduced[1:2, 1:2]
    fitted, _, rank, _ = np.linalg.lstsq(used, reduced[1 : len(used) + 1, 0])
    left = float(reduced[0, 0] - fitted @ reduced[1 : len(used) + 1, 0])
    return max(ROUNDING_NOISE, left / max(1, spare - int(rank)))


def _on_the_grid(
    square: Floats, strength: Floats, pull: Floats, noise: float
) -> tuple[Floats, Floats, Floats]:
    """Return mean and variance of the move for each slope and spread, and the belief in each."""
    slope = SLOPES[:, None, None]
    wide = (SPREADS**2)[None, :, None]
    left = pull[:, 0] - slope * pull[:, 1]
    known = noise + slope**2 * wide * strength
    misfit = square[0, 0] - 2 * SLOPES * square[0, 1] + SLOPES**2 * square[1, 1]
    explained = (left**2 * slope**2 * wide / known).sum(axis=2)
    log_belief = (
        np.log(BELIEFS)
        - np.log(known / noise).sum(axis=2) / 2
        - (misfit[:, None] - explained) / (2 * noise)
    )
    belief = np.exp(log_belief - log_belief.max())
    return slope * wide * left / known, wide * noise / known, belief / belief.sum()
