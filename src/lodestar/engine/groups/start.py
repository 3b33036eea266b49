"""Which good groups are found at once, before or without the exact search?

Solved without a least size, the smallest group that is too small is closed, and so again until none is. Then
whoever is in the way of a rule leaves, and a group that gets too small by that is given up.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lodestar.engine.groups.rules import Rule, broken_rules
from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.pairs import EligiblePairs, Ints, ends_of, loads_of
from lodestar.engine.matching.solving import SERVE, Listed, best_matching


def best_drawn(pairs: EligiblePairs, drawn: Drawn) -> Taken:
    """Return the exact matching of these pairs (positions) that the lottery picks."""
    claim = best_matching(Listed(pairs, pairs.score), SERVE, drawn).claim
    return np.sort(pairs.positions_of(claim.mentee, claim.mentor))


def reached(pairs: EligiblePairs, taken: Ints) -> tuple[int, int]:
    """Return how many mentees some pairs serve, and their points together.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([2]))
    >>> reached(pairs, np.array([0, 1]))
    (2, 13)
    """
    load, _ = loads_of(pairs, taken)
    return int(np.minimum(load, pairs.firsts).sum()), int(pairs.score[taken].sum(dtype=np.int64))


def members_of(pairs: EligiblePairs, taken: Ints) -> dict[int, list[int]]:
    """Return the mentees of each mentor who has any."""
    members: dict[int, list[int]] = {}
    for mentee, mentor in zip(*(side.tolist() for side in ends_of(pairs, taken)), strict=True):
        members.setdefault(mentor, []).append(mentee)
    return members


def good_groups(
    pairs: EligiblePairs, least: int, rules: Sequence[Rule], relaxed: Taken, drawn: Drawn
) -> Taken:
    """Return allowed groups (positions of pairs), starting from `relaxed`, solved without a least size.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 4, 5, 6]), np.array([2, 2]))
    >>> good_groups(pairs, 2, (), np.array([0, 3]), draw(1, "ab", "xy")).tolist()
    [0, 2]
    """
    taken, is_open = relaxed, np.ones(pairs.mentors, dtype=bool)
    while True:
        load = loads_of(pairs, taken)[1]
        small = np.flatnonzero((load > 0) & (load < least))
        if not len(small):
            return _without_faults(pairs, least, rules, taken)
        points = np.bincount(pairs.mentor[taken], pairs.score[taken], pairs.mentors)
        is_open[small[np.lexsort((points[small], load[small]))[0]]] = False
        taken = best_drawn(replace(pairs, capacity=np.where(is_open, pairs.capacity, 0)), drawn)


def _without_faults(pairs: EligiblePairs, least: int, rules: Sequence[Rule], taken: Taken) -> Taken:
    kept = []
    for mentor, mentees in sorted(members_of(pairs, taken).items()):
        places = pairs.positions_of(np.array(mentees), np.full(len(mentees), mentor))
        score = dict(zip(mentees, pairs.score[places].tolist(), strict=True))
        staying = frozenset(mentees)
        while len(staying) >= least and broken_rules(rules, staying):
            staying -= {_most_in_the_way(rules, staying, score)}
        kept += [
            place
            for mentee, place in zip(mentees, places.tolist(), strict=True)
            if mentee in staying and len(staying) >= least
        ]
    return np.sort(np.array(kept, dtype=np.int64))


def _most_in_the_way(rules: Sequence[Rule], inside: frozenset[int], score: dict[int, int]) -> int:
    """Return whose leaving mends the most rules; of these, who scores least."""
    return min(
        sorted(inside), key=lambda one: (len(broken_rules(rules, inside - {one})), score[one])
    )
