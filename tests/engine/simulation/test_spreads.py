import numpy as np
import pytest

from lodestar.engine.simulation.spreads import Gain, Spread, gain_of, spread_of


def test_a_spread_tells_mean_standard_error_and_percentiles():
    drawn = np.arange(100)

    found = spread_of(drawn)

    assert (found.mean, found.low, found.high, found.draws) == (49.5, 4.0, 94.0, 100)
    assert found.error == pytest.approx(np.std(drawn, ddof=1) / 10)


def test_too_few_draws_have_a_mean_but_no_percentiles():
    assert spread_of([1, 3]) == Spread(2.0, 1.0, None, None, 2)
    assert spread_of([1]) == Spread(1.0, None, None, None, 1)
    assert spread_of([]) == Spread(None, None, None, None, 0)


def test_draws_without_a_value_are_left_out():
    assert spread_of([float("nan"), 1, 3]) == spread_of([1, 3])


def test_a_gain_has_students_interval_of_paired_differences():
    found = gain_of([3, 5, 4], [1, 1, 1])

    assert (found.mean, found.draws) == (3.0, 3)
    assert found.high - 3 == pytest.approx(4.302653 / np.sqrt(3))
    assert found.high - 3 == pytest.approx(3 - found.low)


def test_a_gain_that_never_varies_has_no_arm_and_one_draw_has_no_interval():
    assert gain_of([3, 5], [2, 4]) == Gain(1.0, 1.0, 1.0, 2)
    assert gain_of([3], [2]) == Gain(1.0, None, None, 1)
    assert gain_of([], []) == Gain(0.0, None, None, 0)


def test_both_intervals_shrink_with_more_draws():
    random = np.random.default_rng(1)
    before, after = random.poisson(20, 4_000), random.poisson(21, 4_000)

    few, many = spread_of(before[:100]), spread_of(before)
    short, long = gain_of(after[:100], before[:100]), gain_of(after, before)

    assert many.error < few.error / 4
    assert long.high - long.low < (short.high - short.low) / 4
