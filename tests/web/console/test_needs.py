"""Needs in the console: what is short, who would fill it, the plan, and who is asked."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from lodestar.domain.common.time import today
from lodestar.domain.needs import queries
from lodestar.domain.needs.models import NeedsReport, NeedsSurvey, RecruitmentGoal
from lodestar.domain.needs.queries import Recruit
from lodestar.web.console.views.recruiting import filled_in_words
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.needs import make_alumnus, make_answer, make_goal, make_survey, ready_report
from tests.factories.people import make_person, signed_in
from tests.factories.programs import (
    OUTSIDERS,
    make_cohort,
    make_criterion,
    make_design,
    make_outsider,
    make_program,
)

pytestmark = pytest.mark.django_db
PAGES = [
    "", "?rows=languages&by=country", "people/?rows=topics&row=Interviews", "values.csv",
    "ask/mentee/", "ask/mentor/", "answers/mentee/", "answers/mentor/", "alumni/", "alumni/?field=languages&value=sw", "alumni.csv", "plan/",
]  # fmt: skip


@pytest.fixture
def office():
    """Two mentees speak Swahili, one English; the mentor only English."""
    lena = make_person("Lena", "Berg")
    program = make_program(coordinator=lena)
    design = make_design(program, with_criterion=False)
    make_criterion(design, "Work", "hierarchy", "industry", 50)
    make_criterion(design, "Language", "language", "languages", 50)
    design.constraints.create(kind="common_language")
    cohort = make_cohort(program)
    for language in ("sw", "sw", "en"):
        make_mentee(cohort, answers={"industry": "Banking", "languages": [language]})
    make_mentor(cohort, capacity=3, answers={"industry": "Banking", "languages": ["en"]})
    return lena, cohort


def address(cohort, rest=""):
    return f"/console/cohorts/{cohort.public_id}/needs/{rest}"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def rows_of(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", OUTSIDERS)
def test_needs_are_the_coordinators_own(office, page, who):
    assert signed_in(make_outsider(who)).get(address(office[1], page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_with_nothing_to_show(page):
    lena = make_person("Lena")
    cohort = make_cohort(make_program(coordinator=lena))

    answer = signed_in(lena).get(address(cohort, page))

    assert answer.status_code == 200
    if not page:
        assert "First ask what people need" in text_of(answer)


def test_asking_shows_that_it_is_being_worked_out_and_then_what_binds(office):
    lena, cohort = office
    browser = signed_in(lena)
    wangari = make_alumnus("Wangari", "<Maathai>", languages=["sw"], title="=Founder()")
    before = text_of(browser.get(address(cohort)))

    posted = [browser.post(address(cohort, "compute/")) for _ in range(2)]
    during = text_of(browser.get(address(cohort)))
    NeedsReport.objects.all().delete()
    ready_report(cohort, by=lena)
    after = text_of(browser.get(address(cohort)))

    assert "Work it out" in before
    assert [answer.status_code for answer in posted] == [302, 302]
    assert "It is being worked out" in during
    assert "One more mentor who speaks Swahili would serve 2 more mentees" in after
    assert "3 mentees, and 1 mentor with 3 places: 1 could be served, 2 not." in after
    assert after.count('class="button primary"') == 1
    listed = text_of(browser.get(address(cohort, "alumni/?field=languages&value=sw")))
    assert "Alumni who speak Swahili" in listed
    assert "Each of them alone would serve 1 mentee more who has nobody today" in listed
    assert "no e-mail addresses: people on the roll gave theirs to the association" in listed
    assert "Wangari &lt;Maathai&gt;" in listed
    assert "<Maathai>" not in listed
    assert str(wangari) in str(queries.recruits_of(NeedsReport.objects.get())[0].person)


def test_where_everybody_has_a_mentor_there_is_nothing_to_work_out():
    lena = make_person("Lena")
    cohort = make_cohort(make_program(coordinator=lena))
    make_mentor(cohort)
    browser = signed_in(lena)

    page = text_of(browser.get(address(cohort)))

    assert "Nobody looks for a mentor here yet." in page
    assert "Work it out" not in page
    assert browser.post(address(cohort, "compute/")).status_code == 409


def test_a_failed_report_says_why(office):
    lena, cohort = office
    NeedsReport.objects.create(cohort=cohort, status="failed", problem="It took too long.")

    assert "It took too long." in text_of(signed_in(lena).get(address(cohort)))


def test_what_came_since_is_told(office):
    lena, cohort = office
    ready_report(cohort, by=lena)
    make_application(cohort, make_person())

    assert "1 application or answer has come since" in text_of(signed_in(lena).get(address(cohort)))


def test_a_cell_opens_to_the_people_behind_it_and_the_map_to_other_fields(office):
    lena, cohort = office
    leila = make_person("ليلى", "المنصوري")
    make_answer(make_survey(cohort), leila, answers={"topics": ["Law"], "languages": ["ar"]})
    make_answer(NeedsSurvey.objects.get(), answers={"languages": ["ar"]})
    browser = signed_in(lena)

    map_page = text_of(browser.get(address(cohort, "?rows=languages&by=industry")))
    people = text_of(browser.get(address(cohort, "people/?rows=languages&row=ar")))

    assert "Swahili" in map_page
    assert '<td class="n heat-4" data-label="Everybody"><a href=' in map_page
    assert "rows=languages&amp;row=sw&amp;by=industry" in map_page
    assert "2 mentees want it" in people
    assert "ليلى المنصوري" in people
    assert "Somebody without a name" in people
    assert "No mentor offers this here." in people
    for nonsense in ("people/", "people/?rows=shoe&row=9", "people/?rows=topics&row=a&by=shoe"):
        assert browser.get(address(cohort, nonsense)).status_code == 404


def test_a_field_is_not_parted_by_itself_and_the_page_says_so(office):
    lena, cohort = office
    browser = signed_in(lena)

    same = text_of(browser.get(address(cohort, "?rows=languages&by=languages")))
    other = text_of(browser.get(address(cohort, "?rows=languages&by=function")))

    assert "“Language” is not parted by itself: everybody stands in one column." in same
    assert same.count('<th scope="col" class="n">Swahili</th>') == 0
    assert "is not parted by itself" not in other
    assert "Language by Kind of work" in other


def test_where_every_line_serves_as_many_the_page_says_so_once_and_tells_them_apart(office):
    lena, cohort = office
    ready_report(cohort, by=lena)
    report = NeedsReport.objects.get()
    report.result["values"] = [
        {**report.result["values"][0], "field": "languages", "value": value, "serves": 3, **more}
        for value, more in (("sw", {"unserved": 4}), ("ar", {"unserved": 2}))
    ]
    report.result["anyone_serves"] = 3
    report.save()

    page = text_of(signed_in(lena).get(address(cohort)))

    assert (
        "Any mentor more would serve 3 more mentees; most wished for is one who speaks Swahili"
        in page
    )
    assert "A mentor for any line of this table would serve 3 mentees more." in page
    assert "So would any mentor more." in page
    assert "+3" not in page
    assert 'data-label="Want it, have no mentor"><strong>4</strong>' in page


def test_what_the_plan_has_won_since_the_report_steps_back_with_a_word_why(office):
    lena, cohort = office
    make_goal(cohort, owner=lena, field="languages", value="sw", target=1)
    ready_report(cohort, by=lena)
    report = NeedsReport.objects.get()
    english = {**report.result["values"][0], "value": "en", "serves": 1}
    report.result["values"] = [report.result["values"][0], english]
    report.save()
    browser = signed_in(lena)
    before = text_of(browser.get(address(cohort)))
    make_application(cohort, make_person(), role="mentor", answers={"languages": ["sw"]})

    after = text_of(browser.get(address(cohort)))

    assert "One more mentor who speaks Swahili would serve 2 more mentees" in before
    assert "goal reached" not in before
    assert "One more mentor who speaks English would serve 1 more mentee" in after
    assert "They came since this was worked out." in after


def test_a_cohort_whose_mentees_have_mentors_is_told_so_and_not_asked_first():
    lena = make_person("Lena")
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-120)
    make_mentee(cohort, places_taken=1)
    make_mentor(cohort, places_taken=1)

    page = text_of(signed_in(lena).get(address(cohort)))

    assert "Nobody is without a mentor here" in page
    assert "Nobody looks for a mentor here any more: the 1 mentee has one." in page
    assert "First ask what people need" not in page
    assert page.count("That is done before a cohort is matched") == 2
    assert "Ask them" not in page


def test_only_the_map_answers_htmx(office):
    lena, cohort = office

    answer = signed_in(lena).get(address(cohort), headers={"HX-Request": "true"})

    assert text_of(answer).startswith('<section class="stack" id="map"')


def test_the_list_leaves_the_house_without_formulas_and_without_addresses(office):
    lena, cohort = office
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


def test_what_is_passed_on_tells_nothing_of_fewer_than_five(office):
    lena, cohort = office
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


def test_a_goal_is_planned_from_a_gap_seen_and_let_go(office):
    lena, cohort = office
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


def test_a_gap_that_no_database_can_keep_is_none(office):
    lena, cohort = office

    page = signed_in(lena).get(address(cohort, "plan/?field=topics&value=%00&target=x"))

    assert page.status_code == 200
    assert "topics|" not in text_of(page)


@pytest.mark.parametrize(
    "wrong",
    [{"target": 0}, {"due_on": "1999-13-01"}, {"owner": "nobody"}, {"kind": "languages|xx"}],
)
def test_a_goal_that_makes_no_sense_is_asked_again(office, wrong):
    lena, cohort = office
    said = {"kind": "", "target": 4, "owner": lena.public_id, "due_on": str(today())}

    answer = signed_in(lena).post(address(cohort, "plan/"), said | wrong)

    assert (answer.status_code, RecruitmentGoal.objects.count()) == (422, 0)


def test_a_goal_after_the_end_is_refused_with_the_day(office):
    lena, cohort = office
    late = cohort.ends_on + timedelta(days=1)
    said = {"kind": "", "target": 4, "owner": lena.public_id, "due_on": str(late)}

    answer = signed_in(lena).post(address(cohort, "plan/"), said)

    assert answer.status_code == 422
    assert "The cohort ends on" in text_of(answer)


def test_a_goal_of_days_gone_by_or_for_the_same_mentors_is_asked_again_with_the_mend(office):
    lena, cohort = office
    standing = make_goal(cohort, owner=lena, target=16)
    browser = signed_in(lena)
    said = {"kind": "", "target": 1, "owner": lena.public_id, "due_on": str(today())}

    past = browser.post(address(cohort, "plan/"), said | {"due_on": "2020-01-01"})
    twice = browser.post(address(cohort, "plan/"), said)

    assert (past.status_code, twice.status_code) == (422, 422)
    assert "1 January 2020 has gone by; choose today or a later day." in text_of(past)
    assert "There is already a goal for these mentors: 16 by" in text_of(twice)
    assert list(RecruitmentGoal.objects.values_list("pk", "target")) == [(standing.pk, 16)]


def test_a_goal_is_changed_where_it_stands(office):
    lena, cohort = office
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


def test_a_goal_of_another_program_is_not_found(office):
    other = make_goal()

    answer = signed_in(office[0]).post(f"/console/recruitment/{other.public_id}/drop/")

    assert answer.status_code == 404


def test_a_side_is_asked_and_the_address_to_pass_on_stands_there(office):
    lena, cohort = office
    browser = signed_in(lena)
    days = {"opens_on": str(today()), "closes_on": str(today() + timedelta(days=5))}

    answer = browser.post(address(cohort, "ask/mentor/"), days)
    page = text_of(browser.get(address(cohort)))
    wrong = browser.post(address(cohort, "ask/mentor/"), days | {"closes_on": "2001-01-01"})

    assert answer.status_code == 302
    assert f"/programs/{cohort.program.slug}/needs/mentor/" in page
    assert "0 answers" in page
    assert wrong.status_code == 422
    [survey] = NeedsSurvey.objects.all()
    assert (survey.closes_on, survey.takes_nameless) == (today() + timedelta(days=5), False)
    browser.post(address(cohort, "ask/mentor/"), days | {"takes_nameless": "on"})
    assert NeedsSurvey.objects.get().takes_nameless
    assert browser.get(address(cohort, "ask/dean/")).status_code == 404


def test_a_survey_of_days_gone_by_is_asked_again_with_the_mend(office):
    lena, cohort = office
    days = {"opens_on": "2020-12-20", "closes_on": "2020-12-22"}

    answer = signed_in(lena).post(address(cohort, "ask/mentee/"), days)

    assert (answer.status_code, NeedsSurvey.objects.count()) == (422, 0)
    assert "22 December 2020 has gone by, so nobody could answer." in text_of(answer)


def test_what_people_wrote_is_read_answer_by_answer(office):
    lena, cohort = office
    survey = make_survey(cohort)
    said = {"topics": ["Law"], "about": "<b>Time</b> to think", "languages": ["ar"]}
    make_answer(survey, make_person("ليلى", "المنصوري"), answers=said)
    make_answer(survey, answers=said)
    make_answer(survey, make_person("Half"), sent_at=None, answers={"about": "CANARY"})
    make_answer(make_survey(cohort, role="mentor"), answers={"about": "CANARY"})

    page = text_of(signed_in(lena).get(address(cohort, "answers/mentee/")))

    assert "ليلى المنصوري" in page
    assert "Somebody without a name" in page
    assert page.count("&lt;b&gt;Time&lt;/b&gt; to think") == 2
    assert "CANARY" not in page
    assert signed_in(lena).get(address(cohort, "answers/dean/")).status_code == 404


def test_the_cohort_leads_to_its_needs(office):
    lena, cohort = office

    page = text_of(signed_in(lena).get(f"/console/cohorts/{cohort.public_id}/"))

    assert address(cohort) in page
