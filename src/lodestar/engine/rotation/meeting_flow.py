"""Which set of meetings is worth the most, when people may have several and tables are few?

A min-cost flow from a source through mentees and mentors to a sink: the n-th meeting of a person is an arc
of its own worth, and the flow's size is the number of meetings that all tables hold. Solved by cost
scaling (Goldberg 1997, OR-tools); without OR-tools by the HiGHS simplex on the same network, whose
corners are whole numbers (Hoffman & Kruskal 1956).
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from lodestar.engine.matching.assignment import (
    FLOW_PAIRS,
    SIMPLEX_PAIRS,
    Taken,
    has_flow_solver,
)
from lodestar.engine.matching.pairs import EligiblePairs, Ints, loads_of
from lodestar.engine.matching.problem import TooLargeError

NEVER = -(2**60)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """How many meetings each person may have, and what each is worth besides the pair's own weight.

    `mentee_gain[i, k]` is what mentee i's meeting number k + 1 adds (points, never rising along a row);
    NEVER where there can be no such meeting. `limit` is the most meetings in all.
    """

    mentee_gain: NDArray[np.int64]
    mentor_gain: NDArray[np.int64]
    limit: int

    @property
    def mentee_most(self) -> NDArray[np.int64]:
        return np.asarray(np.count_nonzero(self.mentee_gain != NEVER, axis=1))

    @property
    def mentor_most(self) -> NDArray[np.int64]:
        return np.asarray(np.count_nonzero(self.mentor_gain != NEVER, axis=1))

    @property
    def most(self) -> int:
        """The most meetings that these numbers alone allow."""
        return min(self.limit, int(self.mentee_most.sum()), int(self.mentor_most.sum()))

    def worth(self, mentee_load: Ints, mentor_load: Ints) -> int:
        """Return the gains of all meetings together."""
        return _gains(self.mentee_gain, mentee_load) + _gains(self.mentor_gain, mentor_load)


@dataclass(frozen=True, slots=True, eq=False)
class Tiers:
    """Each person's meetings in steps of equal gain: whose, how many, and what each adds."""

    person: Ints
    size: NDArray[np.int64]
    gain: NDArray[np.int64]


def free_terms(mentee_most: Ints, mentor_most: Ints, limit: int) -> Terms:
    """Return terms in which only the pairs' own weight counts.

    >>> free_terms(np.array([2, 1]), np.array([1]), 9).most
    1
    """
    return Terms(rows_of(mentee_most), rows_of(mentor_most), limit)


def rows_of(most: Ints, least: Ints | None = None, duty: int = 0) -> NDArray[np.int64]:
    """Return gains of 0 up to `most` meetings, and of `duty` for the first `least` of them."""
    step = np.arange(int(most.max(initial=1)))
    gain = np.where(step < most[:, None], 0, NEVER)
    if least is None:
        return gain.astype(np.int64)
    return np.where((step < least[:, None]) & (gain == 0), duty, gain).astype(np.int64)


def _gains(gain: NDArray[np.int64], load: Ints) -> int:
    return int(gain[np.arange(gain.shape[1]) < load[:, None]].sum())


def worth_of(pairs: EligiblePairs, taken: Taken, weight: Ints, terms: Terms) -> int:
    """Return what a set of meetings (positions of pairs) is worth in all."""
    return int(weight[taken].sum()) + terms.worth(*loads_of(pairs, taken))


def heaviest_meetings(pairs: EligiblePairs, weight: Ints, terms: Terms) -> Taken:
    """Return the positions of the pairs that meet in a set of the largest worth, ascending.

    `weight` has one whole number for each pair. Raises TooLargeError beyond what is exact at hand.

    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 4, 5, 1]), np.array([2, 2]))
    >>> heaviest_meetings(pairs, pairs.score, free_terms(np.array([2, 2]), np.array([2, 2]), 3)).tolist()
    [0, 1, 2]
    """
    if not len(pairs) or not terms.most:
        return np.zeros(0, dtype=np.int64)
    weight = weight.astype(np.int64, copy=False)
    if has_flow_solver() and len(pairs) <= FLOW_PAIRS:
        return _flow(pairs, weight, terms)
    if len(pairs) <= SIMPLEX_PAIRS:
        return _simplex(pairs, weight, terms)
    raise TooLargeError(
        f"{pairs.mentees:,} mentees and {pairs.mentors:,} mentors with {len(pairs):,} pairs who may "
        "meet are more than this installation can plan exactly: plan the event in two halves, or "
        "install the `solver` extra."
    )


def tiers_of(gain: NDArray[np.int64]) -> Tiers:
    """Put meetings of equal gain of one person together.

    >>> tiers_of(np.array([[5, 5, 0], [0, NEVER, NEVER]])).size.tolist()
    [2, 1, 1]
    """
    person, step = np.nonzero(gain != NEVER)
    value = gain[person, step]
    fresh = np.ones(len(value), dtype=bool)
    fresh[1:] = (value[1:] != value[:-1]) | (person[1:] != person[:-1])
    heads = np.flatnonzero(fresh)
    return Tiers(person[heads], np.diff(np.append(heads, len(value))), value[heads])


def _flow(pairs: EligiblePairs, weight: Ints, terms: Terms) -> Taken:
    solver = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    add = solver.add_arcs_with_capacity_and_unit_cost
    source, sink = pairs.mentees + pairs.mentors, pairs.mentees + pairs.mentors + 1
    mentees, mentors = tiers_of(terms.mentee_gain), tiers_of(terms.mentor_gain)
    ones = np.ones(len(pairs), dtype=np.int64)
    mentor_nodes = pairs.mentor.astype(np.int32) + np.int32(pairs.mentees)
    arcs = add(pairs.mentee_of_each(), mentor_nodes, ones, -weight)
    add(np.full(len(mentees.person), source), mentees.person, mentees.size, -mentees.gain)
    seats = mentors.person + pairs.mentees
    add(seats, np.full(len(seats), sink), mentors.size, -mentors.gain)
    solver.add_arc_with_capacity_and_unit_cost(source, sink, terms.most, 0)
    solver.set_node_supply(source, terms.most)
    solver.set_node_supply(sink, -terms.most)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise TooLargeError(
            f"The flow solver gave up ({status}): the numbers are too large for it."
        )
    return np.flatnonzero(solver.flows(arcs) > 0)


def _simplex(pairs: EligiblePairs, weight: Ints, terms: Terms) -> Taken:
    count = len(pairs)
    mentees, mentors = tiers_of(terms.mentee_gain), tiers_of(terms.mentor_gain)
    balance: Any = vstack(
        [
            _loads(pairs.mentee_of_each(), mentees, pairs.mentees, (0, len(mentors.person))),
            _loads(pairs.mentor, mentors, pairs.mentors, (len(mentees.person), 0)),
        ]
    ).tocsr()
    worth = np.concatenate([weight, mentees.gain, mentors.gain])
    size = np.concatenate([np.ones(count, dtype=np.int64), mentees.size, mentors.size])
    bounds: Any = np.stack([np.zeros(len(size)), size], axis=1)
    met = (np.arange(len(worth)) < count)[None, :].astype(float)
    found = linprog(
        -worth.astype(float),
        A_ub=met,
        b_ub=[terms.most],
        A_eq=balance,
        b_eq=np.zeros(balance.shape[0]),
        bounds=bounds,
        method="highs-ds",
    )
    if found.x is None:
        raise TooLargeError(f"The simplex solver gave up: {found.message}")
    return np.flatnonzero(found.x[:count] > 0.5)


def _loads(of_pair: Ints, tiers: Tiers, people: int, others: tuple[int, int]) -> coo_array:
    """Return rows that say: a person's meetings are as many as their tiers hold.

    Columns are all pairs, then tiers; `others` counts the other side's tiers before and behind.
    """
    count, before = len(of_pair), others[0]
    width = count + before + len(tiers.person) + others[1]
    values = np.concatenate([np.ones(count), -np.ones(len(tiers.person))])
    columns = np.concatenate([np.arange(count), count + before + np.arange(len(tiers.person))])
    return coo_array(
        (values, (np.concatenate([of_pair, tiers.person]), columns)), shape=(people, width)
    )
