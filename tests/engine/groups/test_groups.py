from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.groups import program
from lodestar.engine.groups.groups import (
    Group,
    GroupMatching,
    GroupProof,
    GroupSizes,
    GroupTerms,
    group_matching,
)
from lodestar.engine.groups.program import Effort, Found
from lodestar.engine.groups.reasons import (
    SEARCH_STOPPED,
)
from lodestar.engine.groups.rules import (
    Apart,
    AtMost,
    NotAlone,
    Rule,
    broken_rules,
    in_order,
)
from lodestar.engine.matching.pairs import EligiblePairs, ends_of, from_edges, reordered
from lodestar.engine.matching.problem import MatchingError
from tests.engine.matching.markets import (
    every_matching,
    instances,
    reached,
    tickets_for,
    total_of,
)
from tests.tried_on import tried_on

SIZES = st.sampled_from([GroupSizes(1, 2), GroupSizes(2, 2), GroupSizes(2, 3), GroupSizes(3, 3)])


def table(rows: list[list[int | None]], capacity: list[int]) -> EligiblePairs:
    """Pairs from a table of mentees by mentors; None is forbidden."""
    edges = [(i, j, s) for i, row in enumerate(rows) for j, s in enumerate(row) if s is not None]
    columns = np.array(edges, dtype=np.int64).reshape(-1, 3).T
    return from_edges(*columns, len(rows), np.array(capacity))


def solve(
    pairs: EligiblePairs, sizes: GroupSizes, rules: tuple[Rule, ...] = (), **effort: float
) -> GroupMatching:
    terms = GroupTerms(rules, Effort(**effort))
    return group_matching(pairs, sizes, tickets_for(pairs), terms)


def members_of(pairs: EligiblePairs, taken: np.ndarray) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for mentee, mentor in zip(*(side.tolist() for side in ends_of(pairs, taken)), strict=True):
        members.setdefault(mentor, []).append(mentee)
    return members


def every_grouping(
    pairs: EligiblePairs, sizes: GroupSizes, rules: tuple[Rule, ...]
) -> Iterator[np.ndarray]:
    for taken in every_matching(pairs):
        members = members_of(pairs, taken).values()
        fits = all(sizes.least <= len(group) <= sizes.most for group in members)
        if fits and not any(broken_rules(rules, group) for group in members):
            yield taken


def possible(pairs: EligiblePairs, sizes: GroupSizes) -> bool:
    return pairs.mentees >= sizes.least and int(pairs.capacity.max(initial=0)) >= sizes.least


@st.composite
def rules_for(draw, mentees: int, most: int) -> tuple[Rule, ...]:
    people = range(mentees)
    employers = draw(st.tuples(*[st.sampled_from(["Acme", "Beta", ""]) for _ in people]))
    has = draw(st.tuples(*[st.booleans() for _ in people]))
    reports = draw(st.sets(st.tuples(st.sampled_from(people), st.sampled_from(people))))
    all_rules: list[Rule] = [
        AtMost("employer", employers, 1),
        Apart("reports", tuple(sorted((a, b) for a, b in reports if a != b))),
        *([NotAlone("kind", has)] if most >= 2 else []),
    ]
    return tuple(draw(st.lists(st.sampled_from(all_rules), unique=True, max_size=3)))


@st.composite
def requests(draw) -> tuple[EligiblePairs, GroupSizes, tuple[Rule, ...]]:
    pairs = draw(instances(most_mentees=5, most_mentors=3).filter(lambda one: len(one) > 0))
    sizes = draw(SIZES.filter(lambda one: possible(pairs, one)) | st.just(GroupSizes(1, 1)))
    if not possible(pairs, sizes):
        pairs = replace(pairs, capacity=pairs.capacity + 1)
    return pairs, sizes, draw(st.just(()) | rules_for(pairs.mentees, sizes.most))


@given(requests())
@tried_on(120)
def test_serves_the_most_and_then_totals_the_most_of_all_allowed_groups(request):
    pairs, sizes, rules = request
    best = max(
        (reached(pairs, taken)[0], total_of(pairs, taken))
        for taken in every_grouping(pairs, sizes, rules)
    )

    found = solve(pairs, sizes, rules)

    assert (found.served, found.total) == best
    assert (found.bound_served, found.bound_total, found.gap) == (*best, 0)
    assert found.is_proven
    for group in found.groups:
        assert sizes.least <= len(group.mentees) <= min(sizes.most, pairs.capacity[group.mentor])
        assert broken_rules(rules, group.mentees) == ()


@given(requests())
@tried_on(60)
def test_the_groups_and_those_left_out_are_everybody_once(request):
    pairs, sizes, rules = request

    found = solve(pairs, sizes, rules)

    mentees = [mentee for group in found.groups for mentee in group.mentees]
    assert sorted(mentees + [one.person for one in found.left]) == list(range(pairs.mentees))
    assert SEARCH_STOPPED not in {one.reason for one in found.left}
    assert found.total == sum(group.total for group in found.groups)


@given(requests(), st.randoms(use_true_random=False))
@tried_on(60)
def test_the_order_of_the_rows_changes_nothing(request, random):
    pairs, sizes, rules = request
    mentees, mentors = list(range(pairs.mentees)), list(range(pairs.mentors))
    random.shuffle(mentees)
    random.shuffle(mentors)
    shuffled = reordered(pairs, np.array(mentees), np.array(mentors))
    drawn = tickets_for(pairs)
    redrawn = replace(drawn, mentee=drawn.mentee[mentees], mentor=drawn.mentor[mentors])
    moved = GroupTerms(tuple(in_order(rule, mentees) for rule in rules))

    first = solve(pairs, sizes, rules)
    second = group_matching(shuffled, sizes, redrawn, moved)

    back = {
        (mentors[group.mentor], tuple(sorted(mentees[mentee] for mentee in group.mentees)))
        for group in second.groups
    }
    assert back == {(group.mentor, group.mentees) for group in first.groups}


@given(requests())
@tried_on(40)
def test_a_smaller_least_size_or_one_rule_fewer_never_serves_fewer(request):
    pairs, sizes, rules = request

    found = solve(pairs, sizes, rules)

    assert solve(pairs, GroupSizes(1, sizes.most), rules).served >= found.served
    assert solve(pairs, sizes, rules[1:]).served >= found.served


@given(requests(), st.data())
@tried_on(60)
def test_mentees_who_want_two_mentors_may_be_in_two_groups(request, data):
    pairs, sizes, _ = request
    few = pairs.only(pairs.mentee_of_each() < 4)
    demand = data.draw(st.lists(st.integers(0, 2), min_size=few.mentees, max_size=few.mentees))
    first = data.draw(st.lists(st.integers(0, 1), min_size=few.mentees, max_size=few.mentees))
    wide = replace(few, demand=np.array(demand), first=np.array(first))
    best = max(
        (reached(wide, taken)[0], total_of(wide, taken))
        for taken in every_grouping(wide, sizes, ())
    )

    found = solve(wide, sizes)

    assert (found.served, found.total) == best
    assert found.is_proven


def test_a_group_opens_only_where_it_is_large_enough():
    pairs = table([[900, 100], [900, 100], [100, 900]], [3, 3])

    found = solve(pairs, GroupSizes(2, 3))

    assert found.groups == (Group(0, (0, 1, 2), 1_900),)
    assert (found.served, found.total, found.proof) == (3, 1_900, GroupProof.SEARCHED)


def test_where_no_group_is_too_small_prices_prove_it():
    pairs = table([[900, 100], [900, 100], [100, 900], [100, 900]], [3, 3])

    found = solve(pairs, GroupSizes(2, 3))

    assert found.groups == (Group(0, (0, 1), 1_800), Group(1, (2, 3), 1_800))
    assert found.proof is GroupProof.CHECKED


def test_equal_mentees_are_drawn_by_the_seed_and_each_can_win():
    pairs = table([[500, 0], [500, 0], [500, 0], [None, 7]], [2, 1])

    winners = {
        group_matching(pairs, GroupSizes(2, 2), tickets_for(pairs, seed)).groups
        for seed in range(40)
    }

    assert winners == {(Group(0, pair, 1_000),) for pair in [(0, 1), (0, 2), (1, 2)]}


def stop(monkeypatch, *searches: str) -> None:
    for search in searches:
        monkeypatch.setattr(program.Program, search, lambda *_: None)


def test_a_stopped_search_says_so_and_its_bounds_hold(monkeypatch):
    # Closing the smaller group leads nowhere here: the two who are left may not be together.
    pairs = table([[900, 100], [900, None], [None, 900]], [2, 2])
    rules = (Apart("reports", ((0, 1),)),)
    stop(monkeypatch, "most_served", "largest_total")

    found = solve(pairs, GroupSizes(2, 2), rules)

    assert (found.served, found.bound_served, found.bound_total) == (0, 3, 2_700)
    assert (found.proof, found.is_proven, found.gap) == (GroupProof.OPEN, False, 2_700)
    assert SEARCH_STOPPED in {one.reason for one in found.left}


def test_a_stopped_search_still_has_good_groups(monkeypatch):
    pairs = table([[900, 100], [900, 100], [100, 900]], [3, 3])
    stop(monkeypatch, "most_served", "largest_total")

    found = solve(pairs, GroupSizes(2, 3))

    assert found.groups == (Group(0, (0, 1, 2), 1_900),)
    assert (found.served, found.bound_served, found.bound_total) == (3, 3, 2_700)
    assert found.proof is GroupProof.OPEN


def test_groups_that_a_search_got_wrong_are_not_believed(monkeypatch):
    pairs = table([[900, 100], [900, 100], [100, 900]], [3, 3])
    wrong = Found(np.arange(1), 2_700)
    monkeypatch.setattr(program.Program, "largest_total", lambda *_: wrong)

    found = solve(pairs, GroupSizes(2, 3), (Apart("reports", ((0, 2),)),))

    assert [len(group.mentees) for group in found.groups] == [2]


def test_a_search_limited_in_time_and_nodes_never_claims_too_much():
    rng = np.random.default_rng(3)
    mentee, mentor = np.divmod(np.arange(40 * 16), 16)
    pairs = from_edges(mentee, mentor, rng.integers(0, 10**6, 640), 40, np.full(16, 5))

    short = solve(pairs, GroupSizes(4, 5), nodes=0, seconds=0.001)
    whole = solve(pairs, GroupSizes(4, 5))

    assert whole.is_proven
    assert whole.served == 40
    assert short.bound_served >= 40
    assert (short.served, short.total) <= (40, whole.total)
    assert short.served < 40 or short.bound_total >= whole.total


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        (GroupSizes(0, 2), "A group needs at least one mentee: let the least size be 1 or more."),
        (
            GroupSizes(3, 2),
            "A group cannot have at least 3 and at most 2 mentees: lower the least or raise the most.",
        ),
        (
            GroupSizes(5, 6),
            "A group needs at least 5 mentees, and there are 4: lower the least size.",
        ),
        (
            GroupSizes(4, 6),
            "A group needs at least 4 mentees, and no mentor has more than 3 places: raise capacities or "
            "lower the least size.",
        ),
    ],
)
def test_sizes_that_do_not_fit_are_refused_with_a_sentence(sizes, sentence):
    pairs = table([[9], [9], [7], [5]], [3])

    with pytest.raises(MatchingError) as refusal:
        solve(pairs, sizes)

    assert str(refusal.value) == sentence


def test_a_larger_cohort_with_all_rules_is_solved_to_its_end():
    rng = np.random.default_rng(7)
    mentee, mentor = np.divmod(np.arange(36 * 8), 8)
    pairs = from_edges(mentee, mentor, rng.integers(0, 10**6, 288), 36, np.full(8, 6))
    employers = tuple(rng.choice(["a", "b", "c", ""], 36).tolist())
    rules = (
        AtMost("employer", employers, 2),
        Apart("reports", tuple(pairwise(range(0, 36, 6)))),
        NotAlone("kind", tuple((rng.random(36) < 0.3).tolist())),
    )

    found = solve(pairs, GroupSizes(4, 6), rules)

    assert (found.served, found.is_proven) == (36, True)
    assert {broken_rules(rules, group.mentees) for group in found.groups} == {()}
