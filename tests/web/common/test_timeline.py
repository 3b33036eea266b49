"""A cohort is drawn on a line of days, and told in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules import Phases
from lodestar.web.common.timeline import MARGIN, timeline_of

MADE = {"created_at": datetime(2027, 1, 1, tzinfo=UTC)}
FIRST = date(2027, 1, 4)


def phases(*days):
    return Phases(*(FIRST + timedelta(days=day) for day in days))


USUAL = phases(0, 28, 35, 49, 200)


def drawn(days=USUAL, today=FIRST, staying=()):
    return timeline_of(days, Design(**MADE), today, staying)


def test_phases_stand_from_day_to_day():
    inner = 1 - 2 * MARGIN
    bars = drawn(today=FIRST + timedelta(days=42)).bars

    assert [(bar.label, bar.state, bar.words) for bar in bars] == [
        ("Applying", "done", "4 Jan – 1 Feb"),
        ("Matching", "now", "8 Feb – 22 Feb"),
        ("Answering", "done", "8 Feb – 13 Feb"),
        ("Mentorships", "", "22 Feb – 23 Jul"),
    ]
    assert (bars[0].x, bars[0].width) == (MARGIN, pytest.approx(28 / 200 * inner, abs=1e-3))


def test_the_five_days_are_handles_but_for_those_that_stay():
    handles = [
        (each.day, each.is_fixed)
        for bar in drawn(staying=["opens_on"]).bars
        for each in bar.handles
    ]

    assert handles == [
        ("opens_on", True),
        ("closes_on", False),
        ("matching_on", False),
        ("starts_on", False),
        ("ends_on", False),
    ]


def test_every_day_is_told_in_order():
    assert [((each.on - FIRST).days, each.label) for each in drawn().words] == [
        (0, "Applications open"),
        (28, "Last day to apply"),
        (35, "Matching begins"),
        (40, "The last day to answer a match sent on the first day"),
        (49, "Mentorships start"),
        (63, "The first talk by"),
        (79, "A short question to each"),
        (139, "A short question to each"),
        (199, "A short question to each"),
        (200, "The cohort ends"),
    ]


@pytest.mark.parametrize(
    ("number", "is_there"), [(-1, False), (0, True), (200, True), (201, False)]
)
def test_today_is_marked_while_it_is_on_the_line(number, is_there):
    assert (drawn(today=FIRST + timedelta(days=number)).today is not None) is is_there


def test_months_are_few_enough_to_be_read():
    assert [each.label for each in drawn().months] == ["Feb", "Mar", "Apr", "May", "Jun", "Jul"]
    assert len(drawn(phases(0, 28, 35, 49, 1200)).months) <= 8


@pytest.mark.parametrize("days", [(0, -5, -9, 3, 2), (0, 0, 0, 0, 0), (0, 9000, 1, 2, 3)])
def test_days_out_of_order_are_drawn_all_the_same(days):
    line = drawn(phases(*days))

    assert all(MARGIN <= bar.x <= 1 - MARGIN and bar.width > 0 for bar in line.bars)
