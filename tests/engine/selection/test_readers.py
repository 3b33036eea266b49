"""Who reads which application."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.selection.readers import Reader, Subject, may_read, share_out


@pytest.mark.parametrize(
    ("reader", "subject", "may"),
    [
        (Reader(1), Subject(9, 2, "mentee"), True),
        (Reader(2), Subject(9, 2, "mentee"), False),
        (Reader(1, "Okafor"), Subject(9, 2, "mentee", " OKAFOR"), False),
        (Reader(1, ""), Subject(9, 2, "mentee", ""), True),
        (Reader(1, employers=frozenset({"acme"})), Subject(9, 2, "mentee", employers=frozenset({"acme"})), False),
        (Reader(1, applies_as=frozenset({"mentee"})), Subject(9, 2, "mentee"), False),
        (Reader(1, applies_as=frozenset({"mentor"})), Subject(9, 2, "mentee"), True),
        (Reader(1), Subject(9, 2, "mentee", known=frozenset({1})), False),
    ],
)  # fmt: skip
def test_nobody_reads_themself_or_somebody_close(reader, subject, may):
    assert may_read(reader, subject) == may


def subjects(count, **fields):
    return [Subject(100 + n, 1000 + n, "mentee", **fields) for n in range(count)]


@given(st.integers(2, 7), st.integers(0, 40))
def test_everybody_reads_alike_much_and_each_is_read_by_two(readers, count):
    found = share_out(subjects(count), [Reader(n) for n in range(readers)], {})

    loads = [sum(n in chosen for chosen in found.values()) for n in range(readers)]
    assert all(len(set(chosen)) == 2 for chosen in found.values())
    assert len(found) == count
    assert max(loads) - min(loads) <= 1


@given(st.permutations(range(5)), st.integers(1, 20))
def test_the_order_of_readers_does_not_matter(order, count):
    some = subjects(count)

    assert share_out(some, [Reader(n) for n in order], {}) == share_out(
        some, [Reader(n) for n in range(5)], {}
    )


def test_who_has_read_much_reads_less_and_who_has_a_reader_gets_one_more():
    some = subjects(2, known=frozenset({3}), has=1)

    found = share_out(some, [Reader(1), Reader(2), Reader(3)], {1: 5, 2: 0})

    assert found == {100: (2,), 101: (2,)}


def test_with_too_few_readers_each_has_as_many_as_there_are():
    assert share_out(subjects(1), [Reader(1)], {}) == {100: (1,)}
    assert share_out(subjects(1), [], {}) == {}


def test_readers_meet_different_partners():
    found = share_out(subjects(60), [Reader(n) for n in range(4)], {})

    assert len({frozenset(chosen) for chosen in found.values()}) == 6
