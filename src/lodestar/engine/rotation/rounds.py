"""In which round does each meeting take place, so that nobody is in two places at once?

An edge colouring of a bipartite graph: where nobody has more meetings than there are rounds, the rounds
suffice (Kőnig 1916), by swapping two rounds along a path that alternates between them. The same
swaps even out the rounds until no two differ by more than one meeting (de Werra 1971; McDiarmid 1972),
so that tables which hold all meetings on average hold every round.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import MatchingError

NONE = -1


def rounds_of(mentee: Ints, mentor: Ints, rounds: int) -> NDArray[np.int64]:
    """Return the round (from 0) of each meeting; sizes of rounds differ by one at the most.

    `mentee` and `mentor` are positions. Raises MatchingError where somebody has more meetings than rounds.

    >>> rounds_of(np.array([0, 0, 1]), np.array([0, 1, 0]), 2).tolist()
    [0, 1, 1]
    """
    for side in (mentee, mentor):
        if len(side) and int(np.bincount(side).max()) > rounds:
            raise MatchingError("Somebody has more meetings than there are rounds: plan fewer.")
    plan = _Plan(mentee.tolist(), mentor.tolist(), rounds)
    for meeting in range(len(mentee)):
        plan.place(meeting)
    plan.even_out()
    return np.array(plan.round_of, dtype=np.int64)


class _Plan:
    """Meetings placed in rounds so far; nodes are mentees, then mentors."""

    def __init__(self, mentee: list[int], mentor: list[int], rounds: int) -> None:
        beyond = max(mentee, default=NONE) + 1
        self.ends = [(one, beyond + other) for one, other in zip(mentee, mentor, strict=True)]
        nodes = beyond + max(mentor, default=NONE) + 1
        self.meeting_at = [[NONE] * rounds for _ in range(nodes)]
        self.round_of = [NONE] * len(mentee)
        self.size = [0] * rounds

    def place(self, meeting: int) -> None:
        """Give a meeting the emptiest round that is free for both; make one free where none is."""
        one, other = self.ends[meeting]
        free_of_one = [r for r, busy in enumerate(self.meeting_at[one]) if busy == NONE]
        taken_of_other = self.meeting_at[other]
        both = [r for r in free_of_one if taken_of_other[r] == NONE]
        if not both:
            mine, theirs = free_of_one[0], taken_of_other.index(NONE)
            self.swap(list(self.path(other, mine, theirs)), mine, theirs)
            both = [mine]
        self.put(meeting, min(both, key=self.size.__getitem__))

    def put(self, meeting: int, place: int) -> None:
        for node in self.ends[meeting]:
            self.meeting_at[node][place] = meeting
        self.round_of[meeting] = place
        self.size[place] += 1

    def path(self, node: int, first: int, second: int) -> Iterator[int]:
        """Yield the meetings from a node on that take place in two rounds in turn."""
        while (meeting := self.meeting_at[node][first]) != NONE:
            yield meeting
            one, other = self.ends[meeting]
            node = other if node == one else one
            first, second = second, first

    def swap(self, path: list[int], one: int, other: int) -> None:
        """Exchange two rounds along a path of meetings."""
        for meeting in path:
            was = self.round_of[meeting]
            self.size[was] -= 1
            for node in self.ends[meeting]:
                self.meeting_at[node][was] = NONE
        for meeting in path:
            self.put(meeting, one + other - self.round_of[meeting])

    def even_out(self) -> None:
        """Move meetings from the fullest round to the emptiest until all are even."""
        while max(self.size, default=0) - min(self.size, default=0) > 1:
            full, empty = self.size.index(max(self.size)), self.size.index(min(self.size))
            surplus = (self.size[full] - self.size[empty]) // 2
            for path in self.odd_paths(full, empty):
                self.swap(path, full, empty)
                surplus -= 1
                if not surplus:
                    break

    def odd_paths(self, full: int, empty: int) -> Iterator[list[int]]:
        """Yield the paths in two rounds that hold one more meeting of the first than of the second."""
        seen: set[int] = set()
        for node, meetings in enumerate(self.meeting_at):
            start = meetings[full]
            if start == NONE or start in seen or meetings[empty] != NONE:
                continue
            path = list(self.path(node, full, empty))
            seen.update(path)
            if len(path) % 2:
                yield path
