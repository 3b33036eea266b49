"""Does a finished rotation keep every promise: nobody twice, nobody apart together, a seat for each?

Reads the plan as it would be printed and asks nothing of how it was made.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.rotation.attendance import FORBIDDEN, Attendee, Guests, Held, Mixer


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """Where somebody sits in one round."""

    round: int
    table: int
    person: str


@dataclass(frozen=True, slots=True, order=True)
class Encounter:
    """A mentee and a mentor at one table in one round, and their points (0 where they met before)."""

    round: int
    table: int
    mentee: str
    mentor: str
    score: int


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """Somebody who is here but sits with nobody in one round."""

    round: int
    person: str


@dataclass(frozen=True, slots=True)
class EvenSpread:
    """What spreading the meetings evenly would give instead: the fewest of anybody, and the total."""

    fewest_meetings: int
    total: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits where, and what is known about all other plans.

    No plan of the same objective totals more than `bound` points, has fewer than `fewest_repeats`, or
    leaves fewer than `fewest_idle_seats` (None: not claimed).
    """

    seats: tuple[Seat, ...]
    encounters: tuple[Encounter, ...]
    eligible_pairs: int
    bound: int
    is_proven: bool
    fewest_repeats: int = 0
    fewest_idle_seats: int | None = None
    if_even: EvenSpread | None = None


@dataclass(frozen=True, slots=True)
class Faults:
    """How often two people meet again, and how many rules the plan breaks. Both should be 0."""

    repeats: int
    broken_rules: int


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What a plan has to keep; `points` is -1 where a mentee and a mentor may not meet."""

    guests: Guests
    mixer: Mixer
    held: Held
    points: NDArray[np.int32]
    apart: frozenset[frozenset[str]] = frozenset()


def faults_of(seats: Sequence[Seat], rules: Rules) -> Faults:
    """Count what is wrong with a plan.

    A rule is broken by somebody seated twice in a round, while not here, or not at the table they need; by a
    table that does not exist or is too full; and by two people at one table who may not meet.
    """
    broken = _misplaced(seats, rules)
    met: Counter[frozenset[str]] = Counter()
    for people in _tables(seats).values():
        broken += max(0, len(people) - rules.mixer.size)
        met.update(map(frozenset, combinations(people, 2)))
    again = sum(times - 1 + (pair in rules.held.met) for pair, times in met.items())
    return Faults(again, broken + _forbidden(met, rules))


def _tables(seats: Iterable[Seat]) -> dict[tuple[int, int], list[str]]:
    people: dict[tuple[int, int], list[str]] = defaultdict(list)
    for seat in seats:
        people[seat.round, seat.table].append(seat.person)
    return people


def _misplaced(seats: Sequence[Seat], rules: Rules) -> int:
    people = {person.key: person for person in (*rules.guests.mentees, *rules.guests.mentors)}
    twice = len(seats) - len({(seat.round, seat.person) for seat in seats})
    wrong = sum(not _may_sit(seat, people.get(seat.person), rules) for seat in seats)
    return twice + wrong


def _may_sit(seat: Seat, person: Attendee | None, rules: Rules) -> bool:
    if person is None or not rules.guests.first_round <= seat.round <= rules.mixer.rounds:
        return False
    is_here = person.first_round <= seat.round <= (person.last_round or rules.mixer.rounds)
    return is_here and 1 <= seat.table <= rules.mixer.tables and person.table in (None, seat.table)


def _forbidden(met: Iterable[frozenset[str]], rules: Rules) -> int:
    """Count the pairs who meet although they may not."""
    row = {key: place for place, key in enumerate(rules.guests.mentee_keys)}
    column = {key: place for place, key in enumerate(rules.guests.mentor_keys)}
    count = 0
    for pair in met:
        mentees, mentors = pair & row.keys(), pair & column.keys()
        if pair in rules.apart:
            count += 1
        elif mentees and mentors:
            points = rules.points[row[min(mentees)], column[min(mentors)]]
            count += int(points == FORBIDDEN)
    return count
