"""Do the learned weights foretell ratings that they have not seen better than the designer's?

The pairs are dealt into ten folds, all pairs of one mentor into the same. For each fold the weights
are learned from the other nine and both weightings foretell it. The gate opens where the mean gain in
squared error is more than two standard errors, counted over mentors. The deal is drawn three times and averaged.
Sources: Stone, J. R. Stat. Soc. B 36 (1974), 111-147; the one-standard-error habit of Breiman et al. 1984, made stricter.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.engine.learning.evidence import Evidence
from lodestar.engine.learning.feedback import Floats, Ints
from lodestar.engine.learning.posterior import moments_of, slope_of

FOLDS = 10
REPEATS = 3
NEEDED_ERRORS = 2.0

Learner = Callable[[Floats, int], Floats]
"""Weights in shares, learned from sums of products and the number of spare rows."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Gain of the learned weights on unseen pairs, as a share of the designer's squared error."""

    passed: bool
    gain: float
    standard_error: float
    groups: int

    @property
    def errors(self) -> float:
        """How many standard errors the gain is above nothing."""
        return self.gain / self.standard_error if self.standard_error > 0 else 0.0


def gate_of(evidence: Evidence, designer: Floats, learner: Learner, seed: int) -> Gate:
    """Return whether learned weights do better on unseen pairs than the designer's.

    >>> from lodestar.engine.learning.feedback import RatedPairs
    >>> from lodestar.engine.learning.evidence import evidence_of
    >>> keys = tuple(f"p{number:02}" for number in range(20))
    >>> same = RatedPairs(keys, np.full((20, 1), 50.0), np.full((20, 1), 4.0))
    >>> gate_of(evidence_of(same), np.ones(1), lambda moments, spare: np.ones(1), seed=1).passed
    False
    """
    loss = np.zeros((len(evidence), 2))
    for repeat in range(REPEATS):
        fold = dealt(evidence.group_keys, f"{seed}:{repeat}")[evidence.group]
        loss += _unseen_loss(evidence, fold, designer, learner) / REPEATS
    gained = loss[:, 0] - loss[:, 1]
    mean = float(gained.mean())
    by_group = np.bincount(evidence.group, gained - mean)
    error = float(np.sqrt((by_group**2).sum())) / len(gained)
    usual = float(loss[:, 0].mean()) or 1.0
    return Gate(mean > NEEDED_ERRORS * error, mean / usual, error / usual, len(by_group))


def dealt(keys: Sequence[str], salt: str, folds: int = FOLDS) -> Ints:
    """Deal keys into folds of equal size by their SHA-256 tickets.

    >>> sorted(dealt(["ana", "ben", "eva", "jan"], "7", folds=2).tolist())
    [0, 0, 1, 1]
    """
    ticket = [hashlib.sha256(f"{salt}:{key}".encode()).digest() for key in keys]
    order = sorted(range(len(keys)), key=lambda place: ticket[place])
    fold = np.zeros(len(keys), dtype=np.int64)
    fold[order] = np.arange(len(keys)) % folds
    return fold


def _unseen_loss(evidence: Evidence, fold: Ints, designer: Floats, learner: Learner) -> Floats:
    rows = evidence.rows
    everything = moments_of(rows)
    loss = np.zeros((len(rows), 2))
    for number in range(FOLDS):
        unseen = fold == number
        seen = everything - moments_of(rows[unseen])
        learned = learner(seen, int((~unseen).sum()) - evidence.cohorts)
        for column, weights in enumerate((designer, learned)):
            foretold = slope_of(seen, weights) * (rows[unseen, 1:] @ weights)
            loss[unseen, column] = (rows[unseen, 0] - foretold) ** 2
    return loss
