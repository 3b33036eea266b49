import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.rotation.rounds import rounds_of
from lodestar.engine.rotation.tables import Tables, tables_of
from tests.tried_on import tried_on


def nobody(size: int) -> np.ndarray:
    return np.zeros(size, dtype=np.int64)


def everyone_meets(mentees: int, mentors: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mentee, mentor = np.divmod(np.arange(mentees * mentors), mentors)
    return rounds_of(mentee, mentor, max(mentees, mentors)), mentee, mentor


def tables_by(person: np.ndarray, table: np.ndarray) -> list[set[int]]:
    return [set(table[person == number].tolist()) for number in range(int(person.max()) + 1)]


@given(st.integers(1, 6), st.integers(1, 6), st.data())
@tried_on(150)
def test_each_round_has_a_table_for_each_meeting_and_wishes_are_kept(mentees, mentors, data):
    placed, mentee, mentor = everyone_meets(mentees, mentors)
    least = int(np.bincount(placed).max())
    count = data.draw(st.integers(least, least + 3))
    own = nobody(mentees), nobody(mentors)
    owner, table = data.draw(st.integers(0, mentees - 1)), data.draw(st.integers(1, count))
    own[0][owner] = table
    other = data.draw(st.none() | st.integers(1, count).filter(lambda number: number != table))
    if other is not None:
        own[1][0] = other
        keep = ~((mentee == owner) & (mentor == 0))
        placed, mentee, mentor = placed[keep], mentee[keep], mentor[keep]
    last = (np.array(data.draw(st.lists(st.integers(0, count), min_size=size, max_size=size)))
            for size in (mentees, mentors))  # fmt: skip

    found = tables_of(placed, mentee, mentor, Tables(count, *own, *last))

    assert len(set(zip(placed.tolist(), found.tolist(), strict=True))) == len(found)
    assert np.all((found >= 1) & (found <= count))
    assert set(found[mentee == owner].tolist()) <= {table}
    if other is not None:
        assert set(found[mentor == 0].tolist()) <= {other}


def test_mentors_keep_their_tables_where_these_suffice():
    placed, mentee, mentor = everyone_meets(8, 5)

    found = tables_of(placed, mentee, mentor, Tables(5, nobody(8), nobody(5), nobody(8), nobody(5)))

    assert tables_by(mentor, found) == [{1}, {2}, {3}, {4}, {5}]


def test_mentees_keep_their_tables_where_mentors_are_too_many():
    placed, mentee, mentor = everyone_meets(3, 7)

    found = tables_of(placed, mentee, mentor, Tables(3, nobody(3), nobody(7), nobody(3), nobody(7)))

    assert tables_by(mentee, found) == [{1}, {2}, {3}]


def test_whoever_sat_somewhere_before_stays_there():
    placed, mentee, mentor = everyone_meets(2, 2)
    last = np.array([2, 1])

    found = tables_of(placed, mentee, mentor, Tables(2, nobody(2), nobody(2), nobody(2), last))

    assert tables_by(mentor, found) == [{2}, {1}]


def test_a_table_that_somebody_of_the_other_side_needs_is_given_away_last():
    placed, mentee, mentor = everyone_meets(2, 2)
    own = np.array([1, 0])

    found = tables_of(placed, mentee, mentor, Tables(3, own, nobody(2), nobody(2), nobody(2)))

    assert set(found[mentee == 0].tolist()) == {1}
    assert [set(found[(mentor == m) & (mentee == 1)].tolist()) for m in (0, 1)] == [{2}, {3}]


def test_with_fewer_tables_than_either_side_people_come_back_to_where_they_sat():
    placed = np.array([0, 0, 1, 2, 2])
    mentee = np.array([0, 1, 2, 2, 0])
    mentor = np.array([0, 1, 2, 0, 1])

    found = tables_of(placed, mentee, mentor, Tables(2, nobody(3), nobody(3), nobody(3), nobody(3)))

    assert found.tolist() == [1, 2, 1, 1, 2]
