import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from lodestar.engine.learning.logistic import fit_logistic
from lodestar.engine.matching.problem import MatchingError
from tests.tried_on import tried_on


def drawn(seed, count=80, columns=3, steep=1.0):
    random = np.random.default_rng(seed)
    table = random.normal(size=(count, columns)) * [1, 10, 0.1][:columns]
    level = steep * (table[:, 0] + 0.2 * table[:, 1])
    return table, random.random(count) < 1 / (1 + np.exp(-level))


@given(st.integers(0, 500), st.sampled_from([0.1, 1.0, 20.0]))
@tried_on(25)
def test_newton_finds_what_a_general_optimiser_finds(seed, ridge):
    table, is_yes = drawn(seed)
    rows = np.column_stack([np.ones(80), (table - table.mean(axis=0)) / table.std(axis=0)])

    def cost(coefficients):
        level = rows @ coefficients
        held = ridge / 2 * (coefficients[1:] ** 2).sum()
        return np.logaddexp(0, level).sum() - is_yes @ level + held

    expected = minimize(cost, np.zeros(4), tol=1e-10)

    model = fit_logistic(table, is_yes, ridge)

    assert cost(model.coefficients) <= expected.fun + 1e-9
    assert model.coefficients == pytest.approx(expected.x, abs=1e-4)


def test_answers_that_a_line_parts_keep_finite_coefficients():
    table = np.arange(20.0)[:, None]

    model = fit_logistic(table, table[:, 0] > 9, ridge=0.01)

    assert np.all(np.isfinite(model.coefficients))
    assert np.all(np.diff(model.chance(table)) > 0)


def test_the_mean_chance_is_the_share_of_yeses():
    table, is_yes = drawn(4)

    assert fit_logistic(table, is_yes, 5.0).chance(table).mean() == pytest.approx(is_yes.mean())


def test_a_column_that_is_the_same_for_all_changes_nothing():
    table, is_yes = drawn(5, columns=2)
    wider = np.column_stack([table, np.full(80, 7.0)])

    assert fit_logistic(wider, is_yes).chance(wider) == pytest.approx(
        fit_logistic(table, is_yes).chance(table)
    )


def test_nothing_can_be_learned_from_equal_answers_or_without_a_ridge():
    table, is_yes = drawn(6)

    with pytest.raises(MatchingError, match="both yes and no"):
        fit_logistic(table, np.ones(80, dtype=bool))
    with pytest.raises(MatchingError, match="The ridge is 0"):
        fit_logistic(table, is_yes, 0.0)
