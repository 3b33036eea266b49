"""How evenly is something shared: Gini's number, and the load of those who share it?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.engine.measures.rates import MINIMUM, Share, share_of

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LoadAudit:
    """How evenly mentors with places are used; `None` where they are too few to say.

    Gini 0: all alike; near 1: one has everything. `even_gini` is that of the most even way to
    give as many mentees to the same capacities: less is not possible. `gini_of_use` is that of the share
    of each mentor's places that is taken. `mentors_with_most` have `most_taken` mentees each.
    """

    mentors: int
    unused: Share
    gini: float | None
    even_gini: float | None
    gini_of_use: float | None
    most_taken: int | None
    mentors_with_most: int | None


def gini(amounts: ArrayLike) -> float:
    """Return Gini's number of amounts: 0 where all have alike, 1 - 1/n where one of n has everything.

    Half the mean difference between any two, relative to the mean: the sum of |x - y| over all
    ordered pairs ÷ 2n²·mean. Sorted, that is the sum of (2i - n - 1)·x ÷ n·total. C. Gini, Variabilità
    e mutabilità, 1912. Nothing to share counts as 0. Raises `ValueError` for amounts below 0.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 4])
    (0.0, 0.75)
    """
    ordered = np.sort(np.asarray(amounts, dtype=float))
    if ordered.size and not ordered[0] >= 0:
        raise ValueError("Amounts to share are not below 0.")
    total = float(ordered.sum())
    if total == 0:
        return 0.0
    places = 2 * np.arange(1, ordered.size + 1) - ordered.size - 1
    return float((places * ordered).sum() / (ordered.size * total))


def most_even(total: int, capacity: Whole) -> Whole:
    """Return the most even loads that hold `total` within the capacities.

    Everybody takes the same, or as many as they can; what is left over goes one by one.

    >>> most_even(5, np.array([1, 3, 3])).tolist()
    [1, 2, 2]
    """
    if not 0 <= total <= int(capacity.sum()):
        raise ValueError("More to share than there are places.")
    low, high = 0, int(capacity.max(initial=0))
    while low < high:
        level = (low + high + 1) // 2
        fits = int(np.minimum(capacity, level).sum()) <= total
        low, high = (level, high) if fits else (low, level - 1)
    loads = np.minimum(capacity, low)
    extra = np.flatnonzero(capacity > low)[: total - int(loads.sum())]
    loads[extra] += 1
    return loads


def load_audit(taken: Whole, capacity: Whole, *, smallest: int = MINIMUM) -> LoadAudit:
    """Return how evenly the mentors with places are used; positions as in both arrays.

    >>> audit = load_audit(np.array([2, 1, 0, 1, 1]), np.array([2, 2, 1, 1, 1]))
    >>> round(audit.gini, 2), audit.even_gini, audit.most_taken
    (0.32, 0.0, 2)
    """
    has_places = capacity > 0
    taken, capacity = taken[has_places], capacity[has_places]
    mentors = len(taken)
    unused = share_of(int((taken == 0).sum()), mentors, minimum=smallest)
    if mentors < smallest:
        return LoadAudit(mentors, unused, None, None, None, None, None)
    most = int(taken.max())
    return LoadAudit(
        mentors,
        unused,
        gini(taken),
        gini(most_even(int(taken.sum()), capacity)),
        gini(taken / capacity),
        most,
        int((taken == most).sum()),
    )
