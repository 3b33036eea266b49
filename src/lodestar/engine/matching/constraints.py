"""Who may not be paired, and because of which rule?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.values import plain, values_of
from lodestar.engine.matching.avoidance import AVOID, MOST_LISTED, avoided_pairs
from lodestar.engine.matching.criteria import GapMeasure, SharedMeasure, TimezoneMeasure
from lodestar.engine.matching.listed_terms import ListedPairs, forbidden_pairs, sharing_pairs
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import (
    Answer,
    Constraint,
    ConstraintKind,
    MatchingError,
    Mentee,
    Mentor,
)
from lodestar.engine.matching.terms import Rule, RuleTerm

SAME_PERSON = "same_person"
LISTED = (ConstraintKind.BLOCKED, ConstraintKind.PAST_PAIR)
USUAL_FIELD = {
    ConstraintKind.COMMON_LANGUAGE: "languages",
    ConstraintKind.MAX_HOURS_APART: "time_zone",
    ConstraintKind.NOT_SAME: "employer",
    ConstraintKind.MUST_SHARE: "campus",
    ConstraintKind.MIN_GAP: "years",
    ConstraintKind.AVOID: AVOID,
}
AVOIDED = Constraint(AVOID, ConstraintKind.AVOID)

Answers = Sequence[Answer]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NoCommonValue:
    """Forbids pairs that both answered and share nothing."""

    measure: SharedMeasure

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        return ~self.measure.shared.meets(rows, columns) & both_answered(
            self.measure, rows, columns
        )


@dataclass(frozen=True, slots=True)
class SameValue:
    """Forbids pairs that share a value, such as the employer."""

    measure: SharedMeasure

    def breaks(self, rows: Ints, columns: Ints) -> Bools:
        return self.measure.shared.meets(rows, columns)


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
) -> dict[str, RuleTerm | ListedPairs]:
    """Compile the rules by code: listed pairs by their reason, one person on both sides, the design's.

    Lists of whom to avoid hold under every design. Raises MatchingError for a value that a constraint cannot work with.
    """
    book: dict[str, RuleTerm | ListedPairs] = {}
    row_of = {mentee.key: place for place, mentee in enumerate(mentees)}
    column_of = {mentor.key: place for place, mentor in enumerate(mentors)}
    for code in dict.fromkeys(bans.values()):
        named = [pair for pair, reason in bans.items() if reason == code]
        book[code] = _listed(named, row_of, column_of)
    twins = same_people(mentees, mentors)
    if twins:
        book[SAME_PERSON] = forbidden_pairs(twins, len(mentees))
    for constraint in with_avoided(constraints, mentees, mentors):
        if constraint.kind in LISTED:
            continue
        if constraint.name in book:
            raise MatchingError(
                f'The constraint "{constraint.name}" has the name of another rule or of a list of '
                "pairs: give it a name of its own."
            )
        book[constraint.name] = compile_rule(constraint, mentees, mentors, on)
    return book


def with_avoided(
    constraints: Sequence[Constraint], mentees: Sequence[Mentee], mentors: Sequence[Mentor]
) -> Sequence[Constraint]:
    """Add the lists of whom to avoid, where somebody has one and the design reads no other."""
    sides: tuple[Sequence[Mentee | Mentor], ...] = (mentees, mentors)
    has_lists = any(person.answers.get(AVOID) for side in sides for person in side)
    if not has_lists or any(one.kind is ConstraintKind.AVOID for one in constraints):
        return constraints
    return (*constraints, AVOIDED)


def same_people(mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> list[tuple[int, int]]:
    """Return where one person stands on both sides: the same key, or the same address."""
    places: dict[str, list[int]] = {}
    for column, mentor in enumerate(mentors):
        for name in _marks_of(mentor):
            places.setdefault(name, []).append(column)
    found = {
        (row, column)
        for row, mentee in enumerate(mentees)
        for name in _marks_of(mentee)
        for column in places.get(name, ())
    }
    return sorted(found)


def _marks_of(person: Mentee | Mentor) -> list[str]:
    addresses = map(plain, values_of(person.answers.get("email")))
    return [f"key {person.key}", *(f"email {address}" for address in addresses)]


def _listed(
    named: list[tuple[str, str]], row_of: Mapping[str, int], column_of: Mapping[str, int]
) -> ListedPairs:
    here = [(row_of[a], column_of[b]) for a, b in named if a in row_of and b in column_of]
    return forbidden_pairs(here, len(row_of))


def compile_rule(
    constraint: Constraint, mentees: Sequence[Mentee], mentors: Sequence[Mentor], on: date
) -> RuleTerm | ListedPairs:
    """Compile one rule of the design over everybody's answers."""
    usual = USUAL_FIELD[constraint.kind]
    if constraint.kind in (ConstraintKind.NOT_SAME, ConstraintKind.MUST_SHARE):
        usual = constraint.value if isinstance(constraint.value, str) else usual
    mine = [person.answers.get(constraint.mentee_field or usual) for person in mentees]
    theirs = [person.answers.get(constraint.mentor_field or usual) for person in mentors]
    if constraint.kind is ConstraintKind.AVOID:
        return avoided_pairs(mentees, mentors, mine, theirs)
    if constraint.kind is ConstraintKind.NOT_SAME:
        sides = [values_of(answer) for answer in mine], [values_of(answer) for answer in theirs]
        few = sharing_pairs(*sides, most=MOST_LISTED)
        if few is not None:
            return few
    return RuleTerm(partial(rule_between, constraint, on), mine, theirs)


def rule_between(constraint: Constraint, on: date, mentees: Answers, mentors: Answers) -> Rule:
    """Return how a rule compares one answer with one answer."""
    match constraint.kind:
        case ConstraintKind.COMMON_LANGUAGE | ConstraintKind.MUST_SHARE:
            return NoCommonValue(SharedMeasure(mentees, mentors))
        case ConstraintKind.NOT_SAME:
            return SameValue(SharedMeasure(mentees, mentors))
        case ConstraintKind.MAX_HOURS_APART:
            clocks = TimezoneMeasure(mentees, mentors, on)
            return TooFarApart(clocks, round(60 * _number(constraint)))
        case _:
            return TooSmallGap(GapMeasure(mentees, mentors, 0, 0), _number(constraint))


def _number(constraint: Constraint) -> float:
    if isinstance(constraint.value, bool) or not isinstance(constraint.value, int | float):
        raise MatchingError(
            f'The constraint "{constraint.name}" needs a number as its value, '
            "for example value = 4."
        )
    return float(constraint.value)
