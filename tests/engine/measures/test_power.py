import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.measures.power import LEVEL, POWER, detectable, power_of_shares
from tests.tried_on import tried_on

SIZES = st.integers(5, 400)


@pytest.mark.parametrize(("first", "second"), [(40, 40), (60, 150), (300, 80)])
def test_the_smallest_difference_in_shares_is_seen_four_times_of_five(first, second):
    found = detectable(first, second, base=0.4)
    drawn = np.random.default_rng(1)
    one = drawn.binomial(first, 0.4 + found.share, 40_000) / first
    two = drawn.binomial(second, 0.4, 40_000) / second

    pooled = (first * one + second * two) / (first + second)
    error = np.sqrt(pooled * (1 - pooled) * (1 / first + 1 / second))
    seen = (one - two) > 1.959964 * error

    assert np.mean(seen) == pytest.approx(POWER, abs=0.03)


def test_the_smallest_difference_in_ratings_is_seen_four_times_of_five():
    found = detectable(50, 70)
    drawn = np.random.default_rng(2)
    one = drawn.normal(found.rating, 1, (20_000, 50)).mean(axis=1)
    two = drawn.normal(0, 1, (20_000, 70)).mean(axis=1)

    seen = (one - two) / np.sqrt(1 / 50 + 1 / 70) > 1.959964

    assert np.mean(seen) == pytest.approx(POWER, abs=0.01)


@tried_on(60)
@given(SIZES, SIZES, st.floats(0.05, 0.9))
def test_more_people_show_smaller_differences(first, second, base):
    few, many = detectable(first, second, base), detectable(2 * first, 2 * second, base)

    assert many.rating < few.rating
    if few.share is not None:
        assert many.share <= few.share
        assert power_of_shares(first, second, base + few.share, base) >= POWER


def test_without_a_difference_one_side_of_the_level_is_seen():
    assert power_of_shares(100, 100, 0.3, 0.3) == pytest.approx(LEVEL / 2)


def test_too_few_people_and_a_share_without_room_show_nothing():
    assert (detectable(4, 400).share, detectable(4, 400).rating) == (None, None)
    assert detectable(5, 5, base=0.9).share is None
    assert power_of_shares(50, 50, 1.0, 1.0) == 0.0


@pytest.mark.parametrize("wrong", [(-1, 5, 0.5), (5, -1, 0.5), (5, 5, 1.2)])
def test_what_is_no_group_is_refused(wrong):
    with pytest.raises(ValueError, match="Two groups have 0 people or more"):
        detectable(*wrong)
