"""What do the ratings say once sides, cohorts and strict raters are allowed for?

A pair's rating is the mean of what its sides gave, each side taken from its own mean. Ratings
and closeness are then taken from the mean of their cohort, so that a good year or a generous
cohort teaches nothing about weights; a blank answer counts at that mean. Pairs of one mentor share the
mentor's warmth and strictness: the rows are rotated so that the rest is independent
(random-effects least squares; Fuller & Battese, J. Am. Stat. Assoc. 68 (1973), 626-632).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.engine.learning.feedback import (
    CLOSEST,
    SIDES,
    Floats,
    Ints,
    RatedPairs,
    only,
    sorted_by_key,
)

USUAL_AGREEMENT = 0.5
ENOUGH_BOTH = 30
SHRINKING_PAIRS = 30
MOST_SHARED = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Independent rows to learn from: pairs by (1 + criteria), first the rating.

    The rating is in points of the scale, closeness in shares of 1, both from their cohort's mean. `group` numbers
    each row's mentor (or the row itself where mentors are not known) in the order of `group_keys`.
    """

    rows: Floats
    group: Ints
    group_keys: tuple[str, ...]
    cohorts: int
    mentor_share: float

    def __len__(self) -> int:
        return len(self.rows)


def evidence_of(pairs: RatedPairs) -> Evidence:
    """Return the rows of all rated pairs, sorted by key. `pairs` must have been checked.

    >>> pairs = RatedPairs(("a", "b"), np.array([[0.0], [100.0]]), np.array([[2.0], [4.0]]))
    >>> evidence_of(pairs).rows.tolist()
    [[-1.0, -0.5], [1.0, 0.5]]
    """
    rated = sorted_by_key(only(pairs, np.flatnonzero(pairs.is_rated()).tolist()))
    rating, precision = rating_of_pairs(rated.ratings)
    cohort, cohort_keys = numbered(rated.cohorts or ("",) * len(rated))
    group, group_keys = numbered(rated.mentors or rated.keys)
    table = np.column_stack([rating, rated.closeness / CLOSEST])
    table = _from_cohort_mean(table, precision, cohort, len(cohort_keys))
    share = _shared_by_mentor(table, precision, group) if rated.mentors else 0.0
    rows = _rotated(table, precision, group, share / (1 - share))
    return Evidence(rows, group, group_keys, len(cohort_keys), share)


def numbered(names: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Number names in the order of the alphabet.

    >>> numbered(["b", "a", "b"])
    (array([1, 0, 1]), ('a', 'b'))
    """
    keys = tuple(sorted(set(names)))
    place = {key: number for number, key in enumerate(keys)}
    return np.array([place[name] for name in names], dtype=np.int64), keys


def rating_of_pairs(ratings: Floats) -> tuple[Floats, Floats]:
    """Return each pair's rating, from the sides' means, and how much it weighs.

    Two agreeing ratings are worth less than twice one: with correlation c between the sides,
    their mean weighs 2 / (1 + c).
    """
    given = ~np.isnan(ratings)
    usual = np.asarray(np.where(given, ratings, 0).sum(axis=0)) / np.maximum(given.sum(axis=0), 1)
    apart = np.where(given, ratings - usual, 0)
    count = given.sum(axis=1)
    agreement = _agreement(apart[count == SIDES])
    precision = np.where(count == SIDES, SIDES / (1 + agreement), 1.0)
    return apart.sum(axis=1) / np.maximum(count, 1), precision


def _agreement(both: Floats) -> float:
    if len(both) < ENOUGH_BOTH or np.any(both.std(axis=0) == 0):
        return USUAL_AGREEMENT
    product = np.cov(both.T)
    return float(np.clip(product[0, 1] / np.sqrt(product[0, 0] * product[1, 1]), 0, 1))


def _from_cohort_mean(table: Floats, precision: Floats, cohort: Ints, cohorts: int) -> Floats:
    weight = np.where(np.isnan(table), 0, precision[:, None])
    sums, weights = np.zeros((cohorts, table.shape[1])), np.zeros((cohorts, table.shape[1]))
    np.add.at(sums, cohort, weight * np.nan_to_num(table))
    np.add.at(weights, cohort, weight)
    means = sums / np.where(weights > 0, weights, 1)
    return np.where(np.isnan(table), 0, table - means[cohort])


def _shared_by_mentor(table: Floats, precision: Floats, group: Ints) -> float:
    """Return which share of the unexplained spread goes with the mentor, shrunk towards none."""
    scaled = table * np.sqrt(precision)[:, None]
    fitted = np.linalg.pinv(scaled[:, 1:]) @ scaled[:, 0]
    rest = scaled[:, 0] - scaled[:, 1:] @ fitted
    sums, squares = np.bincount(group, rest), np.bincount(group, rest**2)
    sizes = np.bincount(group)
    couples = float((sizes * (sizes - 1)).sum()) / 2
    spread = float(squares.sum()) / max(1, len(rest))
    if couples == 0 or spread == 0:
        return 0.0
    together = float((sums**2 - squares).sum()) / 2 / (couples + SHRINKING_PAIRS)
    return float(np.clip(together / spread, 0, MOST_SHARED))


def _rotated(table: Floats, precision: Floats, group: Ints, ratio: float) -> Floats:
    """Multiply by the inverse square root of the covariance: noise plus ratio times one per mentor."""
    root = np.sqrt(precision)
    scaled = table * root[:, None]
    if ratio == 0:
        return scaled
    length = np.bincount(group, precision)
    projected = np.zeros((len(length), table.shape[1]))
    np.add.at(projected, group, root[:, None] * scaled)
    taken = (1 - 1 / np.sqrt(1 + ratio * length)) / length
    return np.asarray(scaled - root[:, None] * (taken[:, None] * projected)[group])
