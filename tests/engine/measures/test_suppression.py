"""Nothing that is hidden can be read off what is shown, not even by a reader who knows the rule."""

from collections import defaultdict
from itertools import combinations_with_replacement, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.measures.suppression import (
    Bounds,
    Release,
    Row,
    RowKind,
    release,
    rows_of,
)
from tests.tried_on import tried_on


def nested_counts(size, cuts):
    """Every way in which counts, each within the next, can fall in a row of that size."""
    return list(combinations_with_replacement(range(size + 1), cuts))


def released(sizes, table, smallest):
    """Release the counts of a table from the inside out; a row of it holds the counts of one row."""
    inside, releases = None, []
    for counts in zip(*table, strict=True):
        inside = release(sizes, counts, smallest=smallest, inside=inside)
        releases.append(inside)
    return tuple(releases)


def alike(sizes, cuts, smallest):
    """Group all tables by all that a reader sees: the totals and what is released."""
    seen = defaultdict(list)
    for table in product(*(nested_counts(size, cuts) for size in sizes)):
        totals = tuple(map(sum, zip(*table, strict=True)))
        seen[totals, released(sizes, table, smallest)].append(table)
    return seen


def possible_without(seen, rows, cuts):
    """Every count that is possible by the totals and by what is released inside it, by row."""
    possible = defaultdict(lambda: [set() for _ in range(rows)])
    for (totals, releases), tables in seen.items():
        for cut, row in product(range(cuts), range(rows)):
            possible[cut, totals, releases[:cut]][row] |= {table[row][cut] for table in tables}
    return possible


@pytest.mark.parametrize(
    ("sizes", "cuts", "smallest"),
    [
        ((6, 5), 1, 5),
        ((14, 12), 1, 5),
        ((12, 9, 7), 1, 4),
        ((9, 6, 5, 5), 1, 4),
        ((5, 12), 1, 4),
        ((12, 9), 2, 4),
        ((6, 5, 5), 2, 4),
        ((6, 5), 3, 4),
    ],
)
def test_every_hidden_count_could_be_another_one(sizes, cuts, smallest):
    seen = alike(sizes, cuts, smallest)
    without = possible_without(seen, len(sizes), cuts)
    hidden = 0

    for (totals, releases), tables in seen.items():
        for row, cut in product(range(len(sizes)), range(cuts)):
            bounds = releases[cut].rows[row]
            possible = {table[row][cut] for table in tables}
            if bounds.is_exact:
                assert possible == {bounds.low}
            else:
                hidden += 1
                otherwise = without[cut, totals, releases[:cut]][row]
                assert len(possible) >= min(smallest, len(otherwise)) > 1
                assert bounds.low <= min(possible) <= max(possible) <= bounds.high

    assert hidden > 0


@pytest.mark.parametrize(("sizes", "smallest"), [((14, 12), 5), ((12, 9, 7), 4)])
def test_bounds_say_no_less_than_a_reader_can_find(sizes, smallest):
    for (_, releases), tables in alike(sizes, 1, smallest).items():
        assert releases[0].rows == tuple(
            Bounds(min(counts), max(counts))
            for counts in ([table[row][0] for table in tables] for row in range(len(sizes)))
        )


@st.composite
def nested_tables(draw):
    sizes = draw(st.lists(st.integers(5, 60), min_size=1, max_size=6))
    rows = [
        tuple(sorted(draw(st.lists(st.integers(0, size), min_size=3, max_size=3))))
        for size in sizes
    ]
    return sizes, rows


@given(nested_tables(), st.integers(4, 8))
@tried_on(150)
def test_the_true_count_lies_within_its_bounds(table, smallest):
    sizes, rows = table

    for cut, one in enumerate(released(sizes, rows, smallest)):
        counts = [row[cut] for row in rows]
        tails = [sum(counts[row:]) for row in range(len(sizes) + 1)]
        assert all(b.low <= n <= b.high for b, n in zip(one.rows, counts, strict=True))
        assert all(b.low <= n <= b.high for b, n in zip(one.tails, tails, strict=True))


@given(nested_tables(), st.integers(4, 8))
@tried_on(150)
def test_no_exact_count_or_difference_of_counts_is_small(table, smallest):
    sizes, rows = table
    everybody = _exactly(sizes)
    totals = [0, *map(sum, zip(*rows, strict=True)), sum(sizes)]
    steps = [_exactly([0] * len(sizes)), *released(sizes, rows, smallest), everybody]

    for cut in range(len(steps) - 1):
        for inner, outer in zip(steps[cut].rows, steps[cut + 1].rows, strict=True):
            if inner.is_exact and outer.is_exact and len(sizes) > 1:
                is_told_by_total = totals[cut] == totals[cut + 1]
                assert is_told_by_total or outer.low - inner.low >= smallest


def _exactly(counts):
    rows = tuple(Bounds(count, count) for count in counts)
    return Release(rows, (), None)


def test_a_single_row_is_the_total():
    assert release([30], [2]).rows == (Bounds(2, 2),)


@pytest.mark.parametrize("counts", [[0, 0, 0], [20, 10, 5]])
def test_what_the_total_tells_is_not_hidden(counts):
    found = release([20, 10, 5], counts)

    assert found.rows == _exactly(counts).rows
    assert found.stop is None


def test_a_count_that_is_no_more_than_the_one_inside_is_shown_like_it():
    unserved = release([50, 40, 30], [20, 12, 2])

    assert release([50, 40, 30], [20, 12, 2], inside=unserved) == unserved


def test_a_small_count_hides_its_neighbour_too():
    found = release([50, 40, 30], [20, 12, 2])

    assert found == Release(
        rows=(Bounds(20, 20), Bounds(10, 14), Bounds(0, 4)),
        tails=(Bounds(34, 34), Bounds(14, 14), Bounds(0, 4), Bounds(0, 0)),
        stop=1,
    )


def test_no_rows_have_nothing_to_release():
    assert release([], []).rows == ()


@pytest.mark.parametrize(
    ("sizes", "counts", "smallest", "message"),
    [
        ([5, 5], [1], 5, "one count for each row"),
        ([5, 5], [1, 6], 5, "between nobody and everybody"),
        ([5, 5], [1, -1], 5, "between nobody and everybody"),
        ([5, 5], [1, 1], 3, "No group smaller than 4"),
    ],
)
def test_counts_that_do_not_fit_are_an_error(sizes, counts, smallest, message):
    with pytest.raises(ValueError, match=message):
        release(sizes, counts, smallest=smallest)


def people(sizes, undeclared=0):
    return [label for label, size in sizes.items() for _ in range(size)] + [None] * undeclared


def shapes(sizes, undeclared=0, smallest=5):
    rows, _ = rows_of(people(sizes, undeclared), smallest=smallest)
    return [(row.kind.value, row.label, row.size) for row in rows]


@pytest.mark.parametrize(
    ("sizes", "undeclared", "rows"),
    [
        ({"b": 9, "a": 9, "c": 12}, 0, [("group", "c", 12), ("group", "a", 9), ("group", "b", 9)]),
        (
            {"a": 9, "b": 3, "c": 3},
            7,
            [("group", "a", 9), ("small", None, 6), ("undeclared", None, 7)],
        ),
        ({"a": 9, "b": 3}, 7, [("group", "a", 9), ("rest", None, 10)]),
        ({"a": 20, "b": 9, "c": 3}, 0, [("mixed", "a", 23), ("group", "b", 9)]),
        ({"a": 20, "b": 9}, 2, [("mixed", "a", 22), ("group", "b", 9)]),
        ({"a": 5, "b": 9}, 2, [("group", "b", 9), ("rest", None, 7)]),
        ({"a": 5, "b": 9, "c": 1}, 0, [("group", "b", 9), ("small", None, 6)]),
        ({"a": 20, "b": 4, "c": 4}, 0, [("mixed", "a", 28)]),
        ({"a": 3, "b": 4}, 0, [("small", None, 7)]),
        ({"a": 4, "b": 4}, 0, [("rest", None, 8)]),
        ({}, 6, [("undeclared", None, 6)]),
        ({"a": 3}, 1, []),
        ({}, 0, []),
    ],
)
def test_groups_below_the_smallest_have_no_row_of_their_own(sizes, undeclared, rows):
    assert shapes(sizes, undeclared) == rows


def test_everybody_is_in_the_row_that_counts_them():
    groups = ["a"] * 9 + ["b"] * 3 + [None] * 7 + ["a"]

    rows, row_of = rows_of(groups)

    assert rows == (Row(RowKind.GROUP, "a", 10), Row(RowKind.REST, None, 10))
    assert row_of.tolist() == [0] * 9 + [1] * 10 + [0]


@pytest.mark.parametrize("whole", [8, 11, 12, 17, 22])
def test_no_hidden_group_can_be_sized_by_a_reader_who_knows_all_labels(whole):
    smallest, labels = 4, "abc"
    seen = defaultdict(list)
    for cuts in combinations_with_replacement(range(whole + 1), len(labels)):
        ends = (0, *cuts, whole)
        sizes = [high - low for low, high in pairwise(ends)]
        rows, _ = rows_of(people(dict(zip(labels, sizes, strict=False)), sizes[-1]), smallest=4)
        assert sum(row.size for row in rows) == whole
        assert all(row.size >= smallest for row in rows)
        seen[rows].append(sizes)

    for rows, tables in seen.items():
        shown = {row.label for row in rows if row.kind == RowKind.GROUP}
        hidden = [at for at, label in enumerate(labels) if label not in shown]
        possible = [{sizes[at] for sizes in tables} for at in hidden]
        assert all(len(sizes) > 1 or sizes == {0} for sizes in possible)
