"""The alumni who would fill a gap, and the plan to win them."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import today
from lodestar.domain.needs.models import RecruitmentGoal
from lodestar.domain.needs.queries import Recruit
from lodestar.web.console.views.recruiting import filled_in_words
from tests.factories.applications import make_application, make_mentee
from tests.factories.needs import make_alumnus, make_goal, ready_report
from tests.factories.people import make_person, signed_in
from tests.web.console.asked_needs import address, rows_of, text_of

pytestmark = pytest.mark.django_db


def test_the_list_leaves_the_house_without_formulas_and_without_addresses(lacking):
    lena, cohort = lacking
    make_alumnus("=cmd()", "Ng’ang’a", languages=["sw"], external_id="H1", email="w@example.org")
    ready_report(cohort, by=lena)

    rows = rows_of(signed_in(lena).get(address(cohort, "alumni.csv?field=languages&value=sw")))

    assert rows[1][:4] == ["1", "H1", "'=cmd()", "Ng’ang’a"]
    assert rows[1][-4:] == ["Swahili", "1", "100", "yes"]
    assert "w@example.org" not in str(rows)


def test_a_clock_that_the_place_names_already_is_not_said_again():
    fills = (
        ("place", "Africa > Nigeria > Lagos"),
        ("time_zone", "Africa/Lagos"),
        ("country", "Nigeria"),
        ("time_zone", "Europe/Oslo"),
        ("languages", "sw"),
    )
    recruit = Recruit(make_person(), 1, 0, fills, is_reachable=True)

    assert filled_in_words(recruit) == ["Lagos, Nigeria", "Oslo", "Swahili"]


def test_what_is_passed_on_tells_nothing_of_fewer_than_five(lacking):
    lena, cohort = lacking
    for _ in range(4):
        make_mentee(cohort, answers={"industry": "Banking", "languages": ["en"]})
    ready_report(cohort, by=lena)

    rows = rows_of(signed_in(lena).get(address(cohort, "values.csv")))

    assert [row[1:4] for row in rows[1:]] == [
        ["finance" if "finance" in row[1] else row[1], row[2], row[3]] for row in rows[1:]
    ]
    assert {(row[0], row[2], row[3]) for row in rows[1:]} == {
        ("Language", "5", "fewer than 5"),
        ("Field of work", "7", "fewer than 5"),
    }


def test_a_goal_is_planned_from_a_gap_seen_and_let_go(lacking):
    lena, cohort = lacking
    browser = signed_in(lena)
    gap = "plan/?field=languages&value=sw&target=4"
    said = {
        "kind": "languages|sw",
        "target": 4,
        "owner": lena.public_id,
        "due_on": str(today() + timedelta(days=7)),
        "channel": "Nairobi chapter",
    }

    form = text_of(browser.get(address(cohort, gap)))
    answer = browser.post(address(cohort, gap), said)
    make_application(cohort, make_person(), role="mentor", answers={"languages": ["sw"]})
    page = text_of(browser.get(address(cohort)))
    [goal] = RecruitmentGoal.objects.all()
    dropped = browser.post(f"/console/recruitment/{goal.public_id}/drop/")

    assert '<option value="languages|sw" selected>Swahili</option>' in form
    assert 'value="4"' in form
    assert (answer.status_code, answer["Location"]) == (302, address(cohort))
    assert (goal.field, goal.value, goal.target) == ("languages", "sw", 4)
    assert "Mentors who speak Swahili" in page
    assert "1 of 4" in page
    assert "Nairobi chapter" in page
    assert dropped.status_code == 302
    assert "1 of 4" not in text_of(browser.get(address(cohort)))


def test_a_gap_that_no_database_can_keep_is_none(lacking):
    lena, cohort = lacking

    page = signed_in(lena).get(address(cohort, "plan/?field=topics&value=%00&target=x"))

    assert page.status_code == 200
    assert "topics|" not in text_of(page)


@pytest.mark.parametrize(
    "wrong",
    [{"target": 0}, {"due_on": "1999-13-01"}, {"owner": "nobody"}, {"kind": "languages|xx"}],
)
def test_a_goal_that_makes_no_sense_is_asked_again(lacking, wrong):
    lena, cohort = lacking
    said = {"kind": "", "target": 4, "owner": lena.public_id, "due_on": str(today())}

    answer = signed_in(lena).post(address(cohort, "plan/"), said | wrong)

    assert (answer.status_code, RecruitmentGoal.objects.count()) == (422, 0)


def test_a_goal_after_the_end_is_refused_with_the_day(lacking):
    lena, cohort = lacking
    late = cohort.ends_on + timedelta(days=1)
    said = {"kind": "", "target": 4, "owner": lena.public_id, "due_on": str(late)}

    answer = signed_in(lena).post(address(cohort, "plan/"), said)

    assert answer.status_code == 422
    assert "The cohort ends on" in text_of(answer)


def test_a_goal_of_days_gone_by_or_for_the_same_mentors_is_asked_again_with_the_mend(lacking):
    lena, cohort = lacking
    standing = make_goal(cohort, owner=lena, target=16)
    browser = signed_in(lena)
    said = {"kind": "", "target": 1, "owner": lena.public_id, "due_on": str(today())}

    past = browser.post(address(cohort, "plan/"), said | {"due_on": "2020-01-01"})
    twice = browser.post(address(cohort, "plan/"), said)

    assert (past.status_code, twice.status_code) == (422, 422)
    assert "1 January 2020 has gone by; choose today or a later day." in text_of(past)
    assert "There is already a goal for these mentors: 16 by" in text_of(twice)
    assert list(RecruitmentGoal.objects.values_list("pk", "target")) == [(standing.pk, 16)]


def test_a_goal_is_changed_where_it_stands(lacking):
    lena, cohort = lacking
    goal = make_goal(cohort, owner=lena, target=16, field="languages", value="sw")
    browser = signed_in(lena)
    change = address(cohort, f"plan/?goal={goal.public_id}")
    said = {"target": 4, "owner": lena.public_id, "due_on": str(today()), "kind": ""}

    page = text_of(browser.get(address(cohort)))
    form = text_of(browser.get(change))
    answer = browser.post(change, said)

    assert change in page
    assert 'value="16"' in form
    assert '<option value="languages|sw" selected>Swahili</option>' in form
    assert answer.status_code == 302
    goals = RecruitmentGoal.objects.values_list("pk", "target", "value")
    assert list(goals) == [(goal.pk, 4, "sw")]
    other = make_goal()
    assert browser.get(address(cohort, f"plan/?goal={other.public_id}")).status_code == 404


def test_a_goal_of_another_program_is_not_found(lacking):
    other = make_goal()

    answer = signed_in(lacking[0]).post(f"/console/recruitment/{other.public_id}/drop/")

    assert answer.status_code == 404
