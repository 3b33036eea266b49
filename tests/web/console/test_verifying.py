"""The office says who somebody is; a member says it from a letter."""

import re

import pytest
from django.test import Client

from lodestar.domain.applications.actions import ask_for_vouching
from lodestar.domain.applications.models import Application
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Verification
from lodestar.domain.programs.models import Audience, EligibilityRule
from lodestar.web.mail.writing import write
from tests.factories.applications import make_application
from tests.factories.people import make_account, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(cohort):
    EligibilityRule.objects.create(
        design=cohort.design, role="mentee", kind="verified", is_binding=True
    )
    return make_application(cohort, make_person("Amina", "Odhiambo"))


def page_of(application):
    return f"/console/applications/{application.public_id}/"


def test_a_coordinator_vouches_and_takes_it_back(lena, application):
    browser = signed_in(lena)
    before = browser.get(page_of(application)).content.decode()
    blank = browser.post(f"{page_of(application)}vouch/", {"sentence": " "})
    browser.post(f"{page_of(application)}vouch/", {"sentence": "I taught her."})
    after = browser.get(page_of(application)).content.decode()
    word = Verification.objects.get()
    browser.post(f"{page_of(application)}word/", {"word": word.public_id})

    assert "not confirmed yet" in before
    assert (blank.status_code, "Say in a sentence" in blank.content.decode()) == (422, True)
    assert "Lena Berg vouched for them on" in after
    assert Verification.objects.get().status == "ended"
    assert browser.post(f"{page_of(application)}word/", {"word": "x"}).status_code == 409


def test_somebody_of_the_same_name_on_the_roll_is_offered_and_linked(lena, application):
    row = make_person("Amina", "Odhiambo", external_id="H7", class_year=2016)
    browser = signed_in(lena)
    page = browser.get(page_of(application)).content.decode()
    browser.post(f"{page_of(application)}find/", {"person": row.public_id})

    assert "This is the same person" in page
    assert Verification.objects.get().on_roll == row
    assert browser.post(f"{page_of(application)}find/", {"person": "x"}).status_code == 409


def test_the_list_shows_and_filters_by_what_the_rules_say(lena, cohort, application):
    Application.objects.update(eligibility="unsure")
    make_application(cohort, make_person("Bo"), eligibility="outside")
    browser = signed_in(lena)
    address = f"/console/cohorts/{cohort.public_id}/applications/"

    every = browser.get(address).content.decode()
    outside = browser.get(f"{address}?eligibility=outside")

    assert "cannot tell" in every
    assert [each.person.given_name for each in outside.context["page"]] == ["Bo"]


def test_an_applicant_is_told_before_sending_and_may_still_send(cohort):
    Audience.objects.create(
        design=cohort.design, role="mentee", class_year_from=2015, class_year_to=2022
    )
    amina = make_person()
    draft = make_application(cohort, amina, status="draft")
    draft.answers |= {"class_year": 2003}
    draft.save()
    browser = signed_in(amina)

    page = browser.get(f"/applications/{draft.public_id}/").content.decode()
    browser.post(f"/applications/{draft.public_id}/submit/")

    assert "This cohort is for class years 2015 to 2022. You said 2003." in page
    assert "You can still send it" in page
    draft.refresh_from_db()
    assert (draft.status, draft.eligibility) == ("submitted", "remark")


def test_an_applicant_names_a_member_who_answers_from_the_letter(application):
    make_account(make_person("Ruth", "Okafor"), "ruth@example.org")
    browser = signed_in(application.person)
    page = f"/applications/{application.public_id}/"
    assert "Who knows you?" in browser.get(page).content.decode()
    assert browser.post(f"{page}word/", {"email": "no"}).status_code == 422
    browser.post(f"{page}word/", {"email": "ruth@example.org"})
    letter = write(Letter.objects.get(kind="applications.vouch"), "ruth@example.org")
    address = re.search(r"http://testserver(/m/\S+)", letter.body).group(1)

    looked = Client().get(address).content.decode()
    blank = Client().post(address, {"answer": "yes", "sentence": ""})
    neither = Client().post(address, {"sentence": "We shared a room."})
    done = Client().post(address, {"answer": "yes", "sentence": "We shared a room."})
    again = Client().post(address, {"answer": "no"})

    assert "Amina Odhiambo named you" in looked
    assert (blank.status_code, neither.status_code, done.status_code) == (422, 422, 200)
    assert "We shared a room." in neither.content.decode()
    assert again.status_code == 410
    assert Verification.objects.get().status == "given"
    assert "Who knows you?" not in browser.get(page).content.decode()


def test_whoever_does_not_know_them_says_so(application):
    ruth = make_person("Ruth", "Okafor")
    make_account(ruth, "ruth@example.org")
    ask_for_vouching(application, by=application.person, email="ruth@example.org")
    letter = write(Letter.objects.get(kind="applications.vouch"), "ruth@example.org")
    address = re.search(r"http://testserver(/m/\S+)", letter.body).group(1)

    done = Client().post(address, {"answer": "no"}).content.decode()

    assert "We tell nobody" in done
    assert Verification.objects.get().status == "refused"
