"""A run and its standbys, computed together: the match stays what it is, and so does its certificate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lodestar.engine.matching.cohort import NOTHING_GIVEN, GivenPairs, Problem, score_people
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints
from lodestar.engine.matching.problem import Design, Mentee, Mentor
from lodestar.engine.matching.replaying import result_as_data
from lodestar.engine.matching.run import MatchResult, certify, describe, solve
from lodestar.engine.rescue.next_best import match_longest_first
from lodestar.engine.rescue.standby import StandbyPlan, standbys


def in_silence(_share: float) -> None:
    """Tell nobody how far it has come."""


@dataclass(frozen=True, slots=True)
class StandsBy:
    """Who would be asked next for a mentee, in which turn (1 first), and the points of the two (keys)."""

    mentee: str
    mentor: str
    turn: int
    score: int


@dataclass(frozen=True, slots=True)
class RunWithStandbys:
    """What a run found, and who stands by for whom, sorted by mentee and turn."""

    result: MatchResult
    standbys: tuple[StandsBy, ...]


def run_with_standbys(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs = NOTHING_GIVEN,
    *,
    seed: int = 0,
    tell: Callable[[float], None] = in_silence,
) -> RunWithStandbys:
    """Match as `run_match` does, and say who steps in for each mentee if the match does not go ahead.

    Only free places stand by. A cohort too large to list its pairs has no standbys.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> found = run_with_standbys(
    ...     [Mentee("ana", {"topics": ("Interviews",)})],
    ...     [Mentor("mia", {"topics": ("Salary",)}), Mentor("noor", {"topics": ("Interviews",)})],
    ...     default_design(),
    ... )
    >>> found.result.pairs[0].mentor, [(s.turn, s.mentor) for s in found.standbys]
    ('noor', [(1, 'mia')])
    """
    problem = score_people(mentees, mentors, design, given)
    tell(0.2)
    solved = solve(problem, seed, progress=lambda _step, share: tell(0.2 + 0.4 * share))
    tell(0.6)
    result = describe(problem, solved, certify(problem, solved), seed)
    tell(0.8)
    return RunWithStandbys(result, _named(problem, standbys_beside(problem, result, seed)))


def rematch_with_standbys(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs = NOTHING_GIVEN,
    *,
    seed: int = 0,
    tell: Callable[[float], None] = in_silence,
) -> RunWithStandbys:
    """Match those who wait for somebody new, the longest waiting first, and say who stands by for them.

    Pairs that work are not among the people, so none is broken.
    """
    result = match_longest_first(mentees, mentors, design, given, seed=seed)
    tell(0.8)
    problem = score_people(mentees, mentors, design, given)
    return RunWithStandbys(result, _named(problem, standbys_beside(problem, result, seed)))


def standbys_beside(
    problem: Problem, result: MatchResult, seed: int, *, may_raise: Bools | None = None
) -> StandbyPlan:
    """Return the standbys of a run that was found for a problem; none where its pairs were not listed."""
    pairs = problem.pairs
    if pairs is None:
        return StandbyPlan((), ())
    ends = [problem.position_of(pair.mentee, pair.mentor) for pair in result.pairs]
    rows, columns = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    taken = pairs.positions_of(rows, columns)
    left = _without_places_of_pins(pairs, columns[taken < 0])
    return standbys(left, taken[taken >= 0], problem.draw(seed), may_raise=may_raise)


def _without_places_of_pins(pairs: EligiblePairs, columns: Ints) -> EligiblePairs:
    """Take away the places of pins that are not eligible pairs: they are used, and not in the list."""
    used = np.bincount(columns, minlength=pairs.mentors)
    return replace(pairs, capacity=np.maximum(pairs.capacity - used, 0))


def _named(problem: Problem, plan: StandbyPlan) -> tuple[StandsBy, ...]:
    mentees, mentors = problem.scorer.mentees, problem.scorer.mentors
    found = [
        StandsBy(mentees[one.mentee].key, mentors[one.mentor].key, one.rank, one.score)
        for one in plan.standbys
    ]
    return tuple(sorted(found, key=lambda one: (one.mentee, one.turn)))


def rematch_replayed(
    people: tuple[Sequence[Mentee], Sequence[Mentor]],
    design: Design,
    given: GivenPairs,
    *,
    seed: int = 0,
    tell: Callable[[float], None] = in_silence,
) -> dict[str, Any]:
    """Compute a run for those who wait again, as plain data; same inputs and seed, same data."""
    result = match_longest_first(*people, design, given, seed=seed)
    tell(0.9)
    return result_as_data(result)
