"""Is this matching really the best one, over all eligible pairs?

A proof by weak duality that shares no code with any solver. Give every mentee a price u and
every mentor's place a price p, none negative, with u + p >= weight for every eligible pair;
then no matching weighs more than the sum of all prices. A matching that weighs exactly that
is therefore optimal. The prices are the smallest ones, found from the matching alone by
longest paths in the residual graph (Bellman 1958; Ahuja, Magnanti & Orlin 1993, chapter 9).
Everything is whole numbers, so nothing needs a tolerance.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import EligiblePairs, Ints, scores_of
from lodestar.engine.matching.problem import MatchingError, Objective

ENGINE_VERSION = "1.0"
NOT_ELIGIBLE = -1


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof found. `gap` 0 and `violators` 0 mean: proven best over all pairs.

    `bound` is the most that any set of pairs serving `matched` mentees could total;
    `gap` is in points, and counts a mentee who could be served in addition at `serving` each.
    """

    matched: int
    total: int
    bound: int
    gap: int
    violators: int
    blocking_pairs: int
    worst: int | None

    @property
    def is_proven(self) -> bool:
        return self.gap == 0 and self.violators == 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """The published proof of one run. `gap` 0 and `violators` 0: no better set of pairs exists.

    `total`, `bound`, `gap` and `worst` are points (1,000,000 is a perfect pair); pins count in
    `matched`, `total` and `bound`. `inputs_sha256` is the same for the same people, design,
    pins and bans in any order.
    """

    mentees: int
    mentors: int
    places: int
    eligible_pairs: int
    matched: int
    total: int
    bound: int
    gap: int
    violators: int
    blocking_pairs: int
    worst: int | None
    objective: str
    seed: int
    engine_version: str
    inputs_sha256: str

    @classmethod
    def of(
        cls,
        proof: Proof,
        pairs: EligiblePairs,
        *,
        objective: Objective,
        seed: int,
        inputs_sha256: str,
    ) -> Self:
        return cls(
            mentees=pairs.mentees,
            mentors=pairs.mentors,
            places=int(pairs.capacity.sum()),
            eligible_pairs=len(pairs),
            matched=proof.matched,
            total=proof.total,
            bound=proof.bound,
            gap=proof.gap,
            violators=proof.violators,
            blocking_pairs=proof.blocking_pairs,
            worst=proof.worst,
            objective=objective.value,
            seed=seed,
            engine_version=ENGINE_VERSION,
            inputs_sha256=inputs_sha256,
        )

    @property
    def is_proven(self) -> bool:
        return self.gap == 0 and self.violators == 0


def smallest_prices(pairs: EligiblePairs, partner: Ints, serving: int) -> NDArray[np.int64]:
    """Return the smallest price of a place with each mentor that supports a matching.

    `partner` is each mentee's mentor or -1; `serving` the weight of one served mentee. On a
    matching that is not optimal the prices would rise for ever: the search then stops after
    as many rounds as there are mentors, and the proof shows the gap.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> smallest_prices(pairs, np.array([-1, 0]), serving=0).tolist()
    [5]
    """
    own = _own_weight(pairs, partner, serving)
    prices = np.zeros(pairs.mentors, dtype=np.int64)
    if not pairs.mentors:
        return prices
    moved = np.ones(pairs.mentees, dtype=bool)
    for _ in range(pairs.mentors + 2):
        higher = prices.copy()
        worth = np.where(partner >= 0, own - prices[partner], 0)
        for mentee, mentor, score in pairs.blocks():
            if moved[mentee[0] : mentee[-1] + 1].any():
                active = moved[mentee]
                needed = score[active] + serving - worth[mentee[active]]
                np.maximum.at(higher, mentor[active], needed)
        risen = higher > prices
        if not risen.any():
            break
        prices = higher
        moved = (partner >= 0) & risen[partner]
    return prices


def prove(pairs: EligiblePairs, partner: Ints, prices: Ints, serving: int) -> Proof:
    """Check a matching against prices with one full scan over all eligible pairs.

    Raises MatchingError when the matching itself is not allowed (a forbidden pair, a mentor
    with more mentees than places). Prices below zero are treated as zero.
    """
    scores = scores_of(pairs, partner)
    _check_allowed(pairs, partner, scores)
    served = partner >= 0
    matched, total = int(served.sum()), int(scores[served].sum())
    price = np.maximum(prices, 0).astype(np.int64)
    worth = np.zeros(pairs.mentees, dtype=np.int64)
    worth[served] = scores[served] + serving - price[partner[served]]
    best, violators = np.zeros(pairs.mentees, dtype=np.int64), int((worth < 0).sum())
    for mentee, mentor, score in pairs.blocks():
        surplus = score + serving - price[mentor]
        np.maximum.at(best, mentee, surplus)
        violators += int((surplus > worth[mentee]).sum())
    ceiling = int(best.sum()) + int((price * pairs.capacity).sum())
    bound = ceiling - matched * serving
    return Proof(
        matched=matched,
        total=total,
        bound=bound,
        gap=bound - total,
        violators=violators,
        blocking_pairs=count_blocking_pairs(pairs, partner, scores),
        worst=int(scores[served].min()) if matched else None,
    )


def count_blocking_pairs(pairs: EligiblePairs, partner: Ints, scores: Ints) -> int:
    """Count eligible pairs in which both would score higher together than they do now.

    A mentor gains when a place is free or when the newcomer beats their lowest match
    (Gale & Shapley 1962, with the score as both sides' preference).
    """
    served = partner >= 0
    load = np.bincount(partner[served], minlength=pairs.mentors)
    lowest = np.full(pairs.mentors, np.iinfo(np.int64).max)
    np.minimum.at(lowest, partner[served], scores[served])
    lowest[load < pairs.capacity] = NOT_ELIGIBLE
    return sum(
        int(((score > scores[mentee]) & (score > lowest[mentor])).sum())
        for mentee, mentor, score in pairs.blocks()
    )


def _own_weight(pairs: EligiblePairs, partner: Ints, serving: int) -> NDArray[np.int64]:
    scores = scores_of(pairs, partner)
    _check_allowed(pairs, partner, scores)
    return np.where(partner >= 0, scores + serving, 0)


def _check_allowed(pairs: EligiblePairs, partner: Ints, scores: Ints) -> None:
    served = partner >= 0
    if np.any(scores[served] == NOT_ELIGIBLE):
        raise MatchingError("The matching holds a pair that is not eligible.")
    load = np.bincount(partner[served], minlength=pairs.mentors)
    if np.any(load > pairs.capacity):
        raise MatchingError("The matching gives a mentor more mentees than places.")
