"""Who shares a table in each round, where tables seat more than two?

Where a plan is known that brings nobody together twice (transversal.py), it is taken, and people are given
its seats so that the points of mentees and mentors who meet are many. Otherwise, and where people
come and go, a plan is dealt out round by round; then it is bettered (seating_search.py). Nobody who may not
meet ever shares a table: whoever cannot be seated otherwise waits. The plan is good, not proven best;
bounds say how much better any other could be.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from lodestar.engine.matching.lottery import draw
from lodestar.engine.matching.pairs import Bools
from lodestar.engine.rotation.attendance import FORBIDDEN, Attendee
from lodestar.engine.rotation.checking import Encounter, Plan, Rules, Seat
from lodestar.engine.rotation.seating_bounds import fewest_repeats, most_points
from lodestar.engine.rotation.seating_search import (
    ABSENT,
    WAITS,
    Crowd,
    beside,
    bettered,
    relabelled,
)
from lodestar.engine.rotation.transversal import seating

Table = NDArray[np.int64]
MENTOR_STAYS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """The people in order (mentees, then mentors, by key), who is here in which round, and the tables in use."""

    rules: Rules
    people: tuple[Attendee, ...]
    crowd: Crowd
    here: Bools
    tables: int

    @property
    def is_steady(self) -> bool:
        """Whether everybody is here throughout, has met nobody yet, and has a seat."""
        seats = self.tables * self.rules.mixer.size
        return bool(self.here.all()) and not self.rules.held.met and len(self.people) <= seats


def plan_seatings(rules: Rules, seed: int) -> Plan:
    """Plan who shares tables of `mixer.size`; the same for the same inputs and seed."""
    room = room_of(rules)
    tickets = draw(seed, rules.guests.mentee_keys, rules.guests.mentor_keys)
    order = np.argsort(np.concatenate([tickets.mentee, tickets.mentor]), kind="stable")
    plan = known_plan(room, order)
    if plan is None:
        plan = dealt_plan(room, order)
    plan = bettered(room.crowd, plan, seed)
    final = parted(room.crowd, plan)
    number = numbered(room, final)
    encounters = _encounters(room, number)
    return Plan(
        seats=_seats(room, number),
        encounters=encounters,
        eligible_pairs=int((rules.points != FORBIDDEN).sum()),
        bound=most_points(rules, room.crowd.is_mentor, plan, seed),
        is_proven=False,
        fewest_repeats=fewest_repeats(room.crowd.met, final),
    )


def room_of(rules: Rules) -> Room:
    """Put everybody in order, with who may not sit together and who has met."""
    guests = rules.guests
    people = (*guests.mentees, *guests.mentors)
    is_mentor = np.array([person.is_mentor for person in people])
    place = {person.key: number for number, person in enumerate(people)}
    here = np.array(
        [
            [number in guests.rounds_of(person) for person in people]
            for number in range(guests.first_round, guests.last_round + 1)
        ]
    )
    points = np.zeros((len(people), len(people)), dtype=np.int64)
    apart = np.zeros(points.shape, dtype=bool)
    across = np.ix_(~is_mentor, is_mentor)
    points[across] = np.maximum(rules.points, 0)
    apart[across] = rules.points == FORBIDDEN
    apart |= (_marked(rules.apart, place) > 0) | _needs_another_table(people)
    crowd = Crowd(is_mentor, points + points.T, apart | apart.T, _marked(rules.held.met, place))
    tables = tables_in_use(len(people), rules.mixer.tables, rules.mixer.size, guests.rounds)
    return Room(rules, people, crowd, here, tables)


def _marked(pairs: frozenset[frozenset[str]], place: dict[str, int]) -> Table:
    found = np.zeros((len(place), len(place)), dtype=np.int64)
    for pair in pairs:
        if len(pair) == 2 and pair <= place.keys():
            one, other = (place[key] for key in pair)
            found[one, other] = found[other, one] = 1
    return found


def _needs_another_table(people: Sequence[Attendee]) -> Bools:
    own = np.array([person.table or 0 for person in people])
    has_own = own > 0
    return np.asarray((own[:, None] != own) & has_own[:, None] & has_own)


def tables_in_use(people: int, tables: int, size: int, rounds: int) -> int:
    """Return how many tables to use: as few as hold everybody, or more where that avoids all repeats.

    Tables then seat one fewer at the most.

    >>> tables_in_use(20, 5, 5, 4), tables_in_use(20, 4, 5, 4)
    (5, 4)
    """
    fewest = min(tables, -(-people // size))
    for count in range(fewest, tables + 1):
        seats = -(-people // count)
        if seats < size - 1:
            break
        if seats <= size and seating(count, seats, rounds) is not None:
            return count
    return fewest


def known_plan(room: Room, order: Table) -> Table | None:
    """Return a plan without any repeat where one is known: mentors first, who then keep their tables."""
    if not room.is_steady:
        return None
    seats = -(-len(room.people) // room.tables)
    grid = seating(room.tables, seats, len(room.here))
    if grid is None:
        return None
    places = grid.reshape(len(grid), -1)
    mentors_first = order[np.argsort(~room.crowd.is_mentor[order], kind="stable")]
    plan = np.empty(room.here.shape, dtype=np.int64)
    plan[:, mentors_first] = places[:, : len(room.people)]
    return relabelled(room.crowd, plan)


def dealt_plan(room: Room, order: Table) -> Table:
    """Seat one person after the other, in the order of the lottery, where it costs the least."""
    plan = np.full(room.here.shape, ABSENT, dtype=np.int64)
    met = room.crowd.met.copy()
    waits = np.zeros(len(room.people), dtype=np.int64)
    for number, here in enumerate(room.here):
        guests = order[here[order]]
        plan[number, guests] = WAITS
        costs = room.crowd.costs(met)
        seats = seats_by_side(room, guests)
        for side, free in zip((True, False), seats, strict=True):
            own = guests[room.crowd.is_mentor[guests] == side]
            own = own[np.argsort(-waits[own], kind="stable")][: int(free.sum())]
            for person in own.tolist():
                beside_them = plan[number][:, None] == np.arange(len(free))
                offer = np.where(free > 0, costs[person] @ beside_them, np.iinfo(np.int64).max)
                table = int(np.argmin(offer))
                plan[number, person] = table
                free[table] -= 1
        waits += plan[number] == WAITS
        met += beside(plan[number])
    return plan


def seats_by_side(room: Room, guests: Table) -> tuple[Table, Table]:
    """Return how many mentors and how many mentees sit at each table, as evenly as may be.

    Where seats are short mentees wait, and mentors only beyond half of the seats.
    """
    size = room.rules.mixer.size
    tables = min(room.tables, -(-len(guests) // size)) if len(guests) else 1
    seats = min(len(guests), tables * size)
    mentors = int(room.crowd.is_mentor[guests].sum())
    mentors = min(mentors, max(-(-seats // 2), seats - (len(guests) - mentors)))
    number = np.arange(tables)
    of_mentors = mentors // tables + (number < mentors % tables)
    in_all = seats // tables + (tables - 1 - number < seats % tables)
    return of_mentors, in_all - of_mentors


def parted(crowd: Crowd, plan: Table) -> Table:
    """Let people wait until nobody sits with somebody they may not meet, the most entangled first."""
    plan = plan.copy()
    for tables in plan:
        while True:
            conflicts = (beside(tables) & crowd.apart).sum(axis=1)
            if not conflicts.any():
                break
            tables[np.lexsort((crowd.is_mentor, -conflicts))[0]] = WAITS
    return plan


def numbered(room: Room, plan: Table) -> Table:
    """Give tables their numbers (from 1; 0: waits or is not here), so that few people move.

    Whoever needs a table has it; else mentors stay where they sat, then mentees.
    """
    last = np.array([room.rules.held.last_table.get(person.key, 0) for person in room.people])
    own = np.array([person.table or 0 for person in room.people])
    count = room.rules.mixer.tables
    weight = np.where(room.crowd.is_mentor, MENTOR_STAYS, 1)
    found = np.zeros(plan.shape, dtype=np.int64)
    for number, tables in enumerate(plan):
        seated = np.flatnonzero(tables >= 0)
        stays = np.zeros((room.tables, count + 1), dtype=np.int64)
        np.add.at(stays, (tables[seated], last[seated]), weight[seated])
        np.add.at(stays, (tables[seated], own[seated]), int(weight.sum()) + 1)
        chosen = linear_sum_assignment(stays[:, 1:], maximize=True)[1] + 1
        found[number, seated] = chosen[tables[seated]]
        last[seated] = found[number, seated]
    return found


def _seats(room: Room, number: Table) -> tuple[Seat, ...]:
    first = room.rules.guests.first_round
    return tuple(
        sorted(
            Seat(first + int(round_), int(number[round_, person]), room.people[person].key)
            for round_, person in np.argwhere(number > 0)
        )
    )


def _encounters(room: Room, number: Table) -> tuple[Encounter, ...]:
    """Return every mentee with every mentor at their table; points count at their first meeting."""
    crowd, first = room.crowd, room.rules.guests.first_round
    met = Counter(map(tuple, np.argwhere(crowd.met > 0).tolist()))
    found = []
    for round_, tables in enumerate(number):
        for table in np.unique(tables[tables > 0]).tolist():
            at = np.flatnonzero(tables == table)
            sides = at[~crowd.is_mentor[at]].tolist(), at[crowd.is_mentor[at]].tolist()
            for mentee, mentor in product(*sides):
                score = 0 if met[mentee, mentor] else int(crowd.points[mentee, mentor])
                met[mentee, mentor] += 1
                keys = room.people[mentee].key, room.people[mentor].key
                found.append(Encounter(first + round_, table, *keys, score))
    return tuple(sorted(found))
