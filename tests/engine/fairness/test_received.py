"""Results that contradict themselves are refused with the mend."""

import numpy as np
import pytest

from lodestar.engine.fairness.received import Loads, Received, checked_loads, figures_of
from lodestar.engine.matching.problem import MatchingError

NONE = np.nan


def same(found, expected):
    return np.array_equal(found, expected, equal_nan=True)


def test_none_is_written_in_three_ways():
    figures = figures_of(Received([True, False], [700_000, None], [2, NONE], [3.5, -1]))

    assert figures.served.tolist() == [True, False]
    assert same(figures.score, [700_000, NONE])
    assert same(figures.rank, [2, NONE])
    assert same(figures.waiting, [3.5, NONE])


def test_the_engines_own_arrays_are_taken_as_they_are():
    score = np.array([5, -1, 0], dtype=np.int64)

    figures = figures_of(Received(score >= 0, score))

    assert same(figures.score, [5, NONE, 0])
    assert (figures.rank, figures.waiting) == (None, None)


def test_everybody_may_have_waited():
    figures = figures_of(Received([True, False], [5, None], waiting=[3, 40]))

    assert same(figures.waiting, [3, 40])


@pytest.mark.parametrize(
    ("received", "message"),
    [
        (Received([True], [1, 2]), "There are 1 people but 2 scores"),
        (Received([True], [1], [1, 2]), "There are 1 people but 2 ranks"),
        (Received([True], [1], waiting=[]), "There are 1 people but 0 waits"),
        (Received([True], ["high"]), "scores must be numbers"),
        (Received([2], [1]), "served or not"),
        (Received([True, True], [1, None]), "position 1 is served but has no score"),
        (Received([False], [1]), "position 0 has a score but is not served"),
        (Received([True], [1_000_001]), "needs a score from 0 to 1,000,000"),
        (Received([True], [-2]), "needs a score from 0 to 1,000,000"),
        (Received([True], [1], [0]), "needs a rank that is a whole number"),
        (Received([True], [1], [1.5]), "needs a rank that is a whole number"),
        (Received([True], [1], [np.inf]), "ranks must be finite"),
        (Received([True, False], [1, None], [1, 2]), "position 1 has a rank but is not served"),
        (Received([True, True], [1, 1], waiting=[1, None]), "for all who are served"),
        (Received([True], [1], waiting=[36_501]), "needs a wait from 0 to 36,500 days"),
        (Received([True], [1], waiting=[-3]), "needs a wait from 0 to 36,500 days"),
    ],
)
def test_what_contradicts_itself_is_refused(received, message):
    with pytest.raises(MatchingError, match=message):
        figures_of(received)


@pytest.mark.parametrize(
    ("loads", "message"),
    [
        (Loads([1], [1, 2]), "There are 1 people but 2 capacities"),
        (Loads([1, 3], [1, 2]), "mentor at position 1 has more mentees than places"),
        (Loads([0.5], [1]), "needs whole numbers from 0 on"),
        (Loads([-2], [1]), "needs whole numbers from 0 on"),
        (Loads([0], [None]), "needs whole numbers from 0 on"),
        (Loads([0], [np.inf]), "capacities must be finite"),
    ],
)
def test_loads_that_do_not_fit_are_refused(loads, message):
    with pytest.raises(MatchingError, match=message):
        checked_loads(loads)
