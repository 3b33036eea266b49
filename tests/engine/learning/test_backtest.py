import numpy as np
import pytest

from lodestar.engine.learning.backtest import BackTest, Step, back_test, in_order_of_time
from lodestar.engine.learning.feedback import RatedPairs
from lodestar.engine.learning.weights import Standing, learn_weights
from lodestar.engine.matching.problem import MatchingError
from tests.engine.learning.rated import DESIGN, rated_pairs, shuffled

OTHER = (0.1, 0.2, 0.6, 0.1)


def cohorts(*counts, truth=OTHER):
    return [rated_pairs(count, truth, seed=seed) for seed, count in enumerate(counts)]


def test_learned_weights_foretell_the_next_cohort_better_where_the_designer_is_wrong():
    found = back_test(DESIGN, cohorts(60, 60, 60))

    assert [(step.cohort, step.learned_from, step.tested_on) for step in found.steps] == [
        (1, 60, 60),
        (2, 120, 60),
    ]
    assert [step.standing for step in found.steps] == [Standing.SHOWING, Standing.PROPOSED]
    assert found.correlation.gain.low > 0
    assert found.ordering.gain.low > 0
    assert found.tested_on == 120


def test_the_designers_order_is_kept_where_the_designer_is_right():
    found = back_test(DESIGN, cohorts(60, 60, 60, truth=(0.4, 0.3, 0.2, 0.1)))

    assert found.correlation.gain.low <= 0 <= found.correlation.gain.high


def test_no_step_looks_ahead():
    before = cohorts(60, 60, 60)
    after = [*before[:2], rated_pairs(80, (0.7, 0.1, 0.1, 0.1), seed=9)]

    one, other = back_test(DESIGN, before), back_test(DESIGN, after)

    assert one.steps[0] == other.steps[0]
    assert one.steps[1].weights == other.steps[1].weights
    assert one.steps[1].correlation != other.steps[1].correlation


def test_a_step_learns_from_all_cohorts_before_it():
    three = cohorts(60, 60, 60)

    step = back_test(DESIGN, three).steps[1]

    learned = learn_weights(DESIGN, in_order_of_time(three[:2]))
    assert step.weights == tuple(estimate.learned for estimate in learned.estimates)


def test_too_few_behind_or_ahead_are_not_judged():
    found = back_test(DESIGN, cohorts(29, 40, 19))

    assert found == BackTest(
        (
            Step(1, 29, 40, Standing.TOO_FEW),
            Step(2, 69, 19, Standing.SHOWING, found.steps[1].weights),
        ),
        0,
        None,
        None,
    )
    assert len(found.steps[1].weights) == 4
    assert found.is_too_few


def test_one_cohort_alone_is_refused():
    with pytest.raises(MatchingError, match="at least two cohorts"):
        back_test(DESIGN, cohorts(60))


def test_a_cohort_in_which_all_are_rated_alike_tells_nothing():
    first, second = cohorts(60, 40)
    same = RatedPairs(second.keys, second.closeness, np.full((40, 2), 5.0), second.mentors)

    found = back_test(DESIGN, [first, same])

    assert (found.steps[0].correlation, found.steps[0].ordering) == (None, None)


def test_the_whole_is_the_mean_of_the_steps_weighted_by_pairs():
    found = back_test(DESIGN, cohorts(60, 30, 90))

    one, other = (step.correlation for step in found.steps)
    assert found.correlation.designer == pytest.approx(0.25 * one.designer + 0.75 * other.designer)
    assert found.correlation.learned == pytest.approx(0.25 * one.learned + 0.75 * other.learned)
    assert found.correlation.gain.standard_error == pytest.approx(
        np.hypot(0.25 * one.gain.standard_error, 0.75 * other.gain.standard_error)
    )


def test_the_order_of_the_rows_does_not_matter():
    three = cohorts(60, 60, 60)

    assert back_test(DESIGN, three) == back_test(DESIGN, [shuffled(cohort) for cohort in three])


def test_cohorts_may_differ_in_sides_and_in_knowing_mentors():
    first, second, third = cohorts(60, 60, 60)
    one_sided = RatedPairs(second.keys, second.closeness, second.ratings[:, :1])

    joined = in_order_of_time([first, one_sided])

    assert joined.ratings.shape == (120, 2)
    assert (joined.mentors, joined.cohorts[0], joined.cohorts[-1]) == ((), "0000", "0001")
    assert not back_test(DESIGN, [first, one_sided, third]).is_too_few
