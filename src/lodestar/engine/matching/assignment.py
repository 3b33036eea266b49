"""Which whole set of pairs has the largest weight?

A maximum-weight matching with capacities, exact at every rung: dense shortest augmenting
paths (Crouse 2016, scipy) for small cohorts, min-cost flow by cost scaling (Goldberg 1997,
OR-tools) on the eligible pairs above that, and scipy's sparse LAPJVsp where OR-tools is absent.
"""

from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import PERFECT, Objective, TooLargeError

DENSE_CELLS = 4_000_000
FLOW_PAIRS = 12_000_000
SPARSE_PAIRS = 3_000_000
SPARSE_MENTEES = 20_000
NOBODY = -1


def weight_of_serving(pairs: EligiblePairs, objective: Objective) -> int:
    """Return what one more served mentee is worth, in points of score.

    Under `served` it exceeds any gain in total that serving one fewer could bring, so one sum
    puts the objectives in strict order; under `total` it is nothing.
    """
    if objective is Objective.TOTAL:
        return 0
    return min(pairs.mentees, int(pairs.capacity.sum())) * PERFECT + 1


def heaviest_matching(pairs: EligiblePairs, weight: Ints, bonus: int = 0) -> NDArray[np.int64]:
    """Return each mentee's mentor (position, or -1) in a matching of the largest weight.

    `weight` has one whole number >= 0 for each pair, and `bonus` is added to each. Raises TooLargeError beyond the ladder.
    """
    degree = np.bincount(pairs.mentor, minlength=pairs.mentors)
    places = np.minimum(pairs.capacity, degree).astype(np.int64)
    rows = np.flatnonzero(np.diff(pairs.start))
    if not len(rows) or not places.sum():
        return np.full(pairs.mentees, NOBODY, dtype=np.int64)
    if len(rows) * int(places.sum()) <= DENSE_CELLS:
        return _dense(pairs, weight, bonus, places)
    if has_flow_solver() and len(pairs) <= FLOW_PAIRS:
        return _flow(pairs, weight.astype(np.int64) + bonus, places)
    if len(rows) <= SPARSE_MENTEES and int(places[pairs.mentor].sum()) <= SPARSE_PAIRS:
        return _sparse(pairs, weight.astype(np.int64) + bonus, places)
    raise TooLargeError(
        f"{pairs.mentees:,} mentees and {pairs.mentors:,} mentors with {len(pairs):,} eligible "
        f"pairs are more than this installation can solve exactly: {_mend()}."
    )


def _mend() -> str:
    narrower = "add a rule that narrows who may be paired"
    return narrower if has_flow_solver() else f"install the `solver` extra, or {narrower}"


def has_flow_solver() -> bool:
    """OR-tools is an extra: present in development, not promised in production."""
    return find_spec("ortools") is not None


def _dense(pairs: EligiblePairs, weight: Ints, bonus: int, places: Ints) -> NDArray[np.int64]:
    """Fill a table of mentees by places, a few rows at a time; 0 where no pair is allowed."""
    lengths = np.diff(pairs.start)
    rows, columns = np.flatnonzero(lengths), np.flatnonzero(places)
    position = np.full(pairs.mentors, len(columns))
    position[columns] = np.arange(len(columns))
    place_of = np.repeat(np.arange(len(columns)), places[columns])
    cost = np.zeros((len(rows), len(place_of)))
    for place, row in enumerate(rows):
        span = slice(int(pairs.start[row]), int(pairs.start[row + 1]))
        line = np.zeros(len(columns) + 1)
        line[position[pairs.mentor[span]]] = -(weight[span] + np.float64(bonus))
        cost[place] = line[place_of]
    chosen_row, chosen_place = linear_sum_assignment(cost)
    return _keep_eligible(pairs, rows[chosen_row], columns[place_of[chosen_place]])


def _keep_eligible(pairs: EligiblePairs, mentee: Ints, mentor: Ints) -> NDArray[np.int64]:
    """Drop what the dense table had to fill in where no pair is allowed."""
    wanted = np.full(pairs.mentees, NOBODY, dtype=np.int64)
    wanted[mentee] = mentor
    partner = np.full(pairs.mentees, NOBODY, dtype=np.int64)
    for block_mentee, block_mentor, _ in pairs.blocks():
        chosen = wanted[block_mentee] == block_mentor
        partner[block_mentee[chosen]] = block_mentor[chosen]
    return partner


def _flow(pairs: EligiblePairs, weight: Ints, places: Ints) -> NDArray[np.int64]:
    solver = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    mentees, mentors = pairs.mentees, pairs.mentors
    sink = mentees + mentors
    everyone = np.arange(mentees)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        pairs.mentee_of_each(), pairs.mentor + mentees, np.ones(len(pairs)), -weight
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(mentors) + mentees, np.full(mentors, sink), places, np.zeros(mentors)
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        everyone, np.full(mentees, sink), np.ones(mentees), np.zeros(mentees)
    )
    solver.set_nodes_supplies(everyone, np.ones(mentees))
    solver.set_node_supply(sink, -mentees)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise TooLargeError(
            f"The flow solver gave up ({status}): the numbers are too large for it."
        )
    used = solver.flows(arcs) > 0
    partner = np.full(mentees, NOBODY, dtype=np.int64)
    partner[pairs.mentee_of_each()[used]] = pairs.mentor[used]
    return partner


def _sparse(pairs: EligiblePairs, weight: Ints, places: Ints) -> NDArray[np.int64]:
    """Every place is a column, and each mentee has one more of their own for "nobody"."""
    copies = places[pairs.mentor]
    first = np.concatenate([[0], np.cumsum(places)])
    row = np.repeat(pairs.mentee_of_each(), copies)
    within = np.arange(len(row)) - np.repeat(np.cumsum(copies) - copies, copies)
    column = np.repeat(first[pairs.mentor], copies) + within
    total = int(first[-1])
    everyone = np.arange(pairs.mentees)
    values = np.concatenate([np.repeat(weight, copies) + 1, np.ones(pairs.mentees, dtype=np.int64)])
    table = coo_array(
        (
            values.astype(float),
            (np.concatenate([row, everyone]), np.concatenate([column, total + everyone])),
        ),
        shape=(pairs.mentees, total + pairs.mentees),
    ).tocsr()
    chosen_row, chosen = min_weight_full_bipartite_matching(table, maximize=True)
    mentor_of = np.concatenate(
        [np.repeat(np.arange(pairs.mentors), places), np.full(pairs.mentees, NOBODY)]
    )
    partner = np.full(pairs.mentees, NOBODY, dtype=np.int64)
    partner[chosen_row] = mentor_of[chosen]
    return partner
