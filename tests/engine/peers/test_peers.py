from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.groups.reasons import LeftOut
from lodestar.engine.matching.lottery import FINEST, mixed
from lodestar.engine.matching.problem import MatchingError, TooLargeError
from lodestar.engine.peers import trio as trio_module
from lodestar.engine.peers.peers import (
    OddOne,
    PeerMatching,
    PeerTerms,
    peer_matching,
)
from lodestar.engine.peers.people import fused_scores
from lodestar.engine.peers.proof import (
    prove_peers,
)
from lodestar.engine.peers.reasons import NO_PARTNER, ODD_NUMBER, PARTNERS_SHORT
from lodestar.engine.peers.trio import trio_score
from tests.engine.peers.one_set import draw, made_up, peers, symmetric
from tests.tried_on import tried_on

TRIO = PeerTerms(OddOne.TRIO)
Pairing = tuple[tuple[int, int], ...]


def every_pairing(allowed: np.ndarray, people: tuple[int, ...]) -> Iterator[Pairing]:
    if len(people) < 2:
        yield ()
        return
    first, rest = people[0], people[1:]
    yield from every_pairing(allowed, rest)
    for other in rest:
        if allowed[first, other]:
            left = tuple(person for person in rest if person != other)
            for pairing in every_pairing(allowed, left):
                yield ((first, other), *pairing)


def worth(score: np.ndarray, pairing: Pairing) -> tuple[int, int]:
    return 2 * len(pairing), sum(int(score[pair]) for pair in pairing)


def best_with_trio(score: np.ndarray, allowed: np.ndarray) -> tuple[int, int]:
    people = tuple(range(len(score)))
    best = max(worth(score, pairing) for pairing in every_pairing(allowed, people))
    if best[0] == len(score):
        return best
    for trio in combinations(people, 3):
        if allowed[np.ix_(trio, trio)].sum() == 6:
            others = tuple(person for person in people if person not in trio)
            served, total = max(worth(score, one) for one in every_pairing(allowed, others))
            best = max(best, (served + 3, total + trio_score(score, trio)))
    return best


@given(peers(), st.integers(0, 3))
@tried_on(80)
def test_pairs_the_most_people_and_then_totals_the_most(people, seed):
    score, allowed = people
    everybody = tuple(range(len(score)))
    best = max(worth(score, pairing) for pairing in every_pairing(allowed, everybody))

    found = peer_matching(score, allowed, draw(len(score), seed))

    assert worth(score, found.pairs) == (found.served, found.total) == best
    assert (found.is_proven, found.is_drawn, found.trio) == (True, True, None)
    assert prove_peers(score, allowed, found.claim).is_proven
    paired = [person for pair in found.pairs for person in pair]
    assert sorted(paired + [one.person for one in found.left]) == list(everybody)


@given(peers())
@tried_on(50)
def test_with_a_trio_one_more_is_served_and_the_total_is_the_largest(people):
    score, allowed = people

    found = peer_matching(score, allowed, draw(len(score)), TRIO)

    assert (found.served, found.total) == best_with_trio(score, allowed)
    assert found.is_proven
    members = [person for pair in (*found.pairs, found.trio or ()) for person in pair]
    assert sorted(members + [one.person for one in found.left]) == list(range(len(score)))


@given(peers(), st.randoms(use_true_random=False), st.sampled_from([PeerTerms(), TRIO]))
@tried_on(30)
def test_the_order_of_the_people_changes_nothing(people, random, terms):
    score, allowed = people
    order = list(range(len(score)))
    random.shuffle(order)
    cells = np.ix_(order, order)

    first = peer_matching(score, allowed, draw(len(score)), terms)
    second = peer_matching(score[cells], allowed[cells], draw(len(score))[order], terms)

    back = {tuple(sorted((order[one], order[other]))) for one, other in second.pairs}
    assert back == set(first.pairs)
    assert sorted(order[person] for person in second.trio or ()) == sorted(first.trio or ())


@given(peers())
@tried_on(25)
def test_one_allowed_pair_more_never_pairs_fewer(people):
    score, allowed = people
    wider = allowed.copy()
    closed = np.argwhere(np.triu(~allowed, 1))
    for one, other in closed[:1]:
        wider[one, other] = wider[other, one] = True

    before = peer_matching(score, allowed, draw(len(score)))
    after = peer_matching(score, wider, draw(len(score)))

    assert after.served >= before.served
    assert after.served > before.served or after.total >= before.total


@pytest.mark.parametrize(("people", "likeness"), [(60, 2), (61, 3), (90, 1)])
def test_odd_sets_are_found_where_pairs_alone_would_promise_too_much(people, likeness):
    score, allowed = made_up(people, 5, likeness)

    found = peer_matching(score, allowed, draw(people))

    assert found.is_proven
    assert found.claim.prices.sets
    assert prove_peers(score, allowed, found.claim).violators == 0


def test_two_triangles_leave_one_of_each_over():
    allowed = np.kron(np.eye(2), np.ones((3, 3))).astype(bool)
    score = np.where(allowed, 500_000, 0)

    found = peer_matching(score, allowed, draw(6))

    told = "3 people can be paired among themselves only, and that is an odd number."
    assert (found.served, found.total, found.is_proven) == (4, 1_000_000, True)
    assert [(one.reason, one.sentence) for one in found.left] == [(ODD_NUMBER, told)] * 2


def test_of_equals_the_lowest_ticket_is_left_over():
    score, allowed = np.full((7, 7), 500_000), np.ones((7, 7), dtype=bool)

    for seed in range(12):
        drawn = draw(7, seed)
        found = peer_matching(score, allowed, drawn)
        assert [one.person for one in found.left] == [int(np.argmin(drawn))]


def test_equal_pairings_are_drawn_by_the_seed_and_each_can_win():
    score, allowed = np.full((4, 4), 500_000), np.ones((4, 4), dtype=bool)

    winners = {peer_matching(score, allowed, draw(4, seed)).pairs for seed in range(30)}

    assert winners == {((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))}


@pytest.mark.parametrize("seed", range(8))
def test_of_all_equals_the_largest_sum_of_ranks_and_then_of_lots_wins(seed):
    people = 6 + seed % 2
    score = symmetric(
        np.random.default_rng(seed).choice([0, 500_000], people * (people - 1) // 2), people
    )
    allowed, drawn = ~np.eye(people, dtype=bool), draw(people, seed)
    rank = np.argsort(np.argsort(drawn))

    def lot(pair: tuple[int, int]) -> int:
        low, high = sorted(drawn[list(pair)])
        return int(mixed(np.array([low]), np.array([high]))[0] % np.uint64(FINEST)) + 1

    def standing(pairing: Pairing) -> tuple[int, ...]:
        ranks = sum(int(rank[one] + rank[other]) for one, other in pairing)
        return (*worth(score, pairing), ranks, sum(lot(pair) for pair in pairing))

    best = max(every_pairing(allowed, tuple(range(people))), key=standing)

    assert peer_matching(score, allowed, drawn).pairs == best


def test_a_larger_number_of_equals_is_drawn_to_the_end():
    score, allowed = np.full((40, 40), 200_000), np.ones((40, 40), dtype=bool)

    found = peer_matching(score, allowed, draw(40))

    assert (found.total, found.is_proven, found.is_drawn) == (4_000_000, True, True)


def stopped_after(steps: int) -> PeerTerms:
    left = iter(range(steps))
    return PeerTerms(may_go_on=lambda: next(left, None) is not None)


@pytest.mark.parametrize("steps", [0, 1, 2, 4, 8])
def test_a_stopped_search_has_good_pairs_and_a_bound_that_holds(steps):
    score, allowed = made_up(80, 9, 2)
    best = peer_matching(score, allowed, draw(80))

    found = peer_matching(score, allowed, draw(80), stopped_after(steps))

    assert found.served == best.served == 80
    assert 0.97 * best.total <= found.total <= best.total <= found.bound_total
    assert prove_peers(score, allowed, found.claim).violators == 0


def test_a_stopped_search_for_a_trio_says_how_much_may_be_missing(monkeypatch):
    score, allowed = made_up(41, 4, 2)
    best = peer_matching(score, allowed, draw(41), TRIO)
    monkeypatch.setattr(trio_module, "FEWEST_TRIES", 0)
    monkeypatch.setattr(trio_module, "TRIED_PEOPLE", 0)

    found = peer_matching(score, allowed, draw(41), TRIO)

    assert (found.served, found.bound_served) == (41, 41)
    assert found.total <= best.total <= found.bound_total
    assert not found.is_drawn


def test_where_no_trio_is_found_in_time_the_bound_leaves_it_open(monkeypatch):
    # Two joined people and a triangle: the one left over may join nobody, but the triangle is a trio.
    allowed = np.zeros((5, 5), dtype=bool)
    for one, other in [(0, 1), (1, 2), (2, 3), (3, 4), (2, 4)]:
        allowed[one, other] = allowed[other, one] = True
    score = np.where(allowed, 10, 0)
    score[1, 2] = score[2, 1] = 1_000

    whole = peer_matching(score, allowed, draw(5), TRIO)
    monkeypatch.setattr(trio_module, "FEWEST_TRIES", 0)
    monkeypatch.setattr(trio_module, "TRIED_PEOPLE", 0)
    cut = peer_matching(score, allowed, draw(5), TRIO)

    assert (whole.pairs, whole.trio, whole.total) == (((0, 1),), (2, 3, 4), 25)
    assert whole.is_proven
    assert (cut.trio, cut.served, cut.bound_served) == (None, 4, 5)
    assert not cut.is_proven


def test_scores_of_both_directions_are_fused_by_their_geometric_mean():
    score = np.array([[7, 1_000_000, 2], [250_000, 7, 0], [8, 1_000_000, 7]])

    found = peer_matching(score, np.ones((3, 3), dtype=bool), draw(3))

    assert fused_scores(score).tolist() == [[7, 500_000, 4], [500_000, 7, 0], [4, 0, 7]]
    assert (found.pairs, found.total) == (((0, 1),), 500_000)


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_a_fused_score_is_the_root_rounded_down(one, other):
    fused = int(fused_scores(np.array([[0, one], [other, 0]]))[0, 1])

    assert fused**2 <= one * other < (fused + 1) ** 2


def test_a_pair_forbidden_in_one_direction_is_forbidden():
    score = np.full((2, 2), 9)
    allowed = np.array([[True, True], [False, True]])

    found = peer_matching(score, allowed, draw(2))

    assert found.left == tuple(
        LeftOut(person, NO_PARTNER, "Nobody may be paired with them.") for person in (0, 1)
    )


def test_nobody_and_one_person_are_honest_answers():
    none = peer_matching(np.zeros((0, 0), dtype=int), np.zeros((0, 0), dtype=bool), draw(0), TRIO)
    one = peer_matching(np.array([[5]]), np.array([[True]]), draw(1), TRIO)

    assert (none.pairs, none.left, none.served, none.is_proven) == ((), (), 0, True)
    assert (one.pairs, one.trio, one.is_proven) == ((), None, True)
    assert [person.reason for person in one.left] == [NO_PARTNER]


def test_whoever_competes_for_too_few_partners_is_told_so():
    hub = np.zeros((5, 5), dtype=bool)
    hub[0, 1:] = hub[1:, 0] = True
    clusters = np.zeros((10, 10), dtype=bool)
    for first in (1, 4, 7):
        clusters[first : first + 3, first : first + 3] = True
    clusters[0, 1:] = clusters[1:, 0] = True

    alone = peer_matching(hub * 5, hub, draw(5)).left
    joined = peer_matching(clusters * 5, clusters, draw(10)).left

    assert {(one.reason, one.sentence) for one in alone} == {
        (
            PARTNERS_SHORT,
            "4 people can be paired with 1 other only, so 3 of them are left over.",
        )
    }
    assert {(one.reason, one.sentence) for one in joined} == {
        (
            PARTNERS_SHORT,
            "3 clusters of an odd number can be paired with 1 other only, so 2 of them are left over.",
        )
    }


@pytest.mark.parametrize(
    ("score", "allowed", "sentence"),
    [
        (
            np.zeros((2, 3)),
            np.zeros((2, 2)),
            "Scores (2, 3), allowed pairs (2, 2) and 2 tickets do not fit: give a table of people by people "
            "for both, and one ticket each.",
        ),
        (
            np.full((2, 2), 1_000_001),
            np.zeros((2, 2)),
            "A score lies outside 0 to 1,000,000: scale the scores to that range.",
        ),
    ],
)
def test_tables_that_do_not_fit_are_refused_with_a_sentence(score, allowed, sentence):
    with pytest.raises(MatchingError) as refusal:
        peer_matching(score.astype(int), allowed.astype(bool), draw(2))

    assert str(refusal.value) == sentence


def test_too_many_people_are_refused_with_the_mend():
    many = np.zeros((2_001, 2_001), dtype=np.int8)

    with pytest.raises(TooLargeError, match="part them, at most 2,000 together"):
        peer_matching(many, many, np.arange(2_001, dtype=np.uint64))


def test_the_same_answer_twice():
    score, allowed = made_up(30, 1)

    first, second = (peer_matching(score, allowed, draw(30)) for _ in range(2))

    assert isinstance(first, PeerMatching)
    assert first == second
