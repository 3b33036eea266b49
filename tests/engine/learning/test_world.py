import numpy as np
import pytest

from lodestar.engine.learning.feedback import check_pairs, joined, weights_of
from lodestar.engine.learning.world import (
    Scenario,
    World,
    drawn_cohort,
    drawn_world,
    matched,
    rated_cohorts,
)
from lodestar.engine.matching.defaults import CRITERIA


def drawn(seed=1, **changed):
    random = np.random.default_rng(seed)
    scenario = Scenario(**({"distance": 0.5, "slope": 3.0, "ratings": 150} | changed))
    return drawn_world(CRITERIA, scenario, random), random


def test_as_many_pairs_are_rated_as_asked_for_and_all_fit_together():
    pairs = joined(rated_cohorts(*drawn()))

    check_pairs(pairs, len(CRITERIA))
    assert int(pairs.is_rated().sum()) == 150
    assert bool(pairs.is_rated()[-1])
    assert np.isnan(pairs.closeness).mean() == pytest.approx(0.08, abs=0.02)
    assert np.isnan(pairs.ratings).mean() == pytest.approx(0.3, abs=0.06)


def test_a_right_designer_knows_the_truth():
    world, _ = drawn(distance=0.0)

    assert world.truth == pytest.approx(weights_of(CRITERIA).shares())


def test_no_matching_beats_the_one_by_true_weights():
    world, random = drawn()
    closeness, capacity = drawn_cohort(world, random)
    other = random.permutation(np.repeat(np.arange(40), capacity))[:80]

    mentee, mentor = matched(closeness, capacity, np.round(world.truth * 10_000).tolist())

    best = world.worth(closeness[mentee, mentor]).sum()
    assert len(set(mentee.tolist())) == len(mentee) == min(100, capacity.sum())
    assert np.all(np.bincount(mentor, minlength=40) <= capacity)
    assert best > world.worth(closeness[np.arange(len(other)), other]).sum()


def test_with_a_bend_worth_is_no_sum_of_closeness():
    truth = np.array([0.5, 0.5])
    straight = World(CRITERIA[:2], Scenario(0, 1, 1), truth)
    bent = World(CRITERIA[:2], Scenario(0, 1, 1, bend=2.0), truth)

    assert straight.worth(np.array([[100.0, 0], [50, 50]])).tolist() == [0.5, 0.5]
    assert bent.worth(np.array([[100.0, 0], [50, 50]])).tolist() == [0.5, 0.25]


def test_better_pairs_are_rated_higher():
    world, random = drawn(slope=8.0, ratings=600)
    pairs = joined(rated_cohorts(world, random))
    felt = world.worth(np.nan_to_num(pairs.closeness, nan=50.0))[pairs.is_rated()]
    heard = np.nanmean(pairs.ratings[pairs.is_rated()], axis=1)

    assert np.corrcoef(felt, heard)[0, 1] > 0.4
