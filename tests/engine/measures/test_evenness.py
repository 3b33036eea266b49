"""Gini's number is that of the textbook, and the most even load is the most even."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.measures.evenness import LoadAudit, gini, load_audit, most_even
from lodestar.engine.measures.rates import share_of

amounts = st.lists(st.integers(0, 50), min_size=1, max_size=25)


@given(amounts.filter(any))
def test_gini_is_half_the_mean_difference_relative_to_the_mean(shared):
    differences = [abs(one - other) for one, other in product(shared, repeat=2)]

    assert gini(shared) == pytest.approx(np.mean(differences) / 2 / np.mean(shared))


@given(amounts, st.integers(1, 9))
def test_gini_does_not_depend_on_the_unit_or_the_order(shared, unit):
    assert gini([unit * one for one in reversed(shared)]) == pytest.approx(gini(shared))


@given(amounts)
def test_gini_lies_between_all_alike_and_one_has_everything(shared):
    assert 0 <= gini(shared) <= 1 - 1 / len(shared) + 1e-12


@pytest.mark.parametrize(
    ("shared", "expected"),
    [([], 0.0), ([0, 0], 0.0), ([3, 3, 3], 0.0), ([0, 0, 0, 0, 10], 0.8), ([1, 2, 3, 4], 0.25)],
)
def test_gini_by_hand(shared, expected):
    assert gini(shared) == pytest.approx(expected)


def test_gini_of_a_debt_is_an_error():
    with pytest.raises(ValueError, match="not below 0"):
        gini([1, -1])


places = st.lists(st.integers(0, 4), min_size=1, max_size=5)


@given(places.flatmap(lambda c: st.tuples(st.just(c), st.integers(0, sum(c)))))
def test_no_load_within_the_capacities_is_more_even(drawn):
    capacity, total = drawn
    every = [c for c in product(*(range(c + 1) for c in capacity)) if sum(c) == total]

    found = most_even(total, np.array(capacity))

    assert tuple(found.tolist()) in every
    assert gini(found) == pytest.approx(min(map(gini, every)))


def test_more_than_the_places_is_an_error():
    with pytest.raises(ValueError, match="than there are places"):
        most_even(4, np.array([1, 2]))


def test_mentors_without_places_are_not_counted():
    taken, capacity = np.array([3, 0, 1, 0, 2, 0, 3]), np.array([3, 0, 2, 1, 2, 2, 3])

    found = load_audit(taken, capacity)

    assert found == LoadAudit(
        mentors=6,
        unused=share_of(2, 6),
        gini=gini([3, 1, 0, 2, 0, 3]),
        even_gini=gini([2, 2, 1, 2, 1, 1]),
        gini_of_use=gini([1, 0.5, 0, 1, 0, 1]),
        most_taken=3,
        mentors_with_most=2,
    )


def test_of_too_few_mentors_nothing_is_said():
    found = load_audit(np.array([1, 2, 0]), np.array([2, 2, 2]))

    assert found == LoadAudit(3, share_of(1, 3), None, None, None, None, None)
