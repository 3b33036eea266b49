"""Do the ratings of past pairs speak for other weights than the designer's?

Weights are learned with a prior around the designer's (posterior.py) and may only be proposed if they
foretell unseen ratings better (gate.py). Fewer than 30 ratings say nothing; from 30 on the estimates are
shown, from 100 on a change may be proposed, and a person decides. Demographic criteria always keep their weight.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from scipy.optimize import nnls

from lodestar.engine.learning.evidence import Evidence, evidence_of
from lodestar.engine.learning.feedback import (
    HIGHEST,
    Bools,
    DesignWeights,
    Floats,
    RatedPairs,
    check_pairs,
    check_weights,
)
from lodestar.engine.learning.gate import FOLDS, Gate, gate_of
from lodestar.engine.learning.posterior import Posterior, moments_of, posterior_of
from lodestar.engine.matching.problem import WHOLE_WEIGHT

SHOWN_FROM = 30
PROPOSED_FROM = 100
FEWEST_FREE = 2
TWO_SIDED = 1.96
TINIEST_VARIANCE = 1e-10
SUM_MATTERS = 1_000.0
MOST_ROUNDS = 100


class Standing(StrEnum):
    """How far the ratings carry."""

    TOO_FEW = "too_few"
    NOTHING_TO_LEARN = "nothing_to_learn"
    SHOWING = "showing"
    NOT_BETTER = "not_better"
    PROPOSED = "proposed"


class Kept(StrEnum):
    """Why a criterion's weight was not learned."""

    LEARNED = "learned"
    DEMOGRAPHIC = "demographic"
    NO_VARIATION = "no_variation"


class Caution(StrEnum):
    """What a reader must know beside the numbers."""

    ONLY_MATCHED_PAIRS = "only_matched_pairs"
    MANY_UNRATED = "many_unrated"
    ONE_SIDE = "one_side"
    MOSTLY_TOP_RATINGS = "mostly_top_ratings"
    MENTORS_UNKNOWN = "mentors_unknown"
    FEW_MENTORS = "few_mentors"
    SCORE_SAYS_LITTLE = "score_says_little"


@dataclass(frozen=True, slots=True)
class CriterionEstimate:
    """One criterion's weights in basis points, with the interval that holds 19 times of 20."""

    name: str
    kept: Kept
    designer: int
    learned: int
    standard_error: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class LearnedWeights:
    """What the ratings say about the weights; `proposal` is empty unless `standing` is proposed.

    `slope` is in rating points from the worst score to the perfect one. `moved` is the chance
    that other weights than the designer's explain the ratings better.
    """

    standing: Standing
    pairs: int
    rated: int
    cautions: tuple[Caution, ...]
    estimates: tuple[CriterionEstimate, ...] = ()
    slope: float | None = None
    slope_error: float | None = None
    moved: float | None = None
    gate: Gate | None = None
    proposal: tuple[int, ...] = ()

    @property
    def missing_ratings(self) -> int:
        """How many more rated pairs the next step needs; 0 where none is ahead."""
        ahead = [needed for needed in (SHOWN_FROM, PROPOSED_FROM) if self.rated < needed]
        return ahead[0] - self.rated if ahead else 0


def learn_weights(design: DesignWeights, pairs: RatedPairs, seed: int = 1) -> LearnedWeights:
    """Return what the ratings of matched pairs say about the weights, however little.

    `seed` only decides how the gate deals pairs into folds. Raises `MatchingError` where tables
    do not fit together or numbers are off their scale.

    >>> design = DesignWeights(("topics", "place"), (7000, 3000), (False, False))
    >>> few = RatedPairs(("ana-eva",), np.array([[80.0, 20.0]]), np.array([[5.0, 4.0]]))
    >>> learn_weights(design, few).standing.value, learn_weights(design, few).missing_ratings
    ('too_few', 29)
    """
    check_weights(design)
    check_pairs(pairs, len(design.names))
    rated = int(pairs.is_rated().sum())
    if rated < SHOWN_FROM:
        return LearnedWeights(Standing.TOO_FEW, len(pairs), rated, _cautions(pairs))
    evidence = evidence_of(pairs)
    free = free_criteria(design, evidence)
    if free.sum() < FEWEST_FREE or not design.shares()[free].any():
        return LearnedWeights(Standing.NOTHING_TO_LEARN, len(pairs), rated, _cautions(pairs))
    return _learned(design, pairs, evidence, free, seed)


def free_criteria(design: DesignWeights, evidence: Evidence) -> Bools:
    """Return which weights may be learned: not demographic, and not the same for all pairs."""
    varied = np.abs(evidence.rows[:, 1:]).max(axis=0) > 1 / WHOLE_WEIGHT
    return np.asarray(varied & ~np.array(design.demographic, dtype=bool))


def likeliest_weights(belief: Posterior, designer: Floats, free: Bools) -> Floats:
    """Return the likeliest weights that are not negative and keep the sum, in shares of 1.

    The mode of the belief under these bounds is a least-squares problem (Lawson & Hanson 1974).
    """
    covariance = belief.covariance + TINIEST_VARIANCE * np.eye(len(belief.move))
    root = np.linalg.inv(np.linalg.cholesky(covariance))
    root /= np.abs(root).max()
    frame, mine = belief.frame[free], designer[free]
    ones = np.full((1, int(free.sum())), SUM_MATTERS)
    target = np.append(root @ (frame.T @ mine + belief.move), SUM_MATTERS * mine.sum())
    table = np.vstack([root @ frame.T, ones])
    found, _ = nnls(table, target, maxiter=MOST_ROUNDS * len(mine))
    weights = designer.copy()
    weights[free] = found * (mine.sum() / found.sum())
    return weights


def in_basis_points(shares: Floats, total: int = WHOLE_WEIGHT) -> list[int]:
    """Round shares of `total` to whole basis points with the same sum, by largest remainder.

    >>> in_basis_points(np.array([1 / 3, 1 / 3, 1 / 3]))
    [3334, 3333, 3333]
    """
    exact = shares / shares.sum() * total
    whole = np.floor(exact).astype(np.int64)
    by_rest = sorted(range(len(whole)), key=lambda place: (whole[place] - exact[place], place))
    whole[by_rest[: total - int(whole.sum())]] += 1
    return [int(points) for points in whole]


def _learned(
    design: DesignWeights, pairs: RatedPairs, evidence: Evidence, free: Bools, seed: int
) -> LearnedWeights:
    designer = design.shares()
    spare = len(evidence) - evidence.cohorts
    belief = posterior_of(moments_of(evidence.rows), spare, designer, free)
    points = _points(design, likeliest_weights(belief, designer, free), free)
    gate = None
    if len(evidence) >= PROPOSED_FROM and len(evidence.group_keys) >= FOLDS:
        gate = gate_of(evidence, designer, partial(_adopted, designer, free), seed)
    standing = _standing(len(evidence), gate)
    return LearnedWeights(
        standing=standing,
        pairs=len(pairs),
        rated=len(evidence),
        cautions=_cautions(pairs, evidence, belief),
        estimates=_estimates(design, points, belief, free),
        slope=belief.slope,
        slope_error=belief.slope_error,
        moved=belief.moved,
        gate=gate,
        proposal=tuple(points) if standing is Standing.PROPOSED else (),
    )


def _adopted(designer: Floats, free: Bools, moments: Floats, spare: int) -> Floats:
    return likeliest_weights(posterior_of(moments, spare, designer, free), designer, free)


def _standing(rated: int, gate: Gate | None) -> Standing:
    if rated < PROPOSED_FROM:
        return Standing.SHOWING
    return Standing.PROPOSED if gate and gate.passed else Standing.NOT_BETTER


def _points(design: DesignWeights, weights: Floats, free: Bools) -> list[int]:
    points = np.array(design.basis_points, dtype=np.int64)
    points[free] = in_basis_points(weights[free], int(points[free].sum()))
    return [int(point) for point in points]


def _estimates(
    design: DesignWeights, points: list[int], belief: Posterior, free: Bools
) -> tuple[CriterionEstimate, ...]:
    errors = belief.errors() * WHOLE_WEIGHT
    return tuple(
        CriterionEstimate(
            name=name,
            kept=_kept(bool(free[place]), design.demographic[place]),
            designer=design.basis_points[place],
            learned=points[place],
            standard_error=float(errors[place]),
            low=max(0, round(points[place] - TWO_SIDED * errors[place])),
            high=min(WHOLE_WEIGHT, round(points[place] + TWO_SIDED * errors[place])),
        )
        for place, name in enumerate(design.names)
    )


def _kept(is_free: bool, is_demographic: bool) -> Kept:
    if is_free:
        return Kept.LEARNED
    return Kept.DEMOGRAPHIC if is_demographic else Kept.NO_VARIATION


def _cautions(
    pairs: RatedPairs, evidence: Evidence | None = None, belief: Posterior | None = None
) -> tuple[Caution, ...]:
    given = ~np.isnan(pairs.ratings)
    rated = int(pairs.is_rated().sum())
    top = int((pairs.ratings[given] == HIGHEST).sum())
    heeded = {
        Caution.ONLY_MATCHED_PAIRS: True,
        Caution.MANY_UNRATED: 2 * rated < len(pairs),
        Caution.ONE_SIDE: rated > 0 and int(given.any(axis=0).sum()) == 1,
        Caution.MOSTLY_TOP_RATINGS: 2 * top > int(given.sum()),
        Caution.MENTORS_UNKNOWN: not pairs.mentors,
        Caution.FEW_MENTORS: evidence is not None and len(evidence.group_keys) < FOLDS,
        Caution.SCORE_SAYS_LITTLE: belief is not None and belief.slope < 2 * belief.slope_error,
    }
    return tuple(caution for caution, holds in heeded.items() if holds)
