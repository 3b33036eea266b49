"""How often would learned weights make the next cycle worse?

In drawn worlds (world.py) weights are learned three ways: plain refit, estimate without the gate, proposal
through the gate. Each then meets a fresh cohort: the mean true worth of its optimal matching is set against
that of the designer's weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from lodestar.engine.learning.evidence import evidence_of
from lodestar.engine.learning.feedback import DesignWeights, Floats, RatedPairs, joined
from lodestar.engine.learning.weights import (
    Kept,
    LearnedWeights,
    Standing,
    in_basis_points,
    learn_weights,
)
from lodestar.engine.learning.world import (
    Scenario,
    drawn_cohort,
    drawn_world,
    matched,
    rated_cohorts,
)
from lodestar.engine.matching.problem import Criterion

WORTH_NOTICING = 0.001
SMALLEST_CHANGE = 1e-9


@dataclass(frozen=True, slots=True)
class Cycle:
    """The next cycle's gain over the designer's weights, as a share of what those reach."""

    refit: float
    estimated: float
    adopted: float
    best: float
    is_proposed: bool
    covered: float


@dataclass(frozen=True, slots=True)
class Harm:
    """How often the next cycle was worse, in shares of all runs, and the mean gain."""

    runs: int
    proposed: float
    worse: float
    noticeably_worse: float
    gain: float
    estimate_worse: float
    estimate_gain: float
    refit_worse: float
    refit_gain: float
    best_gain: float
    covered: float


def simulate_cycle(criteria: Sequence[Criterion], scenario: Scenario, seed: int) -> Cycle:
    """Draw a world, learn from its ratings, and return how the next cycle goes.

    >>> from lodestar.engine.matching.defaults import CRITERIA
    >>> simulate_cycle(CRITERIA, Scenario(0.0, 4.0, 40), seed=1).adopted
    0.0
    """
    random = np.random.default_rng([seed, *_own_numbers(scenario)])
    world = drawn_world(criteria, scenario, random)
    pairs = joined(rated_cohorts(world, random))
    learned = learn_weights(world.design, pairs, seed)
    closeness, capacity = drawn_cohort(world, random)

    def utility(points: Sequence[int]) -> float:
        mentee, mentor = matched(closeness, capacity, points)
        return float(world.worth(closeness[mentee, mentor]).mean())

    designer = world.design.basis_points
    before = utility(designer)
    estimate = [estimate.learned for estimate in learned.estimates] or designer
    return Cycle(
        refit=utility(_refit(world.design, pairs)) / before - 1,
        estimated=utility(estimate) / before - 1,
        adopted=utility(learned.proposal or designer) / before - 1,
        best=utility(in_basis_points(world.truth)) / before - 1,
        is_proposed=learned.standing is Standing.PROPOSED,
        covered=_covered(learned, world.truth),
    )


def harm_of(cycles: Sequence[Cycle]) -> Harm:
    """Return how often each way of learning made the next cycle worse.

    >>> harm_of([Cycle(-0.1, 0.0, 0.0, 0.2, False, 1.0)]).refit_worse
    1.0
    """
    table = np.array([[c.refit, c.estimated, c.adopted, c.best, c.covered] for c in cycles])
    worse = (table < -SMALLEST_CHANGE).mean(axis=0)
    mean = table.mean(axis=0)
    return Harm(
        runs=len(cycles),
        proposed=float(np.mean([cycle.is_proposed for cycle in cycles])),
        worse=float(worse[2]),
        noticeably_worse=float((table[:, 2] < -WORTH_NOTICING).mean()),
        gain=float(mean[2]),
        estimate_worse=float(worse[1]),
        estimate_gain=float(mean[1]),
        refit_worse=float(worse[0]),
        refit_gain=float(mean[0]),
        best_gain=float(mean[3]),
        covered=float(mean[4]),
    )


def _own_numbers(scenario: Scenario) -> list[int]:
    """Give each scenario draws of its own, so that one odd world does not count in all of them."""
    steepness = scenario.distance, scenario.slope, scenario.bend
    return [scenario.ratings, *(round(1000 * number) for number in steepness)]


def _refit(design: DesignWeights, pairs: RatedPairs) -> Sequence[int]:
    rows = evidence_of(pairs).rows
    found, _ = nnls(rows[:, 1:], rows[:, 0])
    return in_basis_points(found) if found.any() else design.basis_points


def _covered(learned: LearnedWeights, truth: Floats) -> float:
    """Return for which share of the learned weights the interval holds the true one."""
    free = np.array([estimate.kept is Kept.LEARNED for estimate in learned.estimates], dtype=bool)
    if not free.any():
        return 1.0
    low = np.array([estimate.low for estimate in learned.estimates])[free]
    high = np.array([estimate.high for estimate in learned.estimates])[free]
    mine = sum(e.designer for e in learned.estimates if e.kept is Kept.LEARNED)
    true = truth[free] / truth[free].sum() * mine
    return float(((low <= true + 0.5) & (true - 0.5 <= high)).mean())
