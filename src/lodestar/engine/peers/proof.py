"""Is a set of pairs among peers the best there is? Checked without trusting whatever found it.

Weak duality for matchings in any graph (Edmonds 1965): give every person a price and some odd sets of people a
price, none below zero, and every pair one price more, of either sign. If for every allowed pair the prices of
both, of every set that holds both, and that of a pair together pay its score, then no matching of as many
pairs totals more than all prices: of each person once, of an odd set as often as pairs fit into it, of a
pair as often as there are pairs. All in whole numbers, so no tolerance is needed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import Bools, Ints
from lodestar.engine.peers.cover import barrier_of

SCALE = 2**20


@dataclass(frozen=True, slots=True, eq=False)
class PeerPrices:
    """Prices in points times SCALE: by person, for any pair, and by odd set (positions of people)."""

    person: NDArray[np.int64]
    pair: int
    sets: tuple[tuple[int, ...], ...]
    set_price: tuple[int, ...]

    def paid(self) -> NDArray[np.int64]:
        """Return what the prices pay for each pair of people."""
        paid = self.person[:, None] + self.person[None, :] + self.pair
        for members, price in zip(self.sets, self.set_price, strict=True):
            paid[np.ix_(members, members)] += price
        return paid

    def bound(self, count: int) -> int:
        """Return the most that `count` pairs can total, in points times SCALE."""
        of_sets = sum(
            price * (len(members) // 2)
            for members, price in zip(self.sets, self.set_price, strict=True)
        )
        return int(self.person.sum()) + of_sets + self.pair * count


@dataclass(frozen=True, slots=True, eq=False)
class PeerClaim:
    """Pairs by both ends, the barrier that shows that no more people can be paired, and prices."""

    one: Ints
    other: Ints
    barrier: Bools
    prices: PeerPrices


@dataclass(frozen=True, slots=True)
class PeerProof:
    """What a claim is worth: people served, points, the most there can be of both, and pairs not paid."""

    served: int
    total: int
    bound_served: int
    bound_total: int
    violators: int

    @property
    def is_proven(self) -> bool:
        proven = (self.served, self.total) == (self.bound_served, self.bound_total)
        return proven and not self.violators


def prove_peers(score: Ints, allowed: Bools, claim: PeerClaim) -> PeerProof:
    """Count everything again from scores (symmetric) and allowed pairs, with one full scan.

    Raises ArithmeticError if the pairs are no matching of allowed pairs, or a price is below zero.

    >>> score = np.array([[0, 7], [7, 0]])
    >>> prices = PeerPrices(np.array([7 * SCALE, 0]), 0, (), ())
    >>> claim = PeerClaim(np.array([0]), np.array([1]), np.zeros(2, dtype=bool), prices)
    >>> prove_peers(score, score > 0, claim)
    PeerProof(served=2, total=7, bound_served=2, bound_total=7, violators=0)
    """
    ends = np.concatenate([claim.one, claim.other])
    if len(np.unique(ends)) != len(ends) or not np.all(allowed[claim.one, claim.other]):
        raise ArithmeticError("These pairs are no matching of allowed pairs.")
    prices = claim.prices
    is_odd = all(len(set(members)) == len(members) and len(members) % 2 for members in prices.sets)
    if not is_odd or min([*prices.set_price, *prices.person.tolist()], default=0) < 0:
        raise ArithmeticError("A price is below zero, or a set is not odd.")
    among = allowed & ~np.eye(len(allowed), dtype=bool)
    short = score.astype(np.int64) * SCALE > prices.paid()
    return PeerProof(
        served=len(ends),
        total=int(score[claim.one, claim.other].sum()),
        bound_served=barrier_of(among, claim.barrier).most_paired,
        bound_total=prices.bound(len(claim.one)) // SCALE,
        violators=int(np.triu(among & short).sum()),
    )


def safe_prices(score: Ints, allowed: Bools, prices: PeerPrices) -> PeerPrices:
    """Raise the prices of people just enough that every allowed pair is paid, by halves on both sides.

    So prices found in floating point, or for some of the pairs only, give a bound that holds for all
    (Neumaier & Shcherbina 2004).
    """
    short = score.astype(np.int64) * SCALE - prices.paid()
    short[~allowed | np.eye(len(allowed), dtype=bool)] = 0
    more = (np.maximum(short.max(axis=1, initial=0), 0) + 1) // 2
    return PeerPrices(prices.person + more, prices.pair, prices.sets, prices.set_price)
