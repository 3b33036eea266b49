"""Needs in the console: what is short, and who is behind it."""

import pytest

from lodestar.domain.needs import queries
from lodestar.domain.needs.models import NeedsReport, NeedsSurvey
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.needs import make_alumnus, make_answer, make_goal, make_survey, ready_report
from tests.factories.people import make_person, signed_in
from tests.factories.programs import (
    OUTSIDERS,
    make_cohort,
    make_outsider,
    make_program,
)
from tests.web.console.asked_needs import address, text_of

pytestmark = pytest.mark.django_db
PAGES = [
    "", "?rows=languages&by=country", "people/?rows=topics&row=Interviews", "values.csv",
    "ask/mentee/", "ask/mentor/", "answers/mentee/", "answers/mentor/", "alumni/", "alumni/?field=languages&value=sw", "alumni.csv", "plan/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", OUTSIDERS)
def test_needs_are_the_coordinators_own(lacking, page, who):
    assert signed_in(make_outsider(who)).get(address(lacking[1], page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_with_nothing_to_show(page):
    lena = make_person("Lena")
    cohort = make_cohort(make_program(coordinator=lena))

    answer = signed_in(lena).get(address(cohort, page))

    assert answer.status_code == 200
    if not page:
        assert "First ask what people need" in text_of(answer)


def test_asking_shows_that_it_is_being_worked_out_and_then_what_binds(lacking):
    lena, cohort = lacking
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


def test_a_failed_report_says_why(lacking):
    lena, cohort = lacking
    NeedsReport.objects.create(cohort=cohort, status="failed", problem="It took too long.")

    assert "It took too long." in text_of(signed_in(lena).get(address(cohort)))


def test_what_came_since_is_told(lacking):
    lena, cohort = lacking
    ready_report(cohort, by=lena)
    make_application(cohort, make_person())

    assert "1 application or answer has come since" in text_of(signed_in(lena).get(address(cohort)))


def test_a_cell_opens_to_the_people_behind_it_and_the_map_to_other_fields(lacking):
    lena, cohort = lacking
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


def test_a_field_is_not_parted_by_itself_and_the_page_says_so(lacking):
    lena, cohort = lacking
    browser = signed_in(lena)

    same = text_of(browser.get(address(cohort, "?rows=languages&by=languages")))
    other = text_of(browser.get(address(cohort, "?rows=languages&by=function")))

    assert "“Language” is not parted by itself: everybody stands in one column." in same
    assert same.count('<th scope="col" class="n">Swahili</th>') == 0
    assert "is not parted by itself" not in other
    assert "Language by Kind of work" in other


def test_where_every_line_serves_as_many_the_page_says_so_once_and_tells_them_apart(lacking):
    lena, cohort = lacking
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


def test_what_the_plan_has_won_since_the_report_steps_back_with_a_word_why(lacking):
    lena, cohort = lacking
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


def test_only_the_map_answers_htmx(lacking):
    lena, cohort = lacking

    answer = signed_in(lena).get(address(cohort), headers={"HX-Request": "true"})

    assert text_of(answer).startswith('<section class="stack" id="map"')
