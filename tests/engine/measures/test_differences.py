"""Differences keep their promises: worked examples, exact coverage, and chance under no difference."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lodestar.engine.measures.differences import (
    Estimate,
    chance_of_counts,
    chance_of_means,
    compare_counts,
    compare_means,
    difference,
    holm,
    share_estimate,
    widened,
)
from lodestar.engine.measures.rates import mean_of
from tests.tried_on import tried_on


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_worked_examples_of_newcombe(first, second, low, high):
    gap = difference(share_estimate(*first), share_estimate(*second))

    assert (gap.low, gap.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("first", "second"), [(12, 20), (15, 40), (30, 30)])
def test_an_interval_of_two_shares_holds_the_truth_19_times_of_20(first, second):
    tables = list(product(range(first + 1), range(second + 1)))
    gaps = [difference(share_estimate(a, first), share_estimate(b, second)) for a, b in tables]
    low, high = np.array([(gap.low, gap.high) for gap in gaps]).T
    coverage = []

    for p, q in product(np.linspace(0.02, 0.98, 13), repeat=2):
        chances = np.outer(
            stats.binom.pmf(range(first + 1), first, p),
            stats.binom.pmf(range(second + 1), second, q),
        ).ravel()
        coverage.append(chances[(low <= p - q) & (p - q <= high)].sum())

    assert min(coverage) > 0.89
    assert 0.945 < np.mean(coverage) < 0.97


def student(values):
    mean = mean_of(values, lowest=-1e9, highest=1e9)
    return Estimate(mean.value, mean.low, mean.high)


def test_an_interval_of_two_means_holds_the_truth_19_times_of_20():
    generator = np.random.default_rng(11)
    held = 0

    for _ in range(1_500):
        first, second = generator.normal(3, 1, 7), generator.normal(2, 3, 15)
        gap = difference(student(first.tolist()), student(second.tolist()))
        held += gap.low <= 1 <= gap.high

    assert 0.94 < held / 1_500 < 0.97


numbers = st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=5, max_size=20)


@tried_on(40)
@given(numbers.filter(lambda n: len(set(n)) > 2), numbers.filter(lambda n: len(set(n)) > 2))
def test_an_interval_of_two_means_is_at_least_as_wide_as_welchs(first, second):
    gap = difference(student(first), student(second))
    welch = stats.ttest_ind(first, second, equal_var=False).confidence_interval()

    assert gap.low <= welch.low + 1e-9
    assert gap.high >= welch.high - 1e-9


def test_a_mean_widened_is_students_interval_at_that_confidence():
    values = [2.0, 3, 4, 4, 5, 9]
    wanted = stats.t.interval(0.99, 5, np.mean(values), stats.sem(values))

    wide = widened(student(values), 5, 0.99)

    assert (wide.low, wide.high) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("sizes", "counts"), [([12, 9], [10, 4]), ([20, 20], [12, 9]), ([8, 7, 9], [6, 1, 4])]
)
def test_the_chance_of_counts_is_that_over_all_tables(sizes, counts):
    def unevenness(table):
        return sum(count**2 / size for count, size in zip(table, sizes, strict=True))

    total, exact = sum(counts), 0.0
    for table in product(*(range(size + 1) for size in sizes)):
        if sum(table) == total and unevenness(table) >= unevenness(counts) - 1e-9:
            exact += stats.multivariate_hypergeom.pmf(table, sizes, total)

    assert chance_of_counts(sizes, counts, draws=20_000) == pytest.approx(exact, abs=0.012)


def test_the_chance_of_means_is_that_over_all_ways_to_deal():
    first, second = np.array([1.0, 2, 3, 7]), np.array([6.0, 8, 9, 10, 11])
    exact = stats.permutation_test(
        (first, second),
        lambda a, b: (a.mean() - b.mean()) ** 2,
        n_resamples=np.inf,
        alternative="greater",
    ).pvalue

    assert chance_of_means([first, second], draws=20_000) == pytest.approx(exact, abs=0.005)


def test_where_nothing_differs_few_chances_are_small():
    generator = np.random.default_rng(1)
    small = 0

    for trial in range(1_000):
        groups = np.split(generator.gamma(2, 1, 30), [6, 16])
        small += chance_of_means(groups, draws=99, seed=trial) <= 0.05

    assert 0.035 <= small / 1_000 <= 0.065


@tried_on(40)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=8), min_size=2, max_size=4))
def test_the_order_within_a_group_does_not_matter(groups):
    one = [np.array(group, dtype=float) for group in groups]
    other = [group[::-1].copy() for group in one]

    assert chance_of_means(one, draws=99) == chance_of_means(other, draws=99)


def test_a_seed_settles_the_chance():
    groups = [np.arange(9.0), np.arange(9.0) + 2]

    assert chance_of_means(groups, seed=3) == chance_of_means(groups, seed=3)
    assert len({chance_of_means(groups, draws=99, seed=seed) for seed in range(20)}) > 1


def test_holm_by_hand():
    assert holm([0.01, 0.02, 0.022, 0.09]) == pytest.approx([0.04, 0.06, 0.06, 0.09])


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_only_raises_and_keeps_the_order(chances):
    adjusted = holm(chances)

    assert all(p <= q <= 1 for p, q in zip(chances, adjusted, strict=True))
    by_chance = [q for _, q in sorted(zip(chances, adjusted, strict=True))]
    assert by_chance == sorted(adjusted)


def test_two_shares_are_compared_at_95_percent():
    found = compare_counts([80, 70], [[48, 56]], draws=999)

    assert (found.highest, found.lowest) == (1, 0)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.chance == found.least_chance < 0.03


def test_groups_that_are_alike_are_still_two():
    found = compare_counts([10, 20, 30], [[5, 10, 15]], draws=99)

    assert (found.highest, found.lowest, found.value, found.chance) == (0, 2, 0.0, 1.0)


def test_the_widest_of_three_gaps_has_a_wider_interval():
    two = compare_counts([80, 70], [[48, 56]], draws=99)
    three = compare_counts([80, 70, 50], [[48, 56, 35]], draws=99)

    assert (three.highest, three.lowest) == (two.highest, two.lowest)
    assert three.low < two.low < two.high < three.high


def test_where_a_count_is_not_known_every_one_is_allowed_for():
    tables = [[50, 50], [51, 49], [52, 48]]
    each = [compare_counts([80, 70], [table], draws=999) for table in tables]

    found = compare_counts([80, 70], tables, draws=999)

    assert found.value is None
    assert found.low == min(one.low if one.highest == 1 else -one.high for one in each)
    assert (found.chance, found.least_chance) == (
        max(one.chance for one in each),
        min(one.chance for one in each),
    )


def test_means_are_compared_by_what_is_shown_and_tested_by_their_values():
    values = [np.array([1.0, 2, 3, 2, 1]), np.array([5.0, 6, 5, 7, 6, 5])]
    shown = [student(group.tolist()) for group in values]

    found = compare_means(shown, values, [5, 6], draws=999)

    gap = difference(shown[1], shown[0])
    assert (found.highest, found.lowest) == (1, 0)
    assert (found.value, found.low, found.high) == pytest.approx((gap.value, gap.low, gap.high))
    assert found.chance < 0.02
