"""Who wins among equally good whole matchings?

One lottery for everybody, never one per mentor (Abdulkadiroğlu, Pathak & Roth 2009). Each
person's ticket is SHA-256 of "seed:side:key", so anyone can draw it again. Of all matchings with the same
best value, the one that serves the mentees with the higher tickets is taken, and what is still
equal is settled by a number mixed from both tickets. The answer therefore depends on the
inputs and the seed only, not on the solver or the order of the rows.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import heaviest_matching
from lodestar.engine.matching.pairs import EligiblePairs, Ints, scores_of

FINEST = 2**20
EXACT_FLOAT = 2**50
EXACT_FLOW = 2**61


def tickets(seed: int, side: str, keys: Sequence[str]) -> NDArray[np.uint64]:
    """Return everyone's 64-bit ticket.

    >>> tickets(7, "mentee", ["ana"]).tolist() == tickets(7, "mentee", ["ana"]).tolist()
    True
    """
    drawn = [hashlib.sha256(f"{seed}:{side}:{key}".encode()).digest()[:8] for key in keys]
    return np.frombuffer(b"".join(drawn), dtype=">u8").astype(np.uint64)


def settle(
    pairs: EligiblePairs,
    partner: Ints,
    prices: Ints,
    serving: int,
    drawn: tuple[NDArray[np.uint64], NDArray[np.uint64]],
) -> NDArray[np.int64]:
    """Return the matching that the lottery picks among all optimal ones.

    By complementary slackness the optimal matchings are those that use only pairs whose two
    prices exactly pay the weight, serve every mentee with a price, and fill every mentor with
    one. So a second, much smaller exact solve on these pairs cannot change the best value.
    """
    worth = _worth(pairs, partner, prices, serving)
    tight = np.concatenate(
        [
            worth[mentee] + prices[mentor] == score + serving
            for mentee, mentor, score in pairs.blocks()
        ]
        or [np.zeros(0, dtype=bool)]
    )
    equal = pairs.only(tight, pairs.capacity)
    if len(equal) == int((partner >= 0).sum()):
        return partner.astype(np.int64)
    needs_mentee, needs_mentor = worth > 0, prices > 0
    loose, settled = _settle_forced(equal, needs_mentee)
    rest = heaviest_matching(loose, _lottery_weight(loose, needs_mentee, needs_mentor, drawn))
    return np.where(settled >= 0, settled, rest)


def _worth(pairs: EligiblePairs, partner: Ints, prices: Ints, serving: int) -> NDArray[np.int64]:
    if not pairs.mentors:
        return np.zeros(pairs.mentees, dtype=np.int64)
    own = scores_of(pairs, partner) + serving - prices[partner]
    return np.where(partner >= 0, own, 0)


def _settle_forced(equal: EligiblePairs, must: NDArray[np.bool_]) -> tuple[EligiblePairs, Ints]:
    """Take out mentees who must be served and have only one pair left, again and again."""
    settled = np.full(equal.mentees, -1, dtype=np.int64)
    while True:
        forced = must & (settled < 0) & (np.diff(equal.start) == 1)
        if not forced.any():
            return equal, settled
        settled[forced] = equal.mentor[equal.start[:-1][forced]]
        taken = np.bincount(settled[forced], minlength=equal.mentors)
        left = equal.capacity - taken
        keep = (settled[equal.mentee_of_each()] < 0) & (left[equal.mentor] > 0)
        equal = equal.only(keep, left)


def _lottery_weight(
    loose: EligiblePairs,
    needs_mentee: NDArray[np.bool_],
    needs_mentor: NDArray[np.bool_],
    drawn: tuple[NDArray[np.uint64], NDArray[np.uint64]],
) -> NDArray[np.int64]:
    mentee = loose.mentee_of_each()
    people = max(1, int((np.diff(loose.start) > 0).sum()))
    most = min(EXACT_FLOAT, EXACT_FLOW // (loose.mentees + loose.mentors + 1))
    finest = max(2, min(FINEST, most // (2 * (people + 1) ** 2)))
    mixed = _mix(drawn[0][mentee] ^ _mix(drawn[1][loose.mentor]))
    chance = (mixed % np.uint64(finest - 1)).astype(np.int64) + 1
    rank = np.zeros(loose.mentees, dtype=np.int64)
    present = np.flatnonzero(np.diff(loose.start) > 0)
    rank[present[np.argsort(drawn[0][present], kind="stable")]] = np.arange(len(present))
    wish = rank[mentee] * finest + chance
    duty = people * people * finest + 1
    owed = needs_mentee[mentee].astype(np.int64) + needs_mentor[loose.mentor].astype(np.int64)
    return owed * duty + wish


def _mix(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64 bits (splitmix64 finaliser, Steele, Lea & Flood 2014)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
