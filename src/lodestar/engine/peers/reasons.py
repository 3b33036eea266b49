"""Why is somebody without a partner among their peers?"""

from collections.abc import Collection

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from lodestar.engine.groups.reasons import LeftOut
from lodestar.engine.matching.pairs import NOBODY, Bools, Ints
from lodestar.engine.peers.cover import Partners, barrier_of

NO_PARTNER = "no_partner"
ODD_NUMBER = "odd_number"
PARTNERS_SHORT = "partners_short"


def left_over_of(
    allowed: Bools, barrier: Bools, partner: Partners, trio: Collection[int] = ()
) -> tuple[LeftOut, ...]:
    """Explain everybody left over when the most people are paired; `barrier` shows that it is the most.

    >>> star = np.zeros((4, 4), dtype=bool)
    >>> star[0, 1:] = star[1:, 0] = True
    >>> found = left_over_of(star, np.array([True, False, False, False]), np.array([1, 0, -1, -1]))
    >>> found[0].sentence
    '3 people can be paired with 1 other only, so 2 of them are left over.'
    """
    left = [person for person in np.flatnonzero(partner == NOBODY).tolist() if person not in trio]
    part = barrier_of(allowed, barrier).part
    joined = allowed & (barrier[:, None] | barrier[None, :] | (part[:, None] == part[None, :]))
    joined &= ~(barrier[:, None] & barrier[None, :])
    cluster = connected_components(csr_array(joined.astype(np.int8)), directed=False)[1]
    return tuple(_explained(allowed, barrier, part, cluster, person) for person in left)


def _explained(allowed: Bools, barrier: Bools, part: Ints, cluster: Ints, person: int) -> LeftOut:
    """Name the people who compete with somebody, and for whom."""
    if not allowed[person].any():
        return LeftOut(person, NO_PARTNER, "Nobody may be paired with them.")
    inside = cluster == cluster[person]
    sizes = np.bincount(part[inside & ~barrier])
    odd, wanted = int((sizes % 2).sum()), int((inside & barrier).sum())
    others = "1 other" if wanted == 1 else f"{wanted} others"
    if not wanted:
        told = f"{int(inside.sum())} people can be paired among themselves only, and that is an odd number."
        return LeftOut(person, ODD_NUMBER, told)
    who = (
        f"{odd} people" if sizes[sizes % 2 == 1].max() == 1 else f"{odd} clusters of an odd number"
    )
    told = f"{who} can be paired with {others} only, so {odd - wanted} of them are left over."
    return LeftOut(person, PARTNERS_SHORT, told)
