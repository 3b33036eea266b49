"""The days of a cohort are drawn, moved and looked over before they are saved."""

from datetime import date, timedelta

import pytest
from django.utils.formats import date_format

from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import DAYS, phases_of, shifted
from tests.factories.applications import make_application
from tests.factories.needs import make_survey
from tests.factories.people import signed_in
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(lena):
    return make_cohort(make_program(coordinator=lena), is_published=False, opens_in=30)


def page_of(cohort):
    return f"/console/cohorts/{cohort.public_id}/days/"


def typed(cohort, **changes):
    """Return what the page's form sends when only these days were changed."""
    days = {day: getattr(cohort, day).isoformat() for day in DAYS}
    shown = {f"was_{day}": days[day] for day in DAYS}
    moved = {day: value.isoformat() for day, value in changes.items() if isinstance(value, date)}
    return (
        {"name": cohort.name}
        | days
        | shown
        | moved
        | {key: value for key, value in changes.items() if key not in moved}
    )


def shown(answer):
    """Return the days that stand in the fields of the page."""
    initial = answer.context["form"].initial
    return {day: initial[day] for day in DAYS}


def as_dict(phases):
    return {day: getattr(phases, day) for day in DAYS}


def test_the_days_are_drawn_and_told(lena, planned):
    page = signed_in(lena).get(page_of(planned))
    told = page.content.decode()

    assert [each.label for each in page.context["timeline"].words][:2] == [
        "Applications open",
        "Last day to apply",
    ]
    assert told.count('data-day="') == 5
    assert "Save these days" in told
    assert "style=" not in told.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("step", [-28, -7, 7, 28])
def test_everything_is_moved_on_paper_first(lena, planned, step):
    answer = signed_in(lena).post(page_of(planned), typed(planned, move=str(step)))

    assert answer.status_code == 200
    assert shown(answer) == as_dict(shifted(phases_of(planned), step))
    assert "not saved yet" in answer.content.decode()
    before = phases_of(planned)
    planned.refresh_from_db()
    assert phases_of(planned) == before


def test_later_days_follow_where_that_is_ticked_and_are_saved_as_shown(lena, planned):
    browser, later = signed_in(lena), planned.opens_on + timedelta(days=14)
    wanted = as_dict(shifted(phases_of(planned), 14))
    said = typed(planned, opens_on=later, move_after="on")

    drawn = browser.post(page_of(planned), said | {"preview": "yes"})
    saved = browser.post(page_of(planned), said)

    assert shown(drawn) == wanted
    assert saved.status_code == 302
    planned.refresh_from_db()
    assert as_dict(phases_of(planned)) == wanted


def test_what_was_drawn_after_a_move_is_not_moved_again(lena, planned):
    browser = signed_in(lena)
    said = typed(planned, opens_on=planned.opens_on + timedelta(days=14), move_after="on")
    drawn = browser.post(page_of(planned), said | {"preview": "yes"}).context["form"]
    again = {name: str(drawn.initial.get(name, "")) for name in drawn.fields} | {"move_after": "on"}
    again.pop("is_pilot")

    browser.post(page_of(planned), again)

    wanted = as_dict(shifted(phases_of(planned), 14))
    planned.refresh_from_db()
    assert as_dict(phases_of(planned)) == wanted


def test_a_preview_names_what_would_contradict_itself(lena, planned):
    early = planned.starts_on + timedelta(days=10)
    said = typed(planned, ends_on=early, preview="yes")

    answer = signed_in(lena).post(page_of(planned), said)

    codes = {each.code for each in answer.context["preview"].contradictions}
    assert {"first_talk_after_the_end", "asked_after_the_end"} <= codes
    assert answer.context["preview"].impact == []


def test_days_out_of_order_are_drawn_and_cannot_be_saved(lena, planned):
    said = typed(planned, closes_on=planned.opens_on - timedelta(days=3), preview="yes")

    answer = signed_in(lena).post(page_of(planned), said)

    assert answer.status_code == 200
    assert not answer.context["preview"].can_be_saved
    assert "before they open on" in answer.content.decode()
    assert "Leave them as they were" not in answer.content.decode()


def test_a_missing_day_is_asked_for(lena, planned):
    answer = signed_in(lena).post(page_of(planned), typed(planned, ends_on="", preview="yes"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["ends_on"]


def test_days_that_stay_have_no_handle_and_say_why(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-60)
    browser = signed_in(lena)

    page = browser.get(page_of(cohort)).content.decode()
    moved = browser.post(page_of(cohort), typed(cohort, move="7"))
    forced = typed(cohort, starts_on=cohort.starts_on + timedelta(days=1))
    refused = browser.post(page_of(cohort), forced)

    assert [f'data-day="{day}"' in page for day in DAYS] == [False, True, False, False, True]
    assert page.count("readonly") == 3
    assert "The mentorships have started, so their first day stays." in page
    assert shown(moved)["opens_on"] == cohort.opens_on
    assert shown(moved)["ends_on"] == cohort.ends_on + timedelta(days=7)
    assert refused.status_code == 422


def test_whom_it_concerns_is_told_before_saving(lena):
    cohort = make_cohort(make_program(coordinator=lena))
    make_application(cohort)
    said = typed(cohort, closes_on=cohort.closes_on + timedelta(days=3), preview="yes")

    answer = signed_in(lena).post(page_of(cohort), said)

    assert answer.context["preview"].impact[0] == "1 person has applied and will see the new days."
    assert "1 person has applied and will see the new days." in answer.content.decode()


def test_of_an_open_cohort_only_what_gets_worse_is_named(lena):
    program = make_program(coordinator=lena)
    cohort = make_cohort(program, design=make_design(program, with_goal=False))
    said = typed(cohort, ends_on=cohort.starts_on + timedelta(days=20), preview="yes")

    found = signed_in(lena).post(page_of(cohort), said).context["preview"].contradictions

    codes = {each.code for each in found}
    assert "asked_after_the_end" in codes
    assert not any("goal" in code for code in codes)


def test_with_htmx_only_the_drawing_and_its_judgement_come_back(lena, planned):
    said = typed(planned, preview="yes")

    answer = signed_in(lena).post(page_of(planned), said, headers={"HX-Request": "true"})
    page = answer.content.decode()

    assert page.strip().startswith('<section class="stack" id="drawn"')
    assert '<div id="judged" role="status" hx-swap-oob="innerHTML">' in page
    assert "<form" not in page


def test_a_new_cohort_is_drawn_before_it_is_planned(lena):
    program = make_program(coordinator=lena)
    make_design(program)
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/cohorts/new/"
    first = browser.get(address)
    days = {name: str(first.context["form"].initial[name]) for name in DAYS}

    drawn = browser.post(address, days | {"name": "", "move": "28"})

    moved = {day: date.fromisoformat(value) + timedelta(days=28) for day, value in days.items()}
    assert (drawn.status_code, shown(drawn)) == (200, moved)
    assert len(drawn.context["timeline"].bars) == 4
    assert not Cohort.objects.exists()


def test_a_finished_cohort_is_only_shown(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-400)

    page = signed_in(lena).get(page_of(cohort)).content.decode()

    assert "Save these days" not in page
    assert "data-day" not in page.split("<script")[0]


def test_who_saves_days_that_somebody_else_moved_is_told_and_may_keep_theirs(lena, planned):
    browser, address = signed_in(lena), page_of(planned)
    seen = browser.get(address).context["seen"]
    theirs = planned.closes_on + timedelta(days=1)

    browser.post(address, typed(planned, closes_on=theirs, seen=seen))
    told = browser.post(address, typed(planned, ends_on=planned.ends_on, name="Mine", seen=seen))
    drawn = browser.post(address, typed(planned, name="Mine", seen=seen, preview="yes"))
    kept = browser.post(address, typed(planned, name="Mine", seen=told.context["seen"]))

    assert told.status_code == 422
    assert f"Last day to apply {date_format(theirs, 'j F Y')}" in told.content.decode()
    assert drawn.context["seen"] == seen
    assert kept.status_code == 302
    planned.refresh_from_db()
    assert planned.name == "Mine"


def test_what_somebody_else_ticked_is_not_taken_back_by_a_new_name(lena, planned):
    browser, address = signed_in(lena), page_of(planned)
    seen = browser.get(address).context["seen"]

    browser.post(address, typed(planned, is_pilot="on", seen=seen))
    told = browser.post(address, typed(planned, name="Mine", seen=seen))

    planned.refresh_from_db()
    assert (told.status_code, planned.is_pilot) == (422, True)


def test_what_is_drawn_of_a_trial_run_is_told_as_one(lena, planned):
    address = f"/console/programs/{planned.program.public_id}/cohorts/new/"

    drawn = signed_in(lena).post(address, typed(planned, is_pilot="on", preview="yes"))

    assert "A trial run is small and short" in drawn.content.decode()


def test_days_that_are_typed_and_not_saved_are_not_opened(lena, planned):
    browser, address = signed_in(lena), page_of(planned)
    seen = browser.get(address).context["seen"]
    opening = f"/console/cohorts/{planned.public_id}/open/"
    later = planned.closes_on + timedelta(days=1)

    refused = browser.post(opening, typed(planned, closes_on=later, seen=seen))
    planned.refresh_from_db()
    still_planned = planned.published_at is None
    opened = browser.post(opening, typed(planned, seen=seen))

    planned.refresh_from_db()
    assert refused.status_code == 422
    assert "Save it first, then open." in refused.content.decode()
    assert f'value="{later.isoformat()}"' in refused.content.decode()
    assert (still_planned, opened.status_code, planned.published_at is None) == (True, 302, False)


def test_enter_in_a_field_saves_and_never_opens(lena, planned):
    page = signed_in(lena).get(page_of(planned)).content.decode()

    assert page.index('<button form="days" hidden>') < page.index("Open it")


def test_a_trial_run_is_proposed_with_days_of_its_own(lena, planned):
    address = f"/console/programs/{planned.program.public_id}/cohorts/new/"

    page = signed_in(lena).get(f"{address}?trial-run=yes")

    days = page.context["form"].initial
    assert days["is_pilot"] is True
    assert days["opens_on"].weekday() == 0
    assert (days["ends_on"] - days["starts_on"]).days == 49
    assert (days["starts_on"] - days["opens_on"]).days == 28
    assert f'href="{address}"' in page.content.decode()


def test_a_plan_that_nobody_has_seen_is_taken_back(lena, planned):
    answer = signed_in(lena).post(f"/console/cohorts/{planned.public_id}/drop/")

    assert answer["Location"] == f"/console/programs/{planned.program.public_id}/"
    assert not Cohort.objects.filter(pk=planned.pk).exists()


def test_a_cohort_that_people_have_seen_or_that_something_rests_on_stays(lena, planned):
    opened = make_cohort(planned.program)
    make_survey(planned)
    browser = signed_in(lena)

    seen, used = (
        browser.post(f"/console/cohorts/{each.public_id}/drop/") for each in (opened, planned)
    )

    assert "People have seen this cohort" in seen.content.decode()
    assert "Something was made for this cohort already" in used.content.decode()
    assert Cohort.objects.count() == 2
