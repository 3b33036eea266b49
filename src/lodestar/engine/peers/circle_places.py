"""Who has to leave a circle so that no rule is broken, where else is there a place, and why is there none?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.groups.reasons import BREAKS_RULE, LeftOut
from lodestar.engine.groups.rules import Rule, broken_rules
from lodestar.engine.matching.pairs import Bools, Ints

NOT_ALLOWED = "not_allowed"
TOO_FEW_ALLOWED = "too_few_allowed"


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """Points of every two people, who may be together, rules, and the sizes of circles."""

    score: NDArray[np.int64]
    allowed: Bools
    rules: Sequence[Rule]
    least: int
    most: int

    def faults(self, people: Iterable[int]) -> tuple[str, ...]:
        """Return what is wrong with a circle: two people who may not be together, or rules by code."""
        inside = sorted(people)
        together = self.allowed[np.ix_(inside, inside)].sum() == len(inside) * (len(inside) - 1)
        return (() if together else (NOT_ALLOWED,)) + broken_rules(self.rules, inside)

    def points(self, people: Iterable[int]) -> int:
        inside = sorted(people)
        return int(self.score[np.ix_(inside, inside)].sum() - self._own(inside)) // 2

    def _own(self, inside: list[int]) -> int:
        return int(self.score[inside, inside].sum())

    def strangers(self, person: int, people: Iterable[int]) -> int:
        """Return how many of these people somebody may not be with."""
        inside = sorted(set(people) - {person})
        return len(inside) - int(self.allowed[person, inside].sum())


def placed(setting: Setting, circle: Ints) -> list[frozenset[int]]:
    """Return circles in which nothing is wrong, from everybody's number of a circle.

    Whoever is in the way leaves; a circle that gets too small is given up; then each of those without one
    goes to the circle where they are worth most among those where nothing speaks against it.

    >>> setting = Setting(np.full((5, 5), 7), ~np.eye(5, dtype=bool), (), 2, 3)
    >>> [sorted(people) for people in placed(setting, np.array([0, 0, 1, 1, 1]))]
    [[0, 1], [2, 3, 4]]
    """
    whole = [frozenset(np.flatnonzero(circle == number).tolist()) for number in np.unique(circle)]
    kept = [_without_faults(setting, people) for people in whole]
    members = [people for people in kept if people]
    for person in sorted(frozenset(range(len(circle))).difference(*members)):
        open_to = [
            place for place in range(len(members)) if _may_join(setting, person, members[place])
        ]
        if open_to:
            wider = max(
                open_to,
                key=lambda place: (
                    setting.points({person, *members[place]}) - setting.points(members[place])
                ),
            )
            members[wider] |= {person}
    return members


def _without_faults(setting: Setting, people: frozenset[int]) -> frozenset[int]:
    """Let whoever is most in the way leave, until nothing is wrong; nobody stays in too small a circle."""
    while len(people) >= setting.least and setting.faults(people):
        people -= {min(sorted(people), key=lambda person: _worth_staying(setting, people, person))}
    return people if len(people) >= setting.least else frozenset()


def _worth_staying(setting: Setting, people: frozenset[int], person: int) -> tuple[int, int, int]:
    rest = people - {person}
    return -setting.strangers(person, rest), len(setting.faults(rest)), -setting.points(rest)


def _may_join(setting: Setting, person: int, people: frozenset[int]) -> bool:
    return len(people) < setting.most and not setting.faults({person, *people})


def left_of(setting: Setting, members: Sequence[frozenset[int]]) -> tuple[LeftOut, ...]:
    """Explain everybody who is in no circle."""
    left = sorted(frozenset(range(len(setting.score))).difference(*members))
    return tuple(_explained(setting, members, person) for person in left)


def _explained(setting: Setting, members: Sequence[frozenset[int]], person: int) -> LeftOut:
    known = int(setting.allowed[person].sum())
    if known < setting.least - 1:
        others = {0: "Nobody may be", 1: "Only 1 other may be"}.get(
            known, f"Only {known} others may be"
        )
        told = f"{others} with them, and a circle needs {setting.least}."
        return LeftOut(person, TOO_FEW_ALLOWED, told)
    faults = {fault for people in members for fault in setting.faults({person, *people})}
    rules = tuple(sorted(faults - {NOT_ALLOWED}))
    who = ["people they may not be with"] if NOT_ALLOWED in faults else []
    why = " and ".join(who + [f"rule '{code}'" for code in rules])
    if not why:
        told = "No circle was found for them: the others who are left may not be together."
        return LeftOut(person, NOT_ALLOWED, told)
    told = f"No circle was found for them: in the way are {why}, or a circle is full."
    return LeftOut(person, BREAKS_RULE if rules else NOT_ALLOWED, told, rules)
