"""Who may not be paired, and because of which rule?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.criteria import GapMeasure, SharedMeasure, TimezoneMeasure
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import (
    Answer,
    Constraint,
    ConstraintKind,
    MatchingError,
    Mentee,
    Mentor,
)

ELIGIBLE = 0
SAME_PERSON = "same_person"
BELOW_FLOOR = "below_floor"
LISTED = (ConstraintKind.BLOCKED, ConstraintKind.PAST_PAIR)
USUAL_FIELD = {
    ConstraintKind.COMMON_LANGUAGE: "languages",
    ConstraintKind.MAX_HOURS_APART: "time_zone",
    ConstraintKind.NOT_SAME: "employer",
    ConstraintKind.MIN_GAP: "years",
}

Bools = NDArray[np.bool_]


class Rule(Protocol):
    """A constraint compiled over everybody."""

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        """Tell which pairs of these mentees and mentors it forbids."""


@dataclass(frozen=True, slots=True)
class NoCommonValue:
    """Forbids pairs that both answered and share nothing."""

    measure: SharedMeasure

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        return ~self.measure.meets(rows, columns) & both_answered(self.measure, rows, columns)


@dataclass(frozen=True, slots=True)
class SameValue:
    """Forbids pairs that share a value, such as the employer."""

    measure: SharedMeasure

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        return self.measure.meets(rows, columns)


@dataclass(frozen=True, slots=True)
class TooFarApart:
    """Forbids pairs whose clocks stand too many hours apart."""

    measure: TimezoneMeasure
    most_minutes: int

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        far = self.measure.minutes_apart(rows, columns) > self.most_minutes
        return far & both_answered(self.measure, rows, columns)


@dataclass(frozen=True, slots=True)
class TooSmallGap:
    """Forbids mentors who are not enough years ahead."""

    measure: GapMeasure
    fewest_years: float

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        close = self.measure.years_ahead(rows, columns) < self.fewest_years
        return close & both_answered(self.measure, rows, columns)


@dataclass(frozen=True, slots=True)
class ListedPairs:
    """Forbids named pairs; positions of mentors by position of mentee."""

    mentors_of: Mapping[int, Sequence[int]]

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        forbidden = np.zeros((len(rows), len(columns)), dtype=bool)
        for place, row in enumerate(rows.tolist()):
            if row in self.mentors_of:
                forbidden[place] = np.isin(columns, self.mentors_of[row])
        return forbidden


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in order. `codes[n - 1]` names the rule with number n; 0 is eligible."""

    codes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = field(default_factory=tuple)

    def forbid(self, rows: Ints, columns: Ints) -> NDArray[np.uint8]:
        """Return for each pair the number of the first rule it breaks, or 0."""
        number = np.zeros((len(rows), len(columns)), dtype=np.uint8)
        for place, rule in enumerate(self.rules, start=1):
            broken = rule.breaks(rows, columns) & (number == ELIGIBLE)
            number[broken] = place
        return number

    def why_not(self, row: int, column: int) -> str | None:
        """Return the code of the first rule a pair breaks."""
        number = int(self.forbid(np.array([row]), np.array([column]))[0, 0])
        return self.codes[number - 1] if number else None


def both_answered(
    measure: SharedMeasure | TimezoneMeasure | GapMeasure, rows: Ints, columns: Ints
) -> Bools:
    """Nobody is shut out for an answer that is missing."""
    return measure.mentee_answered[rows][:, None] & measure.mentor_answered[columns][None, :]


def compile_rules(
    constraints: Sequence[Constraint],
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    bans: Mapping[tuple[str, str], str],
    on: date,
) -> Rulebook:
    """Compile the rules: listed pairs by their reason, one person on both sides, the design's.

    Raises MatchingError for a value that a constraint cannot work with.
    """
    book: dict[str, Rule] = {}
    row_of = {mentee.key: place for place, mentee in enumerate(mentees)}
    column_of = {mentor.key: place for place, mentor in enumerate(mentors)}
    for code in dict.fromkeys(bans.values()):
        named = [pair for pair, reason in bans.items() if reason == code]
        book[code] = _listed(named, row_of, column_of)
    twins = [(key, key) for key in row_of if key in column_of]
    if twins:
        book[SAME_PERSON] = _listed(twins, row_of, column_of)
    for constraint in constraints:
        if constraint.kind not in LISTED:
            book[constraint.name] = _compile(constraint, mentees, mentors, on)
    return Rulebook(tuple(book), tuple(book.values()))


def _listed(
    named: list[tuple[str, str]], row_of: Mapping[str, int], column_of: Mapping[str, int]
) -> ListedPairs:
    mentors_of: dict[int, list[int]] = {}
    for mentee, mentor in named:
        if mentee in row_of and mentor in column_of:
            mentors_of.setdefault(row_of[mentee], []).append(column_of[mentor])
    return ListedPairs(mentors_of)


def _compile(
    constraint: Constraint, mentees: Sequence[Mentee], mentors: Sequence[Mentor], on: date
) -> Rule:
    usual = USUAL_FIELD[constraint.kind]
    if constraint.kind is ConstraintKind.NOT_SAME and isinstance(constraint.value, str):
        usual = constraint.value or usual
    mine = _column(mentees, constraint.mentee_field or usual)
    theirs = _column(mentors, constraint.mentor_field or usual)
    match constraint.kind:
        case ConstraintKind.COMMON_LANGUAGE:
            return NoCommonValue(SharedMeasure(mine, theirs))
        case ConstraintKind.NOT_SAME:
            return SameValue(SharedMeasure(mine, theirs))
        case ConstraintKind.MAX_HOURS_APART:
            return TooFarApart(TimezoneMeasure(mine, theirs, on), round(60 * _number(constraint)))
        case _:
            return TooSmallGap(GapMeasure(mine, theirs, 0, 0), _number(constraint))


def _column(people: Sequence[Mentee] | Sequence[Mentor], name: str) -> list[Answer]:
    return [person.answers.get(name) for person in people]


def _number(constraint: Constraint) -> float:
    if isinstance(constraint.value, bool) or not isinstance(constraint.value, int | float):
        raise MatchingError(
            f'The constraint "{constraint.name}" needs a number as its value, '
            "for example value = 4."
        )
    return float(constraint.value)
