"""Intervals hold what they promise, for any count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.measures.rates import mean_of, share_of, wilson

counts = st.integers(0, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts)
def test_the_interval_holds_the_share_and_stays_between_0_and_1(pair):
    count, of = pair

    low, high = wilson(count, of)

    assert 0 <= low <= high <= 1
    if of:
        assert low <= count / of <= high


@given(st.integers(1, 500), st.integers(1, 20))
def test_more_of_the_same_makes_surer(of, factor):
    count = of // 2

    few, many = wilson(count, of), wilson(count * factor, of * factor)

    assert many[1] - many[0] <= few[1] - few[0] + 1e-12


@given(counts)
def test_yes_and_no_mirror_each_other(pair):
    count, of = pair

    low, high = wilson(count, of)
    other_low, other_high = wilson(of - count, of)

    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_worked_examples_of_newcombe(count, of, low, high):
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5)])
def test_an_impossible_count_is_an_error(count, of):
    with pytest.raises(ValueError, match="between"):
        wilson(count, of)


@pytest.mark.parametrize(
    ("of", "minimum", "value"), [(4, 5, None), (5, 5, 0.2), (0, 5, None), (4, 1, 0.25)]
)
def test_below_the_minimum_there_is_no_number(of, minimum, value):
    assert share_of(min(1, of), of, minimum=minimum).value == value


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60))
def test_a_mean_lies_in_its_interval_and_on_its_scale(ratings):
    mean = mean_of(ratings, lowest=1, highest=5)

    assert 1 <= mean.low <= mean.value <= mean.high <= 5


def test_too_few_ratings_give_no_mean():
    assert mean_of([5, 5, 5, 5], lowest=1, highest=5).value is None


def test_the_interval_of_a_mean_by_hand():
    # 2, 3, 4, 4, 5: mean 3.6, s = 1.140, t(4) = 2.776
    mean = mean_of([2, 3, 4, 4, 5], lowest=1, highest=5)

    assert (mean.value, mean.low, mean.high) == pytest.approx((3.6, 2.1843, 5.0), abs=1e-3)
