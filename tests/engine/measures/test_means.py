"""Means tell nothing of the number of people behind them where that is hidden."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lodestar.engine.measures.differences import Estimate
from lodestar.engine.measures.means import GroupMean, Scale, means_by_row
from lodestar.engine.measures.rates import mean_of
from lodestar.engine.measures.suppression import Bounds, Release, release
from tests.tried_on import tried_on

PERCENT = Scale(0, 100, (1, 5, 10))


def of_those_served(sizes, unserved):
    """What is shown of the numbers of people who have a mentor."""
    found = release(sizes, unserved)
    served = tuple(bounds.of(size) for bounds, size in zip(found.rows, sizes, strict=True))
    return Release(served, found.tails, found.stop)


@st.composite
def rated(draw):
    """Rows, how many of each have a rating, and the ratings."""
    sizes = draw(st.lists(st.integers(5, 16), min_size=2, max_size=4))
    unserved = [draw(st.integers(0, min(size, 6))) for size in sizes]
    middles = [draw(st.integers(0, 100)) for _ in sizes]
    generator = np.random.default_rng(draw(st.integers(0, 999)))
    values = [
        np.clip(generator.normal(middle, 8, size - missing), 0, 100).round(2)
        for size, missing, middle in zip(sizes, unserved, middles, strict=True)
    ]
    return sizes, unserved, values


@given(rated())
@tried_on(200)
def test_every_number_of_people_that_was_possible_still_is(drawn):
    sizes, unserved, values = drawn
    people = of_those_served(sizes, unserved)
    assume(people.stop is not None)

    means = means_by_row(values, people, PERCENT)

    first = people.stop
    hidden, total = means[first:], sum(row.sum() for row in values[first:])
    whole = sum(len(row) for row in values[first:])
    ranges = [range(mean.people.low, mean.people.high + 1) for mean in hidden]
    possible = [
        numbers
        for numbers in product(*ranges)
        if sum(numbers) == whole and fits(numbers, hidden, total)
    ]
    for row, every in enumerate(ranges):
        assert {numbers[row] for numbers in possible} == set(every)


def fits(numbers, means, total):
    """Whether some means that are rounded to those shown give that total."""
    ends = [
        (0, 100) if mean.value is None else (mean.value - mean.step / 2, mean.value + mean.step / 2)
        for mean in means
    ]
    low, high = (
        sum(number * min(100, max(0, end[side])) for number, end in zip(numbers, ends, strict=True))
        for side in (0, 1)
    )
    return low - 1e-6 <= total <= high + 1e-6


@given(rated())
@tried_on(200)
def test_a_mean_shown_is_near_the_true_one_and_its_interval_no_narrower(drawn):
    sizes, unserved, values = drawn

    for mean, row in zip(
        means_by_row(values, of_those_served(sizes, unserved), PERCENT), values, strict=True
    ):
        assert mean.people.low <= len(row) <= mean.people.high
        if mean.value is not None:
            true = mean_of(row.tolist(), lowest=0, highest=100)
            assert abs(mean.value - true.value) <= mean.step / 2 + 1e-9
            assert mean.low <= true.low + 1e-9
            assert mean.high >= true.high - 1e-9


def test_where_numbers_are_exact_so_are_means():
    values = [np.array([60.0, 70, 80, 90, 70.5]), np.array([10.0, 20, 30, 20, 20, 20])]
    everybody = tuple(Bounds(len(row), len(row)) for row in values)

    found = means_by_row(values, Release(everybody, (), None), PERCENT)

    expected = [mean_of(row.tolist(), lowest=0, highest=100) for row in values]
    assert found == tuple(
        GroupMean(bounds, mean.value, mean.low, mean.high)
        for bounds, mean in zip(everybody, expected, strict=True)
    )


def test_means_that_lie_far_apart_are_rounded_more():
    sizes, unserved = [20, 20], [3, 1]
    people = of_those_served(sizes, unserved)

    near, far = (
        means_by_row([np.full(17, 70.4), np.full(19, other)], people, PERCENT)
        for other in (68.2, 30.2)
    )

    assert [(mean.value, mean.step) for mean in near] == [(70, 1), (68, 1)]
    assert [(mean.value, mean.step) for mean in far] == [(70, 10), (30, 10)]


def test_without_a_step_that_hides_there_is_no_mean():
    people = of_those_served([9, 9], [3, 1])

    found = means_by_row([np.full(6, 100.0), np.full(8, 2.0)], people, Scale(0, 100, (1,)))

    assert found == tuple(GroupMean(bounds) for bounds in people.rows)


def test_a_group_that_may_be_too_small_has_no_mean():
    people = of_those_served([40, 6], [8, 4])
    values = [np.linspace(40, 60, 32), np.array([10.0, 90.0])]

    found = means_by_row(values, people, PERCENT)

    assert people.rows == (Bounds(28, 34), Bounds(0, 6))
    assert found[0].step >= 1
    assert found[1] == GroupMean(Bounds(0, 6))


def test_what_is_shown_can_be_taken_as_an_estimate():
    bounds = Bounds(7, 7)

    assert GroupMean(bounds, 3.0, 2.0, 4.0).estimate == Estimate(3.0, 2.0, 4.0)
    assert GroupMean(bounds).estimate is None


def test_a_scale_in_other_units_gives_the_same_means():
    values = [np.array([60.0, 70, 80, 90, 70.5])]
    everybody = Release((Bounds(5, 5),), (), None)
    (percent,) = means_by_row(values, everybody, PERCENT)

    (points,) = means_by_row([values[0] * 10_000], everybody, Scale(0, 1_000_000, (10_000,)))

    assert (points.value, points.low, points.high) == pytest.approx(
        (percent.value * 10_000, percent.low * 10_000, percent.high * 10_000)
    )
