"""How many can be served when some of those who applied fall away?

Monte Carlo: each draw decides who drops out, stays silent or never shows up, and counts three ways. "Once": the
matches as they were made, less those that lost a side. "Again": these pairs are kept, and everybody who is
free is matched a second time. "Best": everybody is matched anew, as if it had been known
beforehand; that is a maximum flow (Ford & Fulkerson 1956). Each draw starts from the same matches
and only mends what broke, so it costs a small part of a flow from nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.pairs import Bools, ends_of
from lodestar.engine.simulation.fates import Applicants
from lodestar.engine.simulation.pace import UNHURRIED, Pace
from lodestar.engine.simulation.seating import Seating, ShortGroup, reach_of
from lodestar.engine.simulation.spreads import Gain, Spread, gain_of, spread_of

STEP = "feasibility"


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What one draw found: mentees who are there and served each way, and who is short of places at best."""

    here: int
    once: int
    again: int
    best: int
    short: tuple[ShortGroup, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Feasibility:
    """How many mentees are served, over all draws; `planned` of them if nobody fell away.

    `asked` is the number of draws wanted; by draw, `counts` are the mentees served (once, again,
    best), `here` those who did not fall away, and `short` the groups that are short of places at best.
    """

    mentees: int
    planned: int
    asked: int
    once: Spread
    again: Spread
    best: Spread
    second_matching: Gain
    counts: NDArray[np.int64]
    here: NDArray[np.int64]
    short: tuple[tuple[ShortGroup, ...], ...]


class Trial:
    """A cohort whose matches are made, ready to be tried in one draw after the other."""

    def __init__(self, applicants: Applicants, planned: Taken) -> None:
        self.applicants, pairs = applicants, applicants.pairs
        self.reach = reach_of(pairs)
        self.rows, self.columns = ends_of(pairs, np.sort(planned))
        self.counts_as_served = pairs.firsts > 0
        self.capacity = pairs.capacity.astype(np.int64)

    def counts(self, draw: int) -> Counts:
        """Draw who falls away, and count three ways."""
        mentees_here = ~self.applicants.mentees.fallen_away(draw)
        mentors_here = ~self.applicants.mentors.fallen_away(draw)
        stays = mentees_here[self.rows] & mentors_here[self.columns]
        seating, waiting, once = self._kept(mentees_here, mentors_here, stays)
        left = seating.serve(waiting)
        again = once + len(waiting) - len(left)
        self._let_move(seating, stays)
        still = seating.serve(left)
        best = again + len(left) - len(still)
        here = int((mentees_here & self.counts_as_served).sum())
        return Counts(here, once, again, best, seating.short_groups(still))

    def _kept(
        self, mentees_here: Bools, mentors_here: Bools, stays: Bools
    ) -> tuple[Seating, list[int], int]:
        """Keep the pairs that stay; return the room that is left, who waits, and how many do not."""
        load = np.bincount(self.columns[stays], minlength=len(self.capacity))
        served = np.zeros(len(mentees_here), dtype=bool)
        served[self.rows[stays]] = True
        served &= self.counts_as_served
        waiting = np.flatnonzero(mentees_here & self.counts_as_served & ~served).tolist()
        open_here = mentors_here & (self.capacity > 0)
        seating = Seating(self.reach, self.capacity - load, open_here)
        return seating, waiting, int(served.sum())

    def _let_move(self, seating: Seating, stays: Bools) -> None:
        """Let the kept pairs be moved; a second mentor's place serves nobody and is given back."""
        rows, columns = self.rows[stays], self.columns[stays]
        needed = self.counts_as_served[rows]
        needed[1:] &= rows[1:] != rows[:-1]
        seating.hold(rows[needed], columns[needed])
        seating.give_back(columns[~needed].tolist())


def feasibility(
    applicants: Applicants, planned: Taken, draws: int = 1_000, pace: Pace = UNHURRIED
) -> Feasibility:
    """Return how many of the mentees are served when some fall away, with and without a second matching.

    `planned` are the positions of the pairs matched when all are there. `Spread.low` to `high` are
    percentiles over draws, `error` the Monte Carlo standard error of the mean.

    >>> from lodestar.engine.matching.pairs import EligiblePairs
    >>> from lodestar.engine.simulation.assumptions import NOBODY_FALLS_AWAY, Assumptions
    >>> from lodestar.engine.simulation.fates import applicants_of
    >>> pairs = EligiblePairs(np.array([0, 1]), np.array([0]), np.array([5]), np.array([1]))
    >>> sure = Assumptions(NOBODY_FALLS_AWAY, NOBODY_FALLS_AWAY)
    >>> feasibility(applicants_of(pairs, (["e"], ["m"]), sure, seed=1), np.array([0]), 50).best.low
    1.0
    """
    trial = Trial(applicants, planned)
    drawn = [trial.counts(draw) for draw in pace.draws(STEP, draws)]
    table = np.array([(found.once, found.again, found.best) for found in drawn], dtype=np.int64)
    once, again, best = (spread_of(column) for column in table.T)
    served = np.unique(trial.rows[trial.counts_as_served[trial.rows]])
    return Feasibility(
        mentees=int(trial.counts_as_served.sum()),
        planned=len(served),
        asked=draws,
        once=once,
        again=again,
        best=best,
        second_matching=gain_of(table[:, 1], table[:, 0]),
        counts=table,
        here=np.array([found.here for found in drawn]),
        short=tuple(found.short for found in drawn),
    )
