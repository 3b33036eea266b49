from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.answers.availability import (
    AvailabilityMeasure,
    free_half_hours,
    week_of_each,
)
from lodestar.engine.matching.problem import Mentee, Mentor

ON = date(2026, 1, 15)
ONE = np.array([0])


def hours_of(text: str) -> list[tuple[int, float]]:
    """Return the free half hours as (day, hour)."""
    return [(slot // 48, slot % 48 / 2) for slot in np.flatnonzero(free_half_hours(text)).tolist()]


def spans(*parts: tuple[int, float, float]) -> list[tuple[int, float]]:
    return sorted((day, hour / 2) for day, a, b in parts for hour in range(int(2 * a), int(2 * b)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon 18-20", spans((0, 18, 20))),
        ("monday 6 pm - 8 pm", spans((0, 18, 20))),
        ("Mon 6-8pm", spans((0, 18, 20))),
        ("Mon, Wed evenings", spans((0, 18, 22), (2, 18, 22))),
        ("Mon 18-20, Wed 12-14", spans((0, 18, 20), (2, 12, 14))),
        ("Sat; Sun", spans((5, 8, 22), (6, 8, 22))),
        ("Tue to Thu 9:30-10", spans(*((day, 9.5, 10) for day in (1, 2, 3)))),
        ("weekend mornings", spans((5, 8, 12), (6, 8, 12))),
        ("lunch", spans(*((day, 12, 14) for day in range(7)))),
        ("Sun 23-1", sorted(spans((6, 23, 24), (0, 0, 1)))),
        ("Mon 30-40", []),
        ("whenever you like", []),
        ("", []),
    ],
)
def test_free_times_are_read_as_people_write_them(text, expected):
    if text == "Mon 30-40":
        expected = spans((0, 8, 22))

    assert hours_of(text) == expected


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text):
    assert free_half_hours(text).shape == (336,)


def half_hours(mine: tuple[str, str], theirs: tuple[str, str]) -> int:
    mentee = Mentee("e", {"time_zone": mine[1]})
    mentor = Mentor("m", {"time_zone": theirs[1]})
    weeks = week_of_each([mine[0]], [mentee], ON), week_of_each([theirs[0]], [mentor], ON)
    return int(AvailabilityMeasure(*weeks).half_hours(ONE, ONE)[0, 0])


def test_times_are_compared_on_one_clock():
    berlin, new_york = ("Mon 18-20", "Europe/Berlin"), ("Mon 12-14", "America/New_York")

    assert half_hours(berlin, new_york) == 4
    assert half_hours(berlin, ("Mon 18-20", "America/New_York")) == 0


def test_an_hour_that_exists_only_in_one_season_does_not_count():
    """Phoenix keeps its clock in summer, Los Angeles does not."""
    phoenix, los_angeles = ("Mon 18-19", "America/Phoenix"), ("Mon 17-18", "America/Los_Angeles")

    assert half_hours(phoenix, los_angeles) == 0


def test_nobody_gains_by_holding_free_time_back():
    few, more = ("Mon 18-19", "UTC"), ("Mon 18-19; Tue 9-17", "UTC")
    other = ("Mon 17-20; Tue 12-13", "UTC")

    assert half_hours(few, other) <= half_hours(more, other)


def test_without_a_time_zone_free_times_say_nothing():
    assert week_of_each(["Mon 18-20"], [Mentee("e")], ON) == [None]
