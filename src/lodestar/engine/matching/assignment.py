"""Which whole set of pairs has the largest weight?

A maximum-weight matching with capacities on both sides, exact at every rung: dense shortest
augmenting paths (Crouse 2016, scipy) for small cohorts, min-cost flow by cost scaling (Goldberg
1997, OR-tools) on the eligible pairs above that; where OR-tools is absent, scipy's sparse LAPJVsp
for one mentor each and the HiGHS simplex on the same network otherwise.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import block_array, coo_array, eye_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from lodestar.engine.matching.pairs import NOBODY, EligiblePairs, Ints
from lodestar.engine.matching.problem import TooLargeError

DENSE_CELLS = 4_000_000
SMALL_CELLS = 1_000_000
THIN = 8
FLOW_PAIRS = 25_000_000
SPARSE_PAIRS = 3_000_000
SPARSE_MENTEES = 20_000
SIMPLEX_PAIRS = 400_000

Taken = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """How many matches each person may have, and which of them carry a bonus.

    `…_most` by person; the first `…_first` matches of a person are worth `…_bonus` points more
    each, so that one sum puts "serve the most" before "total the most".
    """

    mentee_most: Ints
    mentor_most: Ints
    mentee_first: Ints
    mentor_first: Ints
    mentee_bonus: int = 0
    mentor_bonus: int = 0

    def worth(self, mentee_load: Ints, mentor_load: Ints) -> int:
        """Return the bonus points of a matching from the loads of both sides."""
        served = int(np.minimum(mentee_load, self.mentee_first).sum())
        filled = int(np.minimum(mentor_load, self.mentor_first).sum())
        return served * self.mentee_bonus + filled * self.mentor_bonus


def units_of(pairs: EligiblePairs, mentee_bonus: int, mentor_bonus: int) -> Units:
    """Return the usual units: each mentee's first mentor counts, and each mentor's minimum load."""
    return Units(
        mentee_most=pairs.demands,
        mentor_most=pairs.capacity,
        mentee_first=pairs.firsts,
        mentor_first=np.minimum(pairs.minimums, pairs.capacity),
        mentee_bonus=mentee_bonus,
        mentor_bonus=mentor_bonus,
    )


def heaviest_matching(pairs: EligiblePairs, weight: Ints, units: Units) -> Taken:
    """Return the positions of the pairs of a matching with the largest weight, ascending.

    `weight` has one whole number >= 0 for each pair. Raises TooLargeError beyond the ladder.

    >>> pairs = EligiblePairs(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([9, 4, 5]), np.array([1, 1]))
    >>> heaviest_matching(pairs, pairs.score, units_of(pairs, 100, 0)).tolist()
    [1, 2]
    """
    degree = np.bincount(pairs.mentor, minlength=pairs.mentors)
    places = np.minimum(units.mentor_most, degree).astype(np.int64)
    rows = np.flatnonzero((np.diff(pairs.start) > 0) & (units.mentee_most > 0))
    if not len(rows) or not places.sum():
        return np.zeros(0, dtype=np.int64)
    is_single = int(units.mentee_most.max(initial=0)) <= 1
    weight = weight.astype(np.int64, copy=False)
    cells = len(rows) * int(places.sum())
    is_thin = cells > SMALL_CELLS and THIN * len(pairs) < cells and has_flow_solver()
    if is_single and cells <= DENSE_CELLS and not is_thin:
        return _dense(pairs, weight, units, places, rows)
    if has_flow_solver() and len(pairs) <= FLOW_PAIRS:
        return _flow(pairs, weight, units)
    if is_single and len(rows) <= SPARSE_MENTEES and _copies(pairs, places) <= SPARSE_PAIRS:
        return _sparse(pairs, weight, units, places)
    if len(pairs) <= SIMPLEX_PAIRS:
        return _simplex(pairs, weight, units)
    raise TooLargeError(
        f"{pairs.mentees:,} mentees and {pairs.mentors:,} mentors with {len(pairs):,} eligible "
        f"pairs are more than this installation can solve exactly: {_mend()}."
    )


def has_flow_solver() -> bool:
    """OR-tools is an extra: present in development, not promised in production."""
    return find_spec("ortools") is not None


def _mend() -> str:
    narrower = "add a rule that narrows who may be paired"
    return narrower if has_flow_solver() else f"install the `solver` extra, or {narrower}"


def _copies(pairs: EligiblePairs, places: Ints) -> int:
    return int(places[pairs.mentor].sum())


def _dense(
    pairs: EligiblePairs, weight: Ints, units: Units, places: Ints, rows: Ints
) -> NDArray[np.int64]:
    """Fill a table of mentees by places, a row at a time; 0 where no pair is allowed."""
    columns = np.flatnonzero(places)
    position = np.zeros(pairs.mentors, dtype=np.int64)
    position[columns] = np.arange(len(columns))
    place_of = np.repeat(np.arange(len(columns)), places[columns])
    bonus = _bonus_by_place(units, places)
    cost = np.zeros((len(rows), len(place_of)))
    for place, row in enumerate(rows):
        span = slice(int(pairs.start[row]), int(pairs.start[row + 1]))
        first = units.mentee_bonus * min(int(units.mentee_first[row]), 1)
        line = np.full(len(columns), -1.0)
        open_pairs = places[pairs.mentor[span]] > 0
        line[position[pairs.mentor[span][open_pairs]]] = weight[span][open_pairs] + float(first)
        spread = line[place_of]
        cost[place] = np.where(spread >= 0, -(spread + bonus), 0)
    chosen_row, chosen_place = linear_sum_assignment(cost)
    found = pairs.positions_of(rows[chosen_row], columns[place_of[chosen_place]])
    return np.sort(found[found != NOBODY])


def _bonus_by_place(units: Units, places: Ints) -> NDArray[np.int64]:
    """Return the bonus of every place, the first places of a mentor first."""
    within = np.arange(int(places.sum())) - np.repeat(np.cumsum(places) - places, places)
    return np.where(within < np.repeat(units.mentor_first, places), units.mentor_bonus, 0)


def _flow(pairs: EligiblePairs, weight: Ints, units: Units) -> Taken:
    """Send each mentee's units to the sink, through a mentor or unused.

    Where everybody wants one mentor, each pair earns the bonus; else it costs the bonus to leave a first
    unit unused. The former is the faster network by a tenth.
    """
    solver = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    mentees, mentors = pairs.mentees, pairs.mentors
    sink = mentees + mentors
    is_single = bool((units.mentee_most <= units.mentee_first).all())
    earned, lost = (units.mentee_bonus, 0) if is_single else (0, units.mentee_bonus)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        pairs.mentee_of_each(),
        pairs.mentor + np.int32(mentees),
        np.ones(len(pairs), dtype=np.int64),
        -weight - earned,
    )
    everyone = np.arange(mentees)
    _to_sink(solver, everyone, sink, units.mentee_most - units.mentee_first, 0)
    _to_sink(solver, everyone, sink, units.mentee_first, lost)
    mentor_nodes = np.arange(mentors) + mentees
    _to_sink(solver, mentor_nodes, sink, units.mentor_first, -units.mentor_bonus)
    _to_sink(solver, mentor_nodes, sink, units.mentor_most - units.mentor_first, 0)
    solver.set_nodes_supplies(everyone, units.mentee_most.astype(np.int64))
    solver.set_node_supply(sink, -int(units.mentee_most.sum()))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise TooLargeError(
            f"The flow solver gave up ({status}): the numbers are too large for it."
        )
    return np.flatnonzero(solver.flows(arcs) > 0)


def _to_sink(solver: Any, nodes: Ints, sink: int, most: Ints, cost: int) -> None:
    used = np.flatnonzero(most > 0)
    solver.add_arcs_with_capacity_and_unit_cost(
        nodes[used],
        np.full(len(used), sink),
        most[used].astype(np.int64),
        np.full(len(used), cost, dtype=np.int64),
    )


def _sparse(pairs: EligiblePairs, weight: Ints, units: Units, places: Ints) -> Taken:
    """Every place is a column, and each mentee has one more of their own for "nobody"."""
    open_pairs = np.flatnonzero(units.mentee_most[pairs.mentee_of_each()] > 0)
    mentee, mentor = pairs.mentee_of_each()[open_pairs], pairs.mentor[open_pairs]
    copies = places[mentor]
    first = np.concatenate([[0], np.cumsum(places)])
    row = np.repeat(mentee, copies)
    within = np.arange(len(row)) - np.repeat(np.cumsum(copies) - copies, copies)
    column = np.repeat(first[mentor], copies) + within
    total = int(first[-1])
    everyone = np.arange(pairs.mentees)
    worth = weight[open_pairs] + units.mentee_bonus * np.minimum(units.mentee_first[mentee], 1)
    worth_of_copies = np.repeat(worth, copies) + _bonus_by_place(units, places)[column]
    values = np.concatenate([worth_of_copies + 1, np.ones(pairs.mentees, dtype=np.int64)])
    table = coo_array(
        (
            values.astype(float),
            (np.concatenate([row, everyone]), np.concatenate([column, total + everyone])),
        ),
        shape=(pairs.mentees, total + pairs.mentees),
    ).tocsr()
    chosen_row, chosen = min_weight_full_bipartite_matching(table, maximize=True)
    real = chosen < total
    mentor_of = np.repeat(np.arange(pairs.mentors), places)
    return np.sort(pairs.positions_of(chosen_row[real], mentor_of[chosen[real]]))


def _simplex(pairs: EligiblePairs, weight: Ints, units: Units) -> Taken:
    """Solve the same network as a linear program: its corners are whole numbers (Hoffman & Kruskal 1956)."""
    count, mentees, mentors = len(pairs), pairs.mentees, pairs.mentors
    ones, every = np.ones(count), np.arange(count)
    of_mentee = coo_array((ones, (pairs.mentee_of_each(), every)), shape=(mentees, count))
    of_mentor = coo_array((ones, (pairs.mentor, every)), shape=(mentors, count))
    load = vstack([of_mentee, of_mentor])
    people = mentees + mentors
    table = block_array([[load, None], [-load, eye_array(people)]], format="csr")
    most = np.concatenate([units.mentee_most, units.mentor_most])
    first = np.concatenate([units.mentee_first, units.mentor_first])
    bonus = np.repeat([units.mentee_bonus, units.mentor_bonus], [mentees, mentors])
    program: Any = linprog  # its published types know no sparse tables
    found = program(
        -np.concatenate([weight, bonus]).astype(float),
        A_ub=table,
        b_ub=np.concatenate([most, np.zeros(people)]),
        bounds=np.concatenate(
            [np.tile([0, 1], (count, 1)), np.stack([np.zeros(people), first], axis=1)]
        ),
        method="highs-ds",
    )
    if not found.success:
        raise TooLargeError(f"The simplex solver gave up: {found.message}")
    return np.flatnonzero(found.x[:count] > 0.5)
