from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.admission import forecast as forecasts
from lodestar.engine.admission.forecast import (
    Draws,
    Forecast,
    Week,
    best_partners,
    check_week,
    foretell,
    highest,
    lowest,
    table_of,
)
from lodestar.engine.matching.assignment import heaviest_matching, units_of
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.prices import highest_prices, lowest_prices
from lodestar.engine.matching.problem import MatchingError, TooLargeError
from tests.engine.matching.markets import instances
from tests.tried_on import tried_on

NOBODY = np.zeros(0, dtype=np.int64)


def week_of(pairs: EligiblePairs, waiting: list[int], here: list[int]) -> Week:
    return Week(
        pairs,
        [f"e{row}" for row in range(pairs.mentees)],
        [f"m{column}" for column in range(pairs.mentors)],
        np.array(waiting, dtype=np.int64),
        np.zeros(len(waiting), dtype=np.int64),
        np.array(here, dtype=np.int64),
    )


def market(table: list[list[int]], capacity: list[int]) -> EligiblePairs:
    scores = np.array(table)
    mentee, mentor = np.nonzero(scores >= 0)
    return from_edges(mentee, mentor, scores[mentee, mentor], len(scores), np.array(capacity))


@given(instances(most_mentees=6, most_mentors=5))
@tried_on(150)
def test_dense_prices_are_the_smallest_and_the_largest_of_the_whole_engine(pairs):
    units = units_of(pairs, 0, 0)
    weight = pairs.score.astype(np.int64)
    taken = heaviest_matching(pairs, weight, units)
    has_place = pairs.capacity > 0
    worth = table_of(pairs)[:, has_place]
    worth[worth < 0] = forecasts.NEVER_TAKEN
    places = pairs.capacity[has_place]

    partner = best_partners(worth, places)
    matched = np.flatnonzero(partner >= 0)

    assert worth[matched, partner[matched]].sum() == weight[taken].sum()
    assert np.all(np.bincount(partner[matched], minlength=len(places)) <= places)
    low = lowest_prices(pairs, taken, weight, units).mentor[has_place]
    high = highest_prices(pairs, taken, weight, units).mentor[has_place]
    assert (lowest(worth, partner).tolist(), highest(worth, places, partner).tolist()) == (
        low.tolist(),
        high.tolist(),
    )


@given(
    instances(most_mentees=6, most_mentors=4),
    st.integers(0, 100),
    st.sampled_from([0, 300_000, 1_000_000]),
)
@tried_on(100)
def test_no_pair_is_worth_more_than_its_price_and_its_waiting(pairs, seed, serving):
    half, columns = (pairs.mentees + 1) // 2, list(range(pairs.mentors))
    week = week_of(pairs, list(range(half)), columns)
    coming = np.array([1.5, 0.5])
    ahead = Forecast(np.arange(half, pairs.mentees), NOBODY, coming, 0 * coming)

    found = foretell(week, ahead, Draws(futures=3, most_weeks=1, serving=serving), seed)

    scores = table_of(pairs)[:half]
    limit = found.waiting[:, None] + found.price
    is_open = (scores >= 0) & (pairs.capacity > 0)
    assert np.all(limit[is_open] >= scores[is_open] + serving)
    assert found.price.min(initial=0) >= 0
    assert found.waiting.min(initial=0) >= 0


def test_a_place_is_worth_what_it_brings_to_those_to_come():
    """One place, two waiting at 300 and 500, and many to come who score 900."""
    pairs = market([[300], [500], [900]], [1])
    week = week_of(pairs, [0, 1], [0])
    many, none = np.array([50.0]), np.array([0.0])

    with_many = foretell(week, Forecast(np.array([2]), NOBODY, many, none), Draws(4, 4, 0), 1)
    with_none = foretell(week, Forecast(np.array([2]), NOBODY, none, none), Draws(4, 4, 0), 1)

    assert (with_many.price.tolist(), with_many.waiting.tolist()) == ([900], [0, 0])
    assert (with_none.price.tolist(), with_none.waiting.tolist()) == ([400], [0, 100])


def test_only_who_can_wait_so_long_hopes_for_a_mentor_to_come():
    pairs = market([[300, 900]], [1, 1])
    in_three_weeks = np.array([0.0, 0.0, 60.0])
    ahead = Forecast(NOBODY, np.array([1]), 0 * in_three_weeks, in_three_weeks)
    week = week_of(pairs, [0], [0])

    hopes = foretell(week, ahead, Draws(2, most_weeks=3, serving=0), seed=1)
    cannot = foretell(
        replace(week, weeks_waited=np.array([1])), ahead, Draws(2, most_weeks=3, serving=0), 1
    )

    assert (hopes.waiting.tolist(), cannot.waiting.tolist()) == ([900], [150])


def test_who_is_yet_to_come_can_wait_as_well():
    """Those to come turn to m1, who comes two weeks after them, if they can wait so long."""
    pairs = market([[300, -1], [500, 900]], [1, 90])
    next_week, in_three = np.array([60.0, 0.0, 0.0]), np.array([0.0, 0.0, 60.0])
    week = week_of(pairs, [0], [0])
    ahead = Forecast(np.array([1]), np.array([1]), next_week, in_three)

    patient = foretell(week, ahead, Draws(2, most_weeks=2, serving=0), seed=1)
    cannot = foretell(week, ahead, Draws(2, most_weeks=1, serving=0), seed=1)

    assert (patient.price.tolist(), cannot.price.tolist()) == ([150], [500])


def test_examples_are_dealt_in_turn_before_anybody_comes_twice():
    people = np.arange(10)
    draws = Draws(futures=5, most_weeks=1, serving=0)

    dealt = forecasts._dealt(people, np.array([2.0]), draws, np.random.default_rng(3))

    drawn = np.concatenate([who for who, _ in dealt])
    assert np.ptp(np.bincount(drawn[: 10 * (len(drawn) // 10)], minlength=10)) == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mentee_keys": ["e0"]}, "give one key each"),
        ({"weeks_waited": np.array([-1, 0])}, "whole weeks waited"),
        ({"waiting": np.array([0, 0])}, "stands twice"),
        ({"waiting": np.array([0, 2])}, "not among the pairs"),
        ({"here": np.array([-1])}, "not among the pairs"),
        ({"pairs": market([[1], [2]], [-1])}, "more matches than places"),
        (
            {"pairs": replace(market([[1], [2]], [1]), demand=np.array([2, 1]))},
            "set every demand to 1",
        ),
    ],
)
def test_a_week_that_does_not_hold_together_is_refused(change, sentence):
    week = week_of(market([[1], [2]], [1]), [0, 1], [0])
    ahead = Forecast(NOBODY, NOBODY, np.zeros(2), np.zeros(2))

    check_week(week, ahead)
    with pytest.raises(MatchingError, match=sentence):
        check_week(replace(week, **change), ahead)


@pytest.mark.parametrize(
    ("mentees", "mentors", "sentence"),
    [
        (np.zeros(2), np.zeros(3), "same weeks"),
        (np.array([-1.0]), np.zeros(1), "0 or more"),
        (np.array([np.nan]), np.zeros(1), "0 or more"),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(mentees, mentors, sentence):
    week = week_of(market([[1]], [1]), [0], [0])

    with pytest.raises(MatchingError, match=sentence):
        check_week(week, Forecast(NOBODY, NOBODY, mentees, mentors))


def test_more_people_than_prices_can_be_found_for_are_refused(monkeypatch):
    monkeypatch.setattr(forecasts, "MOST_CELLS", 1)

    with pytest.raises(TooLargeError, match="2 mentees x 1 places"):
        best_partners(np.array([[1], [2]]), np.array([1]))
