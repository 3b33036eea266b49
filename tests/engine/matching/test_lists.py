import csv
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.lists import (
    Choices,
    choices_after_meeting,
    lists_by_score,
    lists_first,
    mutual_lists,
)
from lodestar.engine.matching.lottery import draw
from lodestar.engine.matching.pairs import from_edges
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from lodestar.engine.matching.stability import (
    by_lottery,
    count_blocking_pairs_of_lists,
    deferred_acceptance,
    promoted_acceptance,
)
from tests.real_data import real_data
from tests.tried_on import tried_on


def lot_of(people, seed=1):
    return draw(
        seed, [f"e{n}" for n in range(people.mentees)], [f"m{n}" for n in range(people.mentors)]
    )


def fill(rest, seed=1):
    """Serve the most, then total the most, as the console and the command line do."""
    claim = best_matching(Listed(rest, rest.score), SERVE, lot_of(rest, seed)).claim
    return rest.positions_of(claim.mentee, claim.mentor)


def choices_of(rows):
    return Choices(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


@st.composite
def instances(draw, ties=False, most=4):
    """Few eligible pairs, scarce places, and both sides' choices among them."""
    mentees, mentors = draw(st.integers(1, most)), draw(st.integers(1, 3))
    capacity = draw(st.lists(st.integers(0, 2), min_size=mentors, max_size=mentors))
    cells = [divmod(cell, mentors) for cell in range(mentees * mentors)]
    eligible = draw(st.lists(st.sampled_from(cells), unique=True, min_size=1, max_size=8))
    scores = draw(st.permutations(range(len(eligible))))
    mentee, mentor = np.array(eligible).T
    pairs = from_edges(mentee, mentor, 1_000 * np.array(scores) + 9, mentees, np.array(capacity))
    return pairs, draw(choices(cells, ties)), draw(choices([(b, a) for a, b in cells], ties))


@st.composite
def choices(draw, cells, ties):
    chosen = draw(st.lists(st.sampled_from(cells), unique=True, max_size=10))
    step = st.integers(1, 2)
    several = st.lists(step, min_size=len(chosen), max_size=len(chosen))
    ranks = draw(several if ties else st.permutations(range(len(chosen))))
    return choices_of([(*cell, rank) for cell, rank in zip(chosen, ranks, strict=True)])


def every_matching(pairs):
    """Yield every allowed set of pairs, one mentor each, as positions."""
    spans = [range(a, b) for a, b in zip(pairs.start, pairs.start[1:], strict=False)]
    for chosen in product(*([None, *span] for span in spans)):
        taken = np.array([one for one in chosen if one is not None], dtype=np.int64)
        load = np.bincount(pairs.mentor[taken], minlength=pairs.mentors)
        if np.all(load <= pairs.capacity):
            yield taken


def lists_between(pairs, mentee_choices, mentor_choices):
    every = mutual_lists(
        mentee_choices, mentor_choices, mentees=pairs.mentees, capacity=pairs.capacity
    )
    return every.only(pairs.positions_of(every.mentee_of_each(), every.mentor) >= 0)


def first_phase(pairs, lists):
    """The positions of the pairs that the lists alone match."""
    partner = promoted_acceptance(lists, lot_of(pairs))
    served = np.flatnonzero(partner >= 0)
    return set(pairs.positions_of(served, partner[served]).tolist())


@given(instances())
@tried_on(80)
def test_no_matching_without_a_blocking_pair_on_the_lists_serves_more(instance):
    pairs, *both = instance
    lists = lists_between(pairs, *both)
    served = [
        len(taken)
        for taken in every_matching(pairs)
        if not count_blocking_pairs_of_lists(
            lists, pairs.mentee_of_each()[taken], pairs.mentor[taken]
        )
    ]

    found = lists_first(pairs, *both, lot_of(pairs), fill)

    assert (len(found.taken), found.blocking_pairs, found.released) == (max(served), 0, 0)


@given(instances(ties=True))
@tried_on(80)
def test_the_matches_of_the_lists_stand_and_the_rest_is_filled_exactly(instance):
    pairs, *both = instance
    lists = lists_between(pairs, *both)
    kept = first_phase(pairs, lists)
    mentees = {int(pairs.mentee_of_each()[one]) for one in kept}
    best = max(
        (len(taken), int(pairs.score[taken].sum()))
        for taken in every_matching(pairs)
        if {one for one in taken.tolist() if pairs.mentee_of_each()[one] in mentees} == kept
    )

    found = lists_first(pairs, *both, lot_of(pairs), fill)

    assert (len(found.taken), int(pairs.score[found.taken].sum())) == best
    assert kept <= set(found.taken.tolist())
    assert (found.blocking_pairs, found.released) == (0, 0)


@given(instances(ties=True))
@tried_on(80)
def test_to_serve_the_most_as_few_matches_of_the_lists_as_possible_are_released(instance):
    pairs, *both = instance
    lists = lists_between(pairs, *both)
    kept = first_phase(pairs, lists)
    every = [set(taken.tolist()) for taken in every_matching(pairs)]
    most = max(map(len, every))
    fewest = min(len(kept - taken) for taken in every if len(taken) == most)

    found = lists_first(pairs, *both, lot_of(pairs), fill, serve_most=True)

    assert len(found.taken) == most
    assert found.released == fewest
    assert found.blocking_pairs == count_blocking_pairs_of_lists(
        lists, pairs.mentee_of_each()[found.taken], pairs.mentor[found.taken]
    )


@given(instances(ties=True), st.randoms(use_true_random=False))
@tried_on(60)
def test_the_order_of_the_choices_changes_nothing(instance, random):
    pairs, *both = instance
    shuffled = []
    for side in both:
        order = list(range(len(side.chooser)))
        random.shuffle(order)
        shuffled.append(Choices(side.chooser[order], side.chosen[order], side.rank[order]))

    found = lists_first(pairs, *both, lot_of(pairs), fill)
    again = lists_first(pairs, *shuffled, lot_of(pairs), fill)

    assert again.taken.tolist() == found.taken.tolist()


def square(scores, capacity):
    """All pairs of a table of scores."""
    mentees, mentors = len(scores), len(scores[0])
    mentee, mentor = np.divmod(np.arange(mentees * mentors), mentors)
    return from_edges(mentee, mentor, np.ravel(scores), mentees, np.array(capacity))


def test_a_match_of_the_lists_may_leave_somebody_out_unless_the_most_are_to_be_served():
    """The first mentor is the only one for the second mentee, and the first mentee's choice."""
    pairs = from_edges(
        np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([500, 400, 900]), 2, np.array([1, 1])
    )
    mine, theirs = choices_of([(0, 0, 1)]), choices_of([(0, 0, 1)])

    found = lists_first(pairs, mine, theirs, lot_of(pairs), fill)
    most = lists_first(pairs, mine, theirs, lot_of(pairs), fill, serve_most=True)

    assert (found.taken.tolist(), found.from_lists.tolist()) == ([0], [True])
    assert (found.blocking_pairs, found.released) == (0, 0)
    assert (most.taken.tolist(), most.from_lists.tolist()) == ([1, 2], [False, False])
    assert (most.blocking_pairs, most.released) == (1, 1)


def test_mentors_without_lists_go_by_the_score_among_those_who_chose_them():
    pairs = square([[500, 100], [700, 100], [900, 100]], [1, 1])
    wishes = choices_of([(0, 0, 1), (1, 0, 1), (1, 1, 2)])

    found = lists_first(pairs, wishes, None, lot_of(pairs), fill)

    assert lists_by_score(wishes, pairs).mentor_rank.tolist() == [200, 0, 600]
    assert found.taken.tolist() in ([1, 2], [2, 5])
    assert pairs.mentor[found.taken[pairs.mentee_of_each()[found.taken] == 1]].tolist() == [0]
    assert found.blocking_pairs == 0


def test_without_choices_everybody_is_filled_by_score():
    pairs = square([[500, 100], [700, 600]], [1, 1])
    nobody = choices_of([])

    for theirs in (nobody, None):
        found = lists_first(pairs, nobody, theirs, lot_of(pairs), fill)
        assert found.taken.tolist() == fill(pairs).tolist() == [0, 3]
        assert not found.from_lists.any()


def test_choices_that_no_rule_allows_are_dropped_and_counted():
    pairs = from_edges(np.array([0]), np.array([1]), np.array([5]), 1, np.array([1, 1]))
    mine, theirs = choices_of([(0, 0, 1), (0, 1, 2)]), choices_of([(0, 0, 1), (1, 0, 1)])

    both = lists_first(pairs, mine, theirs, lot_of(pairs), fill)
    mine_only = lists_first(pairs, mine, None, lot_of(pairs), fill)

    assert (both.taken.tolist(), both.forbidden) == ([0], 1)
    assert (mine_only.taken.tolist(), mine_only.forbidden) == ([0], 1)


def test_a_second_mentor_comes_by_score_and_after_everybody_has_a_first():
    pairs = square([[500, 400, 300], [700, 60, 10], [80, 90, 80]], [1, 1, 1])
    mine, theirs = choices_of([(0, 0, 1), (2, 0, 1)]), choices_of([(0, 2, 1), (0, 0, 2)])
    two_and_two = replace(pairs, demand=np.array([2, 2, 0]))
    two_and_one = replace(pairs, demand=np.array([2, 1, 1]))

    second = lists_first(two_and_two, mine, theirs, lot_of(pairs), fill)
    first = lists_first(two_and_one, choices_of([(0, 0, 1)]), None, lot_of(pairs), fill)

    assert (second.taken.tolist(), second.from_lists.tolist()) == ([0, 1, 5], [True, False, False])
    assert first.taken.tolist() == [0, 4, 8]


def test_nobody_gets_the_same_mentor_twice():
    pairs = replace(square([[500]], [2]), demand=np.array([2]))

    found = lists_first(pairs, choices_of([(0, 0, 1)]), None, lot_of(pairs), fill)

    assert found.taken.tolist() == [0]


def test_no_match_of_the_lists_is_released_for_somebodys_second_mentor():
    """Were the first mentee to move on, the second mentee could have two."""
    mentee, mentor = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 2])
    pairs = from_edges(mentee, mentor, np.full(4, 500), 2, np.array([1, 1, 1]))
    pairs = replace(pairs, demand=np.array([1, 2]))
    wish = choices_of([(0, 0, 1)])

    for seed in range(10):
        found = lists_first(
            pairs,
            wish,
            None,
            lot_of(pairs),
            lambda rest, seed=seed: fill(rest, seed),
            serve_most=True,
        )
        assert (found.taken.tolist(), found.released) == ([0, 3], 0)


def test_the_least_load_of_a_mentor_counts_what_the_lists_gave():
    pairs = replace(square([[500, 400], [500, 400], [0, 900]], [2, 2]), minimum=np.array([1, 2]))
    asked = []

    lists_first(
        pairs,
        choices_of([(2, 1, 1)]),
        None,
        lot_of(pairs),
        lambda rest: asked.append(rest) or fill(rest),
    )

    assert (asked[0].minimum.tolist(), asked[0].capacity.tolist()) == ([1, 1], [2, 1])


def test_only_what_both_chose_is_on_the_lists():
    mine = choices_of([(1, 0, 3), (0, 1, 1), (0, 0, 2)])
    theirs = choices_of([(0, 1, 1), (1, 1, 1), (0, 0, 4)])

    lists = mutual_lists(mine, theirs, mentees=2, capacity=np.array([1, 1]))

    assert lists.start.tolist() == [0, 1, 2]
    assert lists.mentor.tolist() == [0, 0]
    assert (lists.mentee_rank.tolist(), lists.mentor_rank.tolist()) == ([2, 3], [4, 1])


def test_choices_that_cannot_be_read_are_refused_on_either_side():
    good, absent = choices_of([(0, 0, 1)]), choices_of([(0, 0, 1), (0, 5, 2)])

    for both in ((absent, good), (good, absent)):
        with pytest.raises(MatchingError, match="Row 2 of the choices names somebody"):
            mutual_lists(*both, mentees=1, capacity=np.array([1]))
    with pytest.raises(MatchingError, match="Row 2 of the choices names somebody"):
        lists_by_score(absent, square([[5]], [1]))


def test_after_a_mixer_a_yes_counts_by_its_rating():
    person, met = np.array([3, 3, 3, 3, 4]), np.array([0, 1, 2, 5, 0])
    says_yes = np.array([True, True, False, True, True])

    rated = choices_after_meeting(person, met, says_yes, np.array([6.0, 9.0, 9.0, np.nan, 6.0]))
    plain = choices_after_meeting(person, met, says_yes)

    assert rated.chooser.tolist() == plain.chooser.tolist() == [3, 3, 3, 4]
    assert rated.chosen.tolist() == [0, 1, 5, 0]
    assert (rated.rank.tolist(), plain.rank.tolist()) == ([2, 1, 3, 2], [1, 1, 1, 1])


def rows_of(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def event_lists(rows):
    """One real event's meetings as lists, with one place each."""
    side = {letter: [row for row in rows if row["side"] == letter] for letter in "AB"}
    place = {
        name: n
        for letter in "AB"
        for n, name in enumerate(sorted({r["person_id"] for r in side[letter]}))
    }
    both = [
        choices_after_meeting(
            np.array([place[row["person_id"]] for row in side[letter]]),
            np.array([place[row["met_id"]] for row in side[letter]]),
            np.array([row["says_yes"] == "1" for row in side[letter]]),
            np.array([float(row["rating_appeal"] or "nan") for row in side[letter]]),
        )
        for letter in "AB"
    ]
    count = [len({row["person_id"] for row in side[letter]}) for letter in "AB"]
    return mutual_lists(*both, mentees=count[0], capacity=np.ones(count[1], dtype=np.int64))


def test_real_mixers_end_stable_with_two_yeses_each_and_more_matches_than_by_lottery():
    rows = rows_of(real_data("mixer-decisions") / "meetings.csv")
    promoted = drawn = 0
    for event in sorted({row["event"] for row in rows}):
        lists = event_lists([row for row in rows if row["event"] == event])
        partner = promoted_acceptance(lists, lot_of(lists))
        served = np.flatnonzero(partner >= 0)
        assert count_blocking_pairs_of_lists(lists, served, partner[served]) == 0
        promoted += len(served)
        drawn += int((deferred_acceptance(by_lottery(lists, lot_of(lists))) >= 0).sum())

    assert (promoted, drawn) == (108, 102)


@pytest.mark.parametrize("family", ["realistic", "geotight", "scarce"])
def test_real_sizes_keep_the_lists_and_nearly_all_of_the_coverage(family):
    folder = real_data("matching-instances") / f"{family}-1000x400"
    with np.load(folder / "edges.npz") as edges:
        mentee, mentor, score = edges["mentee"], edges["mentor"], edges["score"]
    capacity = [int(row["capacity"]) for row in rows_of(folder / "mentors.csv")]
    pairs = from_edges(mentee, mentor, score, 1000, np.array(capacity))
    noise = np.random.default_rng(5).normal(0, 100_000, (2, len(pairs)))
    mine = best_few(pairs.mentee_of_each(), pairs.mentor, pairs.score + noise[0], 12)
    theirs = best_few(pairs.mentor, pairs.mentee_of_each(), pairs.score + noise[1], 40)

    found = lists_first(pairs, mine, theirs, lot_of(pairs), fill)
    most = lists_first(pairs, mine, theirs, lot_of(pairs), fill, serve_most=True)

    assert (found.blocking_pairs, most.released < 6) == (0, True)
    assert len(most.taken) == len(fill(pairs))
    assert len(found.taken) >= 0.995 * len(most.taken)


def best_few(chooser, chosen, liking, count):
    """Everybody's best few as choices, in order."""
    order = np.lexsort((-liking, chooser))
    rank = np.arange(len(order)) - np.searchsorted(chooser[order], chooser[order])
    few = rank < count
    return Choices(chooser[order][few], chosen[order][few], rank[few] + 1)
