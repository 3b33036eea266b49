"""A funnel only narrows, and what is lost is counted where it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.measures.funnel import funnel, nested

people = st.sets(st.integers(0, 30))


@given(st.lists(people, min_size=1, max_size=6))
def test_a_nested_funnel_never_widens(sets):
    counts = nested([(f"step {n}", someone) for n, someone in enumerate(sets)])

    steps = funnel(counts)

    assert [s.count for s in steps] == sorted((s.count for s in steps), reverse=True)
    assert sum(s.lost for s in steps) == steps[0].count - steps[-1].count


def test_shares_are_of_the_step_before_and_of_all():
    steps = funnel([("applied", 20), ("accepted", 10), ("met", 5)])

    assert steps[0].of_previous is None
    assert [s.of_previous.value for s in steps[1:]] == [0.5, 0.5]
    assert [s.of_all.value for s in steps] == [1.0, 0.5, 0.25]


def test_small_steps_say_too_few():
    steps = funnel([("applied", 4), ("accepted", 2)])

    assert steps[1].of_previous.is_too_few
    assert steps[1].lost == 2


def test_a_step_that_widens_is_an_error():
    with pytest.raises(ValueError, match="More people at 'met'"):
        funnel([("applied", 1), ("met", 2)])


def test_an_empty_funnel_has_no_steps():
    assert funnel([]) == []
