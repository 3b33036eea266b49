"""Among equally good main matches, which leaves more mentees with a standby?

Serving, worst match and total come first and stay as they are (levels 1 to 4). What is left to choose, all
matchings of a face, decides which mentors keep free places. Finding the one with the most standbys is hard
in general, so this improves step by step, each step an exact solve on the face by what a free place is
worth as a standby, and it proves by a bound when nothing is left to gain.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken, units_of
from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.faces import Face, face_of
from lodestar.engine.matching.lottery import Drawn, settle
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints, loads_of
from lodestar.engine.matching.prices import lowest_prices
from lodestar.engine.matching.solving import SERVE, Listed, Solution, best_matching
from lodestar.engine.rescue.standby import (
    StandbyPlan,
    StandbySettings,
    others_of,
    slots_of,
    standbys,
)

MOST_STEPS = 20
FINE = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class StandbyChoice:
    """A main match (positions of pairs), its standbys, and the most mentees that any could cover.

    `equals` says whether there was more than one equally good main match.
    """

    taken: Taken
    plan: StandbyPlan
    bound: int
    equals: bool

    @property
    def is_proven(self) -> bool:
        """Whether no equally good main match leaves more mentees with a standby."""
        return not self.equals or self.plan.covered >= self.bound


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """What does not change from step to step."""

    pairs: EligiblePairs
    face: Face
    drawn: Drawn
    settings: StandbySettings
    may_raise: Bools | None
    priority: Ints | None

    def plan(self, taken: Taken) -> StandbyPlan:
        return standbys(
            self.pairs,
            taken,
            self.drawn,
            self.settings,
            may_raise=self.may_raise,
            priority=self.priority,
        )


def standbys_of_best(
    listed: Listed,
    solution: Solution,
    drawn: Drawn,
    settings: StandbySettings | None = None,
    *,
    may_raise: Bools | None = None,
    priority: Ints | None = None,
) -> StandbyChoice:
    """Return the main match, among those equal to a solution, that its standbys serve best.

    Never fewer mentees with a standby than the solution itself leaves, and never a match or a point of
    the main match less. Options as in `standbys`.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([5, 5, 7]), np.array([2, 1]))
    >>> listed, drawn = Listed(pairs, pairs.score), draw(1, "ab", "xy")
    >>> found = standbys_of_best(listed, best_matching(listed, SERVE, drawn), drawn)
    >>> found.plan.covered, found.is_proven
    (1, True)
    """
    pairs = listed.pairs
    search = _Search(
        pairs,
        face_of_solution(listed, solution),
        drawn,
        settings or StandbySettings(),
        may_raise,
        priority,
    )
    taken = pairs.positions_of(solution.claim.mentee, solution.claim.mentor)
    plan = search.plan(taken)
    bound = most_covered(search)
    for _ in range(MOST_STEPS):
        if search.face.is_single or plan.covered >= bound:
            break
        other = _improved(search, taken)
        other_plan = search.plan(other)
        if _worth(other_plan) <= _worth(plan):
            break
        taken, plan = other, other_plan
    return StandbyChoice(taken, plan, bound, not search.face.is_single)


def face_of_solution(listed: Listed, solution: Solution) -> Face:
    """Return all matchings equal to a solution; positions are those of the listed pairs."""
    claim, pairs = solution.claim, listed.pairs
    position = np.flatnonzero(pairs.score >= claim.least)
    within = pairs.only(pairs.score >= claim.least)
    weight = listed.weight[position].astype(np.int64)
    units = units_of(within, claim.serving, claim.filling)
    taken = within.positions_of(claim.mentee, claim.mentor)
    face = face_of(within, weight, units, lowest_prices(within, taken, weight, units))
    return replace(face, position=position[face.position], settled=position[face.settled])


def most_covered(search: _Search) -> int:
    """Return a number of mentees with a standby that no equally good main match can pass.

    Every mentee who might be matched may have any of their mentors, each mentor keeps as many places free as
    any equal match leaves, and all together no more than any equal match leaves.
    """
    face, pairs, per_place = search.face, search.pairs, search.settings.per_place
    settled = loads_of(pairs, face.settled)
    least = settled[0] + face.least[0], settled[1] + face.least[1]
    may_be_matched = (settled[0] > 0) | (np.diff(face.pairs.start) > 0)
    can = np.zeros(pairs.mentors, dtype=bool) if search.may_raise is None else search.may_raise
    slots = (np.maximum(pairs.capacity - least[1], 0) + can) * per_place
    keep = may_be_matched[pairs.mentee_of_each()]
    keep[face.settled] = False
    relaxed = replace(pairs.only(keep), capacity=slots, demand=None, minimum=None, first=None)
    most_matches = len(face.best(np.ones(len(face.pairs), dtype=np.int64), len(pairs) + 1))
    least_matches = max(int(least[0].sum()), int(least[1].sum()))
    free = int(pairs.capacity.sum()) - least_matches
    return min(most_served(relaxed, 0), most_matches, (free + int(can.sum())) * per_place)


def _improved(search: _Search, taken: Taken) -> Taken:
    """Return the equal main match whose free places are worth most at the present standby prices."""
    worth = _slot_worth(search, taken)
    weight = (FINE - worth)[search.face.pairs.mentor]
    return settle(search.face.narrowed(weight), search.drawn)


def _slot_worth(search: _Search, taken: Taken) -> NDArray[np.int64]:
    """Return what one more slot with each mentor is worth to standbys, from 0 to 1,000 (the dearest)."""
    pairs = search.pairs
    free, raised = slots_of(pairs, taken, search.settings.per_place, search.may_raise)
    keep = np.zeros(len(pairs), dtype=bool)
    keep[others_of(pairs, taken)] = True
    market = replace(
        pairs.only(keep), capacity=free + raised, demand=None, minimum=None, first=None
    )
    price = best_matching(Listed(market, market.score), SERVE, search.drawn).claim.price
    return price * FINE // max(1, int(price.max(initial=0)))


def _worth(plan: StandbyPlan) -> tuple[int, int]:
    return plan.covered, sum(standby.score for standby in plan.firsts)
