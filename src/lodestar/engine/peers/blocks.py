"""Which odd sets keep the exactly paid pairs from pairing everybody?

Where many pairings are equally good, sets that the present fractions overfill take away one answer of a great
many at a time. The prices show the cause: pair as many people as possible by exactly paid pairs alone, each
set with a price seen as one; what remains unpaired lies in odd parts beside a barrier (cover.py), and these
are the sets whose prices have to rise next, as in Edmonds' own method (1965).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import NOBODY, Bools, Ints
from lodestar.engine.peers.cover import Partners, barrier_of, most_paired
from lodestar.engine.peers.cuts import OddSet
from lodestar.engine.peers.start import greedy_pairs


def blocking_sets(
    paid: Bools, priced: Sequence[OddSet], partner: Partners, may_be_over: Bools
) -> list[OddSet]:
    """Return odd sets of three or more. `paid` tells the exactly paid pairs, `priced` the sets with a price.

    `partner` is a good pairing with as many pairs as are wanted. `may_be_over` says who may be left over,
    which is anybody without a price.

    >>> triangles = np.kron(np.eye(2), np.ones((3, 3))).astype(bool) & ~np.eye(6, dtype=bool)
    >>> blocking_sets(triangles, (), np.array([3, 4, 5, 0, 1, 2]), np.zeros(6, dtype=bool))
    [(0, 1, 2), (3, 4, 5)]
    """
    people = len(paid)
    # Whoever is left over is paired with a seat, and only with a seat.
    seats = people + np.arange(int((partner == NOBODY).sum()))
    node = np.concatenate([_nodes(people, priced), seats])
    seated = np.flatnonzero(may_be_over)
    one, other = np.nonzero(paid)
    one = np.concatenate([one, np.repeat(seated, len(seats))])
    other = np.concatenate([other, np.tile(seats, len(seated))])
    joined = np.zeros((people + len(seats),) * 2, dtype=bool)
    joined[node[one], node[other]] = joined[node[other], node[one]] = True
    np.fill_diagonal(joined, False)
    _, inside = most_paired(joined, _start(joined, node, partner))
    part = barrier_of(joined, inside).part[node]
    with_seat = set(part[people:].tolist())
    numbers = sorted(set(part[:people].tolist()) - with_seat - {NOBODY})
    sets = (np.flatnonzero(part == number) for number in numbers)
    return [tuple(members.tolist()) for members in sets if len(members) >= 3 and len(members) % 2]


def _nodes(people: int, priced: Sequence[OddSet]) -> NDArray[np.int64]:
    """Return everybody's node, one for all of a priced set; the largest sets first, as long as they are apart."""
    node = np.arange(people)
    is_taken = np.zeros(people, dtype=bool)
    for members in sorted(priced, key=lambda one: (-len(one), one)):
        if not is_taken[list(members)].any():
            is_taken[list(members)] = True
            node[list(members)] = members[0]
    return node


def _start(joined: Bools, node: Ints, partner: Partners) -> Partners:
    """Return pairs of nodes: those of a good pairing as far as they are joined, then any."""
    one = np.flatnonzero(partner > np.arange(len(partner)))
    among = np.zeros_like(joined)
    among[node[one], node[partner[one]]] = True
    worth = (among | among.T).astype(np.int64)
    return greedy_pairs(worth, joined, np.full(len(joined), NOBODY, dtype=np.int64))
