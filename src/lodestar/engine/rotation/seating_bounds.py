"""How few repeats, and how many points, could any seating plan of the same tables have?"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import draw
from lodestar.engine.matching.pairs import Bools
from lodestar.engine.rotation.attendance import pairs_here
from lodestar.engine.rotation.checking import Rules
from lodestar.engine.rotation.meetings import Aim, Wanted, best_meetings
from lodestar.engine.rotation.seating_search import ABSENT

Table = NDArray[np.int64]


def fewest_repeats(met: Table, plan: Table) -> int:
    """Return a number of repeats that no plan with such tables and people can avoid (often 0).

    Counted in two ways, the larger number holds: whoever sits beside more people than there are meets some
    again; and a table larger than the number of tables in the next round keeps some of its people together.
    """
    sizes = [np.unique(tables[tables >= 0], return_counts=True)[1] for tables in plan]
    seated = plan >= 0
    anywhere = seated.any(axis=0)
    least = np.array([int(size.min()) - 1 if len(size) else 0 for size in sizes])
    beside = (seated * least[:, None]).sum(axis=0)
    new = anywhere.sum() - 1 - (met > 0)[:, anywhere].sum(axis=1)
    crowded = int(np.maximum(beside - new, 0)[anywhere].sum())
    split = 0
    for (before, after), (one, other) in zip(pairwise(sizes), pairwise(seated), strict=True):
        if np.array_equal(one, other):
            split += sum(_pairs_left(size, len(after)) for size in before.tolist())
    return max(-(-crowded // 2), split)


def _pairs_left(people: int, tables: int) -> int:
    """Return how many pairs stay together at least when people spread over so many tables.

    >>> _pairs_left(5, 4)
    1
    """
    few, larger = divmod(people, tables)
    return larger * few * (few + 1) // 2 + (tables - larger) * few * (few - 1) // 2


def most_points(rules: Rules, is_mentor: Bools, plan: Table, seed: int) -> int:
    """Return the most points that mentees and mentors can reach at tables with such a mix, proven.

    Nobody can meet more people of the other side than sit at the fullest table, in each round they are
    seated.
    """
    pairs = pairs_here(rules.guests, rules.points, rules.held)
    at = plan[:, :, None] == np.arange(int(plan.max(initial=0)) + 1)
    mentors, mentees = at[:, is_mentor].sum(axis=1), at[:, ~is_mentor].sum(axis=1)
    here = plan != ABSENT
    reach = np.where(is_mentor, mentees.max(axis=1)[:, None], mentors.max(axis=1)[:, None]) * here
    most = reach.sum(axis=0)
    pairs = replace(pairs, demand=most[~is_mentor], capacity=most[is_mentor])
    nobody = np.zeros(pairs.mentees, dtype=np.int64), np.zeros(pairs.mentors, dtype=np.int64)
    wanted = Wanted(Aim.TOTAL, int((mentors * mentees).sum()), *nobody)
    drawn = draw(seed, rules.guests.mentee_keys, rules.guests.mentor_keys)
    return best_meetings(pairs, wanted, drawn).bound
