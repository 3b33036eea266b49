import pytest

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.pace import Pace


def test_all_draws_are_taken_where_nobody_is_in_a_hurry():
    told = []

    drawn = list(Pace(progress=lambda step, share: told.append((step, share))).draws("x", 4))

    assert drawn == [0, 1, 2, 3]
    assert told == [("x", 0.0), ("x", 0.25), ("x", 0.5), ("x", 0.75)]


def test_when_time_is_up_the_draws_so_far_are_kept():
    answers = iter([True, True, False])

    assert list(Pace(may_go_on=lambda _: next(answers)).draws("x", 9)) == [0, 1, 2]


@pytest.mark.parametrize("count", [0, -1, 2_000_000])
def test_a_number_of_draws_out_of_range_is_refused(count):
    with pytest.raises(MatchingError, match=f"^{count} draws: ask for 1 to 1,000,000"):
        list(Pace().draws("x", count))
