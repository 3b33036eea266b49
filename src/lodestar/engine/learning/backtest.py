"""Would weights learned from earlier cohorts have foretold the next cohort's ratings better?

Cohorts are taken in the order of time: weights are learned on the first 1..k and held against cohort k+1, which they have
not seen. Both weightings order the same pairs, and the orders are held against the ratings. (Forward
validation: Tashman, Int. J. Forecast. 16 (2000), 437-450.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lodestar.engine.learning.agreement import (
    Estimate,
    around,
    jackknife,
    ordering_share,
    rank_correlation,
)
from lodestar.engine.learning.evidence import numbered, rating_of_pairs
from lodestar.engine.learning.feedback import (
    CLOSEST,
    Bools,
    DesignWeights,
    Floats,
    Ints,
    RatedPairs,
    check_pairs,
    check_weights,
    joined,
    only,
    sorted_by_key,
)
from lodestar.engine.learning.gate import dealt
from lodestar.engine.learning.weights import SHOWN_FROM, Standing, learn_weights
from lodestar.engine.matching.problem import WHOLE_WEIGHT, MatchingError

TESTED_FROM = 20
LEFT_OUT = 20
GOOD_FROM = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """How well two weightings order the same pairs; `gain` is learned less designer's."""

    designer: float
    learned: float
    gain: Estimate


@dataclass(frozen=True, slots=True)
class Step:
    """One cohort foretold from those before it. The comparisons are None where too few can tell.

    `correlation` is Spearman's with the rating; `ordering` is the chance that a pair rated 4 or
    more scores above one rated less. `standing` says whether the gate would have proposed the weights.
    """

    cohort: int
    learned_from: int
    tested_on: int
    standing: Standing
    weights: tuple[int, ...] = ()
    correlation: Comparison | None = None
    ordering: Comparison | None = None

    @property
    def is_too_few(self) -> bool:
        return self.correlation is None


@dataclass(frozen=True, slots=True)
class BackTest:
    """All steps, and the mean over those that can tell, weighted by the pairs tested on."""

    steps: tuple[Step, ...]
    tested_on: int
    correlation: Comparison | None
    ordering: Comparison | None

    @property
    def is_too_few(self) -> bool:
        return self.correlation is None


def back_test(design: DesignWeights, cohorts: Sequence[RatedPairs], seed: int = 1) -> BackTest:
    """Return how weights learned on earlier cohorts would have done on each next one.

    `cohorts` stand in the order of time; mentors may come again in later ones under the same
    name. A step needs 30 rated pairs behind it and 20 in its cohort. Raises `MatchingError` where
    there are fewer than two cohorts or a table does not fit.

    >>> design = DesignWeights(("topics", "place"), (7000, 3000), (False, False))
    >>> few = RatedPairs(("ana-eva",), np.array([[80.0, 20.0]]), np.array([[5.0, 4.0]]))
    >>> back_test(design, [few, few]).is_too_few
    True
    """
    check_weights(design)
    for cohort in cohorts:
        check_pairs(cohort, len(design.names))
    if len(cohorts) < 2:
        raise MatchingError(
            "A back-test needs at least two cohorts: run it again after the next one."
        )
    steps = tuple(_step(design, cohorts, place, seed) for place in range(1, len(cohorts)))
    told = [step for step in steps if not step.is_too_few]
    return BackTest(
        steps,
        sum(step.tested_on for step in told),
        _mean([(step.tested_on, step.correlation) for step in told]),
        _mean([(step.tested_on, step.ordering) for step in told]),
    )


def in_order_of_time(cohorts: Sequence[RatedPairs]) -> RatedPairs:
    """Put cohorts one after the other, each under its own name, so that no key is there twice."""
    mentors_known = all(cohort.mentors for cohort in cohorts)
    return joined(
        [
            replace(
                cohort,
                keys=tuple(f"{place:04}:{key}" for key in cohort.keys),
                mentors=cohort.mentors if mentors_known else (),
                cohorts=(f"{place:04}",) * len(cohort),
            )
            for place, cohort in enumerate(cohorts)
        ]
    )


def _step(design: DesignWeights, cohorts: Sequence[RatedPairs], place: int, seed: int) -> Step:
    learned = learn_weights(design, in_order_of_time(cohorts[:place]), seed)
    cohort = cohorts[place]
    tested = sorted_by_key(only(cohort, np.flatnonzero(cohort.is_rated()).tolist()))
    points = tuple(estimate.learned for estimate in learned.estimates)
    if learned.rated < SHOWN_FROM or len(tested) < TESTED_FROM or not points:
        return Step(place, learned.rated, len(tested), learned.standing, points)
    group = _groups(tested)
    scores = _scores(tested.closeness, design.basis_points), _scores(tested.closeness, points)
    rating, _ = rating_of_pairs(tested.ratings)
    is_good = np.nanmean(tested.ratings, axis=1) >= GOOD_FROM
    return Step(
        place,
        learned.rated,
        len(tested),
        learned.standing,
        points,
        _compared(group, scores, lambda score, kept: rank_correlation(score[kept], rating[kept])),
        _compared(group, scores, lambda score, kept: ordering_share(score[kept], is_good[kept])),
    )


def _groups(pairs: RatedPairs) -> Ints:
    """Return at most twenty groups of pairs, those of one mentor together."""
    group, keys = numbered(pairs.mentors or pairs.keys)
    return dealt(keys, "left out", LEFT_OUT)[group]


def _scores(closeness: Floats, points: Sequence[int]) -> Floats:
    """Return scores in shares of 1; a blank counts at the criterion's mean."""
    given = ~np.isnan(closeness)
    mean = np.where(given, closeness, 0).sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    filled = np.where(given, closeness, mean)
    return np.asarray(filled @ np.array(points, dtype=np.float64) / (CLOSEST * WHOLE_WEIGHT))


def _compared(
    group: Ints,
    scores: tuple[Floats, Floats],
    agreement: Callable[[Floats, Bools], float | None],
) -> Comparison | None:
    def gain(kept: Bools) -> float | None:
        designer, learned = (agreement(score, kept) for score in scores)
        return None if designer is None or learned is None else learned - designer

    everybody = np.ones(len(group), dtype=bool)
    designer, learned = (agreement(score, everybody) for score in scores)
    found = jackknife(group, gain)
    if designer is None or learned is None or found is None:
        return None
    return Comparison(designer, learned, found)


def _mean(parts: Sequence[tuple[int, Comparison | None]]) -> Comparison | None:
    """Return the mean of independent steps, weighted by their pairs."""
    told = [(count, part) for count, part in parts if part]
    if not told:
        return None
    weight = np.array([count for count, _ in told], dtype=np.float64)
    weight /= weight.sum()
    errors = np.array([part.gain.standard_error for _, part in told])
    designer = float(weight @ [part.designer for _, part in told])
    learned = float(weight @ [part.learned for _, part in told])
    error = float(np.sqrt(weight**2 @ errors**2))
    freedom = (LEFT_OUT - 1) * len(told)
    return Comparison(designer, learned, around(learned - designer, error, freedom))
