import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.learning.evidence import evidence_of, rating_of_pairs
from lodestar.engine.learning.feedback import RatedPairs
from tests.engine.learning.rated import rated_pairs, shuffled

NAN = np.nan


def test_each_side_is_taken_from_its_own_mean():
    ratings = np.array([[5.0, 2.0], [3.0, NAN], [NAN, 4.0], [NAN, NAN]])

    rating, precision = rating_of_pairs(ratings)

    assert rating.tolist() == [0.0, -1.0, 1.0, 0.0]
    assert precision.tolist() == [2 / 1.5, 1.0, 1.0, 1.0]


def test_two_sides_that_always_agree_weigh_no_more_than_one():
    same = np.repeat(np.arange(40.0)[:, None] % 5 + 1, 2, axis=1)

    _, precision = rating_of_pairs(same)

    assert precision == pytest.approx(np.ones(40))


def test_two_sides_that_know_nothing_of_each_other_weigh_twice():
    apart = np.array([[1.0, 1], [1, 5], [5, 1], [5, 5]] * 10)

    _, precision = rating_of_pairs(apart)

    assert precision == pytest.approx(np.full(40, 2.0))


@given(st.floats(-1, 1), st.integers(0, 3))
def test_a_generous_cohort_teaches_nothing(kindness, criterion):
    pairs = rated_pairs(40)
    cohorts = tuple("old" if row < 25 else "new" for row in range(40))
    is_new = np.array(cohorts) == "new"
    closer = pairs.closeness / 2
    closer[is_new, criterion] += 30
    plain = RatedPairs(pairs.keys, pairs.closeness / 2, pairs.ratings[:, :1], (), cohorts)
    moved = pairs.ratings[:, :1] + kindness * is_new[:, None]

    kind = RatedPairs(pairs.keys, closer, moved, (), cohorts)

    assert evidence_of(kind).rows == pytest.approx(evidence_of(plain).rows)


def test_a_blank_answer_counts_at_the_mean_and_unrated_pairs_do_not_count():
    closeness = np.array([[100.0], [NAN], [0.0], [70.0]])
    ratings = np.array([[5.0], [3.0], [1.0], [NAN]])

    evidence = evidence_of(RatedPairs(("a", "b", "c", "d"), closeness, ratings))

    assert evidence.rows.tolist() == [[2.0, 0.5], [0.0, 0.0], [-2.0, -0.5]]
    assert (evidence.cohorts, evidence.group_keys, len(evidence)) == (1, ("a", "b", "c"), 3)


def with_warm_mentors(warmth: float) -> RatedPairs:
    pairs = rated_pairs(300)
    drawn = np.repeat(np.random.default_rng(5).normal(size=100), 3)
    ratings = np.clip(pairs.ratings[:, :1] / 2 + 1.5 + warmth * drawn[:, None], 1, 5)
    return RatedPairs(pairs.keys, pairs.closeness, ratings, pairs.mentors)


def test_what_pairs_of_one_mentor_share_is_found():
    assert evidence_of(with_warm_mentors(0.0)).mentor_share < 0.1
    assert evidence_of(with_warm_mentors(0.6)).mentor_share > 0.5


def test_the_rotation_makes_the_rows_independent():
    pairs = with_warm_mentors(0.6)
    plain = evidence_of(RatedPairs(pairs.keys, pairs.closeness, pairs.ratings)).rows

    rotated = evidence_of(pairs)

    share = rotated.mentor_share
    together = np.equal.outer(rotated.group, rotated.group) * share / (1 - share)
    covariance = np.eye(len(rotated)) + together
    expected = plain.T @ np.linalg.solve(covariance, plain)
    assert rotated.rows.T @ rotated.rows == pytest.approx(expected)


def test_the_order_of_the_rows_does_not_matter():
    pairs = rated_pairs(60)

    one, other = evidence_of(pairs), evidence_of(shuffled(pairs))

    assert np.array_equal(one.rows, other.rows)
    assert np.array_equal(one.group, other.group)
