"""Which mentee sits alone with which mentor, in which round, at which table?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import EligiblePairs, ends_of, loads_of
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.rotation.attendance import pairs_here
from lodestar.engine.rotation.checking import Encounter, EvenSpread, Plan, Rules, Seat
from lodestar.engine.rotation.meeting_parts import Dealt, Part, deal, parts_of
from lodestar.engine.rotation.meetings import Aim, Wanted
from lodestar.engine.rotation.rounds import rounds_of
from lodestar.engine.rotation.tables import Tables, tables_of

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Event:
    """Everything a plan is made from, by position."""

    rules: Rules
    pairs: EligiblePairs
    parts: tuple[Part, ...]
    before: tuple[Positions, Positions]
    drawn: Drawn

    def deal(self, aim: Aim) -> Dealt:
        wanted = Wanted(aim, 0, *self.before)
        return deal(self.pairs, self.parts, wanted, self.drawn, self.rules.mixer.tables)


def plan_pairs(rules: Rules, seed: int) -> Plan:
    """Plan meetings of two; raises MatchingError where nobody may meet anybody."""
    guests = rules.guests
    pairs = pairs_here(guests, rules.points, rules.held)
    if not len(pairs):
        raise MatchingError(
            "Nobody who is here may meet anybody they have not met: check the scores and the rounds held."
        )
    drawn = draw(seed, guests.mentee_keys, guests.mentor_keys)
    event = _Event(rules, pairs, parts_of(guests.presence()), _met_before(rules), drawn)
    aim = rules.mixer.aim
    dealt = event.deal(aim)
    taken = np.flatnonzero(dealt.part_of >= 0)
    is_even = dealt.rank[0] == dealt.best.rank[0]
    bound = dealt.best.bound if is_even else event.deal(Aim.TOTAL).best.bound
    encounters = _encounters(event, taken, dealt)
    return Plan(
        seats=seats_of(encounters),
        encounters=encounters,
        eligible_pairs=len(pairs),
        bound=bound,
        is_proven=dealt.rank == dealt.best.rank and dealt.best.proof.is_proven,
        fewest_idle_seats=None if aim is Aim.TOTAL else _idle(event, dealt.best.taken),
        if_even=None if aim is Aim.EVEN else _if_even(event, taken),
    )


def seats_of(encounters: tuple[Encounter, ...]) -> tuple[Seat, ...]:
    """Return the two seats of each meeting."""
    return tuple(
        sorted(
            Seat(meeting.round, meeting.table, person)
            for meeting in encounters
            for person in (meeting.mentee, meeting.mentor)
        )
    )


def _met_before(rules: Rules) -> tuple[Positions, Positions]:
    """Count the meetings that those who are here have had in the rounds held."""
    count: dict[str, int] = {}
    for pair in rules.held.met:
        for person in pair:
            count[person] = count.get(person, 0) + 1
    guests = rules.guests
    mentee, mentor = (
        np.array([count.get(key, 0) for key in keys], dtype=np.int64)
        for keys in (guests.mentee_keys, guests.mentor_keys)
    )
    return mentee, mentor


def _idle(event: _Event, taken: Positions) -> int:
    """Return how many seats stay empty beside the people who are here."""
    here = sum(int(side.sum()) for part in event.parts for side in part.most())
    return here - 2 * len(taken)


def _if_even(event: _Event, taken: Positions) -> EvenSpread | None:
    """Return what an even spread would give, where the meetings are spread unevenly now."""
    if not _is_uneven(event, taken):
        return None
    dealt = event.deal(Aim.EVEN)
    taken = np.flatnonzero(dealt.part_of >= 0)
    fewest = min(int(side.min()) for side in loads_of(event.pairs, taken))
    return EvenSpread(fewest, int(event.pairs.score[taken].sum()))


def _is_uneven(event: _Event, taken: Positions) -> bool:
    """Tell whether two people of one side who are both here throughout differ by more than one meeting."""
    spans = [
        (load, np.all([getattr(part, side) for part in event.parts], axis=0))
        for load, side in zip(loads_of(event.pairs, taken), ("mentee", "mentor"), strict=True)
    ]
    return any(np.ptp(load[stays]) > 1 for load, stays in spans if stays.any())


def _encounters(event: _Event, taken: Positions, dealt: Dealt) -> tuple[Encounter, ...]:
    """Put the meetings of each part into its rounds, and all of them at tables."""
    guests = event.rules.guests
    mentee, mentor = ends_of(event.pairs, taken)
    round_of = np.zeros(len(taken), dtype=np.int64)
    for number, part in enumerate(event.parts):
        inside = np.flatnonzero(dealt.part_of[taken] == number)
        rounds = rounds_of(mentee[inside], mentor[inside], part.rounds)
        round_of[inside] = part.first + rounds
    table = tables_of(round_of, mentee, mentor, _tables(event.rules))
    rows = zip(
        (round_of + guests.first_round).tolist(),
        table.tolist(),
        mentee.tolist(),
        mentor.tolist(),
        event.pairs.score[taken].tolist(),
        strict=True,
    )
    mentees, mentors = guests.mentee_keys, guests.mentor_keys
    return tuple(sorted(Encounter(r, t, mentees[e], mentors[m], s) for r, t, e, m, s in rows))


def _tables(rules: Rules) -> Tables:
    guests, last = rules.guests, rules.held.last_table
    sides = (guests.mentees, guests.mentors)
    own = [np.array([person.table or 0 for person in side], dtype=np.int64) for side in sides]
    sat = [np.array([last.get(person.key, 0) for person in side], dtype=np.int64) for side in sides]
    return Tables(rules.mixer.tables, own[0], own[1], sat[0], sat[1])
