"""How does one solve go from eligible pairs to a settled, proven matching?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import heaviest_matching, weight_of_serving
from lodestar.engine.matching.certificate import Proof, prove, smallest_prices
from lodestar.engine.matching.lottery import settle, tickets
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import Objective


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Each mentee's mentor (position or -1), and the smallest prices of a mentor's place."""

    partner: NDArray[np.int64]
    prices: NDArray[np.int64]
    serving: int


def best_matching(
    pairs: EligiblePairs,
    mentee_keys: Sequence[str],
    mentor_keys: Sequence[str],
    *,
    objective: Objective,
    seed: int,
) -> Solution:
    """Solve exactly, then let the lottery choose among equals.

    >>> pairs = EligiblePairs(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([9, 4, 5]), np.array([1, 1]))
    >>> found = best_matching(pairs, ["a", "b"], ["x", "y"], objective=Objective.SERVED, seed=1)
    >>> found.partner.tolist()
    [1, 0]
    """
    serving = weight_of_serving(pairs, objective)
    partner = heaviest_matching(pairs, pairs.score, serving)
    prices = smallest_prices(pairs, partner, serving)
    drawn = (tickets(seed, "mentee", mentee_keys), tickets(seed, "mentor", mentor_keys))
    return Solution(settle(pairs, partner, prices, serving, drawn), prices, serving)


def proof_of(pairs: EligiblePairs, solution: Solution) -> Proof:
    """Prove a solution with one full scan, trusting nothing that found it."""
    return prove(pairs, solution.partner, solution.prices, solution.serving)
