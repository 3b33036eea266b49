"""A cohort is moved to a later version of its design from a page that says what that does."""

import pytest

from lodestar.domain.programs.actions import describe_design, set_goals
from lodestar.domain.programs.actions.designs import GoalWish
from tests.factories.applications import make_application
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(lena):
    return make_cohort(make_program(coordinator=lena), name="Spring")


def page_of(cohort):
    return f"/console/cohorts/{cohort.public_id}/version/"


def test_a_cohort_on_the_latest_version_says_so_and_sends_nothing(lena, cohort):
    browser = signed_in(lena)

    for answer in (browser.get(page_of(cohort)), browser.post(page_of(cohort))):
        page = answer.content.decode()
        assert (answer.status_code, answer.context["move"]) == (200, None)
        assert "It goes by the latest version" in page
        assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_what_is_safe_is_moved_with_one_button(lena, cohort):
    make_application(cohort)
    describe_design(cohort.design, by=lena, cadence_days=21)
    browser = signed_in(lena)

    page = browser.get(page_of(cohort))
    told = page.content.decode()
    answer = browser.post(page_of(cohort), {"seen": page.context["move"].seen}, follow=True)

    assert "Days between two talks: 21 instead of 14." in told
    assert "All of it is safe now" in told
    cohort.refresh_from_db()
    assert cohort.design.version == 2
    assert answer.redirect_chain == [(f"/console/cohorts/{cohort.public_id}/", 302)]
    assert "“Spring” goes by version 2 now." in answer.content.decode()


def test_what_stands_in_the_way_is_named_and_nothing_can_be_pressed(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-90)
    design = describe_design(cohort.design, by=lena, cadence_days=21)
    set_goals(design, by=lena, goals=[GoalWish("mentees_served", 10)])
    browser = signed_in(lena)

    page = browser.get(page_of(cohort)).content.decode()
    refused = browser.post(page_of(cohort))

    assert page.index("What stands in the way") < page.index("What is safe now")
    assert "falls from 30 to 10" in page
    assert "a target that moves after the start proves nothing" in page
    assert "Move it to version 2" not in page
    assert refused.status_code == 409
    cohort.refresh_from_db()
    assert cohort.design.version == 1


def test_a_version_changed_meanwhile_is_not_moved_to(lena, cohort):
    design = describe_design(cohort.design, by=lena, cadence_days=21)
    browser = signed_in(lena)
    seen = browser.get(page_of(cohort)).context["move"].seen
    describe_design(design, by=lena, cadence_days=28)

    answer = browser.post(page_of(cohort), {"seen": seen})

    assert answer.status_code == 409
    assert "Somebody changed version 2 while you read" in answer.content.decode()


def test_the_versions_and_the_cohort_lead_there_while_there_is_somewhere_to_go(lena, cohort):
    program = cohort.program
    over = make_cohort(program, design=cohort.design, opens_in=-400)
    doors = (
        f"/console/programs/{program.public_id}/versions/",
        f"/console/cohorts/{cohort.public_id}/",
    )
    browser = signed_in(lena)

    before = [page_of(cohort) in browser.get(door).content.decode() for door in doors]
    describe_design(cohort.design, by=lena, cadence_days=21)
    after = [browser.get(door).content.decode() for door in doors]

    assert before == [False, False]
    assert [page_of(cohort) in page for page in after] == [True, True]
    assert page_of(over) not in after[0]


def test_a_finished_cohort_leads_nowhere_and_says_so(lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-400)
    describe_design(cohort.design, by=lena, cadence_days=21)
    browser = signed_in(lena)

    page = browser.get(page_of(cohort)).content.decode()

    assert "This cohort is finished and keeps the version it ended with." in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    roadmap = browser.get(f"/console/cohorts/{cohort.public_id}/").content.decode()
    assert page_of(cohort) not in roadmap


def test_whoever_does_not_look_after_the_program_finds_nothing(cohort):
    assert signed_in(make_person()).get(page_of(cohort)).status_code == 404
