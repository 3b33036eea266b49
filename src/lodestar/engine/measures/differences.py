"""Do groups differ, by how much, and how sure can one be?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from lodestar.engine.measures.rates import CONFIDENCE, wilson

DRAWS = 1_999
NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with the interval in which the true one lies."""

    value: float
    low: float
    high: float


def share_estimate(count: int, of: int, confidence: float = CONFIDENCE) -> Estimate:
    """Return a share with Wilson's interval at any confidence.

    >>> share_estimate(8, 10).value
    0.8
    """
    return Estimate(count / of, *wilson(count, of, confidence))


def difference(first: Estimate, second: Estimate) -> Estimate:
    """Return the first less the second, with the interval that the two intervals imply.

    Square-and-add: each bound lies √(arm² + arm²) from the difference, with the arms of the
    two intervals that point the same way. With Wilson's intervals this is method 10 of Newcombe,
    Statistics in Medicine 17 (1998), 873-890, which keeps its promise for small groups and shares near
    0 and 1, where the textbook interval does not; with Student's it is at least as wide as Welch's
    (Zou & Donner, Statistics in Medicine 27 (2008), 1693-1702). It needs nothing
    but the two intervals, so it tells nothing that they do not tell.

    >>> gap = difference(share_estimate(56, 70), share_estimate(48, 80))
    >>> round(gap.low, 4), round(gap.high, 4)
    (0.0524, 0.3339)
    """
    value = first.value - second.value
    down = sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    up = sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return Estimate(value, value - down, value + up)


def widened(mean: Estimate, freedom: int, confidence: float) -> Estimate:
    """Return a mean with Student's interval of 95 % stretched to another confidence.

    `freedom` is the degrees of freedom, one less than the people.

    >>> widened(Estimate(3.0, 2.0, 4.0), 9, 0.95)
    Estimate(value=3.0, low=2.0, high=4.0)
    """
    wanted, usual = (float(stdtrit(freedom, (1 + sure) / 2)) for sure in (confidence, CONFIDENCE))
    stretch = wanted / usual
    return Estimate(
        mean.value,
        mean.value - (mean.value - mean.low) * stretch,
        mean.value + (mean.high - mean.value) * stretch,
    )


def chance_of_counts(
    sizes: Sequence[int], counts: Sequence[int], *, draws: int = DRAWS, seed: int | list[int] = 0
) -> float:
    """Return how often chance alone parts a count among groups at least as unevenly.

    A permutation test: if groups did not matter, every way of handing out the same total among the
    same people were equally likely, so the counts follow the multivariate hypergeometric
    distribution. Unevenness is Pearson's: the sum of count²/size. Of `draws` such draws,
    p = (1 + those at least as uneven) / (1 + draws), which never claims too much
    (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010), 39).

    >>> chance_of_counts([20, 20], [10, 10])
    1.0
    >>> chance_of_counts([20, 20], [20, 0])
    0.0005
    """
    people = np.asarray(sizes, dtype=np.int64)
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(
        people, int(sum(counts)), size=draws, method="marginals"
    )
    observed = float((np.square(np.asarray(counts, dtype=float)) / people).sum())
    return _share_at_least(observed, (np.square(drawn.astype(float)) / people).sum(axis=1))


def chance_of_means(
    groups: Sequence[NDArray[np.float64]], *, draws: int = DRAWS, seed: int | list[int] = 0
) -> float:
    """Return how often chance alone parts values among groups at least as unevenly.

    A permutation test as above: all values are dealt again to groups of the same sizes.
    Unevenness is the sum of squares between the groups. The order of people within a group does
    not matter. Time grows with the people: 20,000 take about a second.

    >>> chance_of_means([np.arange(8.0), np.arange(8.0)])
    1.0
    """
    sizes = np.array([len(group) for group in groups])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    values = np.concatenate([np.sort(group) for group in groups]).astype(float)
    dealt = np.sort(values)
    centre = float(dealt.mean())
    dealt -= centre
    observed = _between(values - centre, starts, sizes)
    generator = np.random.default_rng(seed)
    drawn = np.empty(draws)
    for draw in range(draws):
        generator.shuffle(dealt)
        drawn[draw] = _between(dealt, starts, sizes)
    return _share_at_least(observed, drawn)


def _between(
    values: NDArray[np.float64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> float:
    return float((np.square(np.add.reduceat(values, starts)) / sizes).sum())


def _share_at_least(observed: float, drawn: NDArray[np.float64]) -> float:
    as_uneven = drawn >= observed - NEARLY * max(1.0, abs(observed))
    return (1 + int(as_uneven.sum())) / (1 + len(drawn))


def holm(chances: Sequence[float]) -> list[float]:
    """Return p-values adjusted for asking several questions at once (Holm, Scand. J. Stat. 6, 1979).

    The chance that any of several true "no difference" is rejected then stays below the level.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(chances)), key=lambda question: chances[question])
    adjusted, highest = [0.0] * len(chances), 0.0
    for rank, question in enumerate(order):
        highest = max(highest, min(1.0, chances[question] * (len(chances) - rank)))
        adjusted[question] = highest
    return adjusted


@dataclass(frozen=True, slots=True)
class Comparison:
    """The widest gap between two groups (positions), and how often chance alone parts all as much.

    Where counts are only shown within bounds, `value` is `None`, the interval holds for every
    possible count, and the chance lies from `least_chance` to `chance`.
    """

    highest: int
    lowest: int
    value: float | None
    low: float
    high: float
    chance: float
    least_chance: float


def compare_counts(
    sizes: Sequence[int],
    tables: Sequence[Sequence[int]],
    *,
    draws: int = DRAWS,
    seed: int | list[int] = 0,
) -> Comparison:
    """Compare shares between groups, for every table of counts that is possible.

    The interval is Bonferroni's: the widest of m gaps is given at 1 - 0.05/m.

    >>> compare_counts([70, 80], [[56, 48]]).highest
    0
    """
    shares = np.asarray(tables[len(tables) // 2], dtype=float) / np.asarray(sizes)
    highest, lowest = _ends(shares)
    sure = _confidence(len(sizes))
    gaps = [
        difference(*(share_estimate(counts[at], sizes[at], sure) for at in (highest, lowest)))
        for counts in tables
    ]
    chances = [chance_of_counts(sizes, counts, draws=draws, seed=seed) for counts in tables]
    return Comparison(
        highest,
        lowest,
        gaps[0].value if len(tables) == 1 else None,
        max(-1.0, min(gap.low for gap in gaps)),
        min(1.0, max(gap.high for gap in gaps)),
        max(chances),
        min(chances),
    )


def compare_means(
    means: Sequence[Estimate],
    groups: Sequence[NDArray[np.float64]],
    people: Sequence[int],
    *,
    draws: int = DRAWS,
    seed: int | list[int] = 0,
) -> Comparison:
    """Compare means between groups: what is shown of each, its values, and its fewest people.

    The interval is Bonferroni's, as for counts.

    >>> low, high = Estimate(2.0, 1.0, 3.0), Estimate(4.0, 3.0, 5.0)
    >>> compare_means([low, high], [np.arange(5.0), np.arange(5.0) + 2], [5, 5]).value
    2.0
    """
    highest, lowest = _ends(np.array([mean.value for mean in means]))
    sure = _confidence(len(means))
    gap = difference(*(widened(means[at], people[at] - 1, sure) for at in (highest, lowest)))
    chance = chance_of_means(groups, draws=draws, seed=seed)
    return Comparison(highest, lowest, gap.value, gap.low, gap.high, chance, chance)


def _ends(values: NDArray[np.float64]) -> tuple[int, int]:
    """Return where the highest and the lowest stand: two places, also where all are alike."""
    return int(values.argmax()), len(values) - 1 - int(values[::-1].argmin())


def _confidence(groups: int) -> float:
    return 1 - (1 - CONFIDENCE) / max(1, groups * (groups - 1) // 2)
