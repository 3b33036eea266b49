"""How much could circles of these sizes total at the most, whoever is in which?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import heaviest_matching, units_of
from lodestar.engine.matching.pairs import Bools, EligiblePairs

MOST_PEOPLE = 250


def circles_bound(score: NDArray[np.int64], allowed: Bools, sizes: Sequence[int]) -> int:
    """Return a total that no circles of these sizes exceed; sizes differ by one at the most.

    The smaller of two bounds. First: everybody has their best partners, as many as a circle gives them, and
    each pair is counted from both sides. Second: the same, but as a matching in which everybody is a partner
    as often as they have one, one fewer than the larger circles give. What those give besides is one partner for
    each of their people, going round the circle; some way round is worth no more than the mean of all ways.

    >>> score = np.array([[0, 9, 1], [9, 0, 5], [1, 5, 0]])
    >>> circles_bound(score, score > 0, [3])
    15
    """
    partners = min(sizes) - 1
    larger = sum(size for size in sizes if size > min(sizes))
    best = -np.sort(-np.where(allowed, score, 0), axis=1)
    bound = int(best[:, :partners].sum()) + _most_of(best[:, partners], larger)
    if len(score) <= MOST_PEOPLE:
        means = -(-best[:, : partners + 1].sum(axis=1) // (partners + 1))
        bound = min(bound, _matched(score, allowed, partners) + _most_of(means, larger))
    return bound // 2


def _most_of(values: NDArray[np.int64], count: int) -> int:
    return int(-np.sort(-values)[:count].sum())


def _matched(score: NDArray[np.int64], allowed: Bools, partners: int) -> int:
    """Return the largest total when everybody chooses, and is chosen by, as many partners."""
    one, other = np.nonzero(allowed)
    start = np.searchsorted(one, np.arange(len(score) + 1))
    each = np.full(len(score), partners)
    pairs = EligiblePairs(start, other.astype(np.int32), score[one, other], each, demand=each)
    taken = heaviest_matching(pairs, pairs.score, units_of(pairs, 0, 0))
    return int(pairs.score[taken].sum(dtype=np.int64))
