"""The page on which a mentor says how many mentees they take."""

import pytest

from lodestar.domain.applications.models import Participant
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import published_match
from tests.factories.people import signed_in
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor():
    cohort = make_cohort()
    cohort.design.capacity_maximum = 4
    cohort.design.save()
    return make_mentor(cohort, capacity=2)


def address(own):
    return f"/me/seen/{own.public_id}/"


def test_the_page_offers_what_the_design_allows_and_keeps_the_choice(mentor):
    browser = signed_in(mentor.person)

    page = browser.get(address(mentor)).content.decode()
    answer = browser.post(f"{address(mentor)}places/", {"capacity": "4"})

    assert [f'<option value="{n}"' in page for n in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    assert answer["Location"] == f"{address(mentor)}#places"
    assert Participant.objects.get(pk=mentor.pk).capacity == 4
    assert "4 mentees at most" in browser.get("/me/").content.decode()


@pytest.mark.parametrize("wrong", ["0", "5", "many", ""])
def test_anything_else_is_asked_again(mentor, wrong):
    answer = signed_in(mentor.person).post(f"{address(mentor)}places/", {"capacity": wrong})

    assert answer.status_code == 422
    assert Participant.objects.get(pk=mentor.pk).capacity == 2


def test_what_waits_is_told_before_one_chooses(mentor):
    published_match(mentor.cohort, mentor=mentor)

    page = signed_in(mentor.person).get(address(mentor)).content.decode()

    assert "You have said yes to 0 mentees. 1 proposal waits for an answer." in page


def test_a_mentee_has_no_such_choice(mentor):
    mentee = make_mentee(mentor.cohort)
    browser = signed_in(mentee.person)

    page = browser.get(address(mentee)).content.decode()
    answer = browser.post(f"{address(mentee)}places/", {"capacity": "2"})

    assert "How many you take" not in page
    assert answer.status_code == 409
