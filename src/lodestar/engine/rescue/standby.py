"""Who steps in for each mentee whose mentor falls silent?

Places that the main match leaves free stand by; a place may stand by for several mentees, because few
need it at once (`crowding` says how few). The assignment is exact: most mentees with a standby, of those whoever
comes first by priority, then the largest total, then the lottery. Where nobody free is eligible, a
mentor may stand by who could take one more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import comb

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.objectives import first_this_then_that
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints, ends_of, from_edges, loads_of
from lodestar.engine.matching.problem import MatchingError

MOST_PRIORITY = 1_000_000


class WhyNone(StrEnum):
    """Why a matched mentee has no standby."""

    NO_OTHER_MENTOR = "no_other_eligible_mentor"
    NONE_FREE = "no_eligible_mentor_with_a_free_place"
    ALL_SPOKEN_FOR = "free_places_stand_by_for_others"


@dataclass(frozen=True, slots=True)
class StandbySettings:
    """How many mentees one free place stands by for, and how many standbys each should have (1 or 2)."""

    per_place: int = 3
    ranks: int = 2


@dataclass(frozen=True, slots=True)
class Standby:
    """One mentor who stands by for one mentee (positions); rank 1 is asked first.

    `by_raise`: the mentor has no free place, but their capacity could be raised by one.
    """

    mentee: int
    mentor: int
    score: int
    rank: int
    by_raise: bool = False


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A matched mentee without any standby, and why."""

    mentee: int
    reason: WhyNone


@dataclass(frozen=True, slots=True)
class StandbyPlan:
    """Standbys by mentee, then rank; and whoever has none."""

    standbys: tuple[Standby, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def covered(self) -> int:
        """How many mentees have a standby."""
        return len(self.firsts)

    @property
    def firsts(self) -> tuple[Standby, ...]:
        """The standbys who are asked first."""
        return tuple(standby for standby in self.standbys if standby.rank == 1)


@dataclass(frozen=True, slots=True)
class Crowding:
    """How often a mentor's free places are enough for the mentees they stand by for.

    `shortage`: the chance (0 to 1) that more need a place than there are. `finds_a_place`: the chance that a
    mentee whose mentor fell silent gets it.
    """

    shortage: float
    finds_a_place: float


def crowding(silence: float, mentees: int, places: int = 1) -> Crowding:
    """Return how safe it is to let `places` stand by for `mentees`, each silent with chance `silence`.

    Pairs fall silent independently (binomial); of those who need a place each is as likely to get it.

    >>> found = crowding(0.1, 3)
    >>> round(found.shortage, 4), round(found.finds_a_place, 4)
    (0.028, 0.9033)
    """
    if not 0 <= silence <= 1 or mentees < 1 or places < 0:
        raise MatchingError(
            "Give a chance of silence from 0 to 1, at least one mentee and no negative places."
        )
    chance = _binomial(silence, mentees)
    shortage = sum(chance[places + 1 :])
    others = _binomial(silence, mentees - 1)
    found = sum(share * min(1.0, places / (more + 1)) for more, share in enumerate(others))
    return Crowding(float(shortage), float(found))


def _binomial(chance: float, size: int) -> list[float]:
    return [
        comb(size, count) * chance**count * (1 - chance) ** (size - count)
        for count in range(size + 1)
    ]


def standbys(
    pairs: EligiblePairs,
    taken: Taken,
    drawn: Drawn,
    settings: StandbySettings | None = None,
    *,
    may_raise: Bools | None = None,
    priority: Ints | None = None,
) -> StandbyPlan:
    """Return a standby for as many matched mentees as can have one, and a second where places allow.

    `taken` are positions of pairs in the main match. `may_raise` says by mentor whose capacity could be
    raised by one; `priority` (whole numbers, 0 to 1,000,000, by mentee) puts first who lost weeks
    before. Exact, in this order for the first standby: most mentees, highest sum of their priorities, most
    by free places, largest total, lottery; then in the same order for the second, free places only.
    Raises MatchingError.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 5, 7, 6]), np.array([2, 1]))
    >>> plan = standbys(pairs, np.array([0, 3]), draw(1, "ab", "xy"))
    >>> plan.standbys, plan.uncovered[0].reason.value
    ((Standby(mentee=1, mentor=0, score=7, rank=1, by_raise=False),), 'no_eligible_mentor_with_a_free_place')
    """
    settings = settings or StandbySettings()
    _check(pairs, taken, settings, may_raise, priority)
    slots = slots_of(pairs, taken, settings.per_place, may_raise)
    need = _Need(pairs, drawn, _priorities(pairs, priority))
    others = others_of(pairs, taken)
    first, by_raise = need.filled(others, *slots)
    covered = np.concatenate([first, by_raise])
    found = [_named(pairs, first, 1), _named(pairs, by_raise, 1, by_raise=True)]
    if settings.ranks > 1:
        again = _of_same_mentees(pairs, np.setdiff1d(others, covered), covered)
        left = slots[0] - loads_of(pairs, first)[1]
        found.append(_named(pairs, need.filled(again, left, 0 * left)[0], 2))
    ordered = sorted(
        (one for part in found for one in part), key=lambda one: (one.mentee, one.rank)
    )
    return StandbyPlan(tuple(ordered), _uncovered(pairs, taken, covered, slots[0] + slots[1]))


def slots_of(
    pairs: EligiblePairs, taken: Taken, per_place: int, may_raise: Bools | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for how many mentees each mentor can stand by: with free places, and by raising capacity."""
    free = np.maximum(pairs.capacity - loads_of(pairs, taken)[1], 0).astype(np.int64)
    can = np.zeros(pairs.mentors, dtype=bool) if may_raise is None else may_raise
    return free * per_place, can.astype(np.int64) * per_place


def others_of(pairs: EligiblePairs, taken: Taken) -> Taken:
    """Return the pairs of matched mentees that are not in the main match (positions)."""
    is_matched = loads_of(pairs, taken)[0] > 0
    is_other = is_matched[pairs.mentee_of_each()]
    is_other[taken] = False
    return np.flatnonzero(is_other)


@dataclass(frozen=True, slots=True, eq=False)
class _Need:
    """What is the same in every step: all pairs, the lottery, and who comes first."""

    pairs: EligiblePairs
    drawn: Drawn
    priority: NDArray[np.int64]

    def filled(self, open_pairs: Taken, free: Ints, raised: Ints) -> tuple[Taken, Taken]:
        """Return the best standbys among some pairs (positions): by free places, and by raising.

        Each mentor stands twice, with free slots and with raised ones: most mentees, then the highest
        priorities, then most by free places, then the largest total.
        """
        columns = self.pairs.mentor[open_pairs].astype(np.int64)
        twice = np.concatenate([open_pairs, open_pairs])
        column = np.concatenate([columns, columns + self.pairs.mentors])
        slots = np.concatenate([free, raised])
        keep = slots[column] > 0
        position, column = twice[keep], column[keep]
        mentee = ends_of(self.pairs, position)[0]
        order = np.lexsort((column, mentee))
        position, column, mentee = position[order], column[order], mentee[order]
        market = from_edges(mentee, column, self.pairs.score[position], self.pairs.mentees, slots)
        is_free = column < self.pairs.mentors
        if not len(position):
            return position, position
        steps = [step for step in (self.priority[mentee], is_free.astype(np.int64)) if np.ptp(step)]
        chosen = first_this_then_that(market, steps, self.both_tickets)
        return position[chosen[is_free[chosen]]], position[chosen[~is_free[chosen]]]

    @property
    def both_tickets(self) -> Drawn:
        """The lottery, with each mentor standing twice."""
        return Drawn(self.drawn.mentee, np.tile(self.drawn.mentor, 2))


def _of_same_mentees(pairs: EligiblePairs, positions: Taken, served: Taken) -> Taken:
    """Return the pairs of mentees who are among those served."""
    is_served = loads_of(pairs, served)[0] > 0
    return positions[is_served[ends_of(pairs, positions)[0]]]


def _named(
    pairs: EligiblePairs, chosen: Taken, rank: int, *, by_raise: bool = False
) -> Iterable[Standby]:
    mentee, mentor = ends_of(pairs, chosen)
    columns = mentee.tolist(), mentor.tolist(), pairs.score[chosen].tolist()
    return [Standby(*row, rank, by_raise) for row in zip(*columns, strict=True)]


def _uncovered(
    pairs: EligiblePairs, taken: Taken, chosen: Taken, slots: Ints
) -> tuple[Uncovered, ...]:
    is_matched, has_standby = loads_of(pairs, taken)[0] > 0, loads_of(pairs, chosen)[0] > 0
    others = others_of(pairs, taken)
    other_mentors = loads_of(pairs, others)[0]
    with_slots = loads_of(pairs, others[slots[pairs.mentor[others]] > 0])[0]
    found = []
    for mentee in np.flatnonzero(is_matched & ~has_standby).tolist():
        reason = WhyNone.ALL_SPOKEN_FOR if with_slots[mentee] else WhyNone.NONE_FREE
        if not other_mentors[mentee]:
            reason = WhyNone.NO_OTHER_MENTOR
        found.append(Uncovered(mentee, reason))
    return tuple(found)


def _priorities(pairs: EligiblePairs, priority: Ints | None) -> NDArray[np.int64]:
    if priority is None:
        return np.zeros(pairs.mentees, dtype=np.int64)
    return priority.astype(np.int64)


def _check(
    pairs: EligiblePairs,
    taken: Taken,
    settings: StandbySettings,
    may_raise: Bools | None,
    priority: Ints | None,
) -> None:
    if settings.per_place < 1:
        raise MatchingError("A free place must stand by for at least one mentee: raise per_place.")
    if settings.ranks not in (1, 2):
        raise MatchingError("Each mentee can have 1 or 2 standbys: correct the number of ranks.")
    if len(taken) and not 0 <= taken.min() <= taken.max() < len(pairs):
        raise MatchingError("The main match names a pair that is not eligible: match again first.")
    if may_raise is not None and len(may_raise) != pairs.mentors:
        raise MatchingError("Say for each mentor whether their capacity could be raised.")
    if priority is None:
        return
    if len(priority) != pairs.mentees:
        raise MatchingError("Give one priority for each mentee.")
    if len(priority) and not 0 <= priority.min() <= priority.max() <= MOST_PRIORITY:
        raise MatchingError(f"Give priorities as whole numbers from 0 to {MOST_PRIORITY:,}.")
