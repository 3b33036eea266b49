from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.assignment import units_of
from lodestar.engine.matching.certificate import Claim, prove
from lodestar.engine.matching.pairs import EligiblePairs, ends_of, from_edges, loads_of, reordered
from lodestar.engine.matching.prices import lowest_prices
from lodestar.engine.matching.problem import MatchingError, TooLargeError
from lodestar.engine.rotation import meeting_flow, meetings
from lodestar.engine.rotation.meeting_flow import free_terms, heaviest_meetings
from lodestar.engine.rotation.meeting_prices import MeetingPrices, prices_of
from lodestar.engine.rotation.meeting_proof import bound_of, prove_meetings
from lodestar.engine.rotation.meetings import Aim, Wanted, best_meetings
from tests.engine.rotation.mixers import crowds, every_set, rank_by_hand, tickets_for
from tests.tried_on import tried_on


def table_of(points: list[list[int]], rounds: int) -> EligiblePairs:
    score = np.array(points)
    mentee, mentor = np.divmod(np.arange(score.size), score.shape[1])
    pairs = from_edges(
        mentee, mentor, score.ravel(), len(score), np.full(score.shape[1], rounds, dtype=np.int64)
    )
    return replace(pairs, demand=np.full(len(score), rounds, dtype=np.int64))


def wanted(pairs: EligiblePairs, aim: Aim = Aim.TOTAL, limit: int = 99) -> Wanted:
    nobody = np.zeros(pairs.mentees, dtype=np.int64), np.zeros(pairs.mentors, dtype=np.int64)
    return Wanted(aim, limit, *nobody)


@given(crowds())
@tried_on(250)
def test_each_aim_is_reached_level_by_level_and_proven(crowd):
    pairs, aims = crowd
    best = max(rank_by_hand(pairs, aims, taken) for taken in every_set(pairs, aims.limit))

    found = best_meetings(pairs, aims, tickets_for(pairs))

    assert rank_by_hand(pairs, aims, found.taken) == best
    assert (found.total, found.bound, found.proof.is_proven) == (best[-1], best[-1], True)


@given(crowds(), st.integers(0, 5))
@tried_on(60)
def test_without_the_flow_solver_the_set_is_the_same(crowd, seed):
    pairs, aims = crowd
    drawn = tickets_for(pairs, seed)
    expected = best_meetings(pairs, aims, drawn)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meeting_flow, "has_flow_solver", lambda: False)
        found = best_meetings(pairs, aims, drawn)

    assert (found.taken.tolist(), found.rank) == (expected.taken.tolist(), expected.rank)


@given(crowds(), st.randoms(use_true_random=False))
@tried_on(60)
def test_the_order_of_the_rows_changes_nothing(crowd, random):
    pairs, aims = crowd
    mentees, mentors = list(range(pairs.mentees)), list(range(pairs.mentors))
    random.shuffle(mentees)
    random.shuffle(mentors)
    shuffled = reordered(pairs, np.array(mentees), np.array(mentors))
    before = aims.mentee_before[mentees], aims.mentor_before[mentors]
    drawn = tickets_for(pairs)
    redrawn = replace(drawn, mentee=drawn.mentee[mentees], mentor=drawn.mentor[mentors])

    first = best_meetings(pairs, aims, drawn).taken
    second = best_meetings(shuffled, Wanted(aims.aim, aims.limit, *before), redrawn).taken

    back = zip(*ends_of(shuffled, second), strict=True)
    found = sorted((mentees[row], mentors[column]) for row, column in back)
    assert found == list(zip(*(end.tolist() for end in ends_of(pairs, first)), strict=True))


@given(crowds(), st.integers(-5, 5), st.integers(0, 5))
@tried_on(60)
def test_any_prices_bound_every_set(crowd, one, table):
    pairs, aims = crowd
    terms = free_terms(pairs.demands, pairs.capacity, aims.limit)
    prices = MeetingPrices(
        np.full(pairs.mentees, one), np.full(pairs.mentors, 100_000 * one), table
    )

    bound = bound_of(pairs, pairs.score, terms, prices)

    assert bound >= max(int(pairs.score[t].sum()) for t in every_set(pairs, aims.limit))


@pytest.mark.parametrize("seed", range(4))
def test_the_total_is_the_optimum_that_the_proof_of_matches_certifies(seed):
    rng = np.random.default_rng(seed)
    pairs = table_of(rng.integers(0, 1_000_000, (30, 20)).tolist(), 4)
    pairs = pairs.only(rng.random(len(pairs)) < 0.8)

    found = best_meetings(pairs, wanted(pairs), tickets_for(pairs))

    prices = lowest_prices(pairs, found.taken, pairs.score, units_of(pairs, 0, 0))
    claim = Claim(*ends_of(pairs, found.taken), prices.mentor, serving=0, filling=0)
    proof = prove(pairs, pairs.score, claim)
    assert (proof.total, proof.gap, proof.violators) == (found.total, 0, 0)


@pytest.mark.parametrize("aim", list(Aim))
def test_candidates_lose_nothing(monkeypatch, aim):
    rng = np.random.default_rng(3)
    popular = rng.integers(0, 300_000, 40)
    points = rng.integers(0, 700_000, (50, 40)) + popular
    pairs = table_of(points.tolist(), 3)
    expected = best_meetings(pairs, wanted(pairs, aim, 110), tickets_for(pairs))
    monkeypatch.setattr(meetings, "FEW_PAIRS", 0)
    monkeypatch.setattr(meetings, "SPARE_CANDIDATES", -5)

    found = best_meetings(pairs, wanted(pairs, aim, 110), tickets_for(pairs))

    assert (found.taken.tolist(), found.proof) == (expected.taken.tolist(), expected.proof)


def test_an_even_spread_costs_points_and_leaves_nobody_out():
    pairs = table_of([[900, 900], [800, 800], [10, 10], [10, 10]], 2)
    spread = {}

    for aim in Aim:
        found = best_meetings(pairs, wanted(pairs, aim), tickets_for(pairs))
        spread[aim] = loads_of(pairs, found.taken)[0].tolist(), found.total

    assert spread[Aim.TOTAL] == ([2, 2, 0, 0], 3400)
    assert spread[Aim.EVEN] == ([1, 1, 1, 1], 1720)


def test_an_even_spread_counts_the_meetings_held_before():
    pairs = table_of([[900], [10]], 1)
    before = np.array([2, 0]), np.array([2])

    found = best_meetings(pairs, Wanted(Aim.EVEN, 9, *before), tickets_for(pairs))

    assert found.taken.tolist() == [1]


def test_fewest_idle_seats_may_cost_points():
    # The best total is one meeting of 9; two meetings are possible, of 5 and 0.
    pairs = table_of([[9, 5], [0, 0]], 1)
    pairs = pairs.only(np.array([True, True, True, False]))

    totals = {
        aim: best_meetings(pairs, wanted(pairs, aim), tickets_for(pairs)).total for aim in Aim
    }

    assert totals == {Aim.TOTAL: 9, Aim.FEWEST_IDLE: 5, Aim.EVEN: 5}


def test_few_tables_hold_the_best_meetings():
    pairs = table_of([[9, 8], [7, 1]], 2)

    found = best_meetings(pairs, wanted(pairs, limit=2), tickets_for(pairs))

    assert (found.taken.tolist(), found.total, found.bound) == ([0, 1], 17, 17)


def test_equals_are_drawn_by_the_seed_and_each_can_win():
    pairs = table_of([[5], [5], [5]], 1)

    winners = {
        tuple(best_meetings(pairs, wanted(pairs), tickets_for(pairs, seed)).taken.tolist())
        for seed in range(30)
    }

    assert winners == {(0,), (1,), (2,)}


def test_a_set_that_is_not_the_best_has_no_prices():
    pairs = table_of([[9, 1], [1, 1]], 1)
    terms = free_terms(pairs.demands, pairs.capacity, 9)

    with pytest.raises(TooLargeError, match="not exact enough"):
        prices_of(pairs, np.array([1, 2]), pairs.score, terms)


def test_a_meeting_that_costs_more_than_it_brings_has_no_prices():
    pairs = table_of([[9]], 1)
    terms = replace(free_terms(pairs.demands, pairs.capacity, 9), mentee_gain=np.array([[-20]]))

    with pytest.raises(TooLargeError, match="not exact enough"):
        prices_of(pairs, np.array([0]), pairs.score, terms)


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ([0, 0], "holds a pair twice"),
        ([0, 1], "more meetings than rounds"),
        ([0, 3], "more meetings than the tables do"),
    ],
)
def test_a_set_that_is_not_allowed_is_refused(taken, said):
    pairs = table_of([[9, 1], [1, 1]], 1)
    terms = free_terms(pairs.demands, pairs.capacity, 1)
    prices = MeetingPrices(np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64), 0)

    with pytest.raises(MatchingError, match=said):
        prove_meetings(pairs, pairs.score, terms, np.array(taken), prices)


def test_a_negative_price_of_tables_proves_nothing():
    pairs = table_of([[9]], 1)
    prices = MeetingPrices(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), -1)

    with pytest.raises(ArithmeticError):
        bound_of(pairs, pairs.score, free_terms(pairs.demands, pairs.capacity, 1), prices)


def test_a_size_beyond_the_ladder_is_refused_honestly(monkeypatch):
    pairs = table_of([[9, 1], [1, 1]], 1)
    for name in ("FLOW_PAIRS", "SIMPLEX_PAIRS"):
        monkeypatch.setattr(meeting_flow, name, 0)

    with pytest.raises(TooLargeError, match="2 mentees and 2 mentors with 4 pairs"):
        heaviest_meetings(pairs, pairs.score, free_terms(pairs.demands, pairs.capacity, 9))
