"""How good can the worst match be, without leaving out anybody who could be served?

The bottleneck of a matching (Gross 1959): the highest score such that the pairs at or above it still
serve as many mentees, and fill as many minimum loads, as all pairs do. Found by bisection over the
scores that occur; a cover proves that one point more is too much.
"""

import numpy as np

from lodestar.engine.matching.assignment import heaviest_matching, units_of
from lodestar.engine.matching.covers import (
    Cover,
    filled_cover,
    most_filled,
    most_served,
    row_best,
    served_cover,
)
from lodestar.engine.matching.pairs import EligiblePairs, loads_of


def highest_worst(pairs: EligiblePairs, served: int, filled: int, known: int) -> int:
    """Return the highest score at which `served` mentees and `filled` minimum places are reached.

    `known` is a score at which both are reached for certain, such as the worst score of a matching
    that reaches them.

    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 5, 8, 2]), np.array([1, 1]))
    >>> highest_worst(pairs, 2, 0, 2)
    5
    """
    best_of_each = np.sort(row_best(pairs))[::-1]
    most = best_of_each[served - 1] if served else best_of_each.max(initial=known)
    steps = np.unique(pairs.score[(pairs.score > known) & (pairs.score <= most)])
    low, high = 0, len(steps)  # the answer is `known` or steps[low:high]
    best = known
    probe = high - 1  # the bound by each mentee's best mentor is often reached
    while low < high:
        if _reaches(pairs, int(steps[probe]), served, filled):
            best, low = int(steps[probe]), probe + 1
        else:
            high = probe
        probe = (low + high) // 2
    return best


def why_not_higher(pairs: EligiblePairs, least: int, served: int) -> Cover:
    """Return the cover which shows that pairs scoring `least` or more cannot do as much."""
    enough = pairs.only(pairs.score >= least)
    filled_bonus, served_bonus = 1, int(pairs.minimums.sum()) + 1
    units = units_of(enough, served_bonus, filled_bonus)
    taken = heaviest_matching(enough, np.zeros(len(enough), dtype=np.int64), units)
    mentee_load, _ = loads_of(enough, taken)
    short_of_mentees = int(np.minimum(mentee_load, enough.firsts).sum()) < served
    find = served_cover if short_of_mentees else filled_cover
    cover = find(enough, taken, least)
    if cover is None:  # the solver's matching is largest by construction
        raise ArithmeticError("A largest matching was not largest.")
    return cover


def _reaches(pairs: EligiblePairs, least: int, served: int, filled: int) -> bool:
    return most_served(pairs, least) == served and most_filled(pairs, least) == filled
