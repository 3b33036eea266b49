"""What does each rule do to a cohort: how many pairs does it take, and whom does it leave with nobody?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.constraints import compile_rules
from lodestar.engine.matching.criteria import Bools
from lodestar.engine.matching.listed_terms import ListedPairs
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import Design, Mentee, Mentor
from lodestar.engine.matching.terms import Points, RuleTerm

COLUMNS_AT_ONCE = 512
Anyone = TypeVar("Anyone", Mentee, Mentor)


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What one rule takes; stranded is who has somebody without this rule, and nobody with it.

    `alone` are the pairs that no other rule forbids: what would come back if this one were dropped.
    """

    code: str
    pairs: int
    alone: int
    mentees: tuple[str, ...]
    mentors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stranding:
    """What all rules do together; `mentees` and `mentors` have no eligible partner at all."""

    pairs: int
    eligible: int
    rules: tuple[RuleEffect, ...]
    mentees: tuple[str, ...]
    mentors: tuple[str, ...]


class Tally:
    """Counts of the pairs of one rule, and whom a partner would come back to without it."""

    def __init__(self, mentees: int, mentors: int) -> None:
        self.pairs = self.alone = 0
        self.mentee_freed: Bools = np.zeros(mentees, dtype=bool)
        self.mentor_freed: Bools = np.zeros(mentors, dtype=bool)

    def add(self, broken: Bools, count: NDArray[np.uint8], columns: Ints) -> None:
        """Add a block: what this rule breaks, and how many rules each pair breaks."""
        alone = broken & (count == 1)
        self.pairs += int(np.count_nonzero(broken))
        self.alone += int(np.count_nonzero(alone))
        self.mentee_freed |= alone.any(axis=1)
        self.mentor_freed[columns] = alone.any(axis=0)


def stranding_of(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    bans: Mapping[tuple[str, str], str],
) -> Stranding:
    """Hold every rule against every pair, block by block; scores and places play no part.

    Raises MatchingError for a value that a constraint cannot work with.
    """
    book = compile_rules(design.constraints, mentees, mentors, bans, design.reference_on)
    tallies = {code: Tally(len(mentees), len(mentors)) for code in book}
    mentee_has: Bools = np.zeros(len(mentees), dtype=bool)
    mentor_has: Bools = np.zeros(len(mentors), dtype=bool)
    eligible = 0
    for first in range(0, len(mentors), COLUMNS_AT_ONCE):
        columns = np.arange(first, min(first + COLUMNS_AT_ONCE, len(mentors)))
        broken = {code: broken_in(rule, len(mentees), columns) for code, rule in book.items()}
        count = np.zeros((len(mentees), len(columns)), dtype=np.uint8)
        for each in broken.values():
            count += each
        for code, tally in tallies.items():
            tally.add(broken[code], count, columns)
        open_pairs = count == 0
        eligible += int(np.count_nonzero(open_pairs))
        mentee_has |= open_pairs.any(axis=1)
        mentor_has[columns] = open_pairs.any(axis=0)
    rules = tuple(
        RuleEffect(
            code,
            tally.pairs,
            tally.alone,
            _keys(mentees, tally.mentee_freed & ~mentee_has),
            _keys(mentors, tally.mentor_freed & ~mentor_has),
        )
        for code, tally in tallies.items()
    )
    return Stranding(
        len(mentees) * len(mentors),
        eligible,
        rules,
        _keys(mentees, ~mentee_has),
        _keys(mentors, ~mentor_has),
    )


def broken_in(rule: RuleTerm | ListedPairs, mentees: int, columns: Ints) -> Bools:
    """Tell for everybody and some mentors (ascending) which pairs a rule forbids."""
    if isinstance(rule, RuleTerm):
        return (rule.table(columns) < 0)[rule.rows]
    block: Points = np.zeros((mentees, len(columns)), dtype=np.float32)
    rule.add_to(block, np.arange(mentees), columns)
    return block < 0


def _keys(people: Sequence[Anyone], chosen: Bools) -> tuple[str, ...]:
    return tuple(people[place].key for place in np.flatnonzero(chosen).tolist())
