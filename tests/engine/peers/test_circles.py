from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.groups.reasons import BREAKS_RULE, LeftOut
from lodestar.engine.groups.rules import (
    Apart,
    AtMost,
    NotAlone,
    Rule,
    broken_rules,
    in_order,
)
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.peers.circle_bound import circles_bound
from lodestar.engine.peers.circle_places import (
    NOT_ALLOWED,
    TOO_FEW_ALLOWED,
    Setting,
    left_of,
    placed,
)
from lodestar.engine.peers.circle_search import company_of, searched, value_of
from lodestar.engine.peers.circles import (
    Circle,
    CircleFinding,
    CircleSizes,
    CircleTerms,
    counts_to_try,
    even_sizes,
    peer_circles,
)
from tests.engine.peers.one_set import draw, symmetric
from tests.tried_on import tried_on

SHORT = CircleTerms(starts=1, shuffles=15)
Sharing = tuple[tuple[int, ...], ...]


@st.composite
def cohorts(draw_) -> tuple[np.ndarray, np.ndarray, tuple[Rule, ...]]:
    """Draw six to eight people with scores, forbidden pairs and rules."""
    people = draw_(st.integers(6, 8))
    cells = people * (people - 1) // 2
    score = symmetric(
        draw_(st.lists(st.integers(0, 1_000_000), min_size=cells, max_size=cells)), people
    )
    shut = draw_(st.sets(st.integers(0, cells - 1), max_size=6))
    allowed = symmetric([cell not in shut for cell in range(cells)], people).astype(bool)
    employers = draw_(st.tuples(*[st.sampled_from(["Acme", "Beta", ""]) for _ in range(people)]))
    has = draw_(st.tuples(*[st.booleans() for _ in range(people)]))
    rules = [AtMost("employer", employers, 2), NotAlone("kind", has), Apart("reports", ((0, 1),))]
    return score, allowed, tuple(draw_(st.lists(st.sampled_from(rules), unique=True)))


def every_sharing(people: tuple[int, ...], sizes: list[int]) -> Iterator[Sharing]:
    """Yield every way to share people out into circles of these sizes."""
    if not people:
        yield ()
        return
    first, rest = people[0], people[1:]
    for size in sorted(set(sizes)):
        left = list(sizes)
        left.remove(size)
        for others in combinations(rest, size - 1):
            remaining = tuple(person for person in rest if person not in others)
            for sharing in every_sharing(remaining, left):
                yield ((first, *others), *sharing)


def points(score: np.ndarray, sharing: Sharing) -> int:
    return sum(int(score[pair]) for circle in sharing for pair in combinations(circle, 2))


def is_fine(allowed: np.ndarray, rules: tuple[Rule, ...], circle: tuple[int, ...]) -> bool:
    together = all(allowed[pair] for pair in combinations(circle, 2))
    return together and not broken_rules(rules, circle)


def people_of(found: CircleFinding) -> Sharing:
    return tuple(circle.people for circle in found.circles)


@given(cohorts(), st.sampled_from([CircleSizes(2, 4), CircleSizes(3, 4), CircleSizes(2, 3)]))
@tried_on(60)
def test_no_rule_is_broken_everybody_is_told_and_the_bound_holds(cohort, sizes):
    score, allowed, rules = cohort
    terms = CircleTerms(rules, starts=2, shuffles=20)

    found = peer_circles(score, allowed, sizes, draw(len(score)), terms)

    assert all(is_fine(allowed, rules, circle) for circle in people_of(found))
    assert all(sizes.least <= len(circle) <= sizes.most for circle in people_of(found))
    placed_people = [person for circle in people_of(found) for person in circle]
    left = [one.person for one in found.left]
    assert sorted(placed_people + left) == list(range(len(score)))
    assert found.total == points(score, people_of(found)) <= found.bound
    if not found.left:
        even = even_sizes(len(score), replace(sizes, count=len(found.circles)))
        options = shared_by(cohort, even)
        assert sorted(map(len, people_of(found)), reverse=True) == even
        assert found.total <= max(options) <= found.bound


def shared_by(cohort, even):
    """Return the points of every way to share people into circles of these sizes that breaks nothing."""
    score, allowed, rules = cohort
    return [
        points(score, sharing)
        for sharing in every_sharing(tuple(range(len(score))), even)
        if all(is_fine(allowed, rules, circle) for circle in sharing)
    ]


@given(cohorts(), st.sampled_from([CircleSizes(2, 4), CircleSizes(2, 3)]))
@tried_on(40)
def test_other_numbers_of_circles_are_tried_before_anybody_is_left_out(cohort, sizes):
    score, allowed, rules = cohort
    terms = CircleTerms(rules, starts=2, shuffles=20)

    found = peer_circles(score, allowed, sizes, draw(len(score)), terms)
    each = [
        peer_circles(score, allowed, replace(sizes, count=count), draw(len(score)), terms)
        for count in counts_to_try(len(score), sizes)
    ]

    assert len(found.left) == min(len(one.left) for one in each)


@given(cohorts())
@tried_on(25)
def test_among_few_people_the_best_circles_are_found(cohort):
    score, _, _ = cohort
    free = ~np.eye(len(score), dtype=bool)
    even = even_sizes(len(score), CircleSizes(3, 4))
    best = max(points(score, one) for one in every_sharing(tuple(range(len(score))), even))

    found = peer_circles(score, free, CircleSizes(3, 4), draw(len(score)), CircleTerms((), 3, 30))

    assert found.total == best


@given(cohorts(), st.randoms(use_true_random=False))
@tried_on(30)
def test_the_order_of_the_people_changes_nothing(cohort, random):
    score, allowed, rules = cohort
    order = list(range(len(score)))
    random.shuffle(order)
    cells = np.ix_(order, order)
    sizes, drawn = CircleSizes(2, 4), draw(len(score))
    moved = tuple(in_order(rule, order) for rule in rules)

    first = peer_circles(score, allowed, sizes, drawn, CircleTerms(rules, 1, 10))
    second = peer_circles(
        score[cells], allowed[cells], sizes, drawn[order], CircleTerms(moved, 1, 10)
    )

    back = {tuple(sorted(order[person] for person in circle)) for circle in people_of(second)}
    assert back == set(people_of(first))
    assert (second.total, second.bound) == (first.total, first.bound)


def test_one_circle_of_all_is_proven_and_so_are_separate_circles():
    score = np.where(np.add.outer(np.arange(8), np.arange(8)) % 2, 10, 90)

    whole = peer_circles(score, score > 0, CircleSizes(8, 8), draw(8), SHORT)
    parted = peer_circles(score, score > 0, CircleSizes(4, 4), draw(8), SHORT)

    assert whole.circles == (Circle(tuple(range(8)), 12 * 90 + 16 * 10),)
    assert people_of(parted) == ((0, 2, 4, 6), (1, 3, 5, 7))
    assert whole.is_proven
    assert parted.is_proven


def test_a_longer_search_is_never_worse_and_a_stopped_one_still_answers():
    rng = np.random.default_rng(2)
    score, allowed = symmetric(rng.integers(0, 10**6, 780), 40), ~np.eye(40, dtype=bool)

    def total(terms: CircleTerms) -> int:
        return peer_circles(score, allowed, CircleSizes(), draw(40), terms).total

    stopped = CircleTerms((), 1, 60, may_go_on=lambda: False)
    assert total(stopped) == total(CircleTerms((), 1, 0))
    assert total(stopped) <= total(CircleTerms((), 1, 30)) <= total(CircleTerms((), 1, 60))


def test_another_seed_may_find_others_and_the_same_seed_finds_the_same():
    score, allowed = np.full((9, 9), 500_000), ~np.eye(9, dtype=bool)

    def circles(seed: int) -> Sharing:
        return people_of(peer_circles(score, allowed, CircleSizes(3, 3), draw(9, seed), SHORT))

    assert circles(4) == circles(4)
    assert len({circles(seed) for seed in range(6)}) > 1


def test_rules_hold_in_a_larger_cohort_and_nobody_is_left_out():
    rng = np.random.default_rng(3)
    score = symmetric(rng.integers(0, 10**6, 1_225), 50)
    allowed = symmetric(rng.random(1_225) < 0.9, 50).astype(bool)
    rules = (
        AtMost("employer", tuple(rng.choice(["a", "b", "c", "d", ""], 50).tolist()), 2),
        NotAlone("kind", tuple((rng.random(50) < 0.3).tolist())),
        Apart("reports", ((0, 1), (2, 3))),
    )

    found = peer_circles(score, allowed, CircleSizes(), draw(50), CircleTerms(rules, 1, 20))

    assert all(is_fine(allowed, rules, circle) for circle in people_of(found))
    assert sorted(map(len, people_of(found))) == [6] * 6 + [7] * 2
    assert found.left == ()
    assert found.total < found.bound
    assert not found.is_proven


def test_all_forbidden_leaves_everybody_out_with_a_sentence():
    shut = np.zeros((4, 4), dtype=bool)

    found = peer_circles(np.full((4, 4), 9), shut, CircleSizes(2, 4), draw(4), SHORT)

    told = "Nobody may be with them, and a circle needs 2."
    assert found == CircleFinding(
        (), 0, 0, tuple(LeftOut(person, TOO_FEW_ALLOWED, told) for person in range(4))
    )


def test_each_reason_for_being_in_no_circle_has_its_sentence():
    allowed = np.zeros((7, 7), dtype=bool)
    for one, other in [(0, 1), (0, 2), (1, 2), (3, 4), (3, 0), (4, 1), (5, 0)]:
        allowed[one, other] = allowed[other, one] = True
    setting = Setting(np.ones((7, 7), dtype=np.int64), allowed, (), 3, 4)
    ruled = Setting(
        np.ones((4, 4), dtype=np.int64),
        ~np.eye(4, dtype=bool),
        (Apart("reports", ((0, 3),)),),
        3,
        4,
    )

    plain = left_of(setting, [frozenset({0, 1, 2})])
    barred = left_of(ruled, [frozenset({0, 1, 2})])
    alone = left_of(ruled, [])

    in_the_way = "No circle was found for them: in the way are people they may not be with, or a circle is full."
    assert plain == (
        LeftOut(3, NOT_ALLOWED, in_the_way),
        LeftOut(4, NOT_ALLOWED, in_the_way),
        LeftOut(5, TOO_FEW_ALLOWED, "Only 1 other may be with them, and a circle needs 3."),
        LeftOut(6, TOO_FEW_ALLOWED, "Nobody may be with them, and a circle needs 3."),
    )
    assert barred == (
        LeftOut(
            3,
            BREAKS_RULE,
            "No circle was found for them: in the way are rule 'reports', or a circle is full.",
            ("reports",),
        ),
    )
    assert {one.sentence for one in alone} == {
        "No circle was found for them: the others who are left may not be together."
    }


def test_whoever_is_in_the_way_leaves_and_goes_where_nothing_speaks_against_it():
    allowed = ~np.eye(6, dtype=bool)
    allowed[0, 1] = allowed[1, 0] = allowed[0, 2] = allowed[2, 0] = False
    setting = Setting(np.ones((6, 6), dtype=np.int64), allowed, (), 2, 4)

    kept = placed(setting, np.array([0, 0, 0, 1, 1, 1]))
    dissolved = placed(Setting(setting.score, allowed, (), 3, 3), np.array([0, 0, 0, 1, 1, 1]))

    assert kept == [frozenset({1, 2}), frozenset({0, 3, 4, 5})]
    assert dissolved == [frozenset({3, 4, 5})]


def test_the_search_prefers_any_circles_without_fault_to_any_points():
    score = np.full((4, 4), 1)
    score[0, 1] = score[1, 0] = 1_000_000
    allowed = ~np.eye(4, dtype=bool)
    rules = (AtMost("employer", ("Acme", "Acme", "", ""), 1),)
    company = company_of(score, allowed, rules, 2)

    found = searched(company, [2, 2], 5, np.random.default_rng(1), lambda: True)

    assert found[0] != found[1]
    assert value_of(company, found, 2) == 2
    assert value_of(company, np.array([0, 0, 1, 1]), 2) < 0


@pytest.mark.parametrize("sizes", [[3, 3, 3], [5, 4], [3, 2, 2, 2], [9]])
def test_neither_way_to_bound_is_below_the_best_circles(sizes, monkeypatch):
    rng = np.random.default_rng(8)
    score = symmetric(rng.integers(0, 10**6, 36), 9)
    best = max(points(score, sharing) for sharing in every_sharing(tuple(range(9)), sizes))

    near = circles_bound(score, score > 0, sizes)
    monkeypatch.setattr("lodestar.engine.peers.circle_bound.MOST_PEOPLE", 0)
    far = circles_bound(score, score > 0, sizes)

    assert best <= near <= far
    assert near < 1.3 * best


@pytest.mark.parametrize(
    ("people", "sizes", "expected"),
    [
        (12, CircleSizes(4, 8), [6, 6]),
        (17, CircleSizes(4, 8), [6, 6, 5]),
        (17, CircleSizes(4, 8, 4), [5, 4, 4, 4]),
        (5, CircleSizes(4, 8), [5]),
    ],
)
def test_circles_are_as_even_as_can_be_and_of_a_middling_size(people, sizes, expected):
    assert even_sizes(people, sizes) == expected


@pytest.mark.parametrize(
    ("people", "sizes", "sentence"),
    [
        (
            9,
            CircleSizes(1, 4),
            "A circle needs at least two people: let the least size be 2 or more.",
        ),
        (
            9,
            CircleSizes(5, 4),
            "A circle cannot have at least 5 and at most 4 people: lower the least or raise the most.",
        ),
        (
            1,
            CircleSizes(4, 8),
            "A circle needs at least 4 people, and there are 1: lower the least size.",
        ),
        (
            0,
            CircleSizes(4, 8),
            "A circle needs at least 4 people, and there are 0: lower the least size.",
        ),
        (
            9,
            CircleSizes(5, 6),
            "9 people do not divide into circles of 5 to 6: allow circles of up to 9, or down to 4.",
        ),
        (
            12,
            CircleSizes(4, 6, 5),
            "12 people do not divide into 5 circles of 4 to 6: ask for 2 to 3 circles.",
        ),
    ],
)
def test_sizes_that_do_not_fit_are_refused_with_a_sentence(people, sizes, sentence):
    table = np.ones((people, people), dtype=int)

    with pytest.raises(MatchingError) as refusal:
        peer_circles(table, table > 0, sizes, draw(people))

    assert str(refusal.value) == sentence
