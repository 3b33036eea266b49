"""What could be changed so that more mentees are served?

Only what an office can decide: recruit, ask for one more place, relax or loosen a rule, lower the floor. Lists of
blocked and past pairs, and whom somebody asked to avoid, are never up for change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.cohort import Problem, rescored
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import LISTED, PERFECT, Answer, ConstraintKind, Design
from lodestar.engine.simulation.assumptions import Assumptions, Procedure
from lodestar.engine.simulation.bottlenecks import EVERYONE, OF_VALUE, Bottleneck, Label
from lodestar.engine.simulation.eligible import eligible_pairs
from lodestar.engine.simulation.recruits import like_those_here, mentor_for, with_recruits

RECRUIT = "recruit"
ONE_MORE_PLACE = "one_more_place"
RELAX_RULE = "relax_rule"
LOOSEN_RULE = "loosen_rule"
LOWER_FLOOR = "lower_floor"

MOST_GROUPS = 3
MOST_RECRUITS = 25
LOOSER = {ConstraintKind.MAX_HOURS_APART: 1.0, ConstraintKind.MIN_GAP: -1.0}
LOWER = (2, 0)

Widened = tuple[EligiblePairs, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as a code that the caller puts into words.

    `recruit`: `amount` mentors made up to fit the mentees of `label`; for everyone, to be like those there are. `one_more_place`: each of `amount`
    mentors (those whom the mentees of `label` may meet) takes one more. `relax_rule`: `rule` is left out.
    `loosen_rule`: its number becomes `value`. `lower_floor`: to `value`, a share of a perfect score.
    """

    code: str
    label: Label = Label(EVERYONE)  # noqa: RUF009  a frozen value
    amount: int = 0
    rule: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A change, and a way to get the eligible pairs under it with the keys of added mentors.

    It only ever adds: pairs, places, or mentors behind the old ones.
    """

    change: Change
    widened: Callable[[], Widened]


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A cohort as it is: what a change is held against.

    `planned` are the pairs matched when all are there (positions in `pairs`), `best` the mentees
    served at best, by draw.
    """

    problem: Problem
    pairs: EligiblePairs
    planned: Taken
    assumptions: Assumptions
    procedure: Procedure
    seed: int
    best: NDArray[np.int64]

    @property
    def mentee_keys(self) -> list[str]:
        return [mentee.key for mentee in self.problem.scorer.mentees]

    @property
    def mentor_keys(self) -> list[str]:
        return [mentor.key for mentor in self.problem.scorer.mentors]


@dataclass(frozen=True, slots=True)
class Group:
    """Mentees who are short of `places` on the mean, and the mentors they compete for, by position."""

    label: Label
    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    places: float


def candidates_of(setting: Setting, binding: Sequence[Bottleneck]) -> Iterator[Candidate]:
    """Yield every change worth trying, for everyone and for the shortages that bind most often."""
    groups = groups_of(setting, binding)
    yield from _recruiting(setting, groups)
    yield from _more_places(setting, groups)
    yield from _rules(setting)
    yield from _floors(setting)


def groups_of(setting: Setting, binding: Sequence[Bottleneck]) -> list[Group]:
    """Return everyone, and the groups that one answer describes and that are short the most."""
    scorer = setting.problem.scorer
    everyone = Group(
        Label(EVERYONE),
        tuple(range(len(scorer.mentees))),
        tuple(range(len(scorer.mentors))),
        sum(each.short_over_all for each in binding),
    )
    told = [each for each in binding if each.label.value]
    told.sort(key=lambda each: (-each.short_over_all, each.label))
    return [
        everyone,
        *(
            Group(each.label, each.members, each.mentor_members, each.short)
            for each in told[:MOST_GROUPS]
        ),
    ]


def _recruiting(setting: Setting, groups: Sequence[Group]) -> Iterator[Candidate]:
    """Try one mentor, and as many as are missing."""
    problem, design = setting.problem, setting.problem.design
    places = max(1, min(design.capacity_default, design.capacity_maximum))
    for group in groups:
        needed = min(MOST_RECRUITS, max(1, ceil(group.places / places)))
        for count in sorted({1, needed}):
            recruits = _recruits(setting, group, count)
            if recruits:
                widened = partial(with_recruits, problem, setting.pairs, recruits, places)
                yield Candidate(Change(RECRUIT, group.label, count), widened)


def _recruits(setting: Setting, group: Group, count: int) -> Sequence[Mapping[str, Answer]]:
    """Make mentors up: for everyone like those there are, for a group fitting most of it."""
    scorer = setting.problem.scorer
    if group.label.code == EVERYONE:
        return like_those_here(scorer.mentors, count, setting.seed)
    mentees = [scorer.mentees[row] for row in group.mentees]
    return [mentor_for(mentees, scorer.mentors, setting.problem.design)] * count


def _more_places(setting: Setting, groups: Sequence[Group]) -> Iterator[Candidate]:
    """Whoever takes nobody is left in peace, and whoever takes the most already."""
    capacity = setting.pairs.capacity
    may_take_more = (capacity > 0) & (capacity < setting.problem.design.capacity_maximum)
    for group in groups:
        if group.label.code not in (EVERYONE, OF_VALUE):
            continue
        asked = np.zeros(len(capacity), dtype=bool)
        asked[list(group.mentors)] = True
        asked &= may_take_more
        if asked.any():
            change = Change(ONE_MORE_PLACE, group.label, int(asked.sum()))
            yield Candidate(change, partial(_with_places, setting.pairs, capacity + asked))


def _rules(setting: Setting) -> Iterator[Candidate]:
    """Try each rule without it, and those with a number one step looser."""
    rules = setting.problem.design.constraints
    for rule in rules:
        if rule.kind in LISTED:
            continue
        others = tuple(other for other in rules if other is not rule)
        yield _under(setting, Change(RELAX_RULE, rule=rule.name), constraints=others)
        if rule.kind in LOOSER and isinstance(rule.value, int | float):
            value = float(rule.value) + LOOSER[rule.kind]
            looser = tuple(replace(o, value=value) if o is rule else o for o in rules)
            change = Change(LOOSEN_RULE, rule=rule.name, value=value)
            yield _under(setting, change, constraints=looser)


def _floors(setting: Setting) -> Iterator[Candidate]:
    """Try half the floor, and none."""
    floor = setting.problem.design.floor
    for part in LOWER if floor else ():
        lower = floor // part if part else 0
        change = Change(LOWER_FLOOR, value=lower / PERFECT)
        yield _under(setting, change, floor=lower)


def _under(setting: Setting, change: Change, **different: Any) -> Candidate:
    """Return a change of the design: the same cohort scored by it anew."""
    design = replace(setting.problem.design, **different)
    return Candidate(change, partial(_rescored, setting.problem, design))


def _rescored(problem: Problem, design: Design) -> Widened:
    return eligible_pairs(rescored(problem, design=design)), ()


def _with_places(pairs: EligiblePairs, capacity: Ints) -> Widened:
    return replace(pairs, capacity=capacity), ()
