from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.pairs import EligiblePairs, from_edges, loads_of, reordered
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from lodestar.engine.rescue.standby import (
    Standby,
    StandbySettings,
    Uncovered,
    WhyNone,
    crowding,
    others_of,
    slots_of,
    standbys,
)
from tests.engine.matching.markets import instances, tickets_for, wide_instances
from tests.tried_on import tried_on


def market(table: list[list[int]], capacity: list[int]) -> EligiblePairs:
    scores = np.array(table)
    mentee, mentor = np.nonzero(scores >= 0)
    return from_edges(mentee, mentor, scores[mentee, mentor], len(scores), np.array(capacity))


def main_match(pairs: EligiblePairs) -> np.ndarray:
    claim = best_matching(Listed(pairs, pairs.score), SERVE, tickets_for(pairs)).claim
    return pairs.positions_of(claim.mentee, claim.mentor)


def every_choice(pairs: EligiblePairs, open_pairs: np.ndarray, slots: np.ndarray):
    """Yield every way to give each mentee at most one of some pairs within slots."""
    mentees = pairs.mentee_of_each()[open_pairs]
    rows = [[None, *open_pairs[mentees == row].tolist()] for row in range(pairs.mentees)]
    for choice in product(*rows):
        chosen = np.array([pair for pair in choice if pair is not None], dtype=np.int64)
        if np.all(loads_of(pairs, chosen)[1] <= slots):
            yield chosen


@given(wide_instances(), st.integers(1, 2), st.data())
@tried_on(120)
def test_the_first_standby_is_the_best_by_brute_force(pairs, per_place, data):
    priority = np.array(
        data.draw(st.lists(st.integers(0, 2), min_size=pairs.mentees, max_size=pairs.mentees))
    )
    taken = main_match(pairs)
    free, _ = slots_of(pairs, taken, per_place)
    mentee = pairs.mentee_of_each()
    best = max(
        (len(chosen), priority[mentee[chosen]].sum(), pairs.score[chosen].sum())
        for chosen in every_choice(pairs, others_of(pairs, taken), free)
    )

    plan = standbys(pairs, taken, tickets_for(pairs), StandbySettings(per_place), priority=priority)

    first = plan.firsts
    reached = (
        len(first),
        priority[[one.mentee for one in first]].sum() if first else 0,
        sum(one.score for one in first),
    )
    assert reached == best


@given(instances(most_mentees=4, most_mentors=3), st.data())
@tried_on(80)
def test_raised_places_cover_the_most_and_are_used_as_little_as_can_be(pairs, data):
    can = np.array(
        data.draw(st.lists(st.booleans(), min_size=pairs.mentors, max_size=pairs.mentors))
    )
    taken = main_match(pairs)
    free, raised = slots_of(pairs, taken, 1, can)

    def by_free(chosen: np.ndarray) -> int:
        return int(np.minimum(loads_of(pairs, chosen)[1], free).sum())

    best = max(
        (len(chosen), by_free(chosen), pairs.score[chosen].sum())
        for chosen in every_choice(pairs, others_of(pairs, taken), free + raised)
    )

    plan = standbys(pairs, taken, tickets_for(pairs), StandbySettings(1, ranks=1), may_raise=can)

    free_count = sum(not one.by_raise for one in plan.standbys)
    total = sum(one.score for one in plan.standbys)
    assert (plan.covered, free_count, total) == best


@given(wide_instances(), st.integers(1, 3))
@tried_on(120)
def test_every_matched_mentee_has_standbys_that_keep_the_rules_or_a_reason(pairs, per_place):
    taken = main_match(pairs)
    score_of = dict(
        zip(
            zip(pairs.mentee_of_each().tolist(), pairs.mentor.tolist(), strict=True),
            pairs.score.tolist(),
            strict=True,
        )
    )
    own = {
        (int(pairs.mentee_of_each()[place]), int(pairs.mentor[place])) for place in taken.tolist()
    }

    plan = standbys(pairs, taken, tickets_for(pairs), StandbySettings(per_place))

    found = [(one.mentee, one.mentor) for one in plan.standbys]
    used = np.bincount([mentor for _, mentor in found], minlength=pairs.mentors)
    matched = np.flatnonzero(loads_of(pairs, taken)[0] > 0).tolist()
    covered = [one.mentee for one in plan.firsts]
    assert len(set(found)) == len(found)
    assert not own & set(found)
    assert [score_of[pair] for pair in found] == [one.score for one in plan.standbys]
    assert np.all(used <= slots_of(pairs, taken, per_place)[0])
    assert sorted(covered + [one.mentee for one in plan.uncovered]) == matched
    assert {one.mentee for one in plan.standbys} == set(covered)


def test_who_lost_weeks_before_comes_first():
    """One free place that stands by for one; e1 scores less with it but waited before."""
    pairs = market([[900, 800], [900, 100]], [2, 1])
    taken = pairs.positions_of(np.array([0, 1]), np.array([0, 0]))
    one_each = StandbySettings(per_place=1)

    usual = standbys(pairs, taken, tickets_for(pairs), one_each)
    waited = standbys(pairs, taken, tickets_for(pairs), one_each, priority=np.array([0, 4]))

    assert usual.standbys == (Standby(0, 1, 800, 1),)
    assert usual.uncovered == (Uncovered(1, WhyNone.ALL_SPOKEN_FOR),)
    assert waited.standbys == (Standby(1, 1, 100, 1),)


def test_a_second_standby_is_named_where_places_allow():
    pairs = market([[900, 500, 700]], [1, 1, 1])

    plan = standbys(pairs, pairs.positions_of(np.array([0]), np.array([0])), tickets_for(pairs))

    assert plan.standbys == (Standby(0, 2, 700, 1), Standby(0, 1, 500, 2))


def test_a_place_that_stands_by_as_a_first_is_not_spent_again_as_a_second():
    pairs = market([[900, -1, 600, 500], [-1, 900, 400, 700]], [1, 1, 1, 1])
    taken = pairs.positions_of(np.array([0, 1]), np.array([0, 1]))

    plan = standbys(pairs, taken, tickets_for(pairs), StandbySettings(per_place=1))

    assert plan.standbys == (Standby(0, 2, 600, 1), Standby(1, 3, 700, 1))


def test_a_free_place_comes_before_a_raised_one_that_would_score_higher():
    pairs = market([[900, 300, 800]], [1, 1, 0])
    taken = pairs.positions_of(np.array([0]), np.array([0]))
    can = np.array([False, False, True])

    plan = standbys(pairs, taken, tickets_for(pairs), may_raise=can)

    assert plan.standbys == (Standby(0, 1, 300, 1),)


def test_a_raised_place_stands_by_for_as_many_as_a_free_one():
    pairs = market([[900, 500], [800, 400]], [2, 0])
    taken = pairs.positions_of(np.array([0, 1]), np.array([0, 0]))
    drawn, can = tickets_for(pairs), np.array([False, True])

    both = standbys(pairs, taken, drawn, StandbySettings(per_place=2), may_raise=can)
    one = standbys(pairs, taken, drawn, StandbySettings(per_place=1), may_raise=can)

    assert both.standbys == (Standby(0, 1, 500, 1, True), Standby(1, 1, 400, 1, True))
    assert one.standbys == (Standby(0, 1, 500, 1, True),)


def test_without_free_places_mentors_stand_by_who_could_take_one_more():
    pairs = market([[900, 500], [400, 800]], [1, 1])
    taken = pairs.positions_of(np.array([0, 1]), np.array([0, 1]))
    drawn = tickets_for(pairs)

    full = standbys(pairs, taken, drawn)
    raised = standbys(pairs, taken, drawn, may_raise=np.array([False, True]))

    assert full.uncovered == (Uncovered(0, WhyNone.NONE_FREE), Uncovered(1, WhyNone.NONE_FREE))
    assert raised.standbys == (Standby(0, 1, 500, 1, by_raise=True),)
    assert raised.uncovered == (Uncovered(1, WhyNone.NONE_FREE),)


def test_who_has_no_other_eligible_mentor_is_told_apart():
    pairs = market([[900, -1], [800, 100]], [1, 2])
    taken = pairs.positions_of(np.array([0, 1]), np.array([0, 1]))

    plan = standbys(pairs, taken, tickets_for(pairs))

    assert plan.uncovered == (
        Uncovered(0, WhyNone.NO_OTHER_MENTOR),
        Uncovered(1, WhyNone.NONE_FREE),
    )


@given(instances(), st.randoms(use_true_random=False))
@tried_on(60)
def test_the_order_of_the_rows_changes_nothing(pairs, random):
    mentees, mentors = list(range(pairs.mentees)), list(range(pairs.mentors))
    random.shuffle(mentees)
    random.shuffle(mentors)
    row_of, column_of = np.argsort(mentees), np.argsort(mentors)
    mixed = reordered(pairs, np.array(mentees), np.array(mentors))
    drawn = tickets_for(pairs)
    redrawn = replace(drawn, mentee=drawn.mentee[mentees], mentor=drawn.mentor[mentors])
    taken = main_match(pairs)
    ends = pairs.mentee_of_each()[taken], pairs.mentor[taken]
    mixed_taken = mixed.positions_of(row_of[ends[0]], column_of[ends[1]])

    first = standbys(pairs, taken, drawn).standbys
    second = standbys(mixed, mixed_taken, redrawn).standbys

    back = [replace(one, mentee=mentees[one.mentee], mentor=mentors[one.mentor]) for one in second]
    assert sorted(back, key=lambda one: (one.mentee, one.rank)) == list(first)


@given(st.floats(0, 1), st.integers(1, 6), st.integers(0, 3))
@tried_on(60)
def test_crowding_counts_every_case_of_who_falls_silent(silence, mentees, places):
    shortage = found = 0.0
    for silent in product([False, True], repeat=mentees):
        chance = np.prod([silence if one else 1 - silence for one in silent])
        asking = sum(silent)
        shortage += chance * (asking > places)
        found += chance * min(asking, places) / mentees

    told = crowding(silence, mentees, places)

    assert told.shortage == pytest.approx(shortage)
    assert silence * told.finds_a_place == pytest.approx(found)


def test_three_mentees_share_a_place_safely_where_one_in_ten_falls_silent():
    """1 - 0.9^3 - 3 x 0.1 x 0.9^2 = 0.028: two need the same place in 3 of 100 cases."""
    told = crowding(0.1, 3)

    assert (round(told.shortage, 6), round(told.finds_a_place, 6)) == (0.028, 0.903333)


@pytest.mark.parametrize("case", [(-0.1, 3, 1), (0.1, 0, 1), (0.1, 3, -1), (float("nan"), 3, 1)])
def test_a_chance_that_cannot_be_is_refused(case):
    with pytest.raises(MatchingError, match="chance of silence from 0 to 1"):
        crowding(*case)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"settings": StandbySettings(per_place=0)}, "at least one mentee"),
        ({"settings": StandbySettings(ranks=3)}, "1 or 2 standbys"),
        ({"may_raise": np.array([True])}, "for each mentor"),
        ({"priority": np.array([1])}, "one priority for each mentee"),
        ({"priority": np.array([1, -1])}, "from 0 to 1,000,000"),
        ({"taken": np.array([9])}, "not eligible"),
    ],
)
def test_what_does_not_hold_together_is_refused(options, sentence):
    pairs = market([[900, 500], [400, 800]], [1, 1])
    given_ = {"taken": np.array([0, 3]), **options}

    with pytest.raises(MatchingError, match=sentence):
        standbys(pairs, drawn=tickets_for(pairs), **given_)
