import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.pairs import from_edges
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.solving import SERVE, TOTAL, WORST_FIRST
from lodestar.engine.rescue.rematching import KeepPoint, keep_curve, keep_curve_of
from tests.engine.matching.markets import every_matching, instances, reached, tickets_for, total_of
from tests.engine.matching.people import DESIGN, cohort
from tests.tried_on import tried_on

BONUSES = (0, 1, 50_000, 400_000, 1_000_000)


@given(instances(), st.sampled_from([SERVE, WORST_FIRST, TOTAL]), st.data())
@tried_on(100)
def test_a_larger_bonus_keeps_no_fewer_pairs_and_gives_no_larger_total(pairs, aims, data):
    working = data.draw(st.sampled_from(list(every_matching(pairs))))

    curve = keep_curve(pairs, working, tickets_for(pairs), aims=aims, bonuses=BONUSES)

    kept, totals = [one.kept for one in curve], [one.total for one in curve]
    assert [one.bonus for one in curve] == list(BONUSES)
    assert kept == sorted(kept)
    assert totals == sorted(totals, reverse=True)
    assert {one.keepable for one in curve} == {len(working)}
    if aims is not TOTAL:
        assert len({one.served for one in curve}) == 1


@given(instances(most_mentees=4, most_mentors=3), st.data())
@tried_on(60)
def test_each_point_is_the_best_by_brute_force(pairs, data):
    options = list(every_matching(pairs))
    working = data.draw(st.sampled_from(options))
    most = max(reached(pairs, taken) for taken in options)
    best = max(
        total_of(pairs, taken) + 50_000 * len(np.intersect1d(taken, working))
        for taken in options
        if reached(pairs, taken) == most
    )

    (point,) = keep_curve(pairs, working, tickets_for(pairs), bonuses=(50_000,))

    assert point.total + 50_000 * point.kept == best
    assert point.served == most[0]


def test_a_small_bonus_keeps_two_pairs_whose_exchange_brings_little():
    pairs = from_edges(
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]),
        np.array([500_000, 520_000, 510_000, 500_000]),
        2,
        np.array([1, 1]),
    )

    curve = keep_curve(pairs, np.array([0, 3]), tickets_for(pairs), bonuses=(20_000, 10_000, 0))

    assert curve == (
        KeepPoint(0, 0, 2, 2, 1_030_000, 1.0),
        KeepPoint(10_000, 0, 2, 2, 1_030_000, 1.0),
        KeepPoint(20_000, 2, 2, 2, 1_000_000, 1_000_000 / 1_030_000),
    )
    assert [one.kept_share for one in curve] == [0.0, 0.0, 1.0]


def test_a_scored_cohort_is_held_against_its_kept_pairs_that_are_still_here():
    mentees, mentors = cohort(30, 14)
    first = score_people(mentees, mentors, DESIGN)
    ((_, gone), *_) = working = sorted(
        (first.scorer.mentees[row].key, first.scorer.mentors[int(column)].key)
        for row in range(0, 30, 3)
        for column in first.pairs.mentor[first.pairs.start[row] : first.pairs.start[row] + 1]
    )
    still = [mentor for mentor in mentors if mentor.key != gone]
    problem = score_people(mentees, still, DESIGN, GivenPairs(kept=working))

    curve = keep_curve_of(problem, seed=1)

    assert {one.keepable for one in curve} == {sum(pair[1] != gone for pair in working)}
    assert curve[0].total_share == 1.0
    assert curve[0].kept <= curve[-1].kept


@pytest.mark.parametrize(
    ("kept", "bonuses", "sentence"),
    [
        ([9], (0,), "not among the eligible pairs"),
        ([0], (), "at least one"),
        ([0], (-5, 0), "0 or more"),
    ],
)
def test_what_cannot_be_kept_or_given_is_refused(kept, bonuses, sentence):
    pairs = from_edges(np.array([0]), np.array([0]), np.array([5]), 1, np.array([1]))

    with pytest.raises(MatchingError, match=sentence):
        keep_curve(pairs, np.array(kept), tickets_for(pairs), bonuses=bonuses)
