"""What is one more place with each mentor worth, at the least and at the most?

The prices that prove a matching best are not unique; they form a lattice with a smallest and a
largest member (Demange & Gale 1985). Both are fixpoints of difference constraints on the finished
matching (Bellman 1958): for a pair that is not taken, price - offer >= weight; for a taken pair the
reverse; and each person's load says between which bounds their own price lies. Nothing of the solver
is used, so the prices are the same whichever solver found the matching.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Units
from lodestar.engine.matching.pairs import EligiblePairs, Ints, ends_of, loads_of

FAR = 2**60


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Between which numbers a person's own price lies, read off their load.

    Adding a match must not pay (`least`), nor taking one away (`most`); FAR where nothing bounds.
    """

    least: NDArray[np.int64]
    most: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """A mentor's price by position, and the offer that each mentee holds out against it.

    A mentee's match is worth `weight + offer - price` or more to them than any other.
    """

    mentor: NDArray[np.int64]
    offer: NDArray[np.int64]


def bounds_of(load: Ints, most: Ints, first: Ints, bonus: int) -> Bounds:
    """Return what one more match would bring (`least`) and one fewer would cost (`most`)."""
    gain = np.where(load < first, bonus, np.where(load < most, 0, -FAR))
    loss = np.where(load > first, 0, np.where(load > 0, bonus, FAR))
    return Bounds(gain.astype(np.int64), loss.astype(np.int64))


def lowest_prices(pairs: EligiblePairs, taken: Ints, weight: Ints, units: Units) -> Prices:
    """Return the smallest prices that support a matching: what is asked for a place, at the least.

    `taken` are positions of pairs, `weight` one whole number a pair. On a matching that is not the
    heaviest the prices would rise for ever: the search then stops after as many rounds as there are
    mentors, and the proof shows the gap.

    >>> from lodestar.engine.matching.assignment import units_of
    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> lowest_prices(pairs, np.array([1]), pairs.score, units_of(pairs, 0, 0)).mentor.tolist()
    [5]
    """
    mentee_side, mentor_side = _sides(pairs, taken, units)
    ends = ends_of(pairs, taken)
    free = _free_weights(taken, weight)
    price = np.where(mentor_side.most == FAR, -mentor_side.least, -mentor_side.most)
    price = np.where(price >= FAR, 0, price)
    offer = np.full(pairs.mentees, -2 * FAR, dtype=np.int64)
    for _ in range(pairs.mentors + 2):
        asked = mentee_side.least.copy()
        np.maximum.at(asked, ends[0], price[ends[1]] - weight[taken])
        moved = np.flatnonzero(asked > offer)
        if not len(moved):
            break
        offer = asked
        among = positions_in(pairs.start, moved)
        asked_of = np.repeat(offer[moved], np.diff(pairs.start)[moved])
        np.maximum.at(price, pairs.mentor[among], asked_of + free[among])
    return Prices(price, offer)


def highest_prices(pairs: EligiblePairs, taken: Ints, weight: Ints, units: Units) -> Prices:
    """Return the largest prices that support a matching: what a place could cost at the most."""
    mentee_side, mentor_side = _sides(pairs, taken, units)
    ends = ends_of(pairs, taken)
    free = _free_weights(taken, weight)
    by_mentor, start = _by_mentor(pairs)
    price = np.full(pairs.mentors, 2 * FAR, dtype=np.int64)
    offer = mentee_side.most.copy()
    for _ in range(pairs.mentees + pairs.mentors + 2):
        asked = np.where(mentor_side.least == -FAR, FAR, -mentor_side.least)
        np.minimum.at(asked, ends[1], offer[ends[0]] + weight[taken])
        moved = np.flatnonzero(asked < price)
        if not len(moved):
            break
        price = asked
        among = by_mentor[positions_in(start, moved)]
        asked_of = np.repeat(price[moved], np.diff(start)[moved])
        np.minimum.at(offer, pairs.mentee_of_each()[among], asked_of - free[among])
    return Prices(_bounded(pairs, price, offer, free), offer)


def farthest_prices(
    pairs: EligiblePairs, taken: Ints, weight: Ints, units: Units, row: int
) -> NDArray[np.int64] | None:
    """Return by mentor how far their price can lie above one mentee's offer, over all optimal prices.

    What is left of it when the pair's weight is taken off is exactly what a matching with that pair would
    cost: the cheapest way around through it (a shortest path; Bellman 1958). FAR where nothing bounds it;
    None for a matching that is not the heaviest: no prices prove it, and a way round would pay for ever.
    """
    mentee_side, mentor_side = _sides(pairs, taken, units)
    ends = ends_of(pairs, taken)
    free = _free_weights(taken, weight)
    price = np.full(pairs.mentors, FAR, dtype=np.int64)
    offer = np.full(pairs.mentees, FAR, dtype=np.int64)
    offer[row] = 0
    for _ in range(pairs.mentees + pairs.mentors + 2):
        base = min(
            int((offer - np.maximum(mentee_side.least, -FAR)).min(initial=FAR)),
            int((price + np.minimum(mentor_side.most, FAR)).min(initial=FAR)),
        )
        lower = np.minimum(price, np.minimum(base - mentor_side.least, FAR))
        np.minimum.at(lower, ends[1], offer[ends[0]] + weight[taken])
        less = np.minimum(offer, np.minimum(base + mentee_side.most, FAR))
        less = np.minimum(less, _least_of_rows(lower[pairs.mentor] - free, pairs.start))
        if np.array_equal(lower, price) and np.array_equal(less, offer):
            return np.minimum(price, FAR)
        price, offer = lower, less
    return None


def _bounded(pairs: EligiblePairs, price: Ints, offer: Ints, free: Ints) -> NDArray[np.int64]:
    """Give a mentor without any place the smallest price that keeps everyone away."""
    least = np.zeros(pairs.mentors, dtype=np.int64)
    np.maximum.at(least, pairs.mentor, offer[pairs.mentee_of_each()] + free)
    return np.where(price >= FAR, least, price)


def _least_of_rows(numbers: Ints, start: Ints) -> NDArray[np.int64]:
    """Return the least number of each run; FAR for an empty one."""
    found = np.full(len(start) - 1, FAR, dtype=np.int64)
    filled = np.flatnonzero(np.diff(start) > 0)
    if len(filled):
        found[filled] = np.minimum.reduceat(numbers, start[filled])
    return np.minimum(found, FAR)


def positions_in(start: Ints, which: Ints) -> NDArray[np.int64]:
    """Return all positions of the chosen runs, one after the other.

    >>> positions_in(np.array([0, 2, 5, 6]), np.array([0, 2])).tolist()
    [0, 1, 5]
    """
    lengths = np.diff(start)[which]
    before = np.cumsum(lengths) - lengths
    return np.repeat(start[which] - before, lengths) + np.arange(int(lengths.sum()))


def _sides(pairs: EligiblePairs, taken: Ints, units: Units) -> tuple[Bounds, Bounds]:
    mentee_load, mentor_load = loads_of(pairs, taken)
    return (
        bounds_of(mentee_load, units.mentee_most, units.mentee_first, units.mentee_bonus),
        bounds_of(mentor_load, units.mentor_most, units.mentor_first, units.mentor_bonus),
    )


def _free_weights(taken: Ints, weight: Ints) -> NDArray[np.int64]:
    """Return the weights with the taken pairs put out of reach."""
    free = weight.astype(np.int64)
    free[taken] = -2 * FAR
    return free


def _by_mentor(pairs: EligiblePairs) -> tuple[Ints, Ints]:
    order = np.argsort(pairs.mentor, kind="stable")
    start = np.searchsorted(pairs.mentor[order], np.arange(pairs.mentors + 1))
    return order, start
