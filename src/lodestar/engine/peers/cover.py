"""How many people can be paired with one another at the most, and who stands in the way of more?

A largest matching in any graph by shrinking odd cycles (Edmonds 1965), searched from everybody unpaired at
once. When no search gets further, the people on odd levels form a barrier: without them the others fall into
so many parts of an odd number of people that not all can be paired (Tutte 1947, Berge 1958). Anybody can
count those parts again, so the answer needs no trust in the search.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from lodestar.engine.matching.pairs import NOBODY, Bools, Ints

Partners = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Barrier:
    """People without whom the others fall into many odd parts; `part` by person, -1 in the barrier."""

    inside: Bools
    part: Ints

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many people each part has."""
        outside = self.part[self.part != NOBODY]
        return np.bincount(outside).astype(np.int64)

    @property
    def most_paired(self) -> int:
        """How many people can be paired at the most: in all odd parts but as many as there are in the barrier, one is left."""
        odd = int((self.sizes % 2).sum())
        return len(self.part) - max(0, odd - int(self.inside.sum()))


def barrier_of(allowed: Bools, inside: Bools) -> Barrier:
    """Return the parts into which people fall without those inside the barrier.

    >>> star = np.zeros((4, 4), dtype=bool)
    >>> star[0, 1:] = star[1:, 0] = True
    >>> barrier_of(star, np.array([True, False, False, False])).most_paired
    2
    """
    outside = np.flatnonzero(~inside)
    part = np.full(len(inside), NOBODY, dtype=np.int64)
    if len(outside):
        among = csr_array(allowed[np.ix_(outside, outside)].astype(np.int8))
        part[outside] = connected_components(among, directed=False)[1]
    return Barrier(inside, part)


def most_paired(allowed: Bools, partner: Partners) -> tuple[Partners, Bools]:
    """Pair as many people as possible, keeping everybody paired who is; and return a barrier.

    `allowed` is symmetric, `partner` a matching to begin with (position, or -1).
    """
    partner = partner.copy()
    neighbours = [np.flatnonzero(row).tolist() for row in allowed]
    while True:
        search = _Search(neighbours, partner.tolist())
        joined = search.run()
        if joined is None:
            even = np.array(search.is_even, dtype=bool)
            return partner, allowed[even].any(axis=0) & ~even
        partner = np.array(search.joined(*joined), dtype=np.int64)


class _Search:
    """A forest of alternating paths from everybody unpaired, with odd cycles shrunk to their base."""

    def __init__(self, neighbours: list[list[int]], partner: list[int]) -> None:
        people = len(partner)
        self.neighbours = neighbours
        self.partner = partner
        self.parent = [NOBODY] * people
        self.base = list(range(people))
        self.is_even = [other == NOBODY for other in partner]
        self.queue = [person for person in range(people) if self.is_even[person]]

    def run(self) -> tuple[int, int] | None:
        """Return two people of different trees who may be paired, or None."""
        for person in self.queue:  # it grows meanwhile
            for other in self.neighbours[person]:
                if self.base[person] == self.base[other] or self.partner[person] == other:
                    continue
                if self.is_even[other]:
                    base = self._common_base(person, other)
                    if base is None:
                        return person, other
                    self._shrink(person, other, base)
                elif self.parent[other] == NOBODY:
                    self.parent[other] = person
                    self._reach(self.partner[other])
        return None

    def joined(self, one: int, other: int) -> list[int]:
        """Return the partners after pairing both and passing everybody on their paths along."""
        partner = list(self.partner)
        for person in (one, other):
            freed = partner[person]
            while freed != NOBODY:
                taker = self.parent[freed]
                freed_next = partner[taker]
                partner[freed], partner[taker] = taker, freed
                freed = freed_next
        partner[one], partner[other] = other, one
        return partner

    def _reach(self, person: int) -> None:
        if not self.is_even[person]:
            self.is_even[person] = True
            self.queue.append(person)

    def _common_base(self, one: int, other: int) -> int | None:
        """Return where two paths to the root meet; None if their roots differ."""
        seen = set(self._bases(one))
        return next((base for base in self._bases(other) if base in seen), None)

    def _bases(self, person: int) -> list[int]:
        bases = [self.base[person]]
        while self.partner[bases[-1]] != NOBODY:
            bases.append(self.base[self.parent[self.partner[bases[-1]]]])
        return bases

    def _shrink(self, one: int, other: int, base: int) -> None:
        """Make everybody on the odd cycle even, with one base."""
        on_cycle: set[int] = set()
        for start, child in ((one, other), (other, one)):
            person, before = start, child
            while self.base[person] != base:
                mate = self.partner[person]
                on_cycle |= {self.base[person], self.base[mate]}
                self.parent[person] = before
                before, person = mate, self.parent[mate]
        for person in range(len(self.base)):
            if self.base[person] in on_cycle:
                self.base[person] = base
                self._reach(person)
