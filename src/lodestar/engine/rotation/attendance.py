"""Who is at the mixer, for which rounds, and who of them may meet whom for how many points?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import PERFECT, MatchingError, TooLargeError
from lodestar.engine.rotation.meeting_parts import Presence
from lodestar.engine.rotation.meetings import Aim

ONE_TO_ONE = 2
MOST_ROUNDS = 100
MOST_TABLES = 10_000
MOST_PAIRS = 9_000_000
FORBIDDEN = -1
MIDDLE = PERFECT // 2


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is here from the beginning of one round to the end of another (None: the last).

    `table` is the one they need, for instance because it can be reached without stairs.
    """

    key: str
    is_mentor: bool
    first_round: int = 1
    last_round: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Mixer:
    """How many rounds in all, how many tables at once, for how many people (2: one to one), and the aim."""

    rounds: int
    tables: int
    size: int = ONE_TO_ONE
    aim: Aim = Aim.TOTAL


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The pairs that may meet, by position in two lists of keys; a pair that is not listed may not."""

    mentee_keys: Sequence[str]
    mentor_keys: Sequence[str]
    pairs: EligiblePairs


@dataclass(frozen=True, slots=True)
class Held:
    """What has happened already: rounds over, who met whom (keys), and where people sat at last."""

    rounds: int = 0
    met: frozenset[frozenset[str]] = frozenset()
    last_table: Mapping[str, int] = field(default_factory=dict)


NOTHING_HELD = Held()


@dataclass(frozen=True, slots=True)
class Guests:
    """Everybody who is here for a round to come, in order of keys, and the round planned first."""

    mentees: tuple[Attendee, ...]
    mentors: tuple[Attendee, ...]
    first_round: int
    last_round: int

    @property
    def mentee_keys(self) -> list[str]:
        return [person.key for person in self.mentees]

    @property
    def mentor_keys(self) -> list[str]:
        return [person.key for person in self.mentors]

    @property
    def rounds(self) -> int:
        """How many rounds there are to plan."""
        return self.last_round - self.first_round + 1

    def rounds_of(self, person: Attendee) -> range:
        """Return the rounds to come in which somebody is here."""
        last = self.last_round if person.last_round is None else person.last_round
        return range(max(person.first_round, self.first_round), last + 1)

    def presence(self) -> Presence:
        """Return everybody's rounds, counted from 0 for the first that is planned."""
        return Presence(*self._span(self.mentees), *self._span(self.mentors))

    def _span(self, people: Iterable[Attendee]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        spans = [self.rounds_of(person) for person in people]
        ends = np.array([(span.start, span.stop) for span in spans], dtype=np.int64)
        ends = ends.reshape(-1, 2) - self.first_round
        return ends[:, 0], ends[:, 1]


def guests_of(attendance: Sequence[Attendee], mixer: Mixer, held: Held) -> Guests:
    """Check what was said, and return who is here for a round to come.

    Raises MatchingError for numbers that make no sense and for people listed twice.

    >>> people = [Attendee("mia", is_mentor=True), Attendee("ana", is_mentor=False)]
    >>> guests_of(people, Mixer(3, 1), Held(rounds=1)).rounds
    2
    """
    _refuse_bad_numbers(mixer, held)
    _refuse_bad_people(attendance, mixer)
    left = [
        person
        for person in sorted(attendance, key=lambda person: person.key)
        if (person.last_round or mixer.rounds) > held.rounds
    ]
    mentors = tuple(person for person in left if person.is_mentor)
    mentees = tuple(person for person in left if not person.is_mentor)
    if mixer.size == ONE_TO_ONE and not (mentees and mentors):
        who = "mentee" if mentors else "mentor"
        raise MatchingError(
            f"No {who} is here for a round to come: mark at least one {who} in the attendance."
        )
    if not left:
        raise MatchingError("Nobody is here for a round to come: add people to the attendance.")
    return Guests(mentees, mentors, held.rounds + 1, mixer.rounds)


def _refuse_bad_numbers(mixer: Mixer, held: Held) -> None:
    for name, number, most in (
        ("rounds", mixer.rounds, MOST_ROUNDS),
        ("tables", mixer.tables, MOST_TABLES),
    ):
        if not 1 <= number <= most:
            raise MatchingError(f"There cannot be {number} {name}: choose 1 to {most}.")
    if mixer.size < ONE_TO_ONE:
        raise MatchingError(f"A table for {mixer.size} brings nobody together: choose 2 or more.")
    if held.rounds >= mixer.rounds:
        raise MatchingError(
            f"All {mixer.rounds} rounds are held already: there is none left to plan, unless you "
            "ask for more rounds."
        )


def _refuse_bad_people(attendance: Sequence[Attendee], mixer: Mixer) -> None:
    for before, after in pairwise(sorted(person.key for person in attendance)):
        if before == after:
            raise MatchingError(f"{after} is in the attendance twice: keep one row.")
    owner: dict[int, str] = {}
    for person in sorted(attendance, key=lambda person: person.key):
        last = mixer.rounds if person.last_round is None else person.last_round
        if not 1 <= person.first_round <= last <= mixer.rounds:
            raise MatchingError(
                f"{person.key} is here from round {person.first_round} to round {last}: both must be "
                f"from 1 to {mixer.rounds}, in this order."
            )
        if person.table is None:
            continue
        if not 1 <= person.table <= mixer.tables:
            raise MatchingError(
                f"{person.key} needs table {person.table}: choose one from 1 to {mixer.tables}."
            )
        if person.table in owner:
            raise MatchingError(
                f"{owner[person.table]} and {person.key} both need table {person.table}: give each "
                "a table of their own."
            )
        owner[person.table] = person.key


def pairs_here(guests: Guests, points: NDArray[np.int32], held: Held) -> EligiblePairs:
    """Return who of those who are here may still meet one to one; `points` as from `points_here`.

    Nobody meets somebody met already, nor somebody who needs another table than they do.

    >>> people = [Attendee("mia", is_mentor=True), Attendee("ana", is_mentor=False)]
    >>> guests = guests_of(people, Mixer(1, 1), NOTHING_HELD)
    >>> pairs_here(guests, points_here(guests, None), NOTHING_HELD).score.tolist()
    [500000]
    """
    table = points.copy()
    _forbid(table, guests, held.met)
    own = [
        np.array([person.table or 0 for person in side], dtype=np.int64)
        for side in (guests.mentees, guests.mentors)
    ]
    table[(own[0][:, None] != own[1]) & (own[0][:, None] > 0) & (own[1] > 0)] = FORBIDDEN
    mentee, mentor = np.nonzero(table != FORBIDDEN)
    capacity = np.full(len(guests.mentors), guests.rounds, dtype=np.int64)
    return from_edges(mentee, mentor, table[mentee, mentor], len(guests.mentees), capacity)


def points_here(
    guests: Guests, scores: Scores | None, apart: Collection[frozenset[str]] = ()
) -> NDArray[np.int32]:
    """Return the points of every mentee who is here with every mentor; -1: they may not meet.

    `apart` are pairs of keys who may not meet, whatever the scores say.
    Whoever has no scores counts at the mean of the other side's: with a mentor at the mean of that
    mentor's pairs, with a mentee at the mean of that mentee's. Without any scores all pairs are equal.
    """
    rows, columns = len(guests.mentees), len(guests.mentors)
    if rows * columns > MOST_PAIRS:
        raise TooLargeError(
            f"{rows:,} mentees and {columns:,} mentors are more than one rotation can hold: plan the "
            "event in two halves."
        )
    if scores is None:
        table = np.full((rows, columns), MIDDLE, dtype=np.int32)
    else:
        table = _listed_points(guests, scores)
    _forbid(table, guests, apart)
    return table


def _forbid(table: NDArray[np.int32], guests: Guests, pairs: Collection[frozenset[str]]) -> None:
    mentee_at = {person.key: row for row, person in enumerate(guests.mentees)}
    mentor_at = {person.key: column for column, person in enumerate(guests.mentors)}
    for pair in pairs:
        for one, other in (tuple(pair), tuple(pair)[::-1]):
            if one in mentee_at and other in mentor_at:
                table[mentee_at[one], mentor_at[other]] = FORBIDDEN


def _listed_points(guests: Guests, scores: Scores) -> NDArray[np.int32]:
    size = len(guests.mentees), len(guests.mentors)
    if not len(scores.pairs):
        return np.full(size, FORBIDDEN, dtype=np.int32)
    pairs = scores.pairs
    rows = _places(guests.mentee_keys, scores.mentee_keys)
    columns = _places(guests.mentor_keys, scores.mentor_keys)
    mentee, score = pairs.mentee_of_each(), pairs.score.astype(np.int64)
    whole = _means(np.zeros(len(pairs), dtype=np.int64), score, 1, 0)[0]
    by_mentee = _means(mentee, score, pairs.mentees, whole)
    by_mentor = _means(pairs.mentor, score, pairs.mentors, whole)
    table = np.full(size, FORBIDDEN, dtype=np.int32)
    table[rows < 0, :] = np.where(columns < 0, whole, by_mentor[columns])
    known = np.flatnonzero(rows >= 0)
    new = np.flatnonzero(columns < 0)
    table[np.ix_(known, new)] = by_mentee[rows[known]][:, None]
    here = np.full(pairs.mentors, FORBIDDEN, dtype=np.int64)
    here[columns[columns >= 0]] = np.flatnonzero(columns >= 0)
    for row in known.tolist():
        listed = slice(int(pairs.start[rows[row]]), int(pairs.start[rows[row] + 1]))
        at = here[pairs.mentor[listed]]
        table[row, at[at >= 0]] = score[listed][at >= 0]
    return table


def _places(keys: Sequence[str], among: Sequence[str]) -> NDArray[np.int64]:
    place = {key: number for number, key in enumerate(among)}
    return np.array([place.get(key, FORBIDDEN) for key in keys], dtype=np.int64)


def _means(
    of: NDArray[np.integer], score: NDArray[np.int64], people: int, otherwise: int
) -> NDArray[np.int64]:
    """Return each person's mean score, rounded down; `otherwise` for somebody without any pair."""
    count = np.bincount(of, minlength=people)
    points = np.zeros(people, dtype=np.int64)
    np.add.at(points, of, score)
    return np.where(count > 0, points // np.maximum(count, 1), otherwise)
