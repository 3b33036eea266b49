"""Who sits with whom, at which table, in every round of a mixer?

One to one: the best set of meetings (meetings.py), dealt out to the parts of the evening
(meeting_parts.py), put into rounds (rounds.py) and given tables (tables.py). For tables that seat more than
two see seatings.py. What comes out is checked once more as it stands, whatever made it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from lodestar.engine.matching.certificate import ENGINE_VERSION
from lodestar.engine.rotation.attendance import (
    NOTHING_HELD,
    ONE_TO_ONE,
    Attendee,
    Guests,
    Held,
    Mixer,
    Scores,
    guests_of,
    points_here,
)
from lodestar.engine.rotation.checking import (
    Encounter,
    EvenSpread,
    Plan,
    Rules,
    Seat,
    Wait,
    faults_of,
)
from lodestar.engine.rotation.one_to_one import plan_pairs
from lodestar.engine.rotation.seatings import plan_seatings

FEWEST_REPEATS = "fewest-repeats"


@dataclass(frozen=True, slots=True)
class RotationCertificate:
    """The numbers of a plan, for the rounds still to come.

    `total` is points, each pair of a mentee and a mentor once; no plan of the same objective can total
    more than `bound`. `repeats` are two people meeting again, `broken_rules` whatever `faults_of` finds; both
    are counted on the finished plan, and no plan has fewer than `fewest_repeats` or leaves fewer than
    `fewest_idle_seats` (None: not claimed). `moves` are changes of table. `if_even` is None where
    nobody has more than one meeting fewer than somebody else of the same side.
    """

    mentees: int
    mentors: int
    rounds: int
    held_rounds: int
    tables: int
    size: int
    eligible_pairs: int
    meetings: int
    total: int
    bound: int
    gap: int
    is_proven: bool
    repeats: int
    fewest_repeats: int
    broken_rules: int
    idle_seats: int
    fewest_idle_seats: int | None
    fewest_meetings: int
    most_meetings: int
    moves: int
    if_even: EvenSpread | None
    objective: str
    seed: int
    engine_version: str
    inputs_sha256: str


@dataclass(frozen=True, slots=True)
class Rotation:
    """A finished plan: who sits where, which mentees meet which mentors, who waits, and its numbers."""

    seats: tuple[Seat, ...]
    encounters: tuple[Encounter, ...]
    waits: tuple[Wait, ...]
    certificate: RotationCertificate


def plan_rotation(
    attendance: Sequence[Attendee],
    scores: Scores | None,
    mixer: Mixer,
    *,
    held: Held = NOTHING_HELD,
    apart: frozenset[frozenset[str]] = frozenset(),
    seed: int = 0,
) -> Rotation:
    """Plan all rounds that are still to come; the same for the same inputs and seed, in any order of rows.

    `apart` are pairs of keys who never sit at one table, whatever their sides and scores.

    Raises MatchingError, with a sentence on what to mend, for inputs that cannot be planned.

    >>> people = [Attendee("mia", is_mentor=True), Attendee("ana", is_mentor=False)]
    >>> plan_rotation(people, None, Mixer(rounds=2, tables=1)).encounters
    (Encounter(round=1, table=1, mentee='ana', mentor='mia', score=500000),)
    """
    guests = guests_of(attendance, mixer, held)
    rules = Rules(guests, mixer, held, points_here(guests, scores, apart), apart)
    plan = (plan_pairs if mixer.size == ONE_TO_ONE else plan_seatings)(rules, seed)
    waits = waits_of(guests, plan.seats)
    return Rotation(plan.seats, plan.encounters, waits, _certificate(rules, plan, waits, seed))


def waits_of(guests: Guests, seats: Sequence[Seat]) -> tuple[Wait, ...]:
    """Return everybody who is here without a seat, round by round."""
    seated = {(seat.round, seat.person) for seat in seats}
    return tuple(
        sorted(
            Wait(number, person.key)
            for person in (*guests.mentees, *guests.mentors)
            for number in guests.rounds_of(person)
            if (number, person.key) not in seated
        )
    )


def moves_of(seats: Sequence[Seat]) -> int:
    """Count how often people change tables from one of their rounds to the next."""
    last: dict[str, int] = {}
    moves = 0
    for seat in sorted(seats):
        moves += last.get(seat.person, seat.table) != seat.table
        last[seat.person] = seat.table
    return moves


def _certificate(rules: Rules, plan: Plan, waits: Sequence[Wait], seed: int) -> RotationCertificate:
    guests, mixer = rules.guests, rules.mixer
    faults = faults_of(plan.seats, rules)
    total = sum(meeting.score for meeting in plan.encounters)
    count = Counter(
        person for meeting in plan.encounters for person in (meeting.mentee, meeting.mentor)
    )
    loads = [count[key] for key in (*guests.mentee_keys, *guests.mentor_keys)]
    return RotationCertificate(
        mentees=len(guests.mentees),
        mentors=len(guests.mentors),
        rounds=mixer.rounds,
        held_rounds=rules.held.rounds,
        tables=mixer.tables,
        size=mixer.size,
        eligible_pairs=plan.eligible_pairs,
        meetings=len(plan.encounters),
        total=total,
        bound=plan.bound,
        gap=plan.bound - total,
        is_proven=plan.is_proven,
        repeats=faults.repeats,
        fewest_repeats=plan.fewest_repeats,
        broken_rules=faults.broken_rules,
        idle_seats=len(waits),
        fewest_idle_seats=plan.fewest_idle_seats,
        fewest_meetings=min(loads),
        most_meetings=max(loads),
        moves=moves_of(plan.seats),
        if_even=plan.if_even,
        objective=mixer.aim.value if mixer.size == ONE_TO_ONE else FEWEST_REPEATS,
        seed=seed,
        engine_version=ENGINE_VERSION,
        inputs_sha256=fingerprint(rules),
    )


def fingerprint(rules: Rules) -> str:
    """Return SHA-256 of the inputs in one canonical form, whatever the order of their rows."""
    guests, held = rules.guests, rules.held
    canonical = {
        "people": [asdict(person) for person in (*guests.mentees, *guests.mentors)],
        "mixer": asdict(rules.mixer),
        "held": [held.rounds, sorted(map(sorted, held.met)), sorted(held.last_table.items())],
        "apart": sorted(map(sorted, rules.apart)),
    }
    digest = hashlib.sha256(json.dumps(canonical, sort_keys=True, ensure_ascii=False).encode())
    digest.update(np.ascontiguousarray(rules.points, dtype="<i4").tobytes())
    return digest.hexdigest()
