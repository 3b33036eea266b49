"""Who meets in which part of the evening, when some come late and others leave early?

A part is a run of rounds during which the same people are here. Within a part any set of meetings can be
put into rounds; between parts nobody may meet twice. To choose for all parts at once is hard in general
(Even, Itai & Shamir 1976), so the best set is first sought as if everybody's rounds could lie anywhere,
which bounds every plan. It is dealt out to the parts in many orders; where one of them has room for all of it,
it is best, as it always is where everybody is here throughout. Otherwise each part is solved anew
beside the others until none gets better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import FINEST, Drawn
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints, loads_of
from lodestar.engine.matching.problem import PERFECT
from lodestar.engine.rotation.meeting_flow import Terms, heaviest_meetings, rows_of
from lodestar.engine.rotation.meetings import (
    MeetingSet,
    Wanted,
    best_meetings,
    lots_of,
    rank_of,
)

MOST_SWEEPS = 8
MORE_ORDERS = 22
URGENCY = 1_000
NOT_PLACED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A run of rounds from `first` (counted from 0), and who is here in it."""

    first: int
    rounds: int
    mentee: Bools
    mentor: Bools

    def most(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the most meetings of each mentee and each mentor in this part."""
        return self.mentee * np.int64(self.rounds), self.mentor * np.int64(self.rounds)

    def limit(self, tables: int) -> int:
        """Return the most meetings of all in this part."""
        return self.rounds * min(tables, int(self.mentee.sum()), int(self.mentor.sum()))


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """From which round (counted from 0) until before which each person is here."""

    mentee_from: Ints
    mentee_until: Ints
    mentor_from: Ints
    mentor_until: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Dealt:
    """The part of each pair (-1: they do not meet), the set's rank, and the best of all sets as a bound."""

    part_of: NDArray[np.int64]
    rank: tuple[int, int]
    best: MeetingSet


def parts_of(presence: Presence) -> tuple[Part, ...]:
    """Cut the evening wherever somebody comes or goes.

    >>> one, three = np.array([0]), np.array([3])
    >>> [(part.first, part.rounds) for part in parts_of(Presence(one, three, one + 1, three))]
    [(0, 1), (1, 2)]
    """
    edges = (
        presence.mentee_from,
        presence.mentee_until,
        presence.mentor_from,
        presence.mentor_until,
    )
    cuts = np.unique(np.concatenate(edges))
    return tuple(
        Part(
            first,
            last - first,
            (presence.mentee_from <= first) & (presence.mentee_until >= last),
            (presence.mentor_from <= first) & (presence.mentor_until >= last),
        )
        for first, last in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
    )


def most_of(parts: Sequence[Part]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the most meetings of each mentee and each mentor in several parts together."""
    most = [part.most() for part in parts]
    mentee, mentor = (np.sum([sides[end] for sides in most], axis=0) for end in (0, 1))
    return mentee, mentor


def deal(
    pairs: EligiblePairs, parts: Sequence[Part], wanted: Wanted, drawn: Drawn, tables: int
) -> Dealt:
    """Return who meets in which part; `wanted.limit` and the pairs' loads are set here.

    Raises TooLargeError beyond what is exact at hand.
    """
    most = most_of(parts)
    whole = replace(pairs, demand=most[0], capacity=most[1])
    wanted = replace(wanted, limit=sum(part.limit(tables) for part in parts))
    plan = _Parts(whole, parts, wanted, drawn, tables)
    together = np.any([plan.here(part) for part in parts], axis=0)
    best = best_meetings(whole.only(together), wanted, drawn)
    best = replace(best, taken=np.flatnonzero(together)[best.taken])
    part_of = plan.dealt(best.taken)
    if np.any(part_of[best.taken] == NOT_PLACED):
        part_of = plan.improved(part_of)
    return Dealt(part_of, rank_of(whole, wanted, np.flatnonzero(part_of >= 0)), best)


def orders_of(count: int) -> Iterator[list[int]]:
    """Yield orders in which to fill parts: from the first, from the last, and many others.

    >>> [order for order, _ in zip(orders_of(2), range(2))]
    [[0, 1], [1, 0]]
    """
    chance = np.random.default_rng(count)
    yield list(range(count))
    yield list(range(count))[::-1]
    for _ in range(MORE_ORDERS):
        yield chance.permutation(count).tolist()


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """Several parts to be filled from the same pairs."""

    pairs: EligiblePairs
    parts: Sequence[Part]
    wanted: Wanted
    drawn: Drawn
    tables: int

    def here(self, part: Part) -> Bools:
        """Return which pairs are both here in a part."""
        return part.mentee[self.pairs.mentee_of_each()] & part.mentor[self.pairs.mentor]

    def dealt(self, taken: Ints) -> NDArray[np.int64]:
        """Deal a set of meetings out to the parts, in many orders until one loses no meeting."""
        best = np.full(len(self.pairs), NOT_PLACED, dtype=np.int64)
        for attempt, order in enumerate(orders_of(len(self.parts))):
            found = self._dealt_in(order, taken, attempt)
            if self._rank(found) >= self._rank(best):
                best = found
            if np.all(best[taken] != NOT_PLACED):
                break
        return best

    def _dealt_in(self, order: list[int], taken: Ints, attempt: int) -> NDArray[np.int64]:
        """Deal part after part, first what cannot take place in a part that comes later in the order."""
        part_of = np.full(len(self.pairs), NOT_PLACED, dtype=np.int64)
        left = np.zeros(len(self.pairs), dtype=bool)
        left[taken] = True
        for place, number in enumerate(order):
            part, later = self.parts[number], [self.parts[other] for other in order[place + 1 :]]
            open_now = left & self.here(part)
            lots = lots_of(self.pairs.only(open_now), self.drawn) * (2 * attempt + 1) % FINEST
            chosen = np.flatnonzero(open_now)[self._urgent(part, later, left, lots)]
            part_of[chosen] = number
            left[chosen] = False
        return part_of

    def _urgent(
        self, part: Part, later: Sequence[Part], left: Bools, lots: NDArray[np.int64]
    ) -> Ints:
        """Return which of the meetings left a part should take, as positions among those it can hold."""
        is_open = left & self.here(part)
        may_wait = np.any([self.here(other) for other in later] or [~is_open], axis=0)[is_open]
        loads = loads_of(self.pairs, np.flatnonzero(left))
        none = np.zeros(self.pairs.mentees, np.int64), np.zeros(self.pairs.mentors, np.int64)
        rest = most_of(later) if later else none
        mentee, mentor = (
            rows_of(most, np.maximum(load - room, 0), URGENCY * 2 * FINEST)
            for most, load, room in zip(part.most(), loads, rest, strict=True)
        )
        some = self.pairs.only(is_open)
        urgency = some.score.astype(np.int64) * URGENCY // PERFECT + 2
        weight = np.where(may_wait, 1, urgency) * FINEST + lots
        terms = Terms(mentee, mentor, part.limit(self.tables))
        return heaviest_meetings(some, weight, terms)

    def improved(self, part_of: NDArray[np.int64]) -> NDArray[np.int64]:
        """Solve part after part anew beside the others, until a whole sweep changes no rank."""
        rank = self._rank(part_of)
        for _ in range(MOST_SWEEPS):
            for number in range(len(self.parts)):
                part_of = self._solved_anew(number, part_of)
            was, rank = rank, self._rank(part_of)
            if rank == was:
                break
        return part_of

    def _rank(self, part_of: NDArray[np.int64]) -> tuple[int, int]:
        return rank_of(self.pairs, self.wanted, np.flatnonzero(part_of >= 0))

    def _solved_anew(self, number: int, part_of: NDArray[np.int64]) -> NDArray[np.int64]:
        part = self.parts[number]
        elsewhere = (part_of >= 0) & (part_of != number)
        mentee_load, mentor_load = loads_of(self.pairs, np.flatnonzero(elsewhere))
        wanted = replace(
            self.wanted,
            limit=part.limit(self.tables),
            mentee_before=self.wanted.mentee_before + mentee_load,
            mentor_before=self.wanted.mentor_before + mentor_load,
        )
        most = part.most()
        open_now = self.here(part) & ~elsewhere
        some = replace(self.pairs.only(open_now), demand=most[0], capacity=most[1])
        found = np.where(elsewhere, part_of, NOT_PLACED)
        found[np.flatnonzero(open_now)[best_meetings(some, wanted, self.drawn).taken]] = number
        return found
