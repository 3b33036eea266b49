"""What comes of the lists of a window, when all of them are put together at once?

Mentees ranked mentors. Mentors gave no lists: they are taken to prefer whom they fit better, in broad bands, so that
a hair's breadth of score decides nothing and more lists can be met (equals are told apart by promotion, then by
everybody's one ticket). Nothing here knows when somebody made their list, so nobody wins by being fast.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lodestar.engine.matching.chosen import Choice, ListFacts, solve_choices
from lodestar.engine.matching.cohort import NOTHING_GIVEN, GivenPairs, Problem, score_people
from lodestar.engine.matching.effects import in_silence
from lodestar.engine.matching.pairs import NOBODY
from lodestar.engine.matching.problem import PERFECT, Design, MatchingError, Mentee, Mentor
from lodestar.engine.matching.run import MatchResult, Solved, certify, describe

BAND = PERFECT // 20


@dataclass(frozen=True, slots=True)
class Lists:
    """Everybody's ranked choices, whether those they leave over are matched by score, and what is settled beforehand."""

    choices: Sequence[Choice]
    fills: bool = True
    given: GivenPairs = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class WindowResult:
    """What the lists and the fill after them brought, and what became of the lists."""

    found: MatchResult
    facts: ListFacts


def run_window(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    lists: Lists,
    *,
    seed: int = 0,
    tell: Callable[[float], None] = in_silence,
) -> WindowResult:
    """Put all lists together, stable among the listed; then match exactly by score whom they left over, if asked to.

    Whom somebody named may score below the design's floor; whom nobody named may not.

    Raises MatchingError as `run_match` does, and where pairs are too many to list.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> wished = [Choice("ana", "mia", 1), Choice("bo", "mia", 1), Choice("bo", "noor", 2)]
    >>> people = [Mentee("ana", {"topics": ("Pay",)}), Mentee("bo")], [Mentor("mia", {"topics": ("Pay",)}), Mentor("noor")]
    >>> found = run_window(*people, default_design(), Lists(wished))
    >>> [(pair.mentee, pair.mentor) for pair in found.found.pairs], found.facts.blocking_pairs
    ([('ana', 'mia'), ('bo', 'noor')], 0)
    """
    problem = listed_problem((mentees, mentors), design, lists.given)
    tell(0.3)
    solved, facts = solve_lists(problem, lists, design.floor, seed)
    tell(0.7)
    return WindowResult(describe(problem, solved, certify(problem, solved), seed), facts)


def listed_problem(
    people: tuple[Sequence[Mentee], Sequence[Mentor]], design: Design, given: GivenPairs
) -> Problem:
    """Return people as lists are put together: no floor, because whom somebody named may score below it."""
    return score_people(*people, replace(design, floor=0), given)


def solve_lists(problem: Problem, lists: Lists, floor: int, seed: int) -> tuple[Solved, ListFacts]:
    """Put the lists together; whom they leave over is matched from the floor up, if asked to."""
    told = in_place(problem, lists.choices)
    fill_from = floor if lists.fills else None
    return solve_choices(problem, told, by_fit(problem, told), seed, fill_from=fill_from)


def in_place(problem: Problem, choices: Sequence[Choice]) -> list[Choice]:
    """Return choices in one order, each list ranked 1, 2, 3 without gaps; two at one rank go by their keys."""
    here = {mentee.key for mentee in problem.scorer.mentees}
    here |= {mentor.key for mentor in problem.mentors}
    listed: dict[str, list[Choice]] = {}
    for choice in sorted(choices, key=lambda c: (c.chooser, c.rank, c.chosen)):
        if {choice.chooser, choice.chosen} <= here:
            listed.setdefault(choice.chooser, []).append(choice)
    return [
        Choice(mentee, choice.chosen, rank)
        for mentee, each in listed.items()
        for rank, choice in enumerate(each, start=1)
    ]


def by_fit(problem: Problem, choices: Sequence[Choice]) -> list[Choice]:
    """Return how mentors rank the mentees who named them: the better fit first, in bands."""
    pairs = problem.open_pairs
    if pairs is None:
        raise MatchingError("Ranked choices are matched in cohorts of up to 2,000,000 pairs.")
    rows = {person.key: place for place, person in enumerate(problem.scorer.mentees)}
    columns = {person.key: place for place, person in enumerate(problem.scorer.mentors)}
    ends = [(rows[c.chooser], columns[c.chosen]) for c in choices]
    at = np.array(ends, dtype=np.int64).reshape(-1, 2)
    place = pairs.positions_of(at[:, 0], at[:, 1])
    return [
        Choice(choice.chosen, choice.chooser, 1 + (PERFECT - int(pairs.score[where])) // BAND)
        for choice, where in zip(choices, place, strict=True)
        if where != NOBODY
    ]
