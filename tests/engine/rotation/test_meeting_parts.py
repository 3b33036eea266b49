from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from lodestar.engine.matching.pairs import EligiblePairs, loads_of
from lodestar.engine.rotation.meeting_parts import Presence, deal, parts_of
from lodestar.engine.rotation.meetings import Aim, Wanted
from tests.engine.rotation.mixers import crowds, tickets_for
from tests.tried_on import tried_on


@st.composite
def evenings(draw) -> tuple[EligiblePairs, Presence, int]:
    """Draw two rounds or three, and who is here for which of them."""
    pairs, _ = draw(crowds(most_people=3))
    rounds = draw(st.integers(2, 3))
    spans = []
    for _ in range(pairs.mentees + pairs.mentors):
        first = draw(st.integers(0, rounds - 1))
        spans.append((first, draw(st.integers(first + 1, rounds))))
    ends = np.array(spans).T
    split = [side for end in ends for side in (end[: pairs.mentees], end[pairs.mentees :])]
    presence = Presence(split[0], split[2], split[1], split[3])
    return pairs, presence, draw(st.integers(1, 3))


def everyone_fits(pairs: EligiblePairs, parts, part_of: np.ndarray, tables: int) -> bool:
    for number, part in enumerate(parts):
        taken = np.flatnonzero(part_of == number)
        loads = loads_of(pairs, taken)
        if len(taken) > tables * part.rounds:
            return False
        if any(np.any(load > most) for load, most in zip(loads, part.most(), strict=True)):
            return False
    return True


@given(evenings(), st.sampled_from(list(Aim)))
@tried_on(100)
def test_a_plan_fits_every_part_and_lies_between_the_bound_and_the_best_in_sight(evening, aim):
    pairs, presence, tables = evening
    parts = parts_of(presence)
    assume((len(parts) + 1) ** len(pairs) < 5_000)
    nobody = np.zeros(pairs.mentees, dtype=np.int64), np.zeros(pairs.mentors, dtype=np.int64)
    every = (np.array(choice, dtype=np.int64) for choice in
             product(range(-1, len(parts)), repeat=len(pairs)))  # fmt: skip
    best = max(
        int(pairs.score[part_of >= 0].sum())
        for part_of in every
        if everyone_fits(pairs, parts, part_of, tables)
    )

    dealt = deal(pairs, parts, Wanted(aim, 0, *nobody), tickets_for(pairs), tables)

    assert everyone_fits(pairs, parts, dealt.part_of, tables)
    assert dealt.rank <= dealt.best.rank
    total = int(pairs.score[dealt.part_of >= 0].sum())
    assert total <= best
    if aim is Aim.TOTAL:
        assert best <= dealt.best.bound


def test_whoever_comes_late_is_met_late_and_nothing_is_lost():
    # Two mentors stay throughout, one mentee is here first, the other later.
    presence = Presence(np.array([0, 1]), np.array([1, 2]), np.array([0, 0]), np.array([2, 2]))
    pairs = EligiblePairs(
        np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 8, 7, 5]), np.array([2, 2])
    )
    nobody = np.zeros(2, dtype=np.int64)

    dealt = deal(
        replace(pairs, demand=np.array([2, 2])),
        parts_of(presence),
        Wanted(Aim.TOTAL, 0, nobody, nobody),
        tickets_for(pairs),
        2,
    )

    assert dealt.part_of.tolist() == [0, -1, 1, -1]
    assert dealt.rank == dealt.best.rank == (0, 16)


def test_parts_of_a_large_evening_come_within_a_percent_of_the_bound():
    rng = np.random.default_rng(2)
    size, rounds = 40, 8
    table = np.clip(rng.normal(size=(size, 5)) @ rng.normal(size=(5, size)) * 70_000, -4e5, 4e5)
    score = (table + 500_000).astype(np.int64).ravel()
    pairs = EligiblePairs(
        np.arange(size + 1) * size,
        np.tile(np.arange(size), size),
        score,
        np.ones(size, dtype=np.int64),
    )
    come, go = rng.integers(0, 3, (2, size)), rounds - rng.integers(0, 3, (2, size))
    presence = Presence(come[0], go[0], come[1], go[1])
    nobody = np.zeros(size, dtype=np.int64)

    dealt = deal(
        pairs, parts_of(presence), Wanted(Aim.EVEN, 0, nobody, nobody), tickets_for(pairs), 35
    )

    assert dealt.rank[0] == dealt.best.rank[0]
    assert dealt.rank[1] >= 0.99 * dealt.best.rank[1]
