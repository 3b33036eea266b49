"""How well do two people of one set suit each other, and who may be together?"""

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import Tickets
from lodestar.engine.matching.pairs import Bools, Ints
from lodestar.engine.matching.problem import PERFECT, MatchingError, TooLargeError

MOST_PEOPLE = 2_000


def fused_scores(score: Ints) -> NDArray[np.int64]:
    """Return one score for each pair of people: the geometric mean of both directions, rounded down.

    `score[i, j]` is how well j suits i. One-sided interest counts little (Pizzato et al. 2010).

    >>> fused_scores(np.array([[0, 900_000], [400_000, 0]])).tolist()
    [[0, 600000], [600000, 0]]
    """
    product = score.astype(np.int64) * score.T.astype(np.int64)
    root = np.floor(np.sqrt(product)).astype(np.int64)
    root -= root * root > product
    return root + ((root + 1) ** 2 <= product)


def check_tables(score: Ints, allowed: Bools, drawn: Tickets) -> None:
    """Refuse tables that are not of one set of people, or scores beyond their range."""
    people = len(drawn)
    if score.shape != (people, people) or allowed.shape != (people, people):
        raise MatchingError(
            f"Scores {score.shape}, allowed pairs {allowed.shape} and {people} tickets do not fit: "
            "give a table of people by people for both, and one ticket each."
        )
    if people > MOST_PEOPLE:
        raise TooLargeError(
            f"{people:,} people are more than can be paired at once: part them, at most {MOST_PEOPLE:,} together."
        )
    if people and (score.min() < 0 or score.max() > PERFECT):
        raise MatchingError(
            f"A score lies outside 0 to {PERFECT:,}: scale the scores to that range."
        )


def mutual(allowed: Bools) -> Bools:
    """Return the pairs allowed in both directions, nobody with themselves."""
    return np.asarray(allowed & allowed.T & ~np.eye(len(allowed), dtype=bool))
