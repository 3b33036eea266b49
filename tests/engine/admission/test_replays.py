from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.admission.replays import (
    Arrivals,
    Expected,
    compare_ways,
    drawn_season,
    hindsight,
    refreshed,
    simulate_rolling,
)
from lodestar.engine.admission.rolling import RollingPolicy, Way
from lodestar.engine.matching.pairs import from_edges, loads_of
from lodestar.engine.matching.problem import MatchingError
from tests.engine.matching.markets import every_matching, instances, total_of
from tests.tried_on import tried_on

POLICY = RollingPolicy(futures=3, fewest_examples=1)


@st.composite
def small_arrivals(draw_):
    pairs = draw_(instances(most_mentees=6, most_mentors=3))
    weeks = draw_(st.integers(1, 4))

    def drawn_weeks(size: int) -> np.ndarray:
        return np.array(
            draw_(st.lists(st.integers(-1, weeks - 1), min_size=size, max_size=size)),
            dtype=np.int64,
        )

    arrivals = Arrivals(
        pairs,
        [f"e{row}" for row in range(pairs.mentees)],
        [f"m{column}" for column in range(pairs.mentors)],
        drawn_weeks(pairs.mentees),
        drawn_weeks(pairs.mentors),
        weeks,
    )
    return arrivals, Expected(np.full(weeks, 1.5), np.full(weeks, 0.5))


def season(seed: int, *, mentees: int = 60, mentors: int = 14, weeks: int = 8):
    """A sought half: everybody scores higher with the first mentors, some much higher."""
    random = np.random.default_rng(seed)
    rows, columns = 2 * mentees, mentors
    own = random.integers(100_000, 500_000, (rows, columns))
    sought = np.where(np.arange(columns) < columns // 2, 400_000, 0)
    scores = own + sought * random.integers(0, 2, (rows, 1))
    mentee, mentor = np.divmod(np.arange(rows * columns), columns)
    pairs = from_edges(mentee, mentor, scores.ravel(), rows, np.full(columns, 3))
    arrives = np.where(np.arange(rows) < mentees, random.integers(0, weeks, rows), -1)
    arrivals = Arrivals(
        pairs,
        [f"e{row:03}" for row in range(rows)],
        [f"m{column:02}" for column in range(columns)],
        arrives,
        np.zeros(columns, dtype=np.int64),
        weeks,
    )
    return arrivals, Expected(
        np.full(weeks, mentees / weeks), np.array([14.0, *[0.0] * (weeks - 1)])
    )


@given(small_arrivals(), st.sampled_from(Way), st.booleans(), st.integers(0, 5))
@tried_on(120)
def test_a_replay_gives_each_place_once_and_never_passes_hindsight(case, way, promised, seed):
    arrivals, expected = case
    pairs = arrivals.pairs
    policy = replace(POLICY, way=way, is_promised=promised, most_weeks=1)

    run = simulate_rolling(arrivals, expected, policy, seed)

    rows = np.flatnonzero(run.mentor >= 0)
    taken = pairs.positions_of(rows, run.mentor[rows])
    assert taken.min(initial=0) >= 0
    assert np.all(loads_of(pairs, taken)[1] <= pairs.capacity)
    assert np.all(arrivals.mentee_week[rows] >= 0)
    assert np.all(run.week[rows] >= arrivals.mentee_week[rows])
    assert np.all(run.week[rows] >= arrivals.mentor_week[run.mentor[rows]])
    assert np.all(arrivals.mentor_week[run.mentor[rows]] >= 0)
    assert (run.total, run.served) == (total_of(pairs, taken), len(rows))
    assert run.total <= hindsight(arrivals)[0]


@given(small_arrivals())
@tried_on(60)
def test_hindsight_is_the_largest_total_of_all_who_arrive(case):
    arrivals, _ = case
    pairs = arrivals.pairs
    came = (arrivals.mentee_week >= 0)[pairs.mentee_of_each()] & (arrivals.mentor_week >= 0)[
        pairs.mentor
    ]
    arriving = pairs.only(came)

    best = max(total_of(arriving, taken) for taken in every_matching(arriving))

    assert hindsight(arrivals)[0] == best


@pytest.mark.parametrize("seed", range(4))
def test_prices_come_nearer_to_hindsight_than_weekly_batches_and_first_come(seed):
    arrivals, expected = season(seed)
    totals = [
        simulate_rolling(arrivals, expected, replace(POLICY, way=way), seed).total
        for way in (Way.FIRST_COME, Way.BATCHES, Way.PRICES)
    ]

    assert max(totals[:2]) < totals[2]
    assert 0.93 * hindsight(arrivals)[0] <= totals[2] <= hindsight(arrivals)[0]


def test_with_a_promise_nobody_waits_longer_than_the_most_weeks_while_places_last():
    arrivals, expected = season(1, mentees=40)
    policy = replace(POLICY, most_weeks=2, is_promised=True)

    run = simulate_rolling(arrivals, expected, policy, seed=1)

    rows = np.flatnonzero(arrivals.mentee_week >= 0)
    waited = (run.week - arrivals.mentee_week)[rows]
    assert np.all(run.mentor[rows] >= 0)
    assert (waited.min(), waited.max()) == (0, 2)
    assert run.mean_weeks_waited == waited.mean()


def test_same_seed_gives_the_same_run():
    arrivals, expected = season(2, mentees=20)

    first, second = (simulate_rolling(arrivals, expected, POLICY, seed=4) for _ in range(2))

    assert (first.mentor.tolist(), first.week.tolist()) == (
        second.mentor.tolist(),
        second.week.tolist(),
    )


def test_the_forecast_learns_from_who_came_so_far():
    """Ten a week were expected; after two weeks 40 came: 50 trusted + 40 against 50 + 20."""
    arrivals, _ = season(3)
    weeks = np.where(np.arange(120) < 40, np.arange(120) % 2, -1)
    arrivals = replace(arrivals, mentee_week=weeks)
    expected = Expected(np.full(8, 10.0), np.zeros(8), trust=50.0)

    ahead = refreshed(arrivals, expected, week=1)

    assert ahead.mentees_a_week.tolist() == [10.0 * 90 / 70] * 6
    assert ahead.mentees.tolist() == list(range(120))
    assert ahead.mentors_a_week.tolist() == [0.0] * 6


def test_a_drawn_season_keeps_its_arrivals_apart_from_its_examples():
    arrivals, expected = season(1)

    drawn = drawn_season(arrivals, expected, seed=1, number=0)

    came = {key.split("/")[0] for key, week in zip(drawn.mentee_keys, drawn.mentee_week, strict=True) if week >= 0}  # fmt: skip
    examples = {key.split("/")[0] for key, week in zip(drawn.mentee_keys, drawn.mentee_week, strict=True) if week < 0}  # fmt: skip
    assert came & examples == set()
    assert came | examples <= {f"e{row:03}" for row in range(60, 120)}
    assert len(examples) == 30
    assert drawn.mentor_week.tolist() == [0] * 14


def test_ways_are_compared_on_the_same_seasons():
    arrivals, expected = season(1)

    found = compare_ways(arrivals, expected, POLICY, replays=4, seed=2)

    assert [way.way for way in found.ways] == [Way.FIRST_COME, Way.BATCHES, Way.PRICES]
    assert found.better is Way.PRICES
    assert found.gain == pytest.approx(
        found.ways[2].share_of_hindsight - found.ways[1].share_of_hindsight
    )
    assert [way.below_batches for way in found.ways] == [4, 0, 0]


def test_where_prices_gain_nothing_batches_are_the_better_way():
    """Everybody scores alike with everybody: there is nothing to wait for."""
    arrivals, expected = season(1, mentees=30)
    pairs = arrivals.pairs
    alike = replace(arrivals, pairs=replace(pairs, score=np.full(len(pairs), 400_000)))

    found = compare_ways(alike, expected, POLICY, replays=3, seed=2)

    assert (found.better, found.gain, found.deviation) == (Way.BATCHES, 0.0, 0.0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weeks": 3}, "people are admitted for 3 weeks"),
        ({"mentee_week": np.zeros(1, dtype=np.int64)}, "a week of arrival for each"),
    ],
)
def test_arrivals_that_do_not_hold_together_are_refused(change, sentence):
    arrivals, expected = season(1)

    with pytest.raises(MatchingError, match=sentence):
        simulate_rolling(replace(arrivals, **change), expected, POLICY, seed=1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mentees_a_week": np.ones(3)}, "each of the 8 weeks"),
        ({"trust": 0.0}, "must be above 0"),
    ],
)
def test_expectations_that_cannot_be_are_refused(change, sentence):
    arrivals, expected = season(1)

    with pytest.raises(MatchingError, match=sentence):
        simulate_rolling(arrivals, replace(expected, **change), POLICY, seed=1)


def test_ways_cannot_be_compared_without_examples():
    arrivals, expected = season(1)
    nobody = replace(arrivals, mentee_week=np.zeros(120, dtype=np.int64))

    with pytest.raises(MatchingError, match="at least 2 replays and 2 examples"):
        compare_ways(nobody, expected, POLICY, seed=1)
