from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.stability import (
    RankedLists,
    by_lottery,
    check_choices,
    count_blocking_pairs_of_lists,
    deferred_acceptance,
    promoted_acceptance,
    ranked_lists,
    stable_by_score,
)
from tests.tried_on import tried_on


def lists_of(rows, mentees, capacity):
    """Lists from (mentee, mentor, mentee's rank, mentor's rank) in any order."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return ranked_lists(*columns, mentees=mentees, capacity=np.array(capacity, dtype=np.int64))


@st.composite
def instances(draw, ties, most=4):
    """Rows of small lists, mentees and places; ranks drawn apart, or from so few that many tie."""
    mentees, mentors = draw(st.integers(1, most)), draw(st.integers(1, most))
    capacity = draw(st.lists(st.integers(0, 2), min_size=mentors, max_size=mentors))
    cells = [divmod(cell, mentors) for cell in range(mentees * mentors)]
    listed = draw(st.lists(st.sampled_from(cells), unique=True, max_size=10))
    if ties:
        ranks = st.lists(st.integers(1, 2), min_size=len(listed), max_size=len(listed))
    else:
        ranks = st.permutations(range(len(listed)))
    columns = zip(listed, draw(ranks), draw(ranks), strict=True)
    return [(*cell, mine, theirs) for cell, mine, theirs in columns], mentees, capacity


def every_matching(rows, mentees, capacity):
    """Yield every allowed set of listed pairs, as each mentee's mentor (-1 for none)."""
    choices = [[-1] + [row[1] for row in rows if row[0] == mentee] for mentee in range(mentees)]
    for partner in product(*choices):
        load = [partner.count(mentor) for mentor in range(len(capacity))]
        if all(one <= most for one, most in zip(load, capacity, strict=True)):
            yield partner


def blocks(row, rows, partner, capacity):
    """Say in plain words of the definition whether a listed pair would rather have each other."""
    mentee, mentor, mine, theirs = row
    mine_of = {(one, other): rank for one, other, rank, _ in rows}
    theirs_of = {(one, other): rank for one, other, _, rank in rows}
    held = [one for one, other in enumerate(partner) if other == mentor]
    has_place = len(held) < capacity[mentor]
    beats_one = any(theirs < theirs_of.get((one, mentor), 99) for one in held)
    return mine < mine_of.get((mentee, partner[mentee]), 99) and (has_place or beats_one)


def is_stable(rows, partner, capacity):
    return not any(blocks(row, rows, partner, capacity) for row in rows)


def rank_of(rows, mentee, mentor):
    return next((row[2] for row in rows if row[:2] == (mentee, mentor)), 99)


def lot_of(people, seed=1):
    """Everybody's ticket, by a name that only depends on the position."""
    mentees = [f"e{number}" for number in range(people.mentees)]
    mentors = [f"m{number}" for number in range(people.mentors)]
    return draw(seed, mentees, mentors)


@given(instances(ties=False))
@tried_on(120)
def test_nobody_could_do_better_in_any_stable_matching(instance):
    rows, mentees, capacity = instance
    stable = [one for one in every_matching(*instance) if is_stable(rows, one, capacity)]

    partner = tuple(deferred_acceptance(lists_of(*instance)).tolist())

    assert partner in stable
    best = [min(rank_of(rows, one, other[one]) for other in stable) for one in range(mentees)]
    assert [rank_of(rows, one, partner[one]) for one in range(mentees)] == best


@given(instances(ties=False))
@tried_on(120)
def test_every_stable_matching_serves_the_same_mentees_and_fills_the_same_places(instance):
    rows, _, capacity = instance
    partner = deferred_acceptance(lists_of(*instance)).tolist()

    for other in every_matching(*instance):
        if is_stable(rows, other, capacity):
            assert [one >= 0 for one in other] == [one >= 0 for one in partner]
            assert sorted(other) == sorted(partner)


@given(instances(ties=False))
@tried_on(100)
def test_without_equals_promotion_and_lottery_change_nothing(instance):
    lists = lists_of(*instance)
    partner = deferred_acceptance(lists).tolist()

    assert promoted_acceptance(lists, lot_of(lists)).tolist() == partner
    assert deferred_acceptance(by_lottery(lists, lot_of(lists))).tolist() == partner


@given(instances(ties=True), st.integers(0, 3))
@tried_on(180)
def test_with_equals_promotion_is_stable_and_reaches_two_thirds_of_the_most(instance, seed):
    rows, _, capacity = instance
    lists = lists_of(*instance)
    stable = [one for one in every_matching(*instance) if is_stable(rows, one, capacity)]
    most = max(sum(mentor >= 0 for mentor in one) for one in stable)

    partner = promoted_acceptance(lists, lot_of(lists, seed))

    assert tuple(partner.tolist()) in stable
    assert 3 * int((partner >= 0).sum()) >= 2 * most


@given(instances(ties=True), st.integers(0, 3))
@tried_on(100)
def test_a_lottery_among_equals_is_stable_too(instance, seed):
    rows, _, capacity = instance
    lists = lists_of(*instance)

    partner = deferred_acceptance(by_lottery(lists, lot_of(lists, seed))).tolist()

    assert tuple(partner) in set(every_matching(*instance))
    assert is_stable(rows, partner, capacity)


@given(instances(ties=True), st.randoms(use_true_random=False))
@tried_on(100)
def test_the_order_of_rows_and_people_changes_nothing(instance, random):
    rows, mentees, capacity = instance
    mentors = len(capacity)
    new_mentee, new_mentor = list(range(mentees)), list(range(mentors))
    random.shuffle(new_mentee)
    random.shuffle(new_mentor)
    moved = [(new_mentee[a], new_mentor[b], mine, theirs) for a, b, mine, theirs in rows]
    random.shuffle(moved)
    places = [capacity[new_mentor.index(place)] for place in range(mentors)]
    lists, other = lists_of(*instance), lists_of(moved, mentees, places)
    lot = lot_of(lists)
    moved_lot = Drawn(lot.mentee[np.argsort(new_mentee)], lot.mentor[np.argsort(new_mentor)])

    partner = promoted_acceptance(lists, lot).tolist()
    again = promoted_acceptance(other, moved_lot).tolist()

    assert [again[new_mentee[one]] for one in range(mentees)] == [
        new_mentor[mentor] if mentor >= 0 else -1 for mentor in partner
    ]


@given(instances(ties=True))
@tried_on(100)
def test_blocking_pairs_are_counted_as_defined(instance):
    rows, _, capacity = instance
    lists = lists_of(*instance)

    for partner in every_matching(*instance):
        counted = sum(blocks(row, rows, partner, capacity) for row in rows)
        served = np.flatnonzero(np.array(partner) >= 0)
        assert count_blocking_pairs_of_lists(lists, served, np.array(partner)[served]) == counted


def test_a_match_that_is_on_no_list_yields_to_a_listed_pair():
    lists = lists_of([(0, 0, 1, 1)], 2, [1, 1])

    count = count_blocking_pairs_of_lists(lists, np.array([0, 1]), np.array([1, 0]))

    assert count == 1


def test_more_mentees_than_places_are_refused():
    lists = lists_of([(0, 0, 1, 1)], 2, [1])

    with pytest.raises(MatchingError, match="more mentees than places"):
        count_blocking_pairs_of_lists(lists, np.array([0, 1]), np.array([0, 0]))


def test_the_example_of_gale_and_shapley_ends_with_the_mentees_best():
    """Example 2 of Gale & Shapley 1962: four and four, one stable matching."""
    mine = [[1, 2, 3, 4], [1, 4, 3, 2], [2, 1, 3, 4], [4, 2, 3, 1]]
    theirs = [[3, 4, 2, 1], [3, 1, 4, 2], [2, 3, 4, 1], [3, 2, 1, 4]]
    rows = [(a, b, mine[a][b], theirs[b][a]) for a in range(4) for b in range(4)]

    assert deferred_acceptance(lists_of(rows, 4, [1, 1, 1, 1])).tolist() == [2, 3, 0, 1]


def test_promotion_saves_a_match_that_a_lottery_may_lose():
    """Both want the first mentor, who has no preference; one of them has nobody else."""
    rows = [(0, 0, 1, 1), (1, 0, 1, 1), (1, 1, 2, 1)]
    lists = lists_of(rows, 2, [1, 1])
    lots = [lot_of(lists, seed) for seed in range(20)]

    by_lot = {tuple(deferred_acceptance(by_lottery(lists, lot)).tolist()) for lot in lots}
    promoted = {tuple(promoted_acceptance(lists, lot).tolist()) for lot in lots}

    assert by_lot == {(-1, 0), (0, 1)}
    assert promoted == {(0, 1)}


def test_a_mentee_without_preference_leaves_the_mentor_whom_another_needs():
    rows = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]
    lists = lists_of(rows, 2, [1, 1])

    found = {tuple(promoted_acceptance(lists, lot_of(lists, seed)).tolist()) for seed in range(20)}

    assert found == {(1, 0)}


def test_equals_are_drawn_by_one_ticket_and_each_can_win():
    rows = [(mentee, mentor, 1, 1) for mentee in range(3) for mentor in range(2)]
    lists = lists_of(rows, 3, [1, 1])

    left_out, lowest = [], []
    for seed in range(30):
        lot = lot_of(lists, seed)
        left_out.append(int(np.argmin(promoted_acceptance(lists, lot))))
        lowest.append(int(np.argmin(lot.mentee)))

    assert left_out == lowest
    assert set(lowest) == {0, 1, 2}


def test_equals_are_refused_where_an_order_is_needed():
    with pytest.raises(MatchingError, match="draw lots among equals first"):
        deferred_acceptance(lists_of([(0, 0, 1, 1), (0, 1, 1, 1)], 1, [1, 1]))
    with pytest.raises(MatchingError, match="draw lots among equals first"):
        deferred_acceptance(lists_of([(0, 0, 1, 1), (1, 0, 1, 1)], 2, [1]))


def test_the_same_rank_on_two_lists_is_no_tie():
    lists = RankedLists(
        np.array([0, 1, 2]), np.array([0, 1]), np.array([1, 1]), np.array([1, 1]), np.array([1, 1])
    )

    assert deferred_acceptance(lists).tolist() == [0, 1]


def test_nobody_on_any_list_is_matched_with_nobody():
    nobody = lists_of([], 2, [1])

    assert deferred_acceptance(nobody).tolist() == [-1, -1]
    assert promoted_acceptance(nobody, lot_of(nobody)).tolist() == [-1, -1]
    assert count_blocking_pairs_of_lists(nobody, np.array([1]), np.array([0])) == 0
    assert deferred_acceptance(lists_of([], 0, [])).tolist() == []


def test_large_lists_keep_their_order():
    """Two hundred mentees agree on the mentors and the mentors on the mentees: sorted along."""
    rows = [(a, b, b + 1, 200 - a) for a in range(200) for b in range(60)]
    partner = deferred_acceptance(lists_of(rows, 200, [3] * 60))

    assert partner[::-1].tolist() == [place // 3 if place < 180 else -1 for place in range(200)]


@pytest.mark.parametrize(
    ("rows", "capacity", "sentence"),
    [
        ([(0, 0, 1, 1), (0, 2, 1, 1)], [1], "Row 2 .* names somebody who is not there"),
        ([(-1, 0, 1, 1)], [1], "Row 1 .* names somebody who is not there"),
        ([(0, 0, -1, 1)], [1], "Row 1 .* has no proper rank"),
        ([(0, 0, 1, 2**31)], [1], "Row 1 .* has no proper rank"),
        ([(0, 0, 1, 1), (0, 0, 2, 1)], [1], "Row 2 .* a second time"),
        ([(0, 0, 1, 1)], [-1], "fewer than 0 places"),
    ],
)
def test_lists_that_cannot_be_read_are_refused_in_a_sentence(rows, capacity, sentence):
    with pytest.raises(MatchingError, match=sentence):
        lists_of(rows, 1, capacity)


@pytest.mark.parametrize("rank", [1.5, np.nan, np.inf])
def test_ranks_that_are_no_whole_numbers_are_refused(rank):
    with pytest.raises(MatchingError, match="Row 2 of the choices has no proper rank"):
        check_choices(np.zeros(2, int), np.arange(2), np.array([1, rank]), choosers=1, others=2)


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(MatchingError, match="differ in length"):
        check_choices(np.array([0]), np.array([0, 1]), np.array([1, 2]), choosers=1, others=2)


@st.composite
def scored(draw):
    """Eligible pairs with few different scores, scarce places and demands of up to two."""
    mentees, mentors = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    capacity = draw(st.lists(st.integers(0, 2), min_size=mentors, max_size=mentors))
    demand = draw(st.lists(st.integers(0, 2), min_size=mentees, max_size=mentees))
    cells = st.none() | st.sampled_from([0, 300_000, 1_000_000]) | st.integers(0, 1_000_000)
    table = draw(st.lists(cells, min_size=mentees * mentors, max_size=mentees * mentors))
    edges = [
        (n // mentors, n % mentors, score) for n, score in enumerate(table) if score is not None
    ]
    columns = np.array(edges, dtype=np.int64).reshape(-1, 3).T
    pairs = from_edges(*columns, mentees, np.array(capacity, dtype=np.int64))
    return EligiblePairs(pairs.start, pairs.mentor, pairs.score, pairs.capacity, np.array(demand))


@given(scored(), st.integers(0, 3))
@tried_on(120)
def test_by_score_nobody_is_left_who_would_score_higher_together(pairs, seed):
    ends = list(zip(pairs.mentee_of_each().tolist(), pairs.mentor.tolist(), strict=True))

    taken = stable_by_score(pairs, lot_of(pairs, seed)).tolist()

    def gains(position, side, most):
        own = [pairs.score[other] for other in taken if ends[other][side] == ends[position][side]]
        assert len(own) <= most
        return most > len(own) or any(pairs.score[position] > score for score in own)

    for position, (mentee, mentor) in enumerate(ends):
        mentee_gains = gains(position, 0, pairs.demands[mentee])
        mentor_gains = gains(position, 1, pairs.capacity[mentor])
        assert position in taken or not (mentee_gains and mentor_gains)
    assert taken == sorted(set(taken))


def test_by_score_equals_go_by_the_ticket():
    pairs = from_edges(np.array([0, 1]), np.array([0, 0]), np.array([5, 5]), 2, np.array([1]))

    nobody = np.zeros(1, dtype=np.uint64)
    first, second = (np.array(order, dtype=np.uint64) for order in ([8, 3], [3, 8]))

    assert stable_by_score(pairs, Drawn(first, nobody)).tolist() == [0]
    assert stable_by_score(pairs, Drawn(second, nobody)).tolist() == [1]


def test_by_score_many_pairs_are_taken_as_one_by_one():
    rng = np.random.default_rng(4)
    mentee, mentor = np.nonzero(rng.random((300, 120)) < 0.5)
    score = 200 * (300 - mentee) + rng.permutation(120)[mentor]
    pairs = from_edges(mentee, mentor, score, 300, rng.integers(0, 4, 120))
    nobody, free, expected = set(), pairs.capacity.tolist(), []
    for position in np.argsort(-pairs.score).tolist():
        one, other = int(pairs.mentee_of_each()[position]), int(pairs.mentor[position])
        if one not in nobody and free[other]:
            nobody.add(one)
            free[other] -= 1
            expected.append(position)

    taken = stable_by_score(pairs, lot_of(pairs))

    assert taken.tolist() == sorted(expected)
    assert len(pairs) > 4 * 4_096


def test_lists_can_be_narrowed():
    lists = lists_of([(0, 0, 1, 1), (0, 1, 2, 1), (1, 1, 1, 2)], 2, [1, 1])

    fewer = lists.only(np.array([False, True, True]))

    assert isinstance(fewer, RankedLists)
    assert (fewer.start.tolist(), fewer.mentor.tolist()) == ([0, 1, 2], [1, 1])
    assert deferred_acceptance(fewer).tolist() == [1, -1]
