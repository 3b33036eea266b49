import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.learning.posterior import (
    BELIEFS,
    ROUNDING_NOISE,
    SLOPES,
    SPREADS,
    moments_of,
    posterior_of,
    slope_of,
)

DESIGNER = np.array([0.6, 0.4])
BOTH = np.array([True, True])


def drawn_rows(truth, slope, noise, count=60, seed=3):
    random = np.random.default_rng(seed)
    closeness = random.uniform(0, 1, size=(count, len(truth)))
    rating = slope * closeness @ np.array(truth) + noise * random.normal(size=count)
    rows = np.column_stack([rating, closeness])
    return rows - rows.mean(axis=0)


def belief_by_sums(rows, noise):
    """Add up prior times likelihood over a fine lattice of moves, slopes and spreads."""
    moves = np.linspace(-0.9, 0.9, 3601)
    direction = np.array([1.0, -1.0]) / np.sqrt(2)
    score, along = rows[:, 1:] @ DESIGNER, rows[:, 1:] @ direction
    mass = np.zeros((len(SLOPES), len(moves)))
    for spread, belief in zip(SPREADS, BELIEFS, strict=True):
        prior = np.exp(-((moves / spread) ** 2) / 2) if spread else (moves == 0).astype(float)
        prior = belief * prior / prior.sum()
        for place, slope in enumerate(SLOPES):
            y = rows[:, 0] - slope * score
            misfit = (
                y @ y - 2 * slope * moves * (along @ y) + (slope * moves) ** 2 * (along @ along)
            )
            mass[place] += prior * np.exp(-(misfit - rows[:, 0] @ rows[:, 0]) / (2 * noise))
    mass /= mass.sum()
    by_move, by_slope = mass.sum(axis=0), mass.sum(axis=1)
    mean = by_move @ moves
    return mean, by_move @ (moves - mean) ** 2, by_slope @ SLOPES


@pytest.mark.parametrize("truth", [(0.6, 0.4), (0.3, 0.7), (0.9, 0.1)])
@pytest.mark.parametrize("noise", [0.4, 1.0])
def test_the_belief_is_prior_times_likelihood(truth, noise):
    rows = drawn_rows(truth, 3.0, noise)

    belief = posterior_of(moments_of(rows), len(rows) - 1, DESIGNER, BOTH)

    along = belief.frame[0, 0] * np.sqrt(2)
    mean, variance, slope = belief_by_sums(rows, belief.noise**2)
    assert along * belief.move[0] == pytest.approx(mean, abs=1e-4)
    assert belief.covariance[0, 0] == pytest.approx(variance, rel=1e-2)
    assert belief.slope == pytest.approx(slope, rel=1e-4)


def test_the_noise_is_what_least_squares_leaves():
    rows = drawn_rows((0.3, 0.7), 3.0, 0.8)
    fitted, left, *_ = np.linalg.lstsq(rows[:, 1:], rows[:, 0])

    belief = posterior_of(moments_of(rows), 59, DESIGNER, BOTH)

    assert belief.noise**2 == pytest.approx(left[0] / (59 - len(fitted)))


def test_rounding_keeps_the_noise_from_vanishing():
    belief = posterior_of(moments_of(drawn_rows((0.6, 0.4), 2.0, 0.0)), 59, DESIGNER, BOTH)

    assert belief.noise == pytest.approx(np.sqrt(ROUNDING_NOISE))


def test_ratings_that_follow_the_designer_leave_the_belief_with_the_designer():
    belief = posterior_of(moments_of(drawn_rows(DESIGNER, 4.0, 0.3, 800)), 799, DESIGNER, BOTH)

    assert belief.moved < 0.5
    assert abs(belief.frame @ belief.move).max() < 0.01


def test_many_clear_ratings_outweigh_the_designer():
    belief = posterior_of(moments_of(drawn_rows((0.2, 0.8), 4.0, 0.3, 800)), 799, DESIGNER, BOTH)

    assert belief.moved > 0.999
    assert DESIGNER + belief.frame @ belief.move == pytest.approx([0.2, 0.8], abs=0.03)
    assert belief.errors().max() < 0.03


@given(st.integers(0, 1000), st.integers(40, 200))
def test_what_is_kept_never_moves_and_the_sum_stays(seed, count):
    designer, free = np.array([0.4, 0.3, 0.2, 0.1]), np.array([True, True, True, False])
    rows = drawn_rows((0.1, 0.2, 0.3, 0.4), 3.0, 1.0, count, seed)

    belief = posterior_of(moments_of(rows), count - 1, designer, free)

    moved = belief.frame @ belief.move
    assert moved[3] == 0 == belief.errors()[3]
    assert moved.sum() == pytest.approx(0, abs=1e-12)
    assert np.all(np.linalg.eigvalsh(belief.doubt) > 0)


def test_the_slope_is_least_squares_within_bounds():
    rows = drawn_rows(DESIGNER, 2.0, 0.0)

    assert slope_of(moments_of(rows), DESIGNER) == pytest.approx(2.0)
    assert slope_of(moments_of(rows * [-1, 1, 1]), DESIGNER) == 0.0
    assert slope_of(moments_of(rows * [99, 1, 1]), DESIGNER) == 8.0
    assert slope_of(moments_of(rows * [1, 0, 0]), DESIGNER) == 0.0
