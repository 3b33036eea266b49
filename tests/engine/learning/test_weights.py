from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lodestar.engine.learning.feedback import DesignWeights, RatedPairs
from lodestar.engine.learning.posterior import Posterior, moments_of, posterior_of
from lodestar.engine.learning.weights import (
    Caution,
    Kept,
    LearnedWeights,
    Standing,
    in_basis_points,
    learn_weights,
    likeliest_weights,
)
from lodestar.engine.matching.problem import MatchingError
from tests.engine.learning.rated import DESIGN, rated_pairs, shuffled
from tests.tried_on import tried_on

OTHER = (0.1, 0.2, 0.6, 0.1)


@pytest.mark.parametrize(
    ("count", "standing", "missing"),
    [
        (29, Standing.TOO_FEW, 1),
        (30, Standing.SHOWING, 70),
        (99, Standing.SHOWING, 1),
        (100, Standing.PROPOSED, 0),
    ],
)
def test_what_is_said_hangs_on_how_many_rated(count, standing, missing):
    learned = learn_weights(DESIGN, rated_pairs(count, OTHER))

    assert (learned.standing, learned.missing_ratings) == (standing, missing)
    assert bool(learned.estimates) == (standing is not Standing.TOO_FEW)
    assert bool(learned.gate) == bool(learned.proposal) == (standing is Standing.PROPOSED)


def test_too_few_ratings_say_nothing_at_all():
    learned = learn_weights(DESIGN, rated_pairs(29, mentors=False))

    assert learned == LearnedWeights(
        Standing.TOO_FEW, 29, 29, (Caution.ONLY_MATCHED_PAIRS, Caution.MENTORS_UNKNOWN)
    )


def test_pairs_without_a_rating_do_not_count():
    pairs = rated_pairs(100)
    ratings = pairs.ratings.copy()
    ratings[29:] = np.nan

    learned = learn_weights(DESIGN, RatedPairs(pairs.keys, pairs.closeness, ratings))

    assert (learned.standing, learned.pairs, learned.rated) == (Standing.TOO_FEW, 100, 29)
    assert Caution.MANY_UNRATED in learned.cautions


def test_clear_ratings_lead_to_a_proposal_near_the_truth():
    learned = learn_weights(DESIGN, rated_pairs(400, OTHER))

    assert learned.proposal == tuple(estimate.learned for estimate in learned.estimates)
    assert learned.proposal == pytest.approx((1000, 2000, 6000, 1000), abs=400)
    assert learned.moved > 0.99
    assert learned.slope == pytest.approx(4.0, abs=4 * learned.slope_error)
    assert all(e.low <= 10_000 * t <= e.high for e, t in zip(learned.estimates, OTHER, strict=True))


def test_noise_leads_to_no_proposal():
    standings = [
        learn_weights(DESIGN, rated_pairs(100, slope=0.0, noise=1.0, seed=seed)).standing
        for seed in range(8)
    ]

    assert standings == [Standing.NOT_BETTER] * 8


def test_ratings_that_follow_the_designer_lead_to_no_proposal():
    standings = [
        learn_weights(DESIGN, rated_pairs(150, noise=0.8, seed=seed)).standing for seed in range(8)
    ]

    assert standings == [Standing.NOT_BETTER] * 8


@given(st.integers(0, 10_000), st.integers(30, 110))
@tried_on(25)
def test_weights_stay_weights_and_demographics_stay_put(seed, count):
    truth = np.random.default_rng(seed).dirichlet(np.ones(4) / 2)

    learned = learn_weights(DESIGN, rated_pairs(count, truth, seed=seed))

    points = [estimate.learned for estimate in learned.estimates]
    assert sum(points) == 10_000
    assert min(points) >= 0
    assert points[3] == 1000
    assert learned.estimates[3].kept is Kept.DEMOGRAPHIC
    assert all(0 <= e.low <= e.learned <= e.high <= 10_000 for e in learned.estimates)


def test_the_order_of_the_rows_does_not_matter():
    pairs = rated_pairs(150, OTHER)

    assert learn_weights(DESIGN, pairs) == learn_weights(DESIGN, shuffled(pairs))


def test_ratings_never_speak_about_demographics():
    pairs = rated_pairs(200, (0.2, 0.1, 0.1, 0.6))

    learned = learn_weights(DESIGN, pairs)

    identity = learned.estimates[3]
    assert (identity.designer, identity.learned, identity.standard_error) == (1000, 1000, 0.0)
    assert (identity.low, identity.high) == (1000, 1000)


def test_a_criterion_that_is_the_same_for_all_keeps_its_weight():
    pairs = rated_pairs(120, OTHER)
    closeness = pairs.closeness.copy()
    closeness[:, 0], closeness[:, 1] = 100, np.nan

    learned = learn_weights(DESIGN, RatedPairs(pairs.keys, closeness, pairs.ratings))

    assert learned == LearnedWeights(
        Standing.NOTHING_TO_LEARN,
        120,
        120,
        (Caution.ONLY_MATCHED_PAIRS, Caution.MENTORS_UNKNOWN),
    )

    closeness[:, 1] = pairs.closeness[:, 1]
    learned = learn_weights(DESIGN, RatedPairs(pairs.keys, closeness, pairs.ratings))

    assert [estimate.kept for estimate in learned.estimates] == [
        Kept.NO_VARIATION,
        Kept.LEARNED,
        Kept.LEARNED,
        Kept.DEMOGRAPHIC,
    ]
    assert (learned.estimates[0].learned, learned.estimates[0].standard_error) == (4000, 0.0)


def test_a_design_whose_weight_is_all_demographic_has_nothing_to_learn():
    design = DesignWeights(DESIGN.names, (0, 0, 0, 10_000), DESIGN.demographic)

    assert learn_weights(design, rated_pairs(50)).standing is Standing.NOTHING_TO_LEARN


def test_equal_ratings_change_next_to_nothing():
    pairs = rated_pairs(120)
    same = RatedPairs(pairs.keys, pairs.closeness, np.full((120, 2), 4.0), pairs.mentors)

    learned = learn_weights(DESIGN, same)

    assert learned.standing is Standing.NOT_BETTER
    assert [e.learned for e in learned.estimates] == pytest.approx(DESIGN.basis_points, abs=20)
    assert Caution.SCORE_SAYS_LITTLE in learned.cautions


def test_what_a_reader_must_know_is_named():
    pairs = rated_pairs(150, (0.4, 0.3, 0.2, 0.1), slope=0.0, noise=0.1)
    ratings = np.full((150, 2), np.nan)
    ratings[:70, 0] = 5

    learned = learn_weights(
        DESIGN, RatedPairs(pairs.keys, pairs.closeness, ratings, ("eva", "jan") * 75)
    )

    assert learned.cautions == (
        Caution.ONLY_MATCHED_PAIRS,
        Caution.MANY_UNRATED,
        Caution.ONE_SIDE,
        Caution.MOSTLY_TOP_RATINGS,
        Caution.FEW_MENTORS,
        Caution.SCORE_SAYS_LITTLE,
    )


def test_with_too_few_mentors_nothing_is_proposed():
    pairs = rated_pairs(120, OTHER, mentors=False)
    mentors = tuple(f"mentor{row % 9}" for row in range(120))

    learned = learn_weights(DESIGN, RatedPairs(pairs.keys, pairs.closeness, pairs.ratings, mentors))

    assert (learned.standing, learned.gate) == (Standing.NOT_BETTER, None)
    assert Caution.FEW_MENTORS in learned.cautions


def test_bad_input_is_refused_with_a_sentence():
    with pytest.raises(MatchingError, match="one row per pair and one column per criterion"):
        learn_weights(DESIGN, RatedPairs(("a",), np.zeros((1, 3)), np.ones((1, 2))))


def misfit(belief: Posterior, designer, weights):
    apart = (weights - designer) @ belief.frame - belief.move
    known = np.linalg.inv(belief.covariance + 1e-10 * np.eye(apart.shape[-1]))
    return np.einsum("...i,ij,...j->...", apart, known, apart)


@given(st.integers(0, 10_000))
@tried_on(60)
def test_the_likeliest_weights_are_the_best_of_all_allowed_ones(seed):
    random = np.random.default_rng(seed)
    designer, free = random.dirichlet([1.0, 1, 1]), np.array([True, True, True])
    rows = random.normal(size=(60, 4))
    rows[:, 0] += 4 * rows[:, 1:] @ random.dirichlet([0.3, 0.3, 0.3])
    belief = posterior_of(moments_of(rows - rows.mean(axis=0)), 59, designer, free)

    found = likeliest_weights(belief, designer, free)

    lattice = np.array([(a, b, 40 - a - b) for a, b in product(range(41), repeat=2) if a + b <= 40])
    best = misfit(belief, designer, lattice / 40).min()
    assert misfit(belief, designer, found) <= best + 1e-6 * (1 + best)
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)


@given(npst.arrays(float, st.integers(1, 12), elements=st.floats(0.001, 1)), st.integers(0, 10_000))
def test_rounding_keeps_the_sum_and_is_never_a_point_off(shares, total):
    points = in_basis_points(shares, total)

    exact = shares / shares.sum() * total
    assert sum(points) == total
    assert all(abs(point - part) < 1 for point, part in zip(points, exact, strict=True))
