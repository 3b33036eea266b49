from dataclasses import replace

import numpy as np
import pytest

from lodestar.engine.learning.simulator import Cycle, Harm, harm_of, simulate_cycle
from lodestar.engine.learning.world import Scenario
from lodestar.engine.matching.defaults import CRITERIA
from lodestar.engine.matching.problem import Criterion, CriterionKind

RIGHT = Scenario(distance=0.0, slope=4.0, ratings=100)
STRONG = Scenario(distance=1.0, slope=5.0, ratings=200)


def runs(scenario, count, first=900):
    return [simulate_cycle(CRITERIA, scenario, first + number) for number in range(count)]


def test_the_same_seed_draws_the_same_world():
    assert simulate_cycle(CRITERIA, STRONG, 7) == simulate_cycle(CRITERIA, STRONG, 7)
    assert simulate_cycle(CRITERIA, STRONG, 7) != simulate_cycle(CRITERIA, STRONG, 8)


def test_where_the_designer_is_right_nothing_is_better():
    cycles = runs(RIGHT, 10)

    assert [cycle.best for cycle in cycles] == [0.0] * 10
    assert max(max(c.refit, c.estimated, c.adopted) for c in cycles) <= 0
    assert harm_of(cycles).refit_worse == 1.0
    assert harm_of(cycles).worse == 0.0


def test_where_ratings_speak_clearly_the_gate_lets_the_gain_through():
    harm = harm_of(runs(STRONG, 12))

    assert harm.proposed > 0.4
    assert harm.worse <= 0.1
    assert 0.04 < harm.gain < harm.best_gain
    assert harm.covered > 0.85


def test_weak_ratings_harm_through_a_refit_but_not_through_the_gate():
    harm = harm_of(runs(Scenario(distance=0.7, slope=1.0, ratings=100), 12))

    assert harm.refit_worse > 0.4
    assert harm.worse == 0.0


def test_true_weights_gain_no_less_than_any_others():
    cycles = runs(replace(STRONG, ratings=60), 8)

    assert all(c.best >= max(c.refit, c.estimated, c.adopted) - 1e-3 for c in cycles)


def test_too_few_ratings_leave_the_next_cycle_as_it_is():
    cycle = simulate_cycle(CRITERIA, replace(STRONG, ratings=20), 1)

    assert (cycle.estimated, cycle.adopted, cycle.is_proposed) == (0.0, 0.0, False)
    assert cycle.covered == 1.0


def test_every_kind_of_criterion_can_be_drawn():
    criteria = [Criterion(kind.value, kind, "one", "other", 1) for kind in CriterionKind]

    cycle = simulate_cycle(criteria, Scenario(0.5, 4.0, 110, mentees=60, mentors=25), 1)

    assert np.isfinite([cycle.refit, cycle.estimated, cycle.adopted, cycle.best]).all()


def test_harm_is_counted_in_shares_of_all_runs():
    cycles = [
        Cycle(-0.02, 0.01, 0.0, 0.03, False, 1.0),
        Cycle(0.01, -0.01, -0.0005, 0.03, True, 0.5),
        Cycle(0.01, 0.02, 0.02, 0.03, True, 1.0),
        Cycle(-0.04, -0.02, -0.02, 0.03, True, 1.0),
    ]

    assert harm_of(cycles) == Harm(
        runs=4,
        proposed=0.75,
        worse=0.5,
        noticeably_worse=0.25,
        gain=pytest.approx(-0.000125),
        estimate_worse=0.5,
        estimate_gain=pytest.approx(0.0),
        refit_worse=0.5,
        refit_gain=pytest.approx(-0.01),
        best_gain=pytest.approx(0.03),
        covered=0.875,
    )
