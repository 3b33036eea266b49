"""Applicants come week after week: who is given a place now, and for whom does waiting pay?

Each week one exact matching of those who wait with the places that are left, at prices. A mentee is given a
mentor now if score less price is at least what waiting is expected to bring, less what a week of waiting
costs. Prices come from forecast.py and are refreshed every week. After `most_weeks` nobody is passed over
unless their place would be the last for somebody who fits closer.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lodestar.engine.admission.forecast import (
    Draws,
    Forecast,
    Outlook,
    Week,
    Wholes,
    check_week,
    foretell,
    table_of,
)
from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import NOBODY, Bools, EligiblePairs, Ints
from lodestar.engine.matching.problem import PERFECT, MatchingError
from lodestar.engine.matching.solving import SERVE, Listed, best_matching

MOST_TIMES = 3
NEVER_DUE = 2**31


class Way(StrEnum):
    """How places are given: to each as they come, best for each week, or with prices."""

    FIRST_COME = "first_come"
    BATCHES = "batches"
    PRICES = "prices"


class Reason(StrEnum):
    """Why a mentee has a mentor this week, or waits."""

    MATCHED = "matched"
    WAITED_LONG_ENOUGH = "matched_waited_long_enough"
    BETTER_EXPECTED = "waits_better_place_expected"
    CLOSER_FITS_EXPECTED = "waits_places_kept_for_closer_fits"
    NO_PLACE = "waits_no_place_free"


@dataclass(frozen=True, slots=True)
class RollingPolicy:
    """How a program admits people week by week.

    After `most_weeks` whole weeks a mentee gets the place that suits best of those left, unless the
    forecast says that it would leave somebody else without one who fits closer; with `is_promised`,
    even then. `week_cost`: points that a week of waiting costs; `waiter_bonus`: points more for each
    week already waited. `futures`: how many are drawn. `serving`: points that serving one more mentee
    counts. With fewer than `fewest_examples`, or fewer than a third of those expected, there are no
    prices, and places are given in weekly batches.
    """

    way: Way = Way.PRICES
    most_weeks: int = 4
    is_promised: bool = False
    week_cost: int = 3_000
    waiter_bonus: int = 1_000
    futures: int = 8
    serving: int = PERFECT
    fewest_examples: int = 20


@dataclass(frozen=True, slots=True)
class Decision:
    """What one week decided for one mentee (keys; `mentor` blank for nobody yet).

    `price` is what the place is worth to others expected, `waiting` what waiting was expected to bring
    (points less price, with those for being served): both 0 where no prices were used.
    """

    mentee: str
    mentor: str
    reason: Reason
    score: int = 0
    price: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Board:
    """Who waits against who is here: scores (-1 forbidden), places left and lottery tickets, by place."""

    scores: Wholes
    left: Wholes
    weeks_waited: Ints
    drawn: Drawn


def decide_week(
    week: Week, forecast: Forecast, policy: RollingPolicy, seed: int
) -> tuple[Decision, ...]:
    """Decide for everybody who waits, sorted by mentee key.

    In the last week, when the forecast has no week to come, everybody is matched who can be. Same
    seed, same decisions, whatever the order of the rows; keep one seed for all weeks of a cohort.
    Raises MatchingError for parts that do not belong together, and TooLargeError for more people
    than prices can be computed for.

    >>> pairs = EligiblePairs(np.array([0, 2]), np.array([0, 1]), np.array([5, 8]), np.array([1, 1]))
    >>> week = Week(pairs, ["ana"], ["mia", "noor"], np.array([0]), np.array([2]), np.array([0, 1]))
    >>> nobody, none = np.array([], dtype=int), np.array([])
    >>> decided = decide_week(week, Forecast(nobody, nobody, none, none), RollingPolicy(), seed=1)
    >>> [(d.mentee, d.mentor, d.reason.value) for d in decided]
    [('ana', 'noor', 'matched')]
    """
    check_week(week, forecast)
    check_policy(policy)
    board = _board(week, seed)
    outlook = None
    if policy.way is Way.FIRST_COME:
        partner = _first_come(board)
    elif uses_prices(policy, forecast):
        draws = Draws(policy.futures, policy.most_weeks, policy.serving)
        outlook = foretell(week, forecast, draws, seed)
        partner = _at_prices(board, outlook, policy)
    else:
        partner = _best(board, board.scores, np.ones(len(week.waiting), dtype=bool))
    reasons = _reasons(board, partner, NEVER_DUE if outlook is None else policy.most_weeks)
    found = [
        _decision(week, board, outlook, (place, int(partner[place]), reason))
        for place, reason in enumerate(reasons)
    ]
    return tuple(sorted(found, key=lambda decision: decision.mentee))


def uses_prices(policy: RollingPolicy, forecast: Forecast) -> bool:
    """Whether there is a week to come, and enough examples to foretell it from."""
    examples = len(forecast.mentees)
    return (
        policy.way is Way.PRICES
        and len(forecast.mentees_a_week) > 0
        and examples >= policy.fewest_examples
        and float(forecast.mentees_a_week.sum()) <= MOST_TIMES * examples
    )


def check_policy(policy: RollingPolicy) -> None:
    """Refuse settings that say nothing."""
    for name in ("most_weeks", "week_cost", "waiter_bonus", "serving", "fewest_examples"):
        if getattr(policy, name) < 0:
            raise MatchingError(f"{name} of rolling admission must be 0 or more.")
    if policy.futures < 1:
        raise MatchingError("Rolling admission with prices needs at least 1 future drawn.")


def _board(week: Week, seed: int) -> _Board:
    keys = [week.mentee_keys[row] for row in week.waiting.tolist()]
    mentor_keys = [week.mentor_keys[column] for column in week.here.tolist()]
    return _Board(
        table_of(week.pairs, week.waiting)[:, week.here],
        week.pairs.capacity[week.here].astype(np.int64),
        week.weeks_waited,
        draw(seed, keys, mentor_keys),
    )


def _first_come(board: _Board) -> Wholes:
    """Give each in turn their best mentor left: longest waiting first, then by ticket."""
    left = board.left.copy()
    by_ticket = np.argsort(board.drawn.mentor, kind="stable")
    partner = np.full(len(board.scores), NOBODY, dtype=np.int64)
    for place in np.lexsort((board.drawn.mentee, -board.weeks_waited)):
        scores = np.where(left > 0, board.scores[place], NOBODY)[by_ticket]
        if scores.max(initial=NOBODY) >= 0:
            partner[place] = by_ticket[scores.argmax()]
            left[partner[place]] -= 1
    return partner


def _at_prices(board: _Board, outlook: Outlook, policy: RollingPolicy) -> Wholes:
    """Match whoever gains at least what waiting brings; for the due, waiting brings nothing more."""
    is_due = board.weeks_waited >= policy.most_weeks
    cost = policy.week_cost + policy.waiter_bonus * board.weeks_waited
    less = np.where(is_due, 0, outlook.waiting) - cost
    gain = board.scores + outlook.serving - outlook.price - less[:, None]
    if policy.is_promised:
        gain[is_due] += max(0, -int(gain[is_due].min(initial=0)))
    gain = np.where(board.scores < 0, NOBODY, gain)
    return _best(board, gain, is_due & policy.is_promised)


def _best(board: _Board, gain: Wholes, comes_first: Bools) -> Wholes:
    """Return each one's mentor (place among those here): most of some first, then the largest gain."""
    row, column = np.nonzero(gain >= 0)
    start = np.searchsorted(row, np.arange(len(gain) + 1))
    weight = gain[row, column]
    pairs = EligiblePairs(start, column, weight, board.left, first=comes_first.astype(np.int64))
    return best_matching(Listed(pairs, weight), SERVE, board.drawn).partners(len(gain))


def _reasons(board: _Board, partner: Wholes, most_weeks: int) -> list[Reason]:
    left = board.left - np.bincount(partner[partner >= 0], minlength=len(board.left))
    has_choice = np.any((board.scores >= 0) & (left > 0), axis=1)
    is_due = board.weeks_waited >= max(1, most_weeks)
    return [
        _reason(column != NOBODY, due, choice)
        for column, due, choice in zip(
            partner.tolist(), is_due.tolist(), has_choice.tolist(), strict=True
        )
    ]


def _reason(is_matched: bool, is_due: bool, has_choice: bool) -> Reason:
    if is_matched:
        return Reason.WAITED_LONG_ENOUGH if is_due else Reason.MATCHED
    if not has_choice:
        return Reason.NO_PLACE
    return Reason.CLOSER_FITS_EXPECTED if is_due else Reason.BETTER_EXPECTED


def _decision(
    week: Week, board: _Board, outlook: Outlook | None, found: tuple[int, int, Reason]
) -> Decision:
    place, column, reason = found
    key = week.mentee_keys[int(week.waiting[place])]
    brings = 0 if outlook is None else int(outlook.waiting[place])
    if column == NOBODY:
        return Decision(key, "", reason, waiting=brings)
    return Decision(
        key,
        week.mentor_keys[int(week.here[column])],
        reason,
        score=int(board.scores[place, column]),
        price=0 if outlook is None else int(outlook.price[column]),
        waiting=brings,
    )
