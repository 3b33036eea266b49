"""Whom does each mentee meet next who waits for somebody else?

Whoever waits longest comes first: a mentee goes without only where those who wait longer need the
places. The next on a mentee's own list who is still free is asked first, then a standby; the others are
matched together by the design, by the same engine as ever.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np

from lodestar.engine.matching.cohort import (
    NOTHING_GIVEN,
    GivenPairs,
    Problem,
    rescored,
    score_people,
)
from lodestar.engine.matching.explanation import MatchedPair
from lodestar.engine.matching.left_out import Unmatched
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import Design, Mentee, Mentor, Objective
from lodestar.engine.matching.run import MatchResult, run_match, weigh_pair

WAITS_SHORTER = "waits_shorter"
MORE_PLACES = "more_places"


class Source(Enum):
    """Where the next partner came from: the mentee's own list, the standbys, or whoever is free."""

    LIST = "list"
    STANDBY = "standby"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class NextPartner:
    """The pair to be proposed next, and where it came from."""

    pair: MatchedPair
    source: Source


@dataclass(frozen=True, slots=True)
class Turns:
    """Who is asked for whom before anybody else: mentors by mentee (keys), the first to be asked first.

    `lists` are mentees' own; whom they name may score below the floor. `fills` is whether mentees for whom
    nobody of these is free are matched with whoever is.
    """

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    standbys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fills: bool = True


NOBODY_BEFORE = Turns()


def next_partners(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs = NOTHING_GIVEN,
    *,
    turns: Turns = NOBODY_BEFORE,
    seed: int = 0,
) -> tuple[NextPartner, ...]:
    """Return the next partner of as many mentees as can have one; mentees come longest waiting first.

    `given.bans` hold whom they met or refused before; `turns` say who is asked first.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> people = [Mentee("ana"), Mentee("bo")], [Mentor("mia", {}, 1)], default_design()
    >>> [(n.pair.mentee, n.source.value) for n in next_partners(*people)]
    [('ana', 'free')]
    >>> [(n.pair.mentee, n.source.value) for n in next_partners(*people, turns=Turns(standbys={"bo": ["mia"]}))]
    [('bo', 'standby')]
    >>> next_partners(*people, turns=Turns(lists={"bo": ["mia"]}, fills=False))[0].source.value
    'list'
    """
    if not mentees or not mentors:
        return ()
    problem = score_people(mentees, mentors, design, given)
    by_lists = problem
    if turns.lists and design.floor:
        by_lists = rescored(problem, design=replace(design, floor=0))
    asked = _Asked(problem, by_lists, turns)
    found = [one for mentee in mentees if (one := asked.next_of(mentee.key))]
    stepping_in = {one.pair.mentee for one in found}
    rest = [mentee for mentee in mentees if mentee.key not in stepping_in]
    free = [replace(mentor, capacity=asked.left[mentor.key]) for mentor in mentors]
    if turns.fills and rest and sum(asked.left.values()):
        again = match_longest_first(rest, free, design, given, seed=seed)
        found += [NextPartner(pair, Source.FREE) for pair in again.pairs]
    return tuple(sorted(found, key=lambda each: each.pair.mentee))


class _Asked:
    """Asks who comes before the rest, one mentee after the other, and counts the places left."""

    def __init__(self, problem: Problem, by_lists: Problem, turns: Turns) -> None:
        places = problem.scorer.market.capacity.tolist()
        self.left = {mentor.key: int(places[n]) for n, mentor in enumerate(problem.mentors)}
        self.orders = (
            (Source.LIST, by_lists, turns.lists),
            (Source.STANDBY, problem, turns.standbys),
        )

    def next_of(self, mentee: str) -> NextPartner | None:
        for source, problem, order in self.orders:
            for mentor in order.get(mentee, ()):
                if self.left.get(mentor, 0) and _is_eligible(problem, mentee, mentor):
                    self.left[mentor] -= 1
                    return NextPartner(weigh_pair(problem, mentee, mentor), source)
        return None


def match_longest_first(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs = NOTHING_GIVEN,
    *,
    seed: int = 0,
) -> MatchResult:
    """Match by the design, but let nobody go without for one who waits less; mentees come longest first.

    Where places are short, the set that is served is settled first: each in turn is in if all before and
    this one can be served together. Who waits too short a time is unmatched as `waits_shorter`.
    """
    whole = run_match(mentees, mentors, design, given, seed=seed)
    if not whole.unmatched:
        return whole
    problem = score_people(mentees, mentors, design, given)
    pairs = problem.pairs
    if pairs is None or problem.pinned:
        return whole
    keys = [mentee.key for mentee in problem.scorer.mentees]  # the engine has an order of its own
    row_of = {key: row for row, key in enumerate(keys)}
    served = served_in_turn(pairs, [row_of[mentee.key] for mentee in mentees])
    chosen = [mentee for mentee in mentees if row_of[mentee.key] in served]
    aim = replace(design, objective=Objective.SERVED) if leaves_out(design) else design
    result = run_match(chosen, mentors, aim, given, seed=seed)
    known = {left.mentee: left for left in whole.unmatched}
    left_out = [
        known.get(mentee.key) or waits_shorter(mentee.key, len(mentees), pairs)
        for mentee in mentees
        if row_of[mentee.key] not in served
    ]
    return replace(result, unmatched=tuple(sorted(left_out, key=lambda left: left.mentee)))


def served_in_turn(pairs: EligiblePairs, turns: Sequence[int]) -> frozenset[int]:
    """Return which mentees are served if each in turn is served who can be beside all before.

    `turns` are the mentees' rows, in the order in which they come.

    Among all sets that can be served together this is the first by turn, and none is larger.

    >>> pairs = EligiblePairs(np.array([0, 1, 2, 4]), np.array([0, 0, 0, 1]), np.array([5, 9, 5, 5]), np.array([1, 1]))
    >>> sorted(served_in_turn(pairs, [0, 1, 2])), sorted(served_in_turn(pairs, [1, 0, 2]))
    ([0, 2], [1, 2])
    """
    seats = _Seats(pairs)
    return frozenset(mentee for mentee in turns if seats.take_in(mentee))


class _Seats:
    """Who holds a place with whom; one more is taken in by letting others move over (Berge 1957)."""

    def __init__(self, pairs: EligiblePairs) -> None:
        self.pairs = pairs
        self.capacity = pairs.capacity.tolist()
        self.holders: list[list[int]] = [[] for _ in range(pairs.mentors)]
        self.seat_of: dict[int, int] = {}

    def take_in(self, mentee: int) -> bool:
        """Give one more mentee a place, if all who have one can keep one."""
        reached: dict[int, int] = {}
        waiting = deque([mentee])
        while waiting:
            who = waiting.popleft()
            for mentor in self.mentors_of(who):
                if mentor in reached:
                    continue
                reached[mentor] = who
                if len(self.holders[mentor]) < self.capacity[mentor]:
                    self.move_over(mentor, reached)
                    return True
                waiting.extend(self.holders[mentor])
        return False

    def mentors_of(self, mentee: int) -> list[int]:
        found: list[int] = self.pairs.mentor[
            self.pairs.start[mentee] : self.pairs.start[mentee + 1]
        ].tolist()
        return found

    def move_over(self, mentor: int, reached: Mapping[int, int]) -> None:
        place: int | None = mentor
        while place is not None:
            who = reached[place]
            before = self.seat_of.get(who)
            self.holders[place].append(who)
            self.seat_of[who] = place
            if before is not None:
                self.holders[before].remove(who)
            place = before


def leaves_out(design: Design) -> bool:
    """Whether an objective may leave somebody out whom a place would serve."""
    return design.objective in (Objective.TOTAL, Objective.STABLE)


def waits_shorter(mentee: str, mentees: int, pairs: EligiblePairs) -> Unmatched:
    places = int(pairs.capacity.sum())
    return Unmatched(
        mentee, WAITS_SHORTER, MORE_PLACES, mentees=mentees, mentors=pairs.mentors, places=places
    )


def _is_eligible(problem: Problem, mentee: str, mentor: str) -> bool:
    row, column = problem.position_of(mentee, mentor)
    return int(problem.scorer.scores_of(np.array([row]), np.array([column]))[0]) >= 0
