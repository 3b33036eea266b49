"""Who waits where."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.selection.waiting import Waiting, is_worth_telling, waiting_order

FIRST = datetime(2027, 1, 1, tzinfo=UTC)


def waiting(key, day=0, **fields):
    return Waiting(key, FIRST + timedelta(days=day), **fields)


def test_carried_over_first_then_the_score_then_the_day():
    some = [
        waiting(1, 3),
        waiting(2, 1, score=200),
        waiting(3, 2, score=250),
        waiting(4, 9, is_carried=True),
        waiting(5, 0, score=200),
        waiting(6, 1),
    ]

    assert waiting_order(some) == [4, 3, 5, 2, 6, 1]


def test_whoever_is_placed_by_hand_stands_there_and_the_others_round_them():
    some = [waiting(1), waiting(2, 1), waiting(3, 2), waiting(4, 3, moved_to=1), waiting(5, 4, moved_to=3)]  # fmt: skip

    assert waiting_order(some) == [4, 1, 5, 2, 3]
    assert waiting_order([waiting(1, moved_to=9), waiting(2)]) == [2, 1]
    assert waiting_order([]) == []


people = st.builds(
    Waiting,
    key=st.integers(1, 99),
    sent_at=st.integers(0, 9).map(lambda day: FIRST + timedelta(days=day)),
    is_carried=st.booleans(),
    score=st.integers(100, 300) | st.none(),
    moved_to=st.integers(1, 9) | st.none(),
)
lists = st.lists(people, max_size=8, unique_by=lambda each: each.key)


@given(lists, st.randoms())
def test_everybody_stands_once_and_the_order_of_rows_does_not_matter(some, dice):
    mixed = list(some)
    dice.shuffle(mixed)

    assert sorted(waiting_order(some)) == sorted(each.key for each in some)
    assert waiting_order(mixed) == waiting_order(some)


@given(lists)
def test_whoever_leaves_moves_nobody_past_another_who_was_not_placed(some):
    order = waiting_order(some)
    free = [each.key for each in some if each.moved_to is None]
    left = waiting_order(some[1:])

    assert [k for k in order if k in free and k in left] == [k for k in left if k in free]


@pytest.mark.parametrize(
    ("told", "place", "is_told"),
    [(8, 8, False), (8, 7, False), (8, 5, False), (8, 4, True), (3, 2, False), (4, 1, True),
     (2, 1, True), (1, 1, False), (1, 2, False), (3, 6, True), (4, 6, False)],
)  # fmt: skip
def test_only_what_changed_by_much_is_worth_a_letter(told, place, is_told):
    assert is_worth_telling(told, place) == is_told
