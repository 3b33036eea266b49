"""Which matchings are all equally heavy, and which of them is best by a further measure?

By complementary slackness the heaviest matchings are those that take every pair worth more than its
prices, none worth less, and keep each person's load between what their price demands and allows. These
are the matchings of a smaller graph with bounds on every load, on which the next measure is solved
exactly in turn: "first this, then that" without any large number standing for "first".
"""

from dataclasses import dataclass

import numpy as np

from lodestar.engine.matching.assignment import Taken, Units, heaviest_matching
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints
from lodestar.engine.matching.prices import Prices, lowest_prices

Sides = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """All matchings of the same best value: pairs still open, loads they must and may have.

    `settled` are positions of pairs that every one of them takes; `position` says where each open
    pair stands among the pairs one began with.
    """

    pairs: EligiblePairs
    position: Taken
    settled: Taken
    least: Sides
    most: Sides

    @property
    def is_single(self) -> bool:
        """Whether there is nothing left to choose."""
        return len(self.pairs) == 0

    def units(self, duty: int) -> Units:
        """Return units in which filling a load that must be filled counts `duty`."""
        return Units(*self.most, *self.least, duty, duty)

    def best(self, weight: Ints, duty: int) -> Taken:
        """Return the heaviest matching of the face, as positions of the pairs one began with.

        `weight` has one whole number for each open pair; `duty` must exceed all of a matching together.
        """
        if self.is_single:
            return np.sort(self.settled)
        taken = heaviest_matching(self.pairs, weight, self.units(duty))
        return np.sort(np.concatenate([self.settled, self.position[taken]]))

    def narrowed(self, weight: Ints) -> "Face":
        """Return the face of the matchings that are heaviest by `weight` among these."""
        if self.is_single:
            return self
        duty = int(weight.max(initial=0)) * len(self.pairs) + 1
        units = self.units(duty)
        taken = heaviest_matching(self.pairs, weight, units)
        prices = lowest_prices(self.pairs, taken, weight, units)
        inner = face_of(self.pairs, weight, units, prices)
        return Face(
            inner.pairs,
            self.position[inner.position],
            np.concatenate([self.settled, self.position[inner.settled]]),
            inner.least,
            inner.most,
        )


def face_of(pairs: EligiblePairs, weight: Ints, units: Units, prices: Prices) -> Face:
    """Return all heaviest matchings, from the smallest prices that support one of them."""
    mentee = pairs.mentee_of_each()
    surplus = weight + prices.offer[mentee] - prices.mentor[pairs.mentor]
    mentee_side = _units_in_use(
        units.mentee_first, units.mentee_most, units.mentee_bonus, -prices.offer
    )
    mentor_side = _units_in_use(
        units.mentor_first, units.mentor_most, units.mentor_bonus, prices.mentor
    )
    face = Face(
        pairs,
        np.arange(len(pairs)),
        np.zeros(0, dtype=np.int64),
        (mentee_side[0], mentor_side[0]),
        (mentee_side[1], mentor_side[1]),
    )
    return _forced(_taking(face, surplus > 0, surplus == 0))


def _units_in_use(first: Ints, most: Ints, bonus: int, price: Ints) -> tuple[Ints, Ints]:
    """Return how many units pay more than nothing at a price, and how many pay at least nothing."""
    rest = most - first
    pays = first * (bonus + price > 0) + rest * (price > 0)
    may = first * (bonus + price >= 0) + rest * (price >= 0)
    return pays.astype(np.int64), may.astype(np.int64)


def _taking(face: Face, now: Bools, keep: Bools) -> Face:
    """Settle some of the open pairs, and keep some of the others open."""
    mentee, mentor = face.pairs.mentee_of_each()[now], face.pairs.mentor[now]
    used = (
        np.bincount(mentee, minlength=face.pairs.mentees),
        np.bincount(mentor, minlength=face.pairs.mentors),
    )
    least = tuple(np.maximum(few - gone, 0) for few, gone in zip(face.least, used, strict=True))
    most = tuple(np.maximum(many - gone, 0) for many, gone in zip(face.most, used, strict=True))
    keep = keep & (most[1][face.pairs.mentor] > 0) & (most[0][face.pairs.mentee_of_each()] > 0)
    return Face(
        face.pairs.only(keep),
        face.position[keep],
        np.concatenate([face.settled, face.position[now]]),
        (least[0], least[1]),
        (most[0], most[1]),
    )


def _forced(face: Face) -> Face:
    """Settle the pairs of mentees who must have all that they have left, again and again."""
    while True:
        degree = np.diff(face.pairs.start)
        must = (degree > 0) & (degree <= face.least[0])
        now = must[face.pairs.mentee_of_each()]
        if not now.any():
            return face
        face = _taking(face, now, ~now)
