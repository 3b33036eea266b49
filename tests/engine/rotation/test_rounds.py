import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.rotation.rounds import rounds_of
from tests.tried_on import tried_on


@st.composite
def meetings(draw) -> tuple[np.ndarray, np.ndarray, int]:
    """Draw meetings of which nobody has more than there are rounds; many are full."""
    mentees, mentors, rounds = (draw(st.integers(1, most)) for most in (8, 8, 5))
    wished = draw(st.permutations([(i, j) for i in range(mentees) for j in range(mentors)]))
    load = {("e", i): 0 for i in range(mentees)} | {("m", j): 0 for j in range(mentors)}
    kept = []
    for one, other in wished:
        if load["e", one] < rounds and load["m", other] < rounds and draw(st.integers(0, 9)):
            load["e", one] += 1
            load["m", other] += 1
            kept.append((one, other))
    ends = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], rounds


@given(meetings())
@tried_on(300)
def test_nobody_is_in_two_places_and_rounds_are_even(drawn):
    mentee, mentor, rounds = drawn

    found = rounds_of(mentee, mentor, rounds)

    for side in (mentee, mentor):
        assert len(set(zip(side.tolist(), found.tolist(), strict=True))) == len(found)
    sizes = np.bincount(found, minlength=rounds)
    assert int(sizes.max() - sizes.min()) <= 1
    assert len(sizes) == rounds


def test_everybody_meets_everybody_in_as_many_rounds_as_people():
    mentee, mentor = np.divmod(np.arange(36), 6)

    found = rounds_of(mentee, mentor, 6)

    assert np.bincount(found).tolist() == [6] * 6


def test_more_meetings_than_rounds_are_refused():
    with pytest.raises(MatchingError, match="more meetings than there are rounds"):
        rounds_of(np.array([0, 0]), np.array([0, 1]), 1)
