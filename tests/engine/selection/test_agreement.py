"""How alike readers score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.selection.agreement import (
    Agreement,
    Summary,
    agreement_of,
    alpha_of,
    summary_of,
)

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: twelve units, four readers, some blank.
PUBLISHED = [
    [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4],
    [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1],
]  # fmt: skip


def test_alpha_is_the_one_published_for_interval_data():
    assert round(alpha_of(PUBLISHED), 3) == 0.849


@pytest.mark.parametrize(
    ("scores", "summary"),
    [
        ({}, Summary()),
        ({1: {}}, Summary()),
        ({1: {7: 2}}, Summary(200)),
        ({1: {7: 3, 8: 3}, 2: {7: 3, 8: 2}}, Summary(275)),
        ({1: {7: 3}, 2: {7: 1}}, Summary(200, is_disputed=True)),
        ({1: {7: 3, 8: 3}, 2: {7: 2, 8: 2}}, Summary(250, is_disputed=True)),
        ({1: {7: 3, 8: 2}, 2: {7: 2, 8: 2}}, Summary(225)),
    ],
)
def test_readers_differ_by_two_levels_or_by_one_in_the_mean(scores, summary):
    assert summary_of(scores) == summary


def two(first, second):
    return {1: {7: first}, 2: {7: second}}


def test_few_or_none_are_counted_and_nothing_is_told_beyond_that():
    none = agreement_of([{1: {7: 3}}])
    few = agreement_of([two(3, 3), two(1, 3)])

    assert none == Agreement()
    assert (few.comparisons, few.same, few.far, few.alpha) == (2, 1, 1, None)


def test_full_agreement_is_one_and_the_interval_holds_what_it_is_about():
    alike = agreement_of([two(n % 3 + 1, n % 3 + 1) for n in range(12)])
    mixed = agreement_of([two(n % 3 + 1, (n * n) % 3 + 1) for n in range(40)])

    assert (alike.alpha, alike.alpha_between) == (1.0, (1.0, 1.0))
    assert mixed.alpha_between[0] < mixed.alpha < mixed.alpha_between[1]
    assert mixed == agreement_of([two(n % 3 + 1, (n * n) % 3 + 1) for n in range(40)])


def test_the_same_level_everywhere_says_nothing_beyond_chance():
    found = agreement_of([two(2, 2) for _ in range(12)])

    assert (found.same, found.alpha, found.alpha_between) == (12, None, None)


units = st.lists(st.lists(st.integers(1, 3), min_size=2, max_size=4), min_size=2, max_size=8)


@given(units)
def test_alpha_is_at_most_one_and_blind_to_order_and_to_a_turned_scale(some):
    alpha = alpha_of(some)
    turned = alpha_of([[4 - score for score in reversed(unit)] for unit in reversed(some)])

    assert alpha is None or alpha <= 1 + 1e-9
    assert (alpha is None) == (turned is None)
    assert alpha is None or abs(alpha - turned) < 1e-9
