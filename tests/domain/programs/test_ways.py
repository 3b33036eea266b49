from datetime import date

import pytest

from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.ways import (
    asking_begins_on,
    can_ask_on,
    in_order,
    is_window_open,
    last_day_of_window,
    people_choose,
)


def cohort(*ways, days=0):
    return Cohort(
        design=Design(ways=list(ways), window_days=days, created_at=None),
        matching_on=date(2027, 3, 1),
        ends_on=date(2027, 6, 1),
        created_at=None,
    )


@pytest.mark.parametrize(
    ("ways", "days", "window", "asking"),
    [
        (["office"], 0, None, None),
        (["ask"], 9, None, date(2027, 3, 1)),
        (["rank"], 0, date(2027, 3, 1), None),
        (["rank"], 7, date(2027, 3, 8), None),
        (["office", "ask", "rank"], 2, date(2027, 3, 3), date(2027, 3, 4)),
    ],
)
def test_asking_begins_when_the_lists_are_closed(ways, days, window, asking):
    found = cohort(*ways, days=days)

    assert (last_day_of_window(found), asking_begins_on(found)) == (window, asking)


def test_the_last_day_of_a_window_counts_and_the_next_one_is_for_asking():
    found = cohort("ask", "rank", days=2)

    assert is_window_open(found, date(2027, 3, 3))
    assert not is_window_open(found, date(2027, 3, 4))
    assert not can_ask_on(found, date(2027, 3, 3))
    assert can_ask_on(found, date(2027, 3, 4))
    assert can_ask_on(found, date(2027, 6, 1))
    assert not can_ask_on(found, date(2027, 6, 2))


def test_ways_are_kept_in_one_order_and_unknown_ones_left_out():
    assert in_order(["rank", "dice", "office"]) == ["office", "rank"]
    assert [people_choose(cohort(way).design) for way in ("office", "ask", "rank")] == [
        False,
        True,
        True,
    ]
