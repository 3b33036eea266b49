"""When a pulse is due, and what an answer needs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.domain.feedback import rules
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules import pulses

BEGAN = date(2026, 9, 1)
MOMENT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, None),
        (29, None),
        (30, date(2026, 10, 1)),
        (89, date(2026, 10, 1)),
        (90, date(2026, 11, 30)),
        (151, date(2027, 1, 29)),
    ],
)
def test_pulses_are_due_at_day_30_and_every_60_after(age, expected):
    on = BEGAN + timedelta(days=age)

    assert rules.last_due_on(Design(), BEGAN, on) == expected


@pytest.mark.parametrize(
    ("running", "expected"), [(0, []), (30, []), (31, [30]), (91, [30, 90]), (200, [30, 90, 150])]
)
def test_a_cohort_asks_on_the_days_that_it_lasts(running, expected):
    assert list(pulses.pulse_days(Design(), running)) == expected


@pytest.mark.parametrize(("designed", "expected"), [(0, 14), (7, 14), (14, 14), (60, 60)])
def test_two_pulses_are_14_days_apart_whatever_is_designed(designed, expected):
    assert pulses.days_between_pulses(Design(pulse_every_days=designed)) == expected


def test_a_design_cannot_ask_more_often_than_every_14_days():
    design = Design(pulse_first_days=10, pulse_every_days=1)

    dates = {rules.last_due_on(design, BEGAN, BEGAN + timedelta(days=d)) for d in range(10, 39)}

    assert sorted(dates) == [date(2026, 9, 11), date(2026, 9, 25), date(2026, 10, 9)]


@pytest.mark.parametrize(
    ("age", "asked", "expected"),
    [
        (0, None, 30),
        (29, None, 30),
        (30, None, 30),
        (40, None, 40),
        (40, 30, 90),
        (90, 30, 90),
        (100, 30, 100),
        (20, 14, 30),
        (40, 35, 90),
        (40, 29, 43),
        (20, 18, 32),
    ],
)
def test_a_side_is_asked_next_on_the_first_day_due_after_the_last_one_asked(age, asked, expected):
    """The days tell the age of the mentorship; the last four were asked by the days of another design."""
    asked_due_on = None if asked is None else BEGAN + timedelta(days=asked)
    on = BEGAN + timedelta(days=age)

    assert rules.next_due_on(Design(), BEGAN, asked_due_on, on) == BEGAN + timedelta(days=expected)


@pytest.mark.parametrize(
    ("asked_at", "expected"),
    [
        (None, False),
        (MOMENT - timedelta(days=13), True),
        (MOMENT - timedelta(days=14), False),
    ],
)
def test_two_weeks_lie_between_two_pulses(asked_at, expected):
    assert rules.is_asked_too_soon(asked_at, MOMENT) == expected


@pytest.mark.parametrize(
    ("meetings", "usefulness", "wish", "is_fine"),
    [
        (0, 1, "none", True),
        (99, 5, "safety", True),
        (-1, 3, "none", False),
        (100, 3, "none", False),
        (1, 0, "none", False),
        (1, 6, "none", False),
        (1, 3, "", False),
        (1, 3, "something", False),
    ],
)
def test_an_answer_is_whole_or_says_what_is_missing(meetings, usefulness, wish, is_fine):
    assert (rules.why_not_answer(meetings, usefulness, wish) == "") == is_fine


@pytest.mark.parametrize(
    ("wish", "kind", "kept"),
    [
        ("none", None, "none"),
        ("advice", Concern.Kind.ADVICE, "advice"),
        ("contact", Concern.Kind.CONTACT, "contact"),
        ("rematch", Concern.Kind.REMATCH, "rematch"),
        ("safety", Concern.Kind.SAFETY, ""),
    ],
)
def test_each_wish_becomes_its_concern_and_safety_leaves_no_trace(wish, kind, kept):
    assert set(Pulse.Wish.values) == {"none", "advice", "contact", "rematch", "safety"}
    assert (rules.concern_kind_of(wish), rules.wish_kept_with(wish)) == (kind, kept)


@pytest.mark.parametrize("status", Concern.Status.values)
def test_a_concern_waits_until_it_is_closed(status):
    assert rules.is_waiting(Concern(status=status)) == (status != "closed")


def test_a_pulse_never_asked_is_not_open():
    assert not rules.is_open(Pulse())
