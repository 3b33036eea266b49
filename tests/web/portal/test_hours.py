"""The page on which somebody says when they are free."""

from datetime import time, timedelta

import pytest

from lodestar.domain.common.time import today
from lodestar.domain.people.queries import diary_of
from lodestar.engine.calendars.free_time import FreeSpan
from lodestar.web.portal.forms.hours import filled, with_usual
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db
MONDAY = {"day0_0_from": "18:00", "day0_0_to": "21:00"}


@pytest.fixture
def amina():
    return make_person(time_zone="Africa/Nairobi")


def spans_of(person):
    return [(s.weekday, s.from_minute, s.to_minute) for s in diary_of(person).spans]


def test_free_hours_are_kept_and_stand_in_the_form(amina):
    browser = signed_in(amina)

    answer = browser.post("/me/hours/", {**MONDAY, "day6_1_from": "22:30", "day6_1_to": "00:00"})
    page = browser.get("/me/hours/").content.decode()

    assert answer["Location"] == "/me/hours/"
    assert spans_of(amina) == [(0, 1080, 1260), (6, 1350, 1440)]
    assert 'name="day0_0_from" value="18:00"' in page
    assert 'name="day6_0_to" value="00:00"' in page
    assert "Africa/Nairobi" in page


def test_mondays_hours_can_be_those_of_every_working_day(amina):
    signed_in(amina).post("/me/hours/", {**MONDAY, "day5_0_from": "9:00", "day5_0_to": "10:00", "as_monday": "yes"})  # fmt: skip

    assert spans_of(amina) == [(day, 1080, 1260) for day in range(5)] + [(5, 540, 600)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day0_0_from": "18:00"}, "Say both: from when, and until when."),
        ({"day0_0_from": "18:00", "day0_0_to": "17:00"}, "This ends before it begins."),
        ({"day0_0_from": "18:05", "day0_0_to": "19:00"}, "full, half or quarter hours"),
        ({"day0_0_from": "late", "day0_0_to": "19:00"}, "Enter a valid time."),
    ],
)
def test_what_is_no_span_is_asked_again_and_nothing_is_lost(amina, typed, sentence):
    browser = signed_in(amina)
    browser.post("/me/hours/", MONDAY)

    answer = browser.post("/me/hours/", typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert spans_of(amina) == [(0, 1080, 1260)]


def test_filling_in_what_many_have_keeps_nothing_until_it_is_sent(amina):
    browser = signed_in(amina)

    page = browser.get("/me/hours/?fill=lunch").content.decode()
    nonsense = browser.get("/me/hours/?fill=nonsense")

    assert page.count('value="12:00"') == 5
    assert nonsense.status_code == 200
    assert spans_of(amina) == []


def test_usual_hours_are_added_only_where_nothing_overlaps_and_a_third_span_has_no_row():
    told = with_usual([(0, 18 * 60 + 30, 19 * 60)], "evenings")

    assert [day for day, _begin, _end in told] == [0, 1, 2, 3, 4]
    assert filled([(0, 0, 60), (0, 120, 180), (0, 240, 300)]) == {
        "day0_0_from": time(0), "day0_0_to": time(1), "day0_1_from": time(2), "day0_1_to": time(3),
    }  # fmt: skip


def test_days_away_are_added_and_taken_back(amina):
    browser = signed_in(amina)
    days = {"first_on": today().isoformat(), "last_on": (today() + timedelta(days=6)).isoformat()}

    browser.post("/me/hours/away/", days)
    away = amina.days_away.get()
    page = browser.get("/me/hours/").content.decode()
    browser.post("/me/hours/away/", {"drop": away.public_id})

    assert f'value="{away.public_id}"' in page
    assert amina.days_away.count() == 0


def test_days_that_run_backwards_are_asked_again(amina):
    days = {"first_on": today().isoformat(), "last_on": (today() - timedelta(days=1)).isoformat()}

    answer = signed_in(amina).post("/me/hours/away/", days)

    assert answer.status_code == 422
    assert "before the first one" in answer.content.decode()


def test_nobody_takes_back_days_of_somebody_else(amina):
    tomorrow = (today("Africa/Nairobi") + timedelta(days=1)).isoformat()
    signed_in(amina).post("/me/hours/away/", {"first_on": tomorrow, "last_on": tomorrow})
    away = amina.days_away.get()

    answer = signed_in(make_person("Ruth")).post("/me/hours/away/", {"drop": away.public_id})

    assert answer.status_code == 404
    assert amina.days_away.count() == 1


def test_without_a_zone_the_page_says_by_whose_clock_it_goes(settings):
    settings.TIME_ZONE = "Europe/Berlin"

    page = signed_in(make_person(time_zone="")).get("/me/hours/").content.decode()

    assert "Tell us your time zone" in page
    assert "Europe/Berlin" in page
    assert FreeSpan(0, 0, 60) not in diary_of(make_person()).spans
