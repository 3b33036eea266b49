"""What will each person do in each draw?

Every number is computed, not drawn in turn: SHA-256 gives each person a ticket, and the ticket mixed with the
number of the draw and the event gives a uniform number (a counter-based generator: Salmon et al.
2011). A person's fate in a draw therefore depends on the seed and their own key only, not on who
else is there nor on the order of the rows. So two designs are compared on the same fates (common random numbers),
and a difference between them is due to the designs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import Tickets, mixed, tickets
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints
from lodestar.engine.simulation.assumptions import (
    CHANCES,
    Assumptions,
    Floats,
    Side,
    refuse_unknown_people,
)

EVENTS_OF_A_DRAW = 256
EVENTS_OF_A_RUN = 16


class Event(IntEnum):
    """What is drawn; each has numbers of its own."""

    DROP_OUT = 0
    SILENCE = 1
    NO_SHOW = 2
    PAIR = 3
    MEETING = 4
    ANSWER = 5


AWAY = (Event.DROP_OUT, Event.SILENCE, Event.NO_SHOW)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One side: everybody's ticket, and their chances by position."""

    tickets: Tickets
    drop_out: Floats
    decline: Floats
    silence: Floats
    no_show: Floats
    answer: Floats

    def drawn(self, event: Event, draw: int, match_run: int = 0) -> Floats:
        """Return one uniform number for each person."""
        return uniform(mixed(self.tickets, _code(event, draw, match_run)))

    def drop_outs(self, draw: int) -> Bools:
        return self.drawn(Event.DROP_OUT, draw) < self.drop_out

    def silent(self, draw: int, match_run: int) -> Bools:
        """Return who never answers the letters of one match run."""
        return self.drawn(Event.SILENCE, draw, match_run) < self.silence

    def no_shows(self, draw: int) -> Bools:
        return self.drawn(Event.NO_SHOW, draw) < self.no_show

    def answers(self, draw: int, pulse: int) -> Bools:
        """Return who would answer a pulse, counted from 0."""
        return self.drawn(Event.ANSWER, draw, pulse) < self.answer

    def fallen_away(self, draw: int) -> Bools:
        """Return who does not take part in the end, in whatever way."""
        codes = np.array([_code(event, draw, 0) for event in AWAY])
        drawn = uniform(mixed(self.tickets, codes))
        dropped, silent, absent = drawn < np.stack([self.drop_out, self.silence, self.no_show])
        away: Bools = dropped | silent | absent
        return away


@dataclass(frozen=True, slots=True, eq=False)
class PairFates:
    """Two uniform numbers by pair: whether this side would say no, and how soon it would answer."""

    no: Floats
    answer: Floats

    @classmethod
    def of(cls, bits: Tickets) -> "PairFates":
        halves = bits >> np.uint64(32), bits & np.uint64(2**32 - 1)
        return cls(*(half.astype(np.float64) * 2.0**-32 for half in halves))


@dataclass(frozen=True, slots=True, eq=False)
class Applicants:
    """Everybody who applied: who may be matched with whom, and what each of them may do.

    `answered_by` is the share of answers that have come in by each working day, the first one first, and `met_by`
    the share of pairs that have met by each working day after their yes.
    """

    pairs: EligiblePairs
    mentees: People
    mentors: People
    answered_by: Floats
    met_by: Floats

    def first_meetings(self, draw: int, rows: Ints, columns: Ints) -> Ints:
        """Return by pair the working days from its yes to its first meeting."""
        mine = mixed(self.mentees.tickets[rows], _code(Event.MEETING, draw, 0))
        drawn = uniform(mixed(mine, self.mentors.tickets[columns]))
        return day_of(drawn, self.met_by)

    def of_pairs(self, draw: int, rows: Ints, columns: Ints) -> tuple[PairFates, PairFates]:
        """Return what each side makes of pairs of positions: the mentee's side, and the mentor's."""
        code = _code(Event.PAIR, draw, 0)
        mine = mixed(self.mentees.tickets[rows], code)
        theirs = self.mentors.tickets[columns]
        return PairFates.of(mixed(mine, theirs)), PairFates.of(mixed(theirs, mine))


def applicants_of(
    pairs: EligiblePairs,
    keys: tuple[Sequence[str], Sequence[str]],
    assumptions: Assumptions,
    seed: int,
) -> Applicants:
    """Return people with their fates; `keys` are the mentees' and the mentors', by position.

    Raises MatchingError where a chance is stated for somebody who is not here.

    >>> pairs = EligiblePairs(np.array([0, 1]), np.array([0]), np.array([5]), np.array([1]))
    >>> here = applicants_of(pairs, (["ana"], ["mia"]), Assumptions(), seed=1)
    >>> here.mentees.fallen_away(3).tolist() == here.mentees.fallen_away(3).tolist()
    True
    """
    refuse_unknown_people(assumptions, *keys)
    return Applicants(
        pairs,
        people_of("mentee", keys[0], assumptions.mentee, seed),
        people_of("mentor", keys[1], assumptions.mentor, seed),
        shares_by_day(assumptions.reply_time),
        shares_by_day(assumptions.meeting_time),
    )


def people_of(role: str, keys: Sequence[str], side: Side, seed: int) -> People:
    """Return one side with their tickets and chances."""
    chances = (getattr(side, name).of(keys) for name in CHANCES)
    return People(tickets(seed, f"fate of {role}", keys), *chances)


def shares_by_day(weights: Sequence[float]) -> Floats:
    """Return which share has happened by each day.

    >>> shares_by_day([3, 1]).tolist()
    [0.75, 1.0]
    """
    so_far = np.cumsum(np.array(weights, dtype=np.float64))
    return np.asarray(so_far / so_far[-1])


def day_of(drawn: Floats, by_day: Floats) -> Ints:
    """Return on which day each happens (1 is the first), from uniform numbers and the share by each day.

    >>> day_of(np.array([0.1, 0.5, 0.9]), np.array([0.5, 0.8, 1.0])).tolist()
    [1, 2, 3]
    """
    day = np.searchsorted(by_day, drawn, side="right") + 1
    return np.minimum(day, len(by_day))


def uniform(bits: Tickets) -> Floats:
    """Return numbers from 0 up to 1, from the upper 53 of 64 bits.

    >>> uniform(np.array([0, 2**63], dtype=np.uint64)).tolist()
    [0.0, 0.5]
    """
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _code(event: Event, draw: int, match_run: int) -> NDArray[np.uint64]:
    number = (draw + 1) * EVENTS_OF_A_DRAW + match_run * EVENTS_OF_A_RUN + event
    return np.array([number], dtype=np.uint64)
