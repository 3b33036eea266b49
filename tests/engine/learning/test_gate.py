from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.learning.evidence import evidence_of
from lodestar.engine.learning.gate import FOLDS, REPEATS, dealt, gate_of
from lodestar.engine.learning.posterior import moments_of
from tests.engine.learning.rated import DESIGN, rated_pairs

TRUTH = np.array([0.1, 0.2, 0.6, 0.1])


def always(weights):
    def learner(_moments, _spare):
        return weights

    return learner


@given(st.sets(st.text(max_size=4), min_size=1, max_size=60), st.text(max_size=3))
def test_folds_are_even_and_hang_on_keys_alone(keys, salt):
    forth, back = sorted(keys), sorted(keys, reverse=True)

    sizes = Counter(dealt(forth, salt).tolist())

    assert max(sizes.values()) - min(sizes.values()) <= (1 if len(keys) >= FOLDS else 0)
    assert dealt(forth, salt).tolist() == dealt(back, salt).tolist()[::-1]


def test_the_same_weights_gain_nothing():
    gate = gate_of(evidence_of(rated_pairs(120)), DESIGN.shares(), always(DESIGN.shares()), 1)

    assert (gate.passed, gate.gain, gate.errors, gate.groups) == (False, 0.0, 0.0, 40)


def test_true_weights_pass_and_false_ones_do_not():
    evidence = evidence_of(rated_pairs(240, TRUTH))

    better = gate_of(evidence, DESIGN.shares(), always(TRUTH), 1)
    worse = gate_of(evidence, TRUTH, always(DESIGN.shares()), 1)

    assert (better.passed, worse.passed) == (True, False)
    assert better.errors > 2 > -2 > worse.errors


def test_no_fold_is_learned_from_before_it_is_foretold():
    evidence = evidence_of(rated_pairs(120))
    asked = []

    def learner(moments, spare):
        asked.append((moments, spare))
        return TRUTH

    gate_of(evidence, DESIGN.shares(), learner, 5)

    expected = []
    for repeat in range(REPEATS):
        fold = dealt(evidence.group_keys, f"5:{repeat}")[evidence.group]
        for number in range(FOLDS):
            seen = evidence.rows[fold != number]
            expected.append((moments_of(seen), len(seen) - 1))
    assert [spare for _, spare in asked] == [spare for _, spare in expected]
    for (one, _), (other, _) in zip(asked, expected, strict=True):
        assert one == pytest.approx(other)


def test_the_gain_is_the_share_of_squared_error_saved_on_unseen_mentors():
    evidence = evidence_of(rated_pairs(150, TRUTH, noise=1.0))
    rows, designer = evidence.rows, DESIGN.shares()
    loss = np.zeros((len(rows), 2))
    for repeat in range(REPEATS):
        fold = dealt(evidence.group_keys, f"1:{repeat}")[evidence.group]
        for number in range(FOLDS):
            seen = rows[fold != number]
            for column, weights in enumerate((designer, TRUTH)):
                slope = np.linalg.lstsq(seen[:, 1:] @ weights[:, None], seen[:, 0])[0]
                left = rows[:, 0] - rows[:, 1:] @ weights * slope
                loss[:, column] += np.where(fold == number, left**2, 0) / REPEATS
    gain = loss[:, 0] - loss[:, 1]
    by_mentor = [(gain - gain.mean())[evidence.group == group].sum() for group in range(50)]
    error = np.sqrt(np.square(by_mentor).sum()) / len(rows)

    gate = gate_of(evidence, designer, always(TRUTH), 1)

    assert gate.gain == pytest.approx(gain.mean() / loss[:, 0].mean())
    assert gate.errors == pytest.approx(gain.mean() / error)
    assert gate.groups == 50
