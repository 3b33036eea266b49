"""What did each mentee receive, and how many did each mentor take?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.problem import PERFECT, MatchingError

CENTURY = 36_500

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """What each mentee received, in one order of mentees.

    `served` is yes or no; `score` in points, `rank` from 1 (first choice) and `waiting` in days
    are numbers or none (`None`, NaN or -1). Whoever is served has a score, and may have no rank.
    `waiting` is given for all mentees, or for exactly those served.
    """

    served: Sequence[bool] | NDArray[np.bool_]
    score: Sequence[float | None] | NDArray[Any]
    rank: Sequence[int | None] | NDArray[Any] | None = None
    waiting: Sequence[float | None] | NDArray[Any] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Loads:
    """Mentees taken and capacity (places), by mentor."""

    taken: Sequence[int] | NDArray[Any]
    capacity: Sequence[int] | NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The same, checked: NaN stands for none."""

    served: NDArray[np.bool_]
    score: Numbers
    rank: Numbers | None
    waiting: Numbers | None


def figures_of(received: Received) -> Figures:
    """Check what the mentees received; raise `MatchingError` with the mend where it contradicts itself.

    >>> figures_of(Received([True, False], [800_000, None])).score.tolist()
    [800000.0, nan]
    """
    served = _numbers(received.served, len(received.served), "answers on being served")
    if not np.isin(served, (0.0, 1.0)).all():
        raise MatchingError("A mentee is served or not: give yes or no for each.")
    is_served = served == 1
    score = _numbers(received.score, len(served), "scores")
    rank = waiting = None
    _refuse(is_served & np.isnan(score), "is served but has no score: give the score of each match")
    _refuse(~is_served & ~np.isnan(score), "has a score but is not served: leave the score out")
    _refuse((score < 0) | (score > PERFECT), f"needs a score from 0 to {PERFECT:,} points")
    if received.rank is not None:
        rank = _checked_rank(_numbers(received.rank, len(served), "ranks"), is_served)
    if received.waiting is not None:
        waiting = _checked_waiting(_numbers(received.waiting, len(served), "waits"), is_served)
    return Figures(is_served, score, rank, waiting)


def checked_loads(loads: Loads) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return taken and capacity as whole numbers, or say which mentor's do not fit.

    >>> [part.tolist() for part in checked_loads(Loads([1, 0], [2, 1]))]
    [[1, 0], [2, 1]]
    """
    taken = _numbers(loads.taken, len(loads.taken), "loads")
    capacity = _numbers(loads.capacity, len(taken), "capacities")
    for numbers in (taken, capacity):
        wrong = ~((numbers >= 0) & (numbers == np.floor(numbers)))
        _refuse(wrong, "needs whole numbers from 0 on", "mentor")
    _refuse(taken > capacity, "has more mentees than places: raise the capacity", "mentor")
    return taken.astype(np.int64), capacity.astype(np.int64)


def _checked_rank(rank: Numbers, is_served: NDArray[np.bool_]) -> Numbers:
    has_rank = ~np.isnan(rank)
    wrong = has_rank & ~((rank >= 1) & (rank == np.floor(rank)))
    _refuse(wrong, "needs a rank that is a whole number from 1 on, or none")
    _refuse(has_rank & ~is_served, "has a rank but is not served: leave the rank out")
    return rank


def _checked_waiting(waiting: Numbers, is_served: NDArray[np.bool_]) -> Numbers:
    is_missing = np.isnan(waiting)
    if is_missing.any() and not np.array_equal(is_missing, ~is_served):
        raise MatchingError("Give the days of waiting for all mentees, or for all who are served.")
    _refuse((waiting < 0) | (waiting > CENTURY), f"needs a wait from 0 to {CENTURY:,} days")
    return waiting


def _numbers(values: Any, people: int, name: str) -> Numbers:
    try:
        numbers = np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise MatchingError(f"The {name} must be numbers; leave out what is not known.") from None
    if numbers.shape != (people,):
        raise MatchingError(f"There are {people} people but {numbers.size} {name}: give one each.")
    if np.isinf(numbers).any():
        raise MatchingError(f"The {name} must be finite: leave out what is not known.")
    return np.where(numbers == -1, np.nan, numbers)


def _refuse(wrong: NDArray[np.bool_], why: str, person: str = "mentee") -> None:
    if wrong.any():
        raise MatchingError(f"The {person} at position {int(wrong.argmax())} {why}.")
