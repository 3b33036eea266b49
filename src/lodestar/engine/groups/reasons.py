"""Why is a mentee without a group?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.engine.groups.rules import Rule, broken_rules
from lodestar.engine.matching.left_out import NO_ELIGIBLE_MENTOR, PLACES_SHORT
from lodestar.engine.matching.pairs import EligiblePairs

GROUP_TOO_SMALL = "group_too_small"
BREAKS_RULE = "breaks_rule"
SEARCH_STOPPED = "search_stopped"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person without a group (by position), the reason with its sentence, and rules in the way by code."""

    person: int
    reason: str
    sentence: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups there are (mentees by mentor), and by mentor who is without a group but may join."""

    pairs: EligiblePairs
    members: Mapping[int, Sequence[int]]
    waiting: Mapping[int, tuple[int, ...]]
    least: int
    rules: Sequence[Rule]
    is_proven: bool

    def eligible(self, mentee: int) -> list[int]:
        start = self.pairs.start
        return [int(mentor) for mentor in self.pairs.mentor[start[mentee] : start[mentee + 1]]]

    def has_place(self, mentor: int) -> bool:
        return 0 < len(self.members.get(mentor, ())) < int(self.pairs.capacity[mentor])


def left_out_of(
    pairs: EligiblePairs,
    members: Mapping[int, Sequence[int]],
    least: int,
    rules: Sequence[Rule] = (),
    *,
    is_proven: bool = True,
) -> tuple[LeftOut, ...]:
    """Explain everybody whom no group serves. `members` are the mentees by mentor.

    `pairs` are those with mentors whose places suffice for the least group; `is_proven` says that nothing
    serves more. Who has a mentor already is not left out.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> left_out_of(pairs, {0: [1]}, 1)[0].sentence
    '1 mentor who may have them has no place left, of 1 together.'
    """
    served = {mentee for mentees in members.values() for mentee in mentees}
    left = [person for person in np.flatnonzero(pairs.firsts).tolist() if person not in served]
    waiting: dict[int, list[int]] = {}
    for person in left:
        for mentor in pairs.mentor[pairs.start[person] : pairs.start[person + 1]].tolist():
            waiting.setdefault(mentor, []).append(person)
    frozen = {mentor: tuple(people) for mentor, people in waiting.items()}
    groups = _Groups(pairs, members, frozen, least, rules, is_proven)
    return tuple(_explained(groups, person) for person in left)


def _explained(groups: _Groups, person: int) -> LeftOut:
    eligible = groups.eligible(person)
    if not eligible:
        return LeftOut(person, NO_ELIGIBLE_MENTOR, "No mentor who could take a group is eligible.")
    free = [mentor for mentor in eligible if groups.has_place(mentor)]
    if free:
        barred = [broken_rules(groups.rules, [*groups.members[m], person]) for m in free]
        told = f"{_mentors(len(free))} who may have them {_have(free)} a group with a free place"
        return _barred(groups, person, barred, told)
    closed = [mentor for mentor in eligible if mentor not in groups.members]
    if not closed:
        places = int(groups.pairs.capacity[eligible].sum())
        who = f"{_mentors(len(eligible))} who may have them {_have(eligible)} no place left"
        return LeftOut(person, PLACES_SHORT, f"{who}, of {places} together.")
    most = max(len(groups.waiting[mentor]) for mentor in closed)
    told = f"{_mentors(len(closed))} who may have them {_have(closed)} no group"
    if most >= groups.least:
        ready = [m for m in closed if len(groups.waiting[m]) >= groups.least]
        return _barred(
            groups, person, [broken_rules(groups.rules, groups.waiting[m]) for m in ready], told
        )
    told += (
        f": a group needs {groups.least}, and of all who are without one at most {most} could join."
    )
    return LeftOut(person, GROUP_TOO_SMALL, told)


def _mentors(count: int) -> str:
    return "1 mentor" if count == 1 else f"{count} mentors"


def _have(mentors: Sequence[int]) -> str:
    return "has" if len(mentors) == 1 else "have"


def _barred(groups: _Groups, person: int, barred: Sequence[tuple[str, ...]], told: str) -> LeftOut:
    """Name the rules in the way: those broken by all together, or else any of the rules.

    If nothing is in the way, the search ended too early to see it.
    """
    codes = {code for broken in barred for code in broken}
    if not all(barred) and not groups.is_proven:
        told += ", but the search was stopped before it could use that."
        return LeftOut(person, SEARCH_STOPPED, told)
    rules = tuple(sorted(codes or {rule.code for rule in groups.rules}))
    named = " or ".join(f"'{code}'" for code in rules)
    return LeftOut(person, BREAKS_RULE, f"{told}, but that would break {named}.", rules)
