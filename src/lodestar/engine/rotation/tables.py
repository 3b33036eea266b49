"""At which table does each meeting take place, so that few people have to move?

One side keeps its tables for the whole event wherever they suffice: the mentors, or else the mentees.
Where tables are fewer than either side, whoever comes back sits where they last sat if that table is free.
Somebody's own table (within reach of a wheelchair, near the loop system) goes before all that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import Ints

NO_TABLE = 0


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables 1 to `count`, and by person the one they need and the one they sat at last (0: none)."""

    count: int
    mentee_own: Ints
    mentor_own: Ints
    mentee_last: Ints
    mentor_last: Ints


def tables_of(round_of: Ints, mentee: Ints, mentor: Ints, tables: Tables) -> NDArray[np.int64]:
    """Return the table (from 1) of each meeting; `round_of` says in which round it takes place.

    Nobody may meet somebody who needs another table than they do, no two people may need the same one,
    and no round may hold more meetings than there are tables.

    >>> nobody = np.zeros(2, dtype=np.int64)
    >>> tables = Tables(2, nobody, np.array([0, 1]), nobody, nobody)
    >>> tables_of(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([0, 1, 1]), tables).tolist()
    [2, 1, 1]
    """
    plan = _Plan(tables, mentee, mentor)
    found = np.zeros(len(round_of), dtype=np.int64)
    for place in np.unique(round_of).tolist():
        meetings = np.flatnonzero(round_of == place)
        found[meetings] = plan.seat(mentee[meetings].tolist(), mentor[meetings].tolist())
    return found


class _Plan:
    """Who keeps which table, from round to round."""

    def __init__(self, tables: Tables, mentee: Ints, mentor: Ints) -> None:
        self.count = tables.count
        sides = [
            (np.unique(mentor), tables.mentor_own, tables.mentor_last),
            (np.unique(mentee), tables.mentee_own, tables.mentee_last),
        ]
        self.mentors_stay = len(sides[0][0]) <= self.count or len(sides[1][0]) > self.count
        staying, going = sides if self.mentors_stay else sides[::-1]
        self.own = [own.tolist() for _, own, _ in (staying, going)]
        self.last = [last.tolist() for _, _, last in (staying, going)]
        self.has_homes = len(staying[0]) <= self.count
        if self.has_homes:
            self.last[0] = self._homes(staying[0].tolist())

    def _homes(self, people: Sequence[int]) -> list[int]:
        """Give everybody who stays a table of their own: needed, held so far, or the first one free."""
        home = list(self.own[0])
        taken = {*home, *self.own[1]}
        for person in people:
            if not home[person] and self.last[0][person] not in taken:
                home[person] = self.last[0][person]
                taken.add(home[person])
        # A table that somebody of the other side needs is given away last.
        free = [*self._others(taken), *sorted(set(self.own[1]) - {*home, NO_TABLE})]
        homeless = (person for person in people if not home[person])
        for person, table in zip(homeless, free, strict=False):
            home[person] = table
        return home

    def _others(self, taken: set[int]) -> list[int]:
        return [table for table in range(1, self.count + 1) if table not in taken]

    def seat(self, mentee: Sequence[int], mentor: Sequence[int]) -> list[int]:
        """Return the tables of one round's meetings."""
        sides = (mentor, mentee) if self.mentors_stay else (mentee, mentor)
        pairs = list(zip(*sides, strict=True))
        found = [self.own[0][one] or self.own[1][other] for one, other in pairs]
        taken = set(found)
        for side in (0, 1):
            for place, pair in enumerate(pairs):
                last = self.last[side][pair[side]]
                if not found[place] and last not in taken:
                    found[place] = last
                    taken.add(last)
        awaited = set(self.last[0]) - taken
        free = iter(sorted(self._others(taken), key=lambda table: (table in awaited, table)))
        found = [table or next(free) for table in found]
        self._remember(pairs, found)
        return found

    def _remember(self, pairs: Sequence[tuple[int, int]], found: Sequence[int]) -> None:
        for (one, other), table in zip(pairs, found, strict=True):
            self.last[1][other] = table
            if not self.has_homes:
                self.last[0][one] = table
