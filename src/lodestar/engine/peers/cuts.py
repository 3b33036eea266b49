"""Which odd sets of people does a fractional pairing overfill?

Of an odd number of people one is always left without a partner among them; fractions such as half a pair on
each side of a triangle get around that, and each set that shows it becomes a row of the program (Edmonds
1965, "Maximum matching and a polyhedron with 0,1-vertices"). Cheap guesses come first; if they find none, a
tree of smallest cuts (Gomory & Hu 1961, by Gusfield 1990) finds the most overfilled set there is (Padberg &
Rao 1982). So "none" means: there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from lodestar.engine.matching.pairs import Ints

SLIGHT = 1e-6
GRAIN = 1_000_000
OddSet = tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Fractions:
    """Pairs by their two ends, and how much of each is taken (0 to 1, nobody more than 1)."""

    one: Ints
    other: Ints
    share: Floats
    people: int

    def above(self, share: float) -> "Fractions":
        """Return the pairs of which more than this is taken."""
        kept = self.share > share
        return Fractions(self.one[kept], self.other[kept], self.share[kept], self.people)

    def parts(self) -> Ints:
        """Return the number of each person's connected part."""
        ends = (self.one, self.other)
        graph = coo_array((self.share, ends), shape=(self.people, self.people))
        return connected_components(graph.tocsr(), directed=False)[1]


def overfilled_sets(taken: Fractions) -> list[OddSet]:
    """Return odd sets that hold more than they can; none only if there is none.

    >>> triangle = Fractions(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.5, 0.5, 0.5]), 3)
    >>> overfilled_sets(triangle)
    [(0, 1, 2)]
    """
    taken = taken.above(SLIGHT)
    loose = taken.share[taken.share < 1 - SLIGHT]
    if not len(loose):
        return []
    steps = np.unique(np.concatenate([[SLIGHT], loose.round(4)]))
    guesses = {found for step in steps for found in _full_parts(taken, float(step))}
    return sorted(guesses) or sorted(set(_by_cuts(taken)))


def _full_parts(taken: Fractions, step: float) -> Iterator[OddSet]:
    """Look at the parts connected by pairs of which more than a step is taken."""
    part = taken.above(step).parts()
    size = np.bincount(part)
    inside = part[taken.one] == part[taken.other]
    filled = np.bincount(part[taken.one[inside]], taken.share[inside], minlength=len(size))
    for number in np.flatnonzero((size % 2 == 1) & (filled > (size - 1) / 2 + SLIGHT)):
        yield tuple(np.flatnonzero(part == number).tolist())


def _by_cuts(taken: Fractions) -> Iterator[OddSet]:
    """Search each connected part that is not whole."""
    part = taken.parts()
    for number in np.unique(part[taken.one[taken.share < 1 - SLIGHT]]):
        members = np.flatnonzero(part == number)
        place = np.full(taken.people, -1)
        place[members] = np.arange(len(members))
        own = part[taken.one] == number
        among = Fractions(
            place[taken.one[own]], place[taken.other[own]], taken.share[own], len(members)
        )
        for found in _smallest_odd_cuts(among):
            yield tuple(members[list(found)].tolist())


def _smallest_odd_cuts(taken: Fractions) -> Iterator[OddSet]:
    """Yield the sides of odd cuts of less than 1: what leaves an odd set, with what its people lack.

    A last node takes what each person lacks to 1. It belongs to the odd nodes if their number is odd.
    """
    people = taken.people
    network = _network(taken)
    for cut in _cut_tree(network):
        side = cut[:people] if not cut[people] else ~cut[:people]
        lack = network[cut][:, ~cut].sum()
        if side.sum() % 2 == 1 and lack < GRAIN - GRAIN * SLIGHT:
            yield tuple(np.flatnonzero(side).tolist())


def _network(taken: Fractions) -> csr_array:
    people = taken.people
    load = np.bincount(taken.one, taken.share, people) + np.bincount(
        taken.other, taken.share, people
    )
    lack = np.maximum(0, 1 - load)
    one = np.concatenate([taken.one, np.arange(people)])
    other = np.concatenate([taken.other, np.full(people, people)])
    room = np.round(np.concatenate([taken.share, lack]) * GRAIN).astype(np.int32)
    ends = (np.concatenate([one, other]), np.concatenate([other, one]))
    return csr_array((np.tile(room, 2), ends), shape=(people + 1, people + 1))


def _cut_tree(network: csr_array) -> Iterator[NDArray[np.bool_]]:
    """Yield the cuts of a tree of smallest cuts (Gusfield 1990), one for each edge of the tree."""
    nodes = network.shape[0]
    parent = np.zeros(nodes, dtype=np.int64)
    for node in range(1, nodes):
        target = int(parent[node])
        side = _source_side(network, node, target)
        follows = side & (parent == target)
        follows[node] = False
        parent[follows] = node
        if side[parent[target]]:
            parent[node], parent[target] = parent[target], node
    for node in range(nodes):
        if parent[node] != node:
            yield _below(parent, node)


def _source_side(network: csr_array, source: int, sink: int) -> NDArray[np.bool_]:
    """Return the nodes on the source's side of a smallest cut."""
    flow = maximum_flow(network, source, sink).flow
    left = csr_array(network - flow)
    left.data[left.data < 0] = 0
    left.eliminate_zeros()
    side = np.zeros(network.shape[0], dtype=bool)
    side[breadth_first_order(left, source, return_predecessors=False)] = True
    return side


def _below(parent: Ints, top: int) -> NDArray[np.bool_]:
    """Return the nodes whose way to the root leads over one node."""
    below: NDArray[np.bool_] = np.arange(len(parent)) == top
    while True:
        wider = below | below[parent]
        if np.array_equal(wider, below):
            return below
        below = wider
