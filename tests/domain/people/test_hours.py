"""Free hours, days away, and the secret address of a calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.people import queries, rules
from lodestar.domain.people.actions import hours as actions
from lodestar.domain.people.models import Person
from lodestar.engine.calendars.free_time import FreeSpan
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
EVENING = FreeSpan(3, 18 * 60, 21 * 60)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Africa/Nairobi", "Africa/Nairobi"),
        ("", "Europe/Berlin"),
        ("Mars/Olympus", "Europe/Berlin"),
    ],
)
def test_whose_clock_is_on_the_wall(settings, told, zone):
    settings.TIME_ZONE = "Europe/Berlin"

    assert rules.zone_of(Person(time_zone=told)) == zone
    assert rules.clock_of(Person(time_zone=told)) == ZoneInfo(zone)


def test_a_day_begins_where_the_person_is(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    late = datetime(2026, 9, 20, 22, 30, tzinfo=UTC)

    days = [rules.day_for(Person(time_zone=zone), late) for zone in ("", "America/Lima", "Moon")]

    assert days == [date(2026, 9, 21), date(2026, 9, 20), date(2026, 9, 21)]


@pytest.mark.parametrize(
    ("first", "last", "is_fine"),
    [(0, 0, True), (5, 3, False), (-9, -1, False), (-9, 0, True), (0, 366, True), (0, 367, False)],
)
def test_which_days_can_be_days_away(first, last, is_fine):
    on = date(2026, 12, 1)

    problem = rules.why_not_away(on + timedelta(days=first), on + timedelta(days=last), on)

    assert (problem == "") == is_fine


def test_free_hours_are_kept_as_told_now_and_joined():
    amina = make_person(time_zone="Africa/Nairobi")
    actions.keep_free_hours(amina, [FreeSpan(0, 600, 720)], by=amina)

    overlapping = [EVENING, FreeSpan(3, 20 * 60, 22 * 60)]
    actions.keep_free_hours(amina, overlapping, by=amina)
    actions.keep_free_hours(amina, overlapping, by=amina)

    diary = queries.diary_of(amina)
    assert (diary.zone, diary.spans) == ("Africa/Nairobi", (FreeSpan(3, 18 * 60, 22 * 60),))
    assert verbs() == ["hours.kept", "hours.kept"]


def test_a_span_that_ends_before_it_begins_changes_nothing():
    amina = make_person()
    actions.keep_free_hours(amina, [EVENING], by=amina)

    with pytest.raises(RefusedError, match="ends before it begins"):
        actions.keep_free_hours(amina, [FreeSpan(0, 600, 540)], by=amina)

    assert queries.diary_of(amina).spans == (EVENING,)


def test_days_away_are_told_once_and_can_be_taken_back():
    amina = make_person()
    days = {"first_on": today(), "last_on": today() + timedelta(days=3)}

    away = actions.add_days_away(amina, by=amina, **days)
    again = actions.add_days_away(amina, by=amina, **days)
    told = queries.diary_of(amina).away
    actions.drop_days_away(queries.away_for(amina, away.public_id), by=amina)

    assert away == again
    assert told == ((days["first_on"], days["last_on"]),)
    assert list(queries.days_away_of(amina, today())) == []
    assert verbs() == ["away.added", "away.dropped"]
    long_ago = today() - timedelta(days=9)
    with pytest.raises(RefusedError, match="over already"):
        actions.add_days_away(amina, by=amina, first_on=long_ago, last_on=long_ago)


def test_days_away_of_somebody_else_are_not_found():
    amina, ruth = make_person(), make_person("Ruth")
    away = actions.add_days_away(amina, by=amina, first_on=today(), last_on=today())

    with pytest.raises(NotFoundError):
        queries.away_for(ruth, away.public_id)


def test_a_new_address_ends_the_one_before_and_a_closed_one_leads_nowhere():
    amina = make_person()

    first = actions.open_feed(amina, by=amina)
    second = actions.open_feed(amina, by=amina)
    found = queries.feed_by_secret(second.secret)
    actions.end_feed(amina, by=amina)
    actions.end_feed(amina, by=amina)

    assert found.person == amina
    assert queries.feed_of(amina) is None
    for feed in (first, second):
        with pytest.raises(NotFoundError):
            queries.feed_by_secret(feed.secret)
    assert verbs() == ["feed.opened", "feed.opened", "feed.ended"]


def test_whoever_is_shut_out_has_no_feed():
    amina = make_person()
    feed = actions.open_feed(amina, by=amina)
    Person.objects.filter(pk=amina.pk).update(blocked_at=now())

    with pytest.raises(NotFoundError):
        queries.feed_by_secret(feed.secret)
