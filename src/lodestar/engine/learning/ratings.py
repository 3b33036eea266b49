"""How is someone rated, when some have few ratings and some raters are strict?

Each rating is taken as overall mean + the rater's leniency + the rated person's level + noise, the
two effects drawn from their own spreads. The spreads come from the ratings themselves (restricted maximum
likelihood, with a mild prior so that a handful of ratings cannot claim that all people are equal), the levels
from Henderson's mixed model equations: a person with few ratings stays near the mean, and whoever was rated by strict
raters is not punished for it. Henderson, Biometrics 31 (1975), 423-447; Patterson & Thompson,
Biometrika 58 (1971), 545-554.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from lodestar.engine.learning.evidence import numbered
from lodestar.engine.learning.feedback import Floats, Ints
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.measures.rates import MINIMUM

FEWEST_RATINGS = 10
MOST_RATED = 3_000
USUAL_RATIO, RATIO_DOUBT = 10.0, 2.0
TWO_SIDED = 1.96
TINIEST = 1e-9

Crossed: TypeAlias = "sparse.csr_array[np.float64, tuple[int, int]]"


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """One row per rating: who rated, who was rated, and how (any scale)."""

    raters: tuple[str, ...]
    rated: tuple[str, ...]
    ratings: Floats

    def __len__(self) -> int:
        return len(self.raters)


@dataclass(frozen=True, slots=True)
class ShrunkMean:
    """One person's ratings: the raw mean, the shrunk one, and its interval (19 times of 20)."""

    key: str
    count: int
    raw: float
    shrunk: float
    low: float
    high: float
    minimum: int = MINIMUM

    @property
    def is_too_few(self) -> bool:
        """So few raters that showing any number might tell who said what."""
        return self.count < self.minimum


@dataclass(frozen=True, slots=True)
class ShrunkMeans:
    """Everyone's mean, sorted by key; leniency of each rater in points; spreads as deviations."""

    overall: float
    people: tuple[ShrunkMean, ...]
    leniency: tuple[tuple[str, float], ...]
    person_spread: float
    rater_spread: float
    noise: float


def shrunk_means(ratings: Ratings) -> ShrunkMeans:
    """Return everyone's rating, shrunk by how much it rests on and freed of strict raters.

    Raises `MatchingError` below 10 ratings, above 3,000 rated people, or where a rating is blank.

    >>> few = Ratings(tuple("abcde") * 2, tuple("xxxxxyyyyy"), np.array([5.0] * 5 + [2.0] * 5))
    >>> [(mean.raw, 2 < mean.shrunk < 5) for mean in shrunk_means(few).people]
    [(5.0, True), (2.0, True)]
    """
    _check(ratings)
    rater, rater_keys = numbered(ratings.raters)
    rated, rated_keys = numbered(ratings.rated)
    crossed = _crossed(rater, rated, (len(rater_keys), len(rated_keys)))
    table = _Table(rater, rated, ratings.ratings, crossed)
    ratios = _likeliest_ratios(table)
    return _reported(_solve(table, ratios), table, ratios, (rater_keys, rated_keys))


def foretold_ratings(means: ShrunkMeans, raters: Sequence[str], rated: Sequence[str]) -> Floats:
    """Return the rating each rater would give; whoever is not known counts at the mean.

    >>> few = Ratings(tuple("abcde") * 2, tuple("xxxxxyyyyy"), np.array([5.0] * 5 + [2.0] * 5))
    >>> foretold_ratings(shrunk_means(few), ["stranger"], ["nobody"]).round(2).tolist()
    [3.5]
    """
    leniency = dict(means.leniency)
    level = {person.key: person.shrunk for person in means.people}
    return np.array(
        [
            level.get(person, means.overall) + leniency.get(rater, 0.0)
            for rater, person in zip(raters, rated, strict=True)
        ]
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Numbered ratings; `crossed` counts them by rater and (everybody, then each person)."""

    rater: Ints
    rated: Ints
    rating: Floats
    crossed: Crossed

    @property
    def raters(self) -> int:
        return int(self.crossed.shape[0])

    @property
    def people(self) -> int:
        return int(self.crossed.shape[1]) - 1


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """First the mean, then the levels; `factor` is the Cholesky factor of their equations."""

    levels: Floats
    leniency: Floats
    variance: float
    log_size: float
    factor: Floats


def _crossed(rater: Ints, rated: Ints, size: tuple[int, int]) -> Crossed:
    columns = np.concatenate([np.zeros_like(rated), rated + 1])
    ones = np.ones(len(columns))
    shape = (size[0], size[1] + 1)
    return sparse.csr_array((ones, (np.tile(rater, 2), columns)), shape=shape)


def _solve(table: _Table, ratios: Floats) -> _Solved:
    """Solve the mixed model equations; the raters are eliminated, as their block is diagonal.

    `ratios` are noise variance over rater variance, and over person variance.
    """
    for_rater, for_person = float(ratios[0]), float(ratios[1])
    each_rater = np.bincount(table.rater, minlength=table.raters) + for_rater
    crossed = table.crossed
    each_person = np.bincount(table.rated, minlength=table.people).astype(np.float64)
    block = np.diag(np.append(len(table.rating), each_person + for_person))
    block[0, 1:] = block[1:, 0] = each_person
    block -= (crossed.T @ sparse.diags_array(1 / each_rater) @ crossed).toarray()
    by_rater = np.bincount(table.rater, table.rating, table.raters)
    by_person = np.bincount(table.rated, table.rating, table.people)
    target = np.append(table.rating.sum(), by_person)
    factor = cho_factor(block, lower=True)
    levels = cho_solve(factor, target - crossed.T @ (by_rater / each_rater))
    leniency = (by_rater - crossed @ levels) / each_rater
    left = float(table.rating @ table.rating - levels @ target - leniency @ by_rater)
    log_size = float(np.log(each_rater).sum() + 2 * np.log(np.diag(factor[0])).sum())
    variance = max(left, TINIEST) / (len(table.rating) - 1)
    return _Solved(levels, leniency, variance, log_size, factor[0])


def _likeliest_ratios(table: _Table) -> Floats:
    def deviance(logs: Floats) -> float:
        return _deviance(table, np.exp(logs))

    start = np.full(2, np.log(USUAL_RATIO))
    found = minimize(deviance, start, method="Nelder-Mead", options={"xatol": 0.03, "fatol": 0.01})
    return np.asarray(np.exp(found.x))


def _deviance(table: _Table, ratios: Floats) -> float:
    """Return -2 times the restricted log-likelihood, with the mild prior on both ratios."""
    solved = _solve(table, ratios)
    logs = np.log(ratios)
    spent = float(logs @ [table.raters, table.people])
    doubt = float((((logs - np.log(USUAL_RATIO)) / RATIO_DOUBT) ** 2).sum())
    freedom = len(table.rating) - 1
    return freedom * float(np.log(solved.variance)) + solved.log_size - spent + doubt


def _reported(
    solved: _Solved, table: _Table, ratios: Floats, keys: tuple[tuple[str, ...], tuple[str, ...]]
) -> ShrunkMeans:
    inverse = cho_solve((solved.factor, True), np.eye(len(solved.levels)))
    spread = inverse[0, 0] + 2 * inverse[0, 1:] + np.diag(inverse)[1:]
    half = TWO_SIDED * np.sqrt(solved.variance * spread)
    count = np.bincount(table.rated, minlength=table.people)
    raw = np.bincount(table.rated, table.rating, table.people) / count
    overall, shrunk = float(solved.levels[0]), solved.levels[0] + solved.levels[1:]
    people = tuple(
        ShrunkMean(
            key, int(of), float(plain), float(value), float(value - wide), float(value + wide)
        )
        for key, of, plain, value, wide in zip(keys[1], count, raw, shrunk, half, strict=True)
    )
    return ShrunkMeans(
        overall=overall,
        people=people,
        leniency=tuple(zip(keys[0], map(float, solved.leniency), strict=True)),
        person_spread=sqrt(solved.variance / ratios[1]),
        rater_spread=sqrt(solved.variance / ratios[0]),
        noise=sqrt(solved.variance),
    )


def _check(ratings: Ratings) -> None:
    if not len(ratings.raters) == len(ratings.rated) == len(ratings.ratings):
        raise MatchingError("The columns of the ratings differ in length: give one row per rating.")
    if len(ratings) < FEWEST_RATINGS:
        raise MatchingError(
            f"There are {len(ratings)} ratings: at least {FEWEST_RATINGS} are needed to compare people."
        )
    if not np.isfinite(ratings.ratings).all():
        raise MatchingError("A rating is blank: leave out rows without a rating.")
    people = len(set(ratings.rated))
    if people > MOST_RATED:
        raise MatchingError(
            f"{people} rated people are more than {MOST_RATED}: report them in parts, such as by cohort."
        )
