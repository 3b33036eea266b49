"""Which good pairs among peers are found at once, before or without the exact search?"""

import numpy as np

from lodestar.engine.matching.pairs import NOBODY, Bools, Ints
from lodestar.engine.peers.cover import Partners

NEVER = -(2**40)


def greedy_pairs(worth: Ints, allowed: Bools, partner: Partners) -> Partners:
    """Pair those who are free, the best pair left first.

    >>> worth = np.array([[0, 9, 1, 8], [9, 0, 8, 1], [1, 8, 0, 2], [8, 1, 2, 0]])
    >>> greedy_pairs(worth, ~np.eye(4, dtype=bool), np.full(4, -1)).tolist()
    [1, 0, 3, 2]
    """
    partner = partner.copy()
    free = partner == NOBODY
    one, other = np.nonzero(np.triu(allowed & free[:, None] & free[None, :], 1))
    for place in np.argsort(-worth[one, other], kind="stable"):
        first, second = int(one[place]), int(other[place])
        if partner[first] == NOBODY == partner[second]:
            partner[first], partner[second] = second, first
    return partner


def exchanged(worth: Ints, allowed: Bools, partner: Partners) -> Partners:
    """Let two pairs change partners, or somebody free take a place, as long as the total rises."""
    table = np.where(allowed, worth, NEVER).astype(np.int64)
    partner = partner.copy()
    while _exchange(table, partner) or _replace(table, partner):
        pass
    return partner


def _exchange(table: Ints, partner: Partners) -> bool:
    """Make the best exchange between two pairs, if there is one."""
    one = np.flatnonzero(partner > np.arange(len(partner)))
    other = partner[one]
    if not len(one):
        return False
    has = table[one, other]
    along = table[np.ix_(one, one)] + table[np.ix_(other, other)]
    across = table[np.ix_(one, other)] + table[np.ix_(other, one)]
    gain = np.maximum(along, across) - has[:, None] - has[None, :]
    first, second = np.unravel_index(np.argmax(gain), gain.shape)
    if gain[first, second] <= 0:
        return False
    a, b, c, d = one[first], other[first], one[second], other[second]
    is_along = along[first, second] >= across[first, second]
    for left, right in ((a, c), (b, d)) if is_along else ((a, d), (b, c)):
        partner[left], partner[right] = right, left
    return True


def _replace(table: Ints, partner: Partners) -> bool:
    """Let somebody free take the best place that is worth more with them, if there is one."""
    paired, free = np.flatnonzero(partner != NOBODY), np.flatnonzero(partner == NOBODY)
    if not len(paired) or not len(free):
        return False
    gain = table[np.ix_(paired, free)] - table[paired, partner[paired]][:, None]
    first, second = np.unravel_index(np.argmax(gain), gain.shape)
    if gain[first, second] <= 0:
        return False
    stays, comes = paired[first], free[second]
    partner[partner[stays]] = NOBODY
    partner[stays], partner[comes] = comes, stays
    return True
