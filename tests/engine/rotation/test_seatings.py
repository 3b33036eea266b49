from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.rotation.attendance import Attendee, Held, Mixer
from lodestar.engine.rotation.planning import Rotation, plan_rotation
from lodestar.engine.rotation.seating_bounds import fewest_repeats
from lodestar.engine.rotation.seating_search import (
    ABSENT,
    WAITS,
    Crowd,
    bettered,
    relabelled,
)
from lodestar.engine.rotation.transversal import rings, seating
from tests.engine.rotation.mixers import mixers, people, points
from tests.tried_on import tried_on


@pytest.fixture(autouse=True)
def _short_search(monkeypatch):
    monkeypatch.setattr("lodestar.engine.rotation.seating_search.MOST_STEPS", 120)


def sizes_of(rotation: Rotation) -> set[int]:
    return set(Counter((seat.round, seat.table) for seat in rotation.seats).values())


def numbers(rotation: Rotation) -> tuple[int, int, int]:
    found = rotation.certificate
    return found.repeats, found.broken_rules, found.idle_seats


@given(st.integers(2, 20), st.integers(2, 8), st.integers(1, 20))
@tried_on(100)
def test_a_known_plan_seats_everybody_and_brings_nobody_together_twice(tables, size, rounds):
    plan = seating(tables, size, rounds)
    if plan is None:
        return
    met: Counter[tuple[int, int]] = Counter()

    for places in plan:
        assert [sorted(group) for group in places.tolist()] == [list(range(tables))] * size
        for table in range(tables):
            met.update(combinations(np.flatnonzero(places.ravel() == table).tolist(), 2))

    assert set(met.values()) == {1}


@pytest.mark.parametrize("tables", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_prime_powers_of_tables_have_a_plan_for_as_many_rounds_and_seats(tables):
    assert seating(tables, tables, tables) is not None


@pytest.mark.parametrize("size", [4, 6, 8, 9, 12, 20])
def test_the_rings_obey_the_laws_of_arithmetic(size):
    for ring in rings(size):
        plus, times = ring.sums, ring.products

        assert np.array_equal(plus, plus.T)
        assert np.array_equal(times, times.T)
        assert np.array_equal(plus[plus], plus[np.arange(size)[:, None, None], plus])
        assert np.array_equal(times[times], times[np.arange(size)[:, None, None], times])
        spread = plus[times[:, :, None], times[:, None, :]]
        assert np.array_equal(times[np.arange(size)[:, None, None], plus], spread)


@pytest.mark.parametrize(
    ("mentees", "mentors", "mixer"),
    [
        (20, 5, Mixer(5, 5, 5)),
        (42, 7, Mixer(7, 7, 7)),
        (40, 8, Mixer(8, 8, 6)),
        (33, 7, Mixer(6, 9, 5)),
        (30, 0, Mixer(4, 7, 5)),
    ],
)
def test_nobody_meets_twice_where_a_plan_is_known(mentees, mentors, mixer):
    rotation = plan_rotation(people(mentees, mentors), points(mentees, max(1, mentors)), mixer)

    assert numbers(rotation) == (0, 0, 0)
    assert max(sizes_of(rotation)) <= mixer.size
    assert max(sizes_of(rotation)) - min(sizes_of(rotation)) <= 1


def test_mentors_keep_their_tables_and_are_spread_evenly():
    rotation = plan_rotation(people(20, 5), points(20, 5), Mixer(5, 5, 5))

    mentors = {(seat.person, seat.table) for seat in rotation.seats if seat.person.startswith("m")}
    assert len(mentors) == 5
    assert Counter(m.mentor for m in rotation.encounters) == {f"m0{n}": 20 for n in range(5)}
    assert rotation.certificate.total == rotation.certificate.bound


@given(mixers(most_size=4), st.integers(0, 2))
@tried_on(50)
def test_no_seating_breaks_a_rule_whoever_comes_and_goes(mixer, seed):
    attendance, scores, settings_ = mixer
    settings_ = Mixer(settings_.rounds, settings_.tables, max(3, settings_.size))

    rotation = plan_rotation(attendance, scores, settings_, seed=seed)

    found = rotation.certificate
    assert found.broken_rules == 0
    assert found.total <= found.bound
    assert found.fewest_repeats <= found.repeats
    here = sum((p.last_round or settings_.rounds) + 1 - p.first_round for p in attendance)
    assert len(rotation.seats) + len(rotation.waits) == here
    assert plan_rotation(attendance[::-1], scores, settings_, seed=seed) == rotation


def test_too_few_seats_let_people_wait_in_turn():
    rotation = plan_rotation(people(10, 2), points(10, 2), Mixer(4, 2, 4))

    waits = Counter(wait.person for wait in rotation.waits)
    assert set(waits.values()) <= {1, 2}
    assert sum(waits.values()) == 16
    assert not any(person.startswith("m") for person in waits)


def test_people_kept_apart_never_share_a_table_even_on_one_side():
    apart = frozenset({frozenset(("e00", "e01")), frozenset(("e02", "m00"))})

    rotation = plan_rotation(people(6, 2), None, Mixer(3, 2, 4), apart=apart)

    assert rotation.certificate.broken_rules == 0
    assert rotation.waits == ()


def test_whoever_cannot_be_seated_beside_anybody_waits():
    apart = frozenset({frozenset(("e00", "e01"))})

    rotation = plan_rotation(people(2, 1), None, Mixer(1, 1, 3), apart=apart)

    assert (len(rotation.waits), rotation.certificate.broken_rules) == (1, 0)


def test_owners_of_different_tables_have_them_in_every_round():
    attendance = people(9, 3)
    attendance[0] = Attendee("e00", is_mentor=False, table=4)
    attendance[9] = Attendee("m00", is_mentor=True, table=2)

    rotation = plan_rotation(attendance, points(9, 3), Mixer(2, 4, 4))

    tables = {(seat.person, seat.table) for seat in rotation.seats if seat.person in ("e00", "m00")}
    assert tables == {("e00", 4), ("m00", 2)}
    assert rotation.certificate.broken_rules == 0


def test_the_rounds_to_come_avoid_whoever_sat_together():
    attendance, mixer = people(12, 4), Mixer(4, 4, 4)
    before = plan_rotation(attendance, points(12, 4), mixer)
    together = [
        frozenset((one.person, other.person))
        for one, other in combinations([seat for seat in before.seats if seat.round <= 2], 2)
        if (one.round, one.table) == (other.round, other.table)
    ]
    held = Held(2, frozenset(together))

    after = plan_rotation(attendance, points(12, 4), mixer, held=held)

    assert {seat.round for seat in after.seats} == {3, 4}
    assert numbers(after) == (0, 0, 0)


def test_repeats_that_no_plan_avoids_are_said():
    # Twice five people at four tables: of each table two sit together again.
    twice = plan_rotation(people(16, 4), points(16, 4), Mixer(2, 4, 5)).certificate
    # Four people at one table meet everybody each time.
    always = plan_rotation(people(3, 1), points(3, 1), Mixer(3, 1, 4)).certificate

    assert (twice.fewest_repeats, twice.repeats) == (4, 4)
    assert (always.fewest_repeats, always.repeats) == (12, 12)
    assert always.total == always.bound


def test_known_repeats_count_as_well():
    plan = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    met = np.zeros((4, 4), dtype=np.int64)

    assert fewest_repeats(met, plan) == 0
    assert fewest_repeats(1 - np.eye(4, dtype=np.int64), plan) == 4


def crowd(size: int, seed: int) -> Crowd:
    rng = np.random.default_rng(seed)
    points_ = rng.integers(0, 1_000_000, (size, size))
    is_mentor = np.arange(size) % 3 == 0
    points_ = np.where(is_mentor[:, None] != is_mentor, points_ + points_.T, 0) // 2
    apart = rng.random((size, size)) < 0.05
    np.fill_diagonal(apart, val=False)
    return Crowd(is_mentor, points_, apart | apart.T, np.zeros((size, size), dtype=np.int64))


def cost_by_hand(crowd_: Crowd, plan: np.ndarray) -> tuple[int, int, int, int]:
    """Return people apart together, waits counted more the more one waits, repeats, points missed."""
    met = crowd_.met.astype(int).copy()
    apart = repeats = found = 0
    for tables in plan:
        for one, other in combinations(range(len(tables)), 2):
            if tables[one] == tables[other] and tables[one] >= 0:
                if crowd_.apart[one, other]:
                    apart += 1
                elif met[one, other]:
                    repeats += int(met[one, other])
                else:
                    found += int(crowd_.points[one, other])
                met[one, other] += 1
    waits = (plan == WAITS).sum(axis=0)
    return apart, int((waits * (waits + 1) // 2).sum()), repeats, -found


@given(st.integers(0, 10_000))
@tried_on(25)
def test_a_bettered_plan_is_no_worse_and_keeps_its_mix(seed):
    rng = np.random.default_rng(seed)
    people_ = crowd(12, seed)
    plan = np.array([rng.permutation([0, 0, 0, 1, 1, 1, 2, 2, 2, WAITS, WAITS, ABSENT])] * 3)
    plan[:, :] = plan[0]

    found = bettered(people_, plan, seed)

    assert cost_by_hand(people_, found) <= cost_by_hand(people_, plan)
    for side in (people_.is_mentor, ~people_.is_mentor):
        assert np.array_equal(np.sort(found[:, side], axis=1), np.sort(plan[:, side], axis=1))
    assert np.array_equal(found == ABSENT, plan == ABSENT)


@given(st.integers(0, 10_000))
@tried_on(25)
def test_a_relabelled_plan_has_the_same_repeats_and_no_fewer_points(seed):
    people_ = crowd(12, seed)
    grid = seating(4, 3, 4).reshape(4, -1)
    order = np.argsort(~people_.is_mentor, kind="stable")
    plan = np.empty_like(grid)
    plan[:, order] = grid

    found = relabelled(people_, plan)

    before, after = cost_by_hand(people_, plan), cost_by_hand(people_, found)
    assert (after[2], after <= before) == (0, True)
    assert sorted(found.T.tolist()) == sorted(plan.T.tolist())
