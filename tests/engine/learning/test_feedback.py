import re

import numpy as np
import pytest

from lodestar.engine.learning.feedback import (
    DesignWeights,
    RatedPairs,
    check_pairs,
    check_weights,
    only,
    sorted_by_key,
    weights_of,
)
from lodestar.engine.matching.problem import Criterion, CriterionKind, MatchingError

NAN = np.nan


def pairs(**changed) -> RatedPairs:
    columns = {
        "keys": ("b", "a"),
        "closeness": np.array([[80.0, NAN], [0.0, 100.0]]),
        "ratings": np.array([[5.0, NAN], [NAN, NAN]]),
        "mentors": ("eva", "jan"),
    }
    return RatedPairs(**(columns | changed))


@pytest.mark.parametrize(
    ("design", "sentence"),
    [
        (DesignWeights(("a", "b"), (10_000,), (False, False)), "one name, one weight"),
        (DesignWeights(("a", "a"), (5000, 5000), (False, False)), "the same name"),
        (DesignWeights(("a", "b"), (5000, 4000), (False, False)), "sum to 9000 basis points"),
        (DesignWeights(("a", "b"), (12_000, -2000), (False, False)), "must be 0 or more"),
        (DesignWeights((), (), ()), "sum to 0 basis points"),
    ],
)
def test_weights_that_cannot_be_a_designs_are_refused(design, sentence):
    with pytest.raises(MatchingError, match=sentence):
        check_weights(design)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closeness": np.zeros((2, 3))}, "The closeness table is 2 × 3"),
        ({"closeness": np.zeros(2)}, "The closeness table is 2,"),
        ({"ratings": np.ones((2, 3))}, "The ratings are 2 × 3"),
        ({"ratings": np.ones(2)}, "The ratings are 2,"),
        ({"keys": ("b", "b")}, "The pair b is listed twice"),
        ({"mentors": ("eva",)}, "2 pairs but 1 names of a mentor"),
        ({"cohorts": ("2025",)}, "2 pairs but 1 names of a cohort"),
        ({"closeness": np.full((2, 2), 101.0)}, "A closeness of 101 is off the scale"),
        ({"closeness": np.full((2, 2), -np.inf)}, "A closeness of -inf is off the scale"),
        ({"ratings": np.full((2, 1), 0.5)}, "A rating of 0.5 is off the scale"),
    ],
)
def test_pairs_that_do_not_fit_are_refused_with_a_sentence(changed, sentence):
    with pytest.raises(MatchingError, match=re.escape(sentence)):
        check_pairs(pairs(**changed), 2)


def test_pairs_with_blanks_are_welcome():
    check_pairs(pairs(), 2)

    assert pairs().is_rated().tolist() == [True, False]


def test_sorting_and_choosing_move_every_column_together():
    ordered = sorted_by_key(pairs())

    assert (ordered.keys, ordered.mentors, ordered.cohorts) == (("a", "b"), ("jan", "eva"), ())
    assert ordered.closeness.tolist()[0] == [0.0, 100.0]
    assert only(ordered, [1]).ratings[0, 0] == 5.0


def test_what_is_opt_in_counts_as_demographic():
    criteria = (
        Criterion("topics", CriterionKind.TOPICS, "wish", "offer", 3),
        Criterion("identity", CriterionKind.OPT_IN, "identity", "identity", 1),
    )

    assert weights_of(criteria) == DesignWeights(
        ("topics", "identity"), (7500, 2500), (False, True)
    )
    assert weights_of(criteria).shares().tolist() == [0.75, 0.25]
