"""Who may still come, and what will a place, and waiting, be worth then?

Futures are drawn from examples (past applicants, and whoever came so far), and each is solved exactly
together with whoever waits now. Its prices say what a place will be worth to those to come (bid prices,
Talluri & van Ryzin 1998; for rolling placement Ahani et al. 2021), and what each who waits would get
then. Averaging several futures, drawn afresh every week, follows Vera & Banerjee 2021.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from lodestar.engine.matching.lottery import tickets
from lodestar.engine.matching.pairs import NOBODY, EligiblePairs, Ints
from lodestar.engine.matching.prices import positions_in
from lodestar.engine.matching.problem import MatchingError, TooLargeError

MOST_CELLS = 25_000_000
FORBIDDEN = -1
NEVER_TAKEN = -(2**50)

Floats = NDArray[np.floating[Any]]
Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Week:
    """What stands open in one week.

    `pairs` lists all pairs of everybody in question, those who may still come included; `capacity` is
    the places that are left. `waiting` are rows of mentees, `weeks_waited` whole weeks of each;
    `here` are columns of the mentors who can be given this week. Keys are unique on each side.
    """

    pairs: EligiblePairs
    mentee_keys: Sequence[str]
    mentor_keys: Sequence[str]
    waiting: Ints
    weeks_waited: Ints
    here: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Whom to expect: examples to draw from, and how many arrive in each of the weeks to come.

    `mentees` are rows and `mentors` columns of a week's pairs; a person who stands several times is
    drawn more often. Both lists of expected numbers begin with next week.
    """

    mentees: Ints
    mentors: Ints
    mentees_a_week: Floats
    mentors_a_week: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What the futures drawn say on average, in points.

    `price`: what one place is worth to others, by mentor here. `waiting`: what each mentee who waits
    would get, points less price, if one knew who comes. `serving` more points count for any match.
    No pair is worth more than its price and its mentee's waiting together: that holds in each future.
    """

    price: Wholes
    waiting: Wholes
    serving: int


@dataclass(frozen=True, slots=True)
class Draws:
    """How futures are drawn: how many, how long anybody waits, and what serving one more counts."""

    futures: int
    most_weeks: int
    serving: int


@dataclass(frozen=True, slots=True, eq=False)
class _Future:
    """The people of one future, with the week from now in which each arrives or must be served."""

    mentees: Ints
    last_week: Ints
    mentors: Ints
    first_week: Ints


def foretell(week: Week, forecast: Forecast, draws: Draws, seed: int) -> Outlook:
    """Return what places and waiting are worth over the futures drawn.

    Each future is one exact solve of dense size (mentees x places). Same seed, same answer, whatever
    the order of the rows. Raises TooLargeError beyond 25 million cells.

    >>> table = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([500, 800]), np.array([1]))
    >>> week = Week(table, ["ana", "example"], ["mia"], np.array([0]), np.array([0]), np.array([0]))
    >>> ahead = Forecast(np.array([1]), np.array([], int), np.array([9.0]), np.array([0.0]))
    >>> found = foretell(week, ahead, Draws(futures=4, most_weeks=3, serving=0), seed=1)
    >>> found.price.tolist(), found.waiting.tolist()
    ([800], [0])
    """
    scores = table_of(week.pairs)
    price = np.zeros(len(week.here), dtype=np.int64)
    waiting = np.zeros(len(week.waiting), dtype=np.int64)
    for future in _futures(week, forecast, draws, seed):
        doubled = _doubled_prices(week, scores, future, draws.serving)
        price += doubled[0]
        waiting += doubled[1]
    halves = 2 * draws.futures
    return Outlook(price // halves, -(-waiting // halves), draws.serving)


def table_of(pairs: EligiblePairs, rows: Ints | None = None) -> Wholes:
    """Return the scores of some mentees (all if None) with all mentors; -1 where a pair is forbidden.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 1]), np.array([5, 8]), np.array([1, 1]))
    >>> table_of(pairs).tolist(), table_of(pairs, np.array([1])).tolist()
    ([[5, -1], [-1, 8]], [[-1, 8]])
    """
    rows = np.arange(pairs.mentees) if rows is None else rows
    among = positions_in(pairs.start, rows)
    line = np.repeat(np.arange(len(rows)), np.diff(pairs.start)[rows])
    table = np.full((len(rows), pairs.mentors), FORBIDDEN, dtype=np.int64)
    table[line, pairs.mentor[among]] = pairs.score[among]
    return table


def _futures(week: Week, forecast: Forecast, draws: Draws, seed: int) -> list[_Future]:
    """Draw who comes when; everybody is dealt from a shuffled deck, so that the futures differ most."""
    weeks = len(forecast.mentees_a_week)
    random = np.random.default_rng(int(tickets(seed, "futures", [str(weeks)])[0]))
    mentees = _dealt(
        _by_key(forecast.mentees, week.mentee_keys), forecast.mentees_a_week, draws, random
    )
    mentors = _dealt(
        _by_key(forecast.mentors, week.mentor_keys), forecast.mentors_a_week, draws, random
    )
    here = week.here[week.pairs.capacity[week.here] > 0]
    now = np.zeros(len(here), dtype=np.int64)
    patience = np.maximum(draws.most_weeks - week.weeks_waited, 0)
    return [
        _Future(
            np.concatenate([week.waiting, rows]),
            np.concatenate([patience, arrives + draws.most_weeks]),
            np.concatenate([here, columns]),
            np.concatenate([now, first_week]),
        )
        for (rows, arrives), (columns, first_week) in zip(mentees, mentors, strict=True)
    ]


def _by_key(people: Ints, keys: Sequence[str]) -> Ints:
    return np.array(sorted(people.tolist(), key=lambda place: keys[place]), dtype=np.int64)


def _dealt(
    people: Ints, a_week: Floats, draws: Draws, random: np.random.Generator
) -> list[tuple[Ints, Ints]]:
    """Return for each future who comes, and in which week from now (next week is 1)."""
    count = random.poisson(a_week, size=(draws.futures, len(a_week)))
    if not len(people):
        count[:] = 0
    sizes = count.sum(axis=1)
    rounds = -(-int(sizes.sum()) // max(1, len(people)))
    deck = [random.permutation(people) for _ in range(rounds)]
    dealt = np.concatenate([*deck, np.zeros(0, dtype=np.int64)])
    ends = np.cumsum(sizes)
    coming = np.arange(1, len(a_week) + 1)
    return [
        (dealt[end - size : end], np.repeat(coming, by_week))
        for end, size, by_week in zip(ends, sizes, count, strict=True)
    ]


def _doubled_prices(
    week: Week, scores: Wholes, future: _Future, serving: int
) -> tuple[Wholes, Wholes]:
    """Return twice the middle prices of one future: by mentor here, and what is left by mentee waiting."""
    worth = scores[np.ix_(future.mentees, future.mentors)]
    is_apart = future.first_week[None, :] > future.last_week[:, None]
    worth = np.where((worth < 0) | is_apart, NEVER_TAKEN, worth + serving)
    places = week.pairs.capacity[future.mentors].astype(np.int64)
    partner = best_partners(worth, places)
    doubled = lowest(worth, partner) + highest(worth, places, partner)
    price = np.zeros(len(week.here), dtype=np.int64)
    has_place = week.pairs.capacity[week.here] > 0
    price[has_place] = doubled[: int(has_place.sum())]
    left = 2 * worth[: len(week.waiting)] - doubled
    return price, left.max(axis=1, initial=0)


def best_partners(worth: Wholes, places: Wholes) -> Wholes:
    """Return each mentee's mentor (column, or -1) in a matching of the largest worth.

    `worth` is a table with negative numbers where a pair is out.

    >>> best_partners(np.array([[9, 4], [8, -1]]), np.array([1, 1])).tolist()
    [1, 0]
    """
    column = np.repeat(np.arange(len(places)), np.minimum(places, len(worth)))
    if len(worth) * len(column) > MOST_CELLS:
        raise TooLargeError(
            f"Prices for rolling admission need {len(worth):,} mentees x {len(column):,} places, more "
            f"than the {MOST_CELLS:,} cells that are solved at once: give places in weekly batches."
        )
    partner = np.full(len(worth), NOBODY, dtype=np.int64)
    row, place = linear_sum_assignment(-np.maximum(worth[:, column], 0).astype(np.float64))
    is_real = worth[row, column[place]] >= 0
    partner[row[is_real]] = column[place[is_real]]
    return partner


def lowest(worth: Wholes, partner: Wholes) -> Wholes:
    """Return the smallest prices that support a best matching of a table; see prices.py.

    >>> lowest(np.array([[9, 4], [8, -1]]), np.array([1, 0])).tolist()
    [5, 0]
    """
    price = np.zeros(worth.shape[1], dtype=np.int64)
    rows = np.flatnonzero(partner != NOBODY)
    kept = np.zeros(len(worth), dtype=np.int64)
    for _ in range(worth.shape[1] + 2):
        kept[rows] = worth[rows, partner[rows]] - price[partner[rows]]
        asked = np.maximum(price, (worth - kept[:, None]).max(axis=0, initial=0))
        if np.array_equal(asked, price):
            break
        price = asked
    return price


def highest(worth: Wholes, places: Wholes, partner: Wholes) -> Wholes:
    """Return the largest prices that support a best matching of a table; see prices.py.

    >>> highest(np.array([[9, 4], [8, -1]]), np.array([1, 1]), np.array([1, 0])).tolist()
    [8, 3]
    """
    rows = np.flatnonzero(partner != NOBODY)
    taken = worth[rows, partner[rows]]
    most = np.full(worth.shape[1], -NEVER_TAKEN, dtype=np.int64)
    np.minimum.at(most, partner[rows], taken)
    most[np.bincount(partner[rows], minlength=len(places)) < places] = 0
    while True:
        best = (worth[rows] - most).max(axis=1, initial=0)
        asked = most.copy()
        np.minimum.at(asked, partner[rows], taken - best)
        if np.array_equal(asked, most):
            return most
        most = asked


def check_week(week: Week, forecast: Forecast) -> None:
    """Refuse a week or a forecast whose parts do not belong together."""
    pairs = week.pairs
    if (len(week.mentee_keys), len(week.mentor_keys)) != (pairs.mentees, pairs.mentors):
        raise MatchingError(
            f"There are {pairs.mentees} mentees and {pairs.mentors} mentors but "
            f"{len(week.mentee_keys)} and {len(week.mentor_keys)} keys: give one key each."
        )
    if not pairs.is_single:
        raise MatchingError("Rolling admission gives one mentor each: set every demand to 1.")
    if len(week.waiting) != len(week.weeks_waited) or np.any(week.weeks_waited < 0):
        raise MatchingError("Give whole weeks waited, 0 or more, for each mentee who waits.")
    if len(np.unique(week.waiting)) < len(week.waiting) or len(np.unique(week.here)) < len(
        week.here
    ):
        raise MatchingError("Somebody stands twice among those who wait or who are here: keep one.")
    _check_positions(week, forecast)
    if len(forecast.mentees_a_week) != len(forecast.mentors_a_week):
        raise MatchingError("Give expected mentees and expected mentors for the same weeks.")
    expected = np.concatenate([forecast.mentees_a_week, forecast.mentors_a_week])
    if not np.all(np.isfinite(expected)) or np.any(expected < 0):
        raise MatchingError("Expected arrivals must be numbers of 0 or more: correct the forecast.")


def _check_positions(week: Week, forecast: Forecast) -> None:
    """Refuse people who are not among the pairs, and places below none."""
    mentees = np.concatenate([week.waiting, forecast.mentees])
    mentors = np.concatenate([week.here, forecast.mentors])
    for people, size in ((mentees, week.pairs.mentees), (mentors, week.pairs.mentors)):
        if len(people) and not 0 <= people.min() <= people.max() < size:
            raise MatchingError(
                "Somebody who waits or is expected is not among the pairs: list them."
            )
    if len(week.pairs.capacity) and week.pairs.capacity.min() < 0:
        raise MatchingError("A mentor has more matches than places: raise their capacity first.")
