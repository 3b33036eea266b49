"""Whom does a match run propose to whom, among those who are open?"""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.cohort import Problem
from lodestar.engine.matching.objectives import best_listed
from lodestar.engine.matching.pairs import EligiblePairs, Ints, ends_of
from lodestar.engine.matching.solving import Listed
from lodestar.engine.simulation.seating import Seating, reach_of

Ends = tuple[Ints, Ints]
NO_ENDS = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """Who is open for one match run: how many more matches each may have.

    `first` is 1 for a mentee whom one more match would newly serve; `refused` are the two ends of
    pairs that may not be proposed again; `match_run` counts from 0.
    """

    match_run: int
    wanted: Ints
    first: Ints
    room: Ints
    refused: Ends


class Matcher(Protocol):
    """Proposes matches among all eligible pairs."""

    def match(self, opened: Open) -> Ends:
        """Return the mentees and mentors of the proposed matches (positions)."""


class BestMatcher:
    """The program's own match run: its objective, exactly solved, its pins first, its lottery."""

    def __init__(self, problem: Problem, pairs: EligiblePairs, seed: int) -> None:
        self.problem, self.pairs = problem, pairs
        self.weight = problem.weight_of(pairs)
        self.drawn = problem.draw(seed)
        self.groups = problem.groups()
        self.mentee = pairs.mentee_of_each()

    def match(self, opened: Open) -> Ends:
        """Return pins whose two sides are open (in the first run), and the best of all else."""
        pinned = self._pinned(opened)
        left = _less(opened, pinned)
        keep = (left.wanted[self.mentee] > 0) & (left.room[self.pairs.mentor] > 0)
        keep[_listed(self.pairs, left.refused)] = False
        keep[_listed(self.pairs, pinned)] = False
        if not keep.any():
            return pinned
        filled = self.pairs.capacity - left.room
        minimum = np.clip(self.pairs.minimums - filled, 0, left.room)
        some = replace(
            self.pairs.only(keep),
            capacity=left.room, demand=left.wanted, first=left.first, minimum=minimum,
        )  # fmt: skip
        listed = Listed(some, self.weight[keep])
        objective = self.problem.design.objective
        solution, _ = best_listed(listed, objective, self.drawn, self.groups)
        return (
            np.concatenate([pinned[0], solution.claim.mentee]),
            np.concatenate([pinned[1], solution.claim.mentor]),
        )

    def _pinned(self, opened: Open) -> Ends:
        if opened.match_run or not self.problem.pinned:
            return NO_ENDS
        rows, columns = np.array(self.problem.pinned, dtype=np.int64).T
        here = (opened.wanted[rows] > 0) & (opened.room[columns] > 0)
        return rows[here], columns[here]


class CountingMatcher:
    """A match run that serves as many as can be served and looks no further: fast, for counts only.

    Planned pairs (positions) are proposed first, and only broken ones are mended, each mentee once.
    """

    def __init__(self, pairs: EligiblePairs, planned: Taken) -> None:
        self.reach = reach_of(pairs)
        rows, columns = ends_of(pairs, np.sort(planned))
        is_first = np.ones(len(rows), dtype=bool)
        is_first[1:] = rows[1:] != rows[:-1]
        self.rows, self.columns = rows[is_first], columns[is_first]

    def match(self, opened: Open) -> Ends:
        """Return as many matches as possible, one for each mentee whom one would newly serve."""
        reach = list(self.reach)
        for mentee, mentor in zip(*(ends.tolist() for ends in opened.refused), strict=True):
            reach[mentee] &= ~(1 << mentor)
        keep = (opened.first[self.rows] > 0) & (opened.room[self.columns] > 0)
        planned = zip(self.rows.tolist(), self.columns.tolist(), strict=True)
        keep &= np.array([reach[row] >> column & 1 for row, column in planned], dtype=bool)
        rows, columns = _within_room(self.rows[keep], self.columns[keep], opened.room)
        load = np.bincount(columns, minlength=len(opened.room))
        seating = Seating(reach, opened.room - load, opened.room > 0)
        seating.hold(rows, columns)
        waiting = opened.first > 0
        waiting[rows] = False
        seating.serve(np.flatnonzero(waiting).tolist())
        return seating.ends()


def _within_room(rows: Ints, columns: Ints, room: Ints) -> Ends:
    """Keep the first of a mentor's pairs as far as there is room."""
    order = np.argsort(columns, kind="stable")
    rows, columns = rows[order], columns[order]
    place = np.arange(len(columns)) - np.searchsorted(columns, columns)
    fits = place < room[columns]
    return rows[fits], columns[fits]


def _less(opened: Open, taken: Ends) -> Open:
    """Return who is still open beside some matches."""
    rows, columns = taken
    if not len(rows):
        return opened
    load = np.bincount(rows, minlength=len(opened.wanted))
    return replace(
        opened,
        wanted=np.maximum(opened.wanted - load, 0),
        first=np.where(load > 0, 0, opened.first),
        room=opened.room - np.bincount(columns, minlength=len(opened.room)),
    )


def _listed(pairs: EligiblePairs, ends: Ends) -> Ints:
    place = pairs.positions_of(*ends)
    return place[place >= 0]
