from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.admission.forecast import Forecast, Week
from lodestar.engine.admission.rolling import (
    Decision,
    Reason,
    RollingPolicy,
    Way,
    decide_week,
    uses_prices,
)
from lodestar.engine.matching.lottery import draw
from lodestar.engine.matching.pairs import EligiblePairs, from_edges, reordered
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from tests.engine.matching.markets import instances
from tests.tried_on import tried_on

NOBODY = np.zeros(0, dtype=np.int64)
LAST_WEEK = Forecast(NOBODY, NOBODY, np.zeros(0), np.zeros(0))
POINTS = RollingPolicy(serving=0, fewest_examples=1, week_cost=0, waiter_bonus=0)


def market(table: list[list[int]], capacity: list[int]) -> EligiblePairs:
    scores = np.array(table)
    mentee, mentor = np.nonzero(scores >= 0)
    return from_edges(mentee, mentor, scores[mentee, mentor], len(scores), np.array(capacity))


def week_of(pairs: EligiblePairs, weeks_waited: list[int], here: int | None = None) -> Week:
    """The first mentees wait; all others are examples."""
    return Week(
        pairs,
        [f"e{row}" for row in range(pairs.mentees)],
        [f"m{column}" for column in range(pairs.mentors)],
        np.arange(len(weeks_waited)),
        np.array(weeks_waited, dtype=np.int64),
        np.arange(pairs.mentors if here is None else here),
    )


def coming(*rows: int, each_week: float = 30.0) -> Forecast:
    return Forecast(np.array([*rows] * 20), NOBODY, np.array([each_week]), np.array([0.0]))


def table(decisions: tuple[Decision, ...]) -> list[tuple[str, str, Reason]]:
    return [(one.mentee, one.mentor, one.reason) for one in decisions]


@st.composite
def weeks(draw_):
    pairs = draw_(instances(most_mentees=7, most_mentors=4))
    waited = draw_(st.lists(st.integers(0, 5), max_size=pairs.mentees))
    return week_of(pairs, waited)


@st.composite
def policies(draw_):
    return RollingPolicy(
        way=draw_(st.sampled_from(Way)),
        most_weeks=draw_(st.integers(0, 4)),
        is_promised=draw_(st.booleans()),
        week_cost=draw_(st.sampled_from([0, 3_000, 400_000])),
        futures=2,
        serving=draw_(st.sampled_from([0, 1_000_000])),
        fewest_examples=1,
    )


@given(weeks(), policies(), st.integers(0, 9))
@tried_on(200)
def test_everybody_who_waits_gets_one_decision_that_keeps_the_rules(week, policy, seed):
    examples = np.arange(len(week.waiting), week.pairs.mentees)
    ahead = Forecast(examples, NOBODY, np.array([1.0, 1.0]), np.zeros(2))
    scores = {
        (week.mentee_keys[row], week.mentor_keys[column]): int(score)
        for row, column, score in zip(
            week.pairs.mentee_of_each(), week.pairs.mentor, week.pairs.score, strict=True
        )
    }

    decisions = decide_week(week, ahead, policy, seed)

    given_to = [one.mentor for one in decisions if one.mentor]
    left = {
        key: places - given_to.count(key)
        for key, places in zip(week.mentor_keys, week.pairs.capacity.tolist(), strict=True)
    }
    assert [one.mentee for one in decisions] == sorted(week.mentee_keys[: len(week.waiting)])
    assert min(left.values()) >= 0
    for one in decisions:
        if one.mentor:
            assert scores[one.mentee, one.mentor] == one.score
        choice = any(left[key] > 0 and (one.mentee, key) in scores for key in left)
        assert choice or one.reason is not Reason.BETTER_EXPECTED
        assert not choice or one.reason is not Reason.NO_PLACE


@given(weeks(), policies(), st.integers(0, 9))
@tried_on(150)
def test_with_a_promise_nobody_waits_too_long_beside_a_free_place(week, policy, seed):
    examples = np.arange(len(week.waiting), week.pairs.mentees)
    ahead = Forecast(examples, NOBODY, np.array([2.0]), np.zeros(1))

    decisions = decide_week(week, ahead, replace(policy, is_promised=True), seed)

    assert Reason.CLOSER_FITS_EXPECTED not in [one.reason for one in decisions]
    waited = dict(zip(week.mentee_keys, week.weeks_waited.tolist(), strict=False))
    for one in decisions:
        if waited[one.mentee] >= policy.most_weeks and not one.mentor:
            assert one.reason in (Reason.NO_PLACE, Reason.BETTER_EXPECTED)
            assert one.reason is Reason.NO_PLACE or waited[one.mentee] == 0


@given(weeks(), st.integers(0, 9))
@tried_on(100)
def test_the_last_week_is_one_best_matching(week, seed):
    waiting = len(week.waiting)
    pairs = week.pairs.only(week.pairs.mentee_of_each() < waiting)
    pairs = replace(pairs, start=pairs.start[: waiting + 1])
    drawn = draw(seed, week.mentee_keys[:waiting], week.mentor_keys)
    best = best_matching(Listed(pairs, pairs.score), SERVE, drawn).partners(waiting)

    decisions = decide_week(week, LAST_WEEK, RollingPolicy(), seed)

    partner = [week.mentor_keys[column] if column >= 0 else "" for column in best.tolist()]
    assert [one.mentor for one in decisions] == partner


@given(weeks(), policies(), st.integers(0, 5), st.randoms(use_true_random=False))
@tried_on(100)
def test_the_order_of_the_rows_changes_nothing(week, policy, seed, random):
    pairs = week.pairs
    examples = np.arange(len(week.waiting), pairs.mentees)
    ahead = Forecast(examples, np.array([0]), np.array([1.5]), np.array([0.5]))
    rows, columns = list(range(pairs.mentees)), list(range(pairs.mentors))
    random.shuffle(rows)
    random.shuffle(columns)
    row_of, column_of = np.argsort(rows), np.argsort(columns)
    mixed_pairs = reordered(pairs, np.array(rows), np.array(columns))
    order = np.random.default_rng(seed).permutation(len(week.waiting))
    mixed = Week(
        mixed_pairs,
        [week.mentee_keys[row] for row in rows],
        [week.mentor_keys[column] for column in columns],
        row_of[week.waiting][order],
        week.weeks_waited[order],
        column_of[week.here][::-1],
    )
    mixed_ahead = replace(ahead, mentees=row_of[examples][::-1], mentors=column_of[ahead.mentors])

    first = decide_week(week, ahead, policy, seed)

    assert first == decide_week(mixed, mixed_ahead, policy, seed)
    assert first == decide_week(week, ahead, policy, seed)


def test_a_sought_mentor_is_kept_for_whom_nobody_else_can_help():
    """m0 suits e0 a little better, but those to come can only be helped by m0; m1 has places to spare."""
    pairs = market([[500_000, 490_000], [900_000, -1]], [1, 2])
    week = week_of(pairs, [0])

    at_prices = decide_week(week, coming(1), POINTS, seed=1)
    in_batches = decide_week(week, coming(1), replace(POINTS, way=Way.BATCHES), seed=1)

    assert at_prices == (Decision("e0", "m1", Reason.MATCHED, 490_000, 0, 490_000),)
    assert in_batches == (Decision("e0", "m0", Reason.MATCHED, 500_000, 0, 0),)


def test_who_is_expected_to_fit_better_waits_until_a_week_costs_more():
    """A mentor is expected next week who scores 400,000 more; the one here suits nobody else."""
    pairs = market([[500_000, 900_000]], [1, 5])
    week = week_of(pairs, [1], here=1)
    ahead = Forecast(np.array([0]), np.array([1]), np.zeros(4), np.array([9.0, 0, 0, 0]))

    for cost, bonus, found in (
        (0, 0, ("e0", "", Reason.BETTER_EXPECTED)),
        (399_999, 0, ("e0", "", Reason.BETTER_EXPECTED)),
        (400_000, 0, ("e0", "m0", Reason.MATCHED)),
        (300_000, 100_000, ("e0", "m0", Reason.MATCHED)),
    ):
        policy = replace(POINTS, week_cost=cost, waiter_bonus=bonus)
        assert table(decide_week(week, ahead, policy, seed=1)) == [found]


def test_after_the_most_weeks_the_last_place_goes_to_who_waited_only_where_it_is_promised():
    pairs = market([[300_000], [900_000]], [1])
    week = week_of(pairs, [4])

    kept = decide_week(week, coming(1), replace(POINTS, serving=1_000_000), seed=1)
    promised = decide_week(week, coming(1), replace(POINTS, is_promised=True), seed=1)

    assert table(kept) == [("e0", "", Reason.CLOSER_FITS_EXPECTED)]
    assert table(promised) == [("e0", "m0", Reason.WAITED_LONG_ENOUGH)]


def test_who_waited_long_enough_need_not_wait_for_it_to_turn_out_who_comes():
    """e0 fits both mentors alike; which of the two will be sought more is not known yet."""
    pairs = market([[500_000, 500_000], [900_000, -1], [-1, 900_000]], [1, 1])
    ahead = Forecast(np.array([1, 2]), NOBODY, np.array([0.7]), np.array([0.0]))

    new = decide_week(week_of(pairs, [0]), ahead, POINTS, seed=1)
    due = decide_week(week_of(pairs, [4]), ahead, POINTS, seed=1)

    assert [one.reason for one in new] == [Reason.BETTER_EXPECTED]
    assert [one.reason for one in due] == [Reason.WAITED_LONG_ENOUGH]
    assert due[0].score - due[0].price < due[0].waiting


def test_a_promised_place_goes_before_who_came_today_and_fits_closer():
    pairs = market([[300_000], [900_000], [100_000]], [1])
    week = week_of(pairs, [4, 0])

    kept, promised = (
        table(decide_week(week, coming(2), replace(POINTS, is_promised=is_promised), seed=1))
        for is_promised in (False, True)
    )

    assert kept == [("e0", "", Reason.NO_PLACE), ("e1", "m0", Reason.MATCHED)]
    assert promised == [("e0", "m0", Reason.WAITED_LONG_ENOUGH), ("e1", "", Reason.NO_PLACE)]


def test_without_a_promise_nobody_is_passed_over_while_places_last_for_all():
    """Fifty places with m0, and one mentee is expected besides, who scores far more."""
    pairs = market([[100_000], [900_000]], [50])
    week = week_of(pairs, [4])

    decided = decide_week(week, coming(1, each_week=1.0), POINTS, seed=1)

    assert table(decided) == [("e0", "m0", Reason.WAITED_LONG_ENOUGH)]


def test_first_come_takes_the_best_left_in_order_of_waiting():
    pairs = market([[900_000, 800_000], [890_000, 100_000]], [1, 1])
    policy = RollingPolicy(way=Way.FIRST_COME)

    second_waited = decide_week(week_of(pairs, [0, 1]), LAST_WEEK, policy, seed=1)
    first_waited = decide_week(week_of(pairs, [1, 0]), LAST_WEEK, policy, seed=1)

    assert [one.mentor for one in second_waited] == ["m1", "m0"]
    assert [one.mentor for one in first_waited] == ["m0", "m1"]


def test_too_few_examples_mean_weekly_batches():
    pairs = market([[500_000, 490_000], [900_000, -1]], [1, 1])
    week = week_of(pairs, [0])
    policy = replace(POINTS, fewest_examples=3)
    few = Forecast(np.array([1, 1]), NOBODY, np.array([2.0]), np.array([0.0]))
    stretched = Forecast(np.array([1, 1, 1]), NOBODY, np.array([9.5]), np.array([0.0]))
    enough = replace(stretched, mentees_a_week=np.array([9.0]))

    assert [uses_prices(policy, ahead) for ahead in (few, stretched, enough)] == [
        False,
        False,
        True,
    ]
    assert table(decide_week(week, few, policy, seed=1)) == [("e0", "m0", Reason.MATCHED)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"most_weeks": -1}, "most_weeks of rolling admission must be 0 or more"),
        ({"week_cost": -1}, "week_cost of rolling admission must be 0 or more"),
        ({"futures": 0}, "at least 1 future"),
    ],
)
def test_settings_that_say_nothing_are_refused(change, sentence):
    week = week_of(market([[1]], [1]), [0])

    with pytest.raises(MatchingError, match=sentence):
        decide_week(week, LAST_WEEK, replace(POINTS, **change), seed=1)


def test_a_week_in_which_nobody_waits_or_nobody_is_here_decides_nothing_wrong():
    pairs = market([[500_000], [900_000]], [1])
    nobody_waits = replace(week_of(pairs, []), waiting=NOBODY, weeks_waited=NOBODY)
    nobody_here = replace(week_of(pairs, [0]), here=NOBODY)

    assert decide_week(nobody_waits, coming(1), POINTS, seed=1) == ()
    assert table(decide_week(nobody_here, coming(1), POINTS, seed=1)) == [
        ("e0", "", Reason.NO_PLACE)
    ]
