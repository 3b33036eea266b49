"""What became of the matched pairs, and is it stated in a way one can learn from?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.problem import (
    WHOLE_WEIGHT,
    Criterion,
    CriterionKind,
    MatchingError,
    shares,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

LOWEST, HIGHEST = 1, 5
CLOSEST = 100
SIDES = 2


@dataclass(frozen=True, slots=True)
class DesignWeights:
    """The designer's weights: a name, basis points (10,000 together), demographic or not."""

    names: tuple[str, ...]
    basis_points: tuple[int, ...]
    demographic: tuple[bool, ...]

    def shares(self) -> Floats:
        """Return the weights as shares that sum to 1."""
        return np.array(self.basis_points, dtype=np.float64) / WHOLE_WEIGHT


def weights_of(criteria: Sequence[Criterion]) -> DesignWeights:
    """Return a design's weights in basis points; what is opt-in counts as demographic.

    >>> from lodestar.engine.matching.defaults import CRITERIA
    >>> weights_of(CRITERIA).basis_points[:3], weights_of(CRITERIA).demographic.count(True)
    ((3000, 1200, 900), 1)
    """
    return DesignWeights(
        tuple(criterion.name for criterion in criteria),
        tuple(shares([criterion.weight for criterion in criteria])),
        tuple(criterion.kind is CriterionKind.OPT_IN for criterion in criteria),
    )


@dataclass(frozen=True, slots=True, eq=False)
class RatedPairs:
    """Matched pairs and how they were rated, one row per pair.

    `closeness` is pairs by criteria, 0 to 100, NaN where either side left the question blank.
    `ratings` is pairs by 1 or 2 (the mentee's, the mentor's), 1 to 5, NaN where none was given.
    `mentors` and `cohorts` name each pair's mentor and cohort; empty where they are not known.
    """

    keys: tuple[str, ...]
    closeness: Floats
    ratings: Floats
    mentors: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.keys)

    def is_rated(self) -> Bools:
        """Return which pairs have a rating from at least one side."""
        return np.asarray(~np.isnan(self.ratings).all(axis=1))


def check_weights(design: DesignWeights) -> None:
    """Refuse weights that cannot be a design's.

    >>> check_weights(DesignWeights(("topics", "place"), (7000, 3000), (False, False)))
    """
    names, points = design.names, design.basis_points
    if not len(names) == len(points) == len(design.demographic):
        raise MatchingError(
            "Every criterion needs one name, one weight and one mark: add what is missing."
        )
    if len(set(names)) < len(names):
        raise MatchingError("Two criteria have the same name: give each its own.")
    if min(points, default=0) < 0 or sum(points) != WHOLE_WEIGHT:
        raise MatchingError(
            f"The weights sum to {sum(points)} basis points: they must be 0 or more and sum to {WHOLE_WEIGHT}."
        )


def check_pairs(pairs: RatedPairs, criteria: int) -> None:
    """Refuse pairs whose columns do not fit together or whose numbers are off the scale."""
    _check_shapes(pairs, criteria)
    _check_names(pairs)
    _check_scale("closeness", pairs.closeness, 0, CLOSEST)
    _check_scale("rating", pairs.ratings, LOWEST, HIGHEST)


def sorted_by_key(pairs: RatedPairs) -> RatedPairs:
    """Return the same pairs in the order of their keys, so that no result hangs on the rows."""
    order = sorted(range(len(pairs)), key=lambda row: pairs.keys[row])
    return only(pairs, order)


def only(pairs: RatedPairs, rows: Sequence[int]) -> RatedPairs:
    """Return the named rows, in the order named."""

    def picked(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[row] for row in rows) if names else ()

    chosen = np.array(rows, dtype=np.intp)
    return RatedPairs(
        picked(pairs.keys),
        pairs.closeness[chosen],
        pairs.ratings[chosen],
        picked(pairs.mentors),
        picked(pairs.cohorts),
    )


def joined(cohorts: Sequence[RatedPairs]) -> RatedPairs:
    """Put cohorts one after the other; keys must differ, and names be known of all or of none.

    >>> one, two = (RatedPairs((key,), np.zeros((1, 2)), np.ones((1, 1))) for key in ("a", "b"))
    >>> joined([one, two]).keys
    ('a', 'b')
    """
    return RatedPairs(
        tuple(key for cohort in cohorts for key in cohort.keys),
        np.vstack([cohort.closeness for cohort in cohorts]),
        np.vstack([_two_sided(cohort.ratings) for cohort in cohorts]),
        tuple(mentor for cohort in cohorts for mentor in cohort.mentors),
        tuple(name for cohort in cohorts for name in cohort.cohorts),
    )


def _two_sided(ratings: Floats) -> Floats:
    blank = np.full((len(ratings), SIDES - ratings.shape[1]), np.nan)
    return np.hstack([ratings, blank])


def _check_shapes(pairs: RatedPairs, criteria: int) -> None:
    count = len(pairs)
    if pairs.closeness.shape != (count, criteria):
        raise MatchingError(
            f"The closeness table is {_size(pairs.closeness)}, but there are {count} pairs and "
            f"{criteria} criteria: give one row per pair and one column per criterion."
        )
    if pairs.ratings.ndim != SIDES or pairs.ratings.shape not in ((count, 1), (count, SIDES)):
        raise MatchingError(
            f"The ratings are {_size(pairs.ratings)}, but there are {count} pairs: give one row per "
            "pair and one or two columns (mentee, mentor)."
        )


def _check_names(pairs: RatedPairs) -> None:
    if len(set(pairs.keys)) < len(pairs):
        twice = next(key for key in pairs.keys if pairs.keys.count(key) > 1)
        raise MatchingError(f"The pair {twice} is listed twice: keep one row for each pair.")
    for what, names in (("mentor", pairs.mentors), ("cohort", pairs.cohorts)):
        if names and len(names) != len(pairs):
            raise MatchingError(
                f"There are {len(pairs)} pairs but {len(names)} names of a {what}: give one for each, or none."
            )


def _check_scale(what: str, numbers: Floats, lowest: int, highest: int) -> None:
    given = numbers[~np.isnan(numbers)]
    outside = given[(given < lowest) | (given > highest)]
    if len(outside):
        raise MatchingError(
            f"A {what} of {outside[0]:g} is off the scale: it must lie between {lowest} and {highest}, or be blank."
        )


def _size(table: Floats) -> str:
    return " × ".join(str(length) for length in table.shape)
