"""Could more mentees be served, or more mentors reach their minimum, by any set of pairs?

A cover answers no, and anybody can check it: it names some mentees and some mentors such that every
allowed pair of these mentees leads to these mentors only (König 1931, Hall 1935; a minimum cut, Ford &
Fulkerson 1956). Then no matching serves more than all the other mentees and these mentors' places.
Covers are found by alternating search from whoever is left out, and are checked in certificate.py.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints, loads_of
from lodestar.engine.matching.prices import positions_in


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Some mentees and mentors whose pairs scoring `least` or more stay among themselves.

    For `of_places` False: every such pair of these mentees is with one of these mentors. For True:
    every such pair of these mentors is with one of these mentees.
    """

    mentee: Bools
    mentor: Bools
    least: int
    of_places: bool = False


def served_cover(pairs: EligiblePairs, taken: Taken, least: int) -> Cover | None:
    """Return why nobody more can be served with these pairs; None if somebody can.

    `taken` are positions of pairs that all score at least `least`; pairs below do not count.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> served_cover(pairs, np.array([1]), 0).mentee.tolist()
    [True, True]
    """
    mentee_load, mentor_load = loads_of(pairs, taken)
    of_mentor = _graph(pairs, taken).T.tocsr()
    firsts = pairs.firsts
    reached = mentee_load < firsts
    mentors = np.zeros(pairs.mentors, dtype=bool)
    fresh: Ints = np.flatnonzero(reached)
    while len(fresh):
        among = positions_in(pairs.start, fresh)
        seen = _newly(pairs.mentor[among[pairs.score[among] >= least]], mentors)
        onward = of_mentor[seen].indices
        if np.any(mentor_load[seen] < pairs.capacity[seen]) or np.any(
            mentee_load[onward] > firsts[onward]
        ):
            return None
        fresh = _newly(onward, reached)
    return Cover(reached, mentors, least)


def filled_cover(pairs: EligiblePairs, taken: Taken, least: int) -> Cover | None:
    """Return why the mentors' minimum loads cannot be filled further; None if they can."""
    mentee_load, mentor_load = loads_of(pairs, taken)
    minimums = np.minimum(pairs.minimums, pairs.capacity)
    matched = _graph(pairs, taken)
    of_mentor = matched.T.tocsr()
    allowed = _graph(pairs, np.flatnonzero(pairs.score >= least)).T.tocsr()
    mentors = mentor_load < minimums
    reached = np.zeros(pairs.mentees, dtype=bool)
    fresh: Ints = np.flatnonzero(mentors)
    while len(fresh):
        seen = _newly((allowed[fresh] - of_mentor[fresh]).nonzero()[1], reached)
        onward = matched[seen].indices
        if np.any(mentee_load[seen] < pairs.demands[seen]) or np.any(
            mentor_load[onward] > minimums[onward]
        ):
            return None
        fresh = _newly(onward, mentors)
    return Cover(reached, mentors, least, of_places=True)


def most_served(pairs: EligiblePairs, least: int) -> int:
    """Return how many mentees can be served at once by pairs that score `least` or more."""
    return _largest_flow(pairs, pairs.firsts, pairs.capacity, least)


def most_filled(pairs: EligiblePairs, least: int) -> int:
    """Return how many of the mentors' minimum places can be filled at once by such pairs."""
    minimums = np.minimum(pairs.minimums, pairs.capacity)
    return _largest_flow(pairs, pairs.demands, minimums, least) if minimums.any() else 0


def _largest_flow(pairs: EligiblePairs, mentee_most: Ints, mentor_most: Ints, least: int) -> int:
    """Dinic's algorithm (1970) by scipy; source and sink stand behind the people."""
    kept = np.flatnonzero(pairs.score >= least)
    mentees, mentors = pairs.mentees, pairs.mentors
    size = mentees + mentors + 2
    if not len(kept):
        return 0
    source, sink = size - 2, size - 1
    ends = (
        np.concatenate([
            pairs.mentee_of_each()[kept], np.full(mentees, source), mentees + np.arange(mentors)
        ]),
        np.concatenate([
            mentees + pairs.mentor[kept], np.arange(mentees), np.full(mentors, sink)
        ]),
    )  # fmt: skip
    room = np.concatenate([np.ones(len(kept)), mentee_most, mentor_most]).astype(np.int32)
    graph = csr_array((room, ends), shape=(size, size))
    return int(maximum_flow(graph, source, sink).flow_value)


def _newly(positions: Ints, reached: Bools) -> NDArray[np.int64]:
    """Mark positions as reached, and return those that were not before."""
    marked = np.zeros(len(reached), dtype=bool)
    marked[positions] = True
    marked &= ~reached
    reached |= marked
    return np.flatnonzero(marked)


def _graph(pairs: EligiblePairs, kept: Ints) -> csr_array:
    mentee = np.searchsorted(pairs.start, kept, side="right") - 1
    ones = np.ones(len(kept), dtype=np.int8)
    return csr_array((ones, (mentee, pairs.mentor[kept])), shape=(pairs.mentees, pairs.mentors))


def row_best(pairs: EligiblePairs) -> NDArray[np.int64]:
    """Return each mentee's best score; -1 where there is no pair."""
    best = np.full(pairs.mentees, -1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(pairs.start) > 0)
    if len(filled):
        best[filled] = np.maximum.reduceat(pairs.score, pairs.start[filled])
    return best
