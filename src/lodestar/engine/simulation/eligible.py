"""Which pairs of a cohort may be matched, and which of them would be?"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.cohort import MOST_LISTED_CELLS, Problem
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import TooLargeError
from lodestar.engine.matching.run import Solved


def eligible_pairs(problem: Problem) -> EligiblePairs:
    """Return all eligible pairs of everybody, and the pinned ones even where they break a rule.

    Raises TooLargeError for cohorts whose pairs are too many to list.
    """
    cells = len(problem.scorer.mentees) * len(problem.scorer.mentors)
    if cells > MOST_LISTED_CELLS:
        raise TooLargeError(
            f"A trial lists every pair of a mentee with a mentor, and here are {cells:,} of them, more than "
            f"{MOST_LISTED_CELLS:,}: try the design on a part of the cohort."
        )
    return with_pins(problem, problem.scorer.listed() if problem.pairs is None else problem.pairs)


def with_pins(problem: Problem, pairs: EligiblePairs) -> EligiblePairs:
    """Return the pairs with the pinned ones among them, whatever the rules say."""
    if not problem.pinned:
        return pairs
    ends = np.array(problem.pinned, dtype=np.int64)
    missing = ends[pairs.positions_of(ends[:, 0], ends[:, 1]) < 0]
    score = problem.scorer.weigh(missing[:, 0], missing[:, 1]).score
    return added(pairs, missing[:, 0], missing[:, 1], score)


def added(
    pairs: EligiblePairs,
    rows: NDArray[Any],
    columns: NDArray[Any],
    score: NDArray[Any],
) -> EligiblePairs:
    """Return the pairs with further ones in their place; none may be listed already.

    >>> pairs = EligiblePairs(np.array([0, 1, 1]), np.array([1]), np.array([5]), np.array([1, 1]))
    >>> added(pairs, np.array([0]), np.array([0]), np.array([9])).score.tolist()
    [9, 5]
    """
    mentee = np.concatenate([pairs.mentee_of_each(), rows])
    mentor = np.concatenate([pairs.mentor, columns])
    order = np.lexsort((mentor, mentee))
    return replace(
        pairs,
        start=np.searchsorted(mentee[order], np.arange(pairs.mentees + 1)).astype(np.int64),
        mentor=mentor[order].astype(np.int32),
        score=np.concatenate([pairs.score, score])[order].astype(np.int32),
    )


def planned_pairs(problem: Problem, solved: Solved, pairs: EligiblePairs) -> Taken:
    """Return the positions of all matches of a run, its pins among them."""
    claim = solved.solution.claim
    pinned = np.array(problem.pinned, dtype=np.int64).reshape(-1, 2)
    rows = np.concatenate([claim.mentee, pinned[:, 0]])
    columns = np.concatenate([claim.mentor, pinned[:, 1]])
    return np.sort(pairs.positions_of(rows, columns))
