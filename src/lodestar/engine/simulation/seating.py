"""Who can be served at once, starting from whoever is served already?

Augmenting paths (Kuhn 1955; Hopcroft & Karp 1973) with capacities. Whom a mentee may meet is one whole number with a
bit for each mentor, so a step of the search is one AND over all mentors. Mentors from whom a search
found no way to a free place are closed to all further searches: none can lead out of there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.engine.matching.pairs import NOBODY, Bools, EligiblePairs, Ints

BLOCK_CELLS = 4_000_000

Wave = tuple[int, int, int]
Members = tuple[int, list[int]]


@dataclass(frozen=True, slots=True)
class ShortGroup:
    """Mentees, some of whom are left over, whose eligible pairs all lead to these mentors (Hall 1935).

    The mentors have `places` in all, fewer than there are mentees; without any mentor there is none.
    """

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    places: int

    @property
    def short(self) -> int:
        return len(self.mentees) - self.places


class Seating:
    """Mentees seated with mentors, and the room that is left.

    `reach` holds a number by mentee whose bits are the mentors they may meet, `room` the free places by
    mentor, and only mentors who are `here` take part.
    """

    def __init__(self, reach: Sequence[int], room: Ints, here: Bools) -> None:
        self.reach, self.room, self.here = reach, room.tolist(), as_bits(here)
        self.free = as_bits(here & (room > 0))
        self.open = self.here
        self.seated: list[list[int]] = [[] for _ in self.room]

    def hold(self, rows: Ints, columns: Ints) -> None:
        """Seat mentees whose place is taken from the room already; they may be moved."""
        seated = self.seated
        for mentee, mentor in zip(rows.tolist(), columns.tolist(), strict=True):
            seated[mentor].append(mentee)
        self.open = self.here

    def give_back(self, columns: Iterable[int]) -> None:
        """Free one place of each of these mentors."""
        for mentor in columns:
            self.room[mentor] += 1
            self.free |= (1 << mentor) & self.here

    def serve(self, mentees: Iterable[int]) -> list[int]:
        """Seat as many as possible, in this order, moving others; return who is left over."""
        return [mentee for mentee in mentees if not (self.free and self._seat(mentee))]

    def _seat(self, mentee: int) -> bool:
        """Seat one mentee, breadth first; a wave is (mentors, who reaches them, where that mentee sits)."""
        reached = self.reach[mentee] & self.open
        if direct := reached & self.free:
            self._sit(mentee, lowest(direct))
            return True
        waves: list[Wave] = [(reached, mentee, NOBODY)]
        for mentors, _, _ in waves:
            for mentor in bits_of(mentors):
                for other in self.seated[mentor]:
                    fresh = self.reach[other] & self.open & ~reached
                    if direct := fresh & self.free:
                        self._sit(other, lowest(direct))
                        self._shift(waves, other, mentor)
                        return True
                    if fresh:
                        reached |= fresh
                        waves.append((fresh, other, mentor))
        self.open &= ~reached
        return False

    def _sit(self, mentee: int, mentor: int) -> None:
        self.seated[mentor].append(mentee)
        self.room[mentor] -= 1
        if not self.room[mentor]:
            self.free ^= 1 << mentor

    def _shift(self, waves: Sequence[Wave], mentee: int, left: int) -> None:
        """Move back along the path that was found: each takes the place that the one before gave up."""
        while left != NOBODY:
            self.seated[left].remove(mentee)
            mentee, before = next(wave[1:] for wave in waves if wave[0] >> left & 1)
            self.seated[left].append(mentee)
            left = before

    def ends(self) -> tuple[Ints, Ints]:
        """Return the mentees and the mentors of all pairs."""
        rows = [mentee for seated in self.seated for mentee in seated]
        sizes = [len(seated) for seated in self.seated]
        return np.array(rows, dtype=np.int64), np.repeat(np.arange(len(sizes)), sizes)

    def short_groups(self, left: Iterable[int]) -> tuple[ShortGroup, ...]:
        """Return the groups that are short of places, given who is left over when nobody more can be served.

        No mentee of one group may meet a mentor of another.
        """
        alone: list[int] = []
        groups: list[Members] = []
        known = 0
        for mentee in left:
            reached = self.reach[mentee] & self.here
            if not reached:
                alone.append(mentee)
                continue
            if reached & ~known:
                reached = self._closed(reached, known)
                known |= reached
            touched = [group for group in groups if group[0] & reached]
            if len(touched) == 1 and not reached & ~touched[0][0]:
                touched[0][1].append(mentee)
                continue
            groups = [group for group in groups if not group[0] & reached]
            groups.append(_joined(touched, reached, mentee))
        found = [self._group(mentors, members) for mentors, members in groups]
        nobody = [ShortGroup(tuple(sorted(alone)), (), 0)] if alone else []
        return (*nobody, *sorted(found, key=lambda group: group.mentees))

    def _closed(self, reached: int, known: int) -> int:
        """Go from mentors to whoever sits there and on to whom these may meet, until nobody is new.

        Mentors that are `known` are closed already and lead nowhere else.
        """
        queue = list(bits_of(reached & ~known))
        for mentor in queue:
            for other in self.seated[mentor]:
                fresh = self.reach[other] & self.here & ~reached
                if fresh:
                    reached |= fresh
                    queue += bits_of(fresh & ~known)
        return reached

    def _group(self, mentors: int, left: list[int]) -> ShortGroup:
        columns = tuple(bits_of(mentors))
        seated = [mentee for mentor in columns for mentee in self.seated[mentor]]
        return ShortGroup(tuple(sorted(left + seated)), columns, len(seated))


def _joined(groups: Iterable[Members], mentors: int, mentee: int) -> Members:
    members = [mentee]
    for more, others in groups:
        mentors |= more
        members += others
    return mentors, members


def reach_of(pairs: EligiblePairs) -> list[int]:
    """Return by mentee the mentors they may meet, as the bits of a whole number.

    >>> reach_of(EligiblePairs(np.array([0, 2, 3]), np.array([0, 2, 1]), np.ones(3, int), np.ones(3, int)))
    [5, 2]
    """
    lines = max(1, BLOCK_CELLS // max(1, pairs.mentors))
    found: list[int] = []
    for top in range(0, pairs.mentees, lines):
        bottom = min(top + lines, pairs.mentees)
        span = slice(int(pairs.start[top]), int(pairs.start[bottom]))
        table = np.zeros((bottom - top, pairs.mentors), dtype=bool)
        line = np.repeat(np.arange(bottom - top), np.diff(pairs.start[top : bottom + 1]))
        table[line, pairs.mentor[span]] = True
        found += (as_bits(row) for row in table)
    return found


def as_bits(mask: Bools) -> int:
    """Return a mask as the bits of a whole number.

    >>> as_bits(np.array([True, False, True]))
    5
    """
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def bits_of(number: int) -> Iterator[int]:
    """Yield the places of the bits that are set, ascending.

    >>> list(bits_of(5))
    [0, 2]
    """
    while number:
        bit = number & -number
        yield bit.bit_length() - 1
        number ^= bit


def lowest(number: int) -> int:
    """Return the place of the lowest bit that is set."""
    return (number & -number).bit_length() - 1
