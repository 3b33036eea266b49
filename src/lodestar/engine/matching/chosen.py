"""How is a cohort matched in which people ranked each other: lists first, then the rest by score?"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.cohort import Problem
from lodestar.engine.matching.lists import Choices, lists_first
from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.objectives import with_matches
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.run import Solved
from lodestar.engine.matching.solving import SERVE, Listed, best_matching


@dataclass(frozen=True, slots=True)
class Choice:
    """One person's ranked choice of another, by key; 1 is the first choice."""

    chooser: str
    chosen: str
    rank: int


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What became of the lists: matches that stand on them, pairs that would rather have each other.

    `released` matches of the lists were given up so that more are served; `forbidden` listed pairs break a
    rule, or score below the floor.
    """

    matches_from_lists: int
    blocking_pairs: int
    released: int
    forbidden: int


def solve_choices(
    problem: Problem,
    mentee_choices: Sequence[Choice],
    mentor_choices: Sequence[Choice] | None,
    seed: int,
    *,
    serve_most: bool = False,
    fill_from: int | None = 0,
) -> tuple[Solved, ListFacts]:
    """Match by the lists first, then fill the rest exactly; mentors without lists go by the score.

    The rest is filled with pairs that score at least `fill_from`; None leaves it unfilled.

    The claim holds the result against the largest total among those who serve the most: its gap is what
    the lists cost in points. Raises MatchingError for somebody who is not in the cohort, and where
    pairs are too many to list.
    """
    pairs = problem.open_pairs
    if pairs is None:
        raise MatchingError("Ranked choices are matched in cohorts of up to 2,000,000 pairs.")
    drawn = problem.draw(seed)
    found = lists_first(
        pairs,
        _choices(problem, mentee_choices, by_mentee=True),
        None if mentor_choices is None else _choices(problem, mentor_choices, by_mentee=False),
        drawn,
        lambda rest: _fill(rest, fill_from, drawn),
        serve_most=serve_most,
    )
    listed = Listed(pairs, problem.weight_of(pairs))
    reference = best_matching(listed, SERVE, drawn)
    facts = ListFacts(
        int(found.from_lists.sum()), found.blocking_pairs, found.released, found.forbidden
    )
    solution = with_matches(reference, pairs, found.taken)
    told = _fingerprint(mentee_choices, mentor_choices, serve_most=serve_most)
    return Solved(solution, listed, by_lists=True, lists_sha256=told), facts


def _fingerprint(
    mentee_choices: Sequence[Choice], mentor_choices: Sequence[Choice] | None, *, serve_most: bool
) -> str:
    """Return SHA-256 of the choices in one canonical form."""
    sides = [
        None if side is None else sorted([c.chooser, c.chosen, c.rank] for c in side)
        for side in (mentee_choices, mentor_choices)
    ]
    written = json.dumps([*sides, serve_most], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _fill(rest: EligiblePairs, fill_from: int | None, drawn: Drawn) -> NDArray[np.int64]:
    if fill_from is None:
        return np.zeros(0, dtype=np.int64)
    keep = rest.score >= fill_from
    return np.flatnonzero(keep)[_exact(rest.only(keep), drawn)]


def _exact(rest: EligiblePairs, drawn: Drawn) -> NDArray[np.int64]:
    claim = best_matching(Listed(rest, rest.score), SERVE, drawn).claim
    return rest.positions_of(claim.mentee, claim.mentor)


def _choices(problem: Problem, choices: Sequence[Choice], *, by_mentee: bool) -> Choices:
    scorer = problem.scorer
    mentees = {person.key: place for place, person in enumerate(scorer.mentees)}
    mentors = {person.key: place for place, person in enumerate(scorer.mentors)}
    choosers, others = (mentees, mentors) if by_mentee else (mentors, mentees)
    for choice in choices:
        if choice.chooser not in choosers or choice.chosen not in others:
            raise MatchingError(
                f"{choice.chooser} chose {choice.chosen}, and one of the two is not in this cohort: "
                "correct or remove the choice."
            )
    return Choices(
        np.array([choosers[choice.chooser] for choice in choices], dtype=np.int64),
        np.array([others[choice.chosen] for choice in choices], dtype=np.int64),
        np.array([choice.rank for choice in choices], dtype=np.int64),
    )
