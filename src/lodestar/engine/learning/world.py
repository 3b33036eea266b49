"""What would a program look like whose true weights we knew?

People, closeness, true weights and ratings are drawn; pairs are matched by the designer's weights, and only
matched pairs are rated: by whole numbers from 1 to 5, with noise, strict and warm mentors, silent sides and
blank answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from lodestar.engine.learning.feedback import (
    CLOSEST,
    HIGHEST,
    LOWEST,
    DesignWeights,
    Floats,
    Ints,
    RatedPairs,
    only,
    weights_of,
)
from lodestar.engine.matching.problem import Criterion, CriterionKind

MEAN_RATING, NOISE, MENTOR_WARMTH = 3.6, 0.9, 0.3
ANSWERS, BLANKS = 0.7, 0.08
MOST_PLACES = 4
KINDS = CriterionKind


@dataclass(frozen=True, slots=True)
class Scenario:
    """How far the truth is from the designer, and how loudly ratings speak of it.

    `distance` is the spread of the logarithm of the true weights around the designer's (0: the
    designer is right); `slope` is rating points from the worst pair to the perfect one, beside a
    noise of 0.9. With a `bend` other than 1 the truth is a sum of powers of closeness, so that
    no weights are quite right.
    """

    distance: float
    slope: float
    ratings: int
    mentees: int = 100
    mentors: int = 40
    bend: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A program with its true weights (shares of 1), which nobody in it knows."""

    criteria: tuple[Criterion, ...]
    scenario: Scenario
    truth: Floats

    @property
    def design(self) -> DesignWeights:
        """The designer's weights."""
        return weights_of(self.criteria)

    def worth(self, closeness: Floats) -> Floats:
        """Return what pairs are truly worth, in shares of a perfect one."""
        return np.asarray((closeness / CLOSEST) ** self.scenario.bend @ self.truth)


def drawn_world(
    criteria: Sequence[Criterion], scenario: Scenario, random: np.random.Generator
) -> World:
    """Draw the true weights around the designer's.

    >>> from lodestar.engine.matching.defaults import CRITERIA
    >>> world = drawn_world(CRITERIA, Scenario(0.5, 3.0, 100), np.random.default_rng(1))
    >>> round(float(world.truth.sum()), 6)
    1.0
    """
    designer = weights_of(criteria).shares()
    weights = designer * np.exp(scenario.distance * random.normal(size=len(designer)))
    return World(tuple(criteria), scenario, weights / weights.sum())


def rated_cohorts(world: World, random: np.random.Generator) -> list[RatedPairs]:
    """Draw cohorts until there are as many rated pairs as the scenario asks for.

    >>> from lodestar.engine.matching.defaults import CRITERIA
    >>> random = np.random.default_rng(1)
    >>> cohorts = rated_cohorts(drawn_world(CRITERIA, Scenario(0.5, 3.0, 150), random), random)
    >>> [int(cohort.is_rated().sum()) for cohort in cohorts]
    [90, 60]
    """
    cohorts: list[RatedPairs] = []
    missing = world.scenario.ratings
    while missing > 0:
        cohort = _rated_cohort(world, f"{len(cohorts):03}", random)
        last = int(np.searchsorted(np.cumsum(cohort.is_rated()), missing))
        cohorts.append(only(cohort, range(min(last + 1, len(cohort)))))
        missing -= int(cohorts[-1].is_rated().sum())
    return cohorts


def drawn_cohort(world: World, random: np.random.Generator) -> tuple[Floats, Ints]:
    """Draw closeness (mentees by mentors by criteria, 0 to 100) and places by mentor."""
    size = world.scenario.mentees, world.scenario.mentors
    capacity = random.integers(1, MOST_PLACES + 1, size=size[1])
    tables = [_closeness(criterion.kind, size, random) for criterion in world.criteria]
    return np.asarray(np.round(np.stack(tables, axis=2)), dtype=np.float64), capacity


def matched(closeness: Floats, capacity: Ints, points: Sequence[int]) -> tuple[Ints, Ints]:
    """Return mentees and mentors of the matching with the largest total by these weights.

    >>> table = np.array([[[90.0], [80.0]], [[70.0], [10.0]]])
    >>> [side.tolist() for side in matched(table, np.array([1, 1]), [10_000])]
    [[0, 1], [1, 0]]
    """
    score = closeness @ np.array(points, dtype=np.float64)
    place = np.repeat(np.arange(len(capacity)), capacity)
    mentee, column = linear_sum_assignment(score[:, place], maximize=True)
    return mentee, place[column]


def _rated_cohort(world: World, name: str, random: np.random.Generator) -> RatedPairs:
    closeness, capacity = drawn_cohort(world, random)
    mentee, mentor = matched(closeness, capacity, world.design.basis_points)
    chosen = closeness[mentee, mentor]
    felt = MEAN_RATING + world.scenario.slope * (world.worth(chosen) - 0.5)
    felt += MENTOR_WARMTH * random.normal(size=len(capacity))[mentor]
    heard = felt[:, None] + NOISE * random.normal(size=(len(felt), 2))
    whole = np.clip(np.round(heard), LOWEST, HIGHEST)
    return RatedPairs(
        tuple(f"{name}-{number:04}" for number in mentee),
        np.where(random.random(chosen.shape) < BLANKS, np.nan, chosen),
        np.where(random.random(whole.shape) < ANSWERS, whole, np.nan),
        tuple(f"{name}-{number:04}" for number in mentor),
        (name,) * len(mentee),
    )


def _closeness(kind: CriterionKind, size: tuple[int, int], random: np.random.Generator) -> Floats:
    """Draw how close every mentee is to every mentor, in the shape usual for this kind."""
    mentees, mentors = size
    if kind in (KINDS.TOPICS, KINDS.TEXT, KINDS.RANKED):
        taste = random.normal(size=(mentees, 3)) @ random.normal(size=(3, mentors))
        return np.clip(30 + 8 * taste + 22 * random.normal(size=size), 0, CLOSEST)
    if kind is KINDS.GAP:
        ahead = random.integers(0, 25, mentors) - random.integers(0, 8, (mentees, 1))
        rising = np.clip(ahead * CLOSEST / 15, 0, CLOSEST)
        return np.asarray(np.where(ahead <= 15, rising, 175.0 - 5 * ahead), dtype=np.float64)
    if kind in (KINDS.TIMEZONE, KINDS.HIERARCHY):
        mine, theirs = random.integers(0, 12, (mentees, 1)), random.integers(0, 12, mentors)
        if kind is KINDS.TIMEZONE:
            return np.asarray(CLOSEST * (1 - np.abs(mine - theirs) / 12), dtype=np.float64)
        return np.where(mine == theirs, 100.0, np.where(mine // 3 == theirs // 3, 50.0, 0.0))
    share, lesser = (0.7, 80.0) if kind is KINDS.LANGUAGE else (0.2, 0.0)
    return np.where(random.random(size) < share, 100.0, lesser)
