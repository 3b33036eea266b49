"""Times that suit two people, for any weeks, in any zones, across every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.engine.calendars.clocks import days_apart, is_shown_once, readings, wall_of
from lodestar.engine.calendars.free_time import (
    Diary,
    FreeSpan,
    Wanted,
    common_starts,
    is_free,
    joined,
    spread,
    why_not_spans,
)

# With whole, half and three-quarter hours, a change of half an hour, changes at midnight, and none.
ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Lord_Howe",
    "America/Havana", "Africa/Cairo", "Pacific/Chatham", "Pacific/Kiritimati", "UTC",
)  # fmt: skip
calmly = settings(deadline=None)  # eight days are many quarters of an hour
zones = st.sampled_from(ZONES)
FIRST, LAST = datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2028-01-01")
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@st.composite
def spans(draw):
    begin = draw(st.integers(0, 47))
    end = draw(st.integers(begin + 1, 48))
    return FreeSpan(draw(st.integers(0, 6)), begin * 30, end * 30)


@st.composite
def diaries(draw):
    return Diary(draw(zones), tuple(draw(st.lists(spans(), max_size=8))))


@calmly
@given(a=diaries(), b=diaries(), begins_at=moments, minutes=st.sampled_from((30, 45, 60, 90)))
def test_every_offered_time_is_free_for_both_minute_by_minute(a, b, begins_at, minutes):
    wanted = Wanted(begins_at, begins_at + timedelta(days=8), minutes)

    for at in common_starts([a, b], wanted):
        assert begins_at <= at < wanted.ends_at
        for diary in (a, b):
            assert all(is_free(diary, at + timedelta(minutes=n)) for n in range(minutes))


@calmly
@given(a=diaries(), b=diaries(), begins_at=moments)
def test_the_clock_on_the_wall_names_each_offered_moment_and_no_other(a, b, begins_at):
    wanted = Wanted(begins_at, begins_at + timedelta(days=8))

    for at in common_starts([a, b], wanted):
        for diary in (a, b):
            assert readings(wall_of(at, diary.zone), diary.zone) == [at]


@calmly
@given(a=diaries(), b=diaries(), begins_at=moments)
def test_who_asks_changes_the_half_hours_and_nothing_else(a, b, begins_at):
    wanted = Wanted(begins_at, begins_at + timedelta(days=4))
    mine, theirs = common_starts([a, b], wanted), common_starts([b, a], wanted)

    on_both = [at for at in mine if wall_of(at, b.zone).minute % 30 == 0]

    assert on_both == [at for at in theirs if wall_of(at, a.zone).minute % 30 == 0]


@calmly
@given(diary=diaries(), begins_at=moments)
def test_nothing_is_offered_on_days_away(diary, begins_at):
    first = wall_of(begins_at, diary.zone).date() + timedelta(days=2)
    away = Diary(diary.zone, diary.spans, ((first, first + timedelta(days=2)),))
    wanted = Wanted(begins_at, begins_at + timedelta(days=8))

    gone = {wall_of(at, diary.zone).date() for at in common_starts([away], wanted)}

    assert gone.isdisjoint(first + timedelta(days=n) for n in range(3))
    assert set(common_starts([away], wanted)) <= set(common_starts([diary], wanted))


@calmly
@given(diary=diaries(), begins_at=moments)
def test_nothing_is_offered_over_what_is_taken(diary, begins_at):
    taken = (begins_at + timedelta(days=1), begins_at + timedelta(days=3))
    wanted = Wanted(begins_at, begins_at + timedelta(days=8), 60, (taken,))

    for at in common_starts([diary], wanted):
        assert at + timedelta(hours=1) <= taken[0] or at >= taken[1]


@calmly
@given(wall=st.datetimes(FIRST, LAST), zone=zones)
def test_a_clock_is_read_as_every_moment_at_which_it_shows_that(wall, zone):
    found = readings(wall, zone)
    around = [wall.replace(tzinfo=UTC) + n * timedelta(minutes=15) for n in range(-64, 65)]

    by_trying = [at for at in around if wall_of(at, zone) == wall]

    assert found == by_trying


@calmly
@given(moment=moments, here=zones, there=zones)
def test_days_apart_are_those_of_the_two_calendars(moment, here, there):
    days = days_apart(moment, here, there)

    assert moment.astimezone(ZoneInfo(there)).date() == (
        moment.astimezone(ZoneInfo(here)).date() + timedelta(days=days)
    )


@calmly
@given(week=st.lists(spans(), max_size=10), moment=moments)
def test_joined_spans_are_the_same_free_time(week, moment):
    as_told, short = Diary("UTC", tuple(week)), Diary("UTC", joined(week))

    assert is_free(as_told, moment) == is_free(short, moment)
    assert len(short.spans) <= len(week)


@calmly
@given(starts=st.lists(moments, max_size=40), a_day=st.integers(1, 4))
def test_times_to_choose_from_are_apart_and_few_a_day(starts, a_day):
    found = spread(starts, "Asia/Tokyo", minutes=60, a_day=a_day)
    days = [wall_of(at, "Asia/Tokyo").date() for at in found]

    assert set(found) <= set(starts)
    assert all(b - a >= timedelta(hours=1) for a, b in pairwise(found))
    assert all(days.count(day) <= a_day for day in days)


def test_the_same_evening_is_an_hour_apart_before_and_after_only_one_side_changed_its_clocks():
    """Between 8 and 29 March 2026 New York is on summer time and Berlin is not."""
    evening = Diary("Europe/Berlin", (FreeSpan(3, 18 * 60, 19 * 60),))
    anytime = Diary("America/New_York", (FreeSpan(3, 0, 24 * 60),))
    wanted = Wanted(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC))

    found = common_starts([evening, anytime], wanted)

    assert [f"{wall_of(at, 'America/New_York'):%d %b %H:%M}" for at in found] == [
        "05 Mar 12:00", "12 Mar 13:00", "19 Mar 13:00", "26 Mar 13:00", "02 Apr 12:00", "09 Apr 12:00",
    ]  # fmt: skip


def test_in_the_night_of_the_change_only_clear_times_are_offered():
    """On 25 October 2026 at three, clocks in Berlin go back to two: half past two comes twice."""
    night = Diary("Europe/Berlin", (FreeSpan(6, 60, 5 * 60),))
    wanted = Wanted(datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 20, tzinfo=UTC))

    found = [f"{wall_of(at, 'Europe/Berlin'):%H:%M}" for at in common_starts([night], wanted)]

    assert found == ["01:00", "01:30", "03:00", "03:30", "04:00"]


@pytest.mark.parametrize(
    ("span", "problem"),
    [
        (FreeSpan(0, 540, 600), ""),
        (FreeSpan(0, 0, 1440), ""),
        (FreeSpan(0, 600, 600), "backwards"),
        (FreeSpan(0, 600, 540), "backwards"),
        (FreeSpan(0, 1380, 1500), "outside"),
        (FreeSpan(0, -30, 60), "outside"),
    ],
)
def test_spans_that_are_none_are_named(span, problem):
    assert why_not_spans([span]) == problem


def test_an_hour_that_is_missing_is_shown_by_no_clock_and_one_that_comes_back_is_not_clear():
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert readings(datetime.fromisoformat("2026-03-08T02:30"), "America/New_York") == []
    assert not is_shown_once(at, "Europe/Berlin")
    assert not is_free(Diary("UTC", (), ((date(2026, 10, 25), date(2026, 10, 25)),)), at)
