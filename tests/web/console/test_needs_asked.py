"""Who is asked what they need, and what they answered."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import today
from lodestar.domain.needs.models import NeedsSurvey
from tests.factories.needs import make_answer, make_survey
from tests.factories.people import make_person, signed_in
from tests.web.console.asked_needs import address, text_of

pytestmark = pytest.mark.django_db


def test_a_side_is_asked_and_the_address_to_pass_on_stands_there(lacking):
    lena, cohort = lacking
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


def test_a_survey_of_days_gone_by_is_asked_again_with_the_mend(lacking):
    lena, cohort = lacking
    days = {"opens_on": "2020-12-20", "closes_on": "2020-12-22"}

    answer = signed_in(lena).post(address(cohort, "ask/mentee/"), days)

    assert (answer.status_code, NeedsSurvey.objects.count()) == (422, 0)
    assert "22 December 2020 has gone by, so nobody could answer." in text_of(answer)


def test_what_people_wrote_is_read_answer_by_answer(lacking):
    lena, cohort = lacking
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


def test_the_cohort_leads_to_its_needs(lacking):
    lena, cohort = lacking

    page = text_of(signed_in(lena).get(f"/console/cohorts/{cohort.public_id}/"))

    assert address(cohort) in page
