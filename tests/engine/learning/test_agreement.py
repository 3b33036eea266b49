import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from lodestar.engine.learning.agreement import (
    Estimate,
    around,
    jackknife,
    ordering_share,
    rank_correlation,
)

few_numbers = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=20)


@given(few_numbers)
def test_rank_correlation_is_spearmans(rows):
    first, second = np.array(rows, dtype=float).T

    found = rank_correlation(first, second)

    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(spearmanr(first, second).statistic)


@given(few_numbers)
def test_ordering_share_counts_pairs(rows):
    score, good = np.array(rows, dtype=float).T
    is_good = good > 2

    wins = [
        (mine > theirs) + (mine == theirs) / 2
        for mine in score[is_good]
        for theirs in score[~is_good]
    ]

    found = ordering_share(score, is_good)
    assert found == (pytest.approx(np.mean(wins)) if wins else None)


def test_the_jackknife_of_a_mean_is_the_textbook_error():
    numbers = np.array([4.0, 1, 7, 7, 2])

    found = jackknife(np.arange(5), lambda kept: float(numbers[kept].mean()))

    assert found.standard_error == pytest.approx(numbers.std(ddof=1) / np.sqrt(5))
    assert (found.low + found.high) / 2 == pytest.approx(found.value) == pytest.approx(4.2)


def test_rows_of_one_group_are_left_out_together():
    numbers = np.array([1.0, 1, 1, 5, 5, 5, 9, 9, 9])
    group = np.repeat([0, 1, 2], 3)

    grouped = jackknife(group, lambda kept: float(numbers[kept].mean()))
    single = jackknife(np.arange(9), lambda kept: float(numbers[kept].mean()))

    assert grouped.standard_error == pytest.approx(4 / np.sqrt(3))
    assert single.standard_error < grouped.standard_error


def test_too_few_groups_or_no_answer_give_no_number():
    assert jackknife(np.array([0, 0, 1, 1]), lambda kept: kept.mean()) is None
    assert jackknife(np.arange(5), lambda kept: None if kept.any() else 0.0) is None


def test_students_interval_is_wider_with_less_freedom():
    narrow = around(0.0, 1.0, 1000)

    assert narrow == Estimate(
        0.0, 1.0, pytest.approx(-1.962, abs=1e-3), pytest.approx(1.962, abs=1e-3)
    )
    assert around(0.0, 1.0, 3).high == pytest.approx(3.182, abs=1e-3)
