"""Whose list is it, and into which cohort may it be brought?"""

import pytest
from django.test import Client

from lodestar.domain.applications.models import Application
from lodestar.domain.people.models import Import
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_program
from tests.web.console.imports import NEW, applied, brought, upload, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(lena):
    return make_cohort(make_program("First Steps", coordinator=lena), name="Autumn")


def test_a_coordinator_brings_mentors_into_their_cohort(cohort, lena):
    browser = signed_in(lena)

    source = applied(browser, purpose=f"mentor-{cohort.public_id}")

    page = words(browser.get(url("import", source)))
    assert "Mentors of First Steps, Autumn" in page
    assert "2 people take part in Autumn by this list." in page
    assert Application.objects.filter(cohort=cohort, role="mentor", status="accepted").count() == 2


def test_the_question_names_the_cohort(cohort, lena):
    browser = signed_in(lena)
    source = brought(browser, purpose=f"mentee-{cohort.public_id}")

    page = words(browser.get(url("import-apply", source)))

    assert "As mentees they take part in First Steps, Autumn at once" in page


def test_a_coordinator_does_not_read_what_others_wrote_before(office, cohort, lena):
    applied(office)
    browser = signed_in(lena)

    source = brought(
        browser, "Email,City\nbo@example.org,Berlin\n", purpose=f"mentee-{cohort.public_id}"
    )

    page = words(browser.get(url("import", source)))
    assert "City: <ins>Berlin</ins>" in page
    assert "something else was known" in page
    assert "Linz" not in page


PAGES = ("import", "import-columns", "import-apply", "import-undo", "import-refused")
CHANGES = ("import-columns", "import-apply", "import-undo", "import-discard")


def finds_nothing(browser, source):
    got = {browser.get(url(name, source)).status_code for name in PAGES}
    posted = {browser.post(url(name, source)).status_code for name in CHANGES}
    return got | posted == {404}


def test_everybody_sees_only_their_own_lists(office, cohort, lena):
    other = make_person("Tom", "Reed")
    make_cohort(make_program("Second Chance", coordinator=other))
    roll = brought(office)
    intake = brought(signed_in(lena), purpose=f"mentor-{cohort.public_id}")

    assert finds_nothing(signed_in(other), roll)
    assert finds_nothing(signed_in(other), intake)
    assert finds_nothing(signed_in(lena), roll)
    assert finds_nothing(office, intake)
    assert "people.csv" in words(signed_in(lena).get("/console/imports/"))
    assert "people.csv" not in words(signed_in(other).get("/console/imports/"))
    assert words(office.get("/console/imports/")).count("people.csv") == 1


def test_admins_share_the_roll(office):
    source = brought(office)
    second = make_role(make_person("Ida", "Holt")).person

    assert signed_in(second).get(url("import", source)).status_code == 200


def test_who_no_longer_coordinates_sees_the_list_no_longer(cohort, lena):
    make_program(coordinator=lena)
    source = brought(signed_in(lena), purpose=f"mentor-{cohort.public_id}")
    cohort.program.coordinators.all().delete()

    assert signed_in(lena).get(url("import", source)).status_code == 404


def test_nobody_brings_what_is_not_theirs(office, cohort, lena):
    other = make_cohort(make_program("Second Chance", coordinator=make_person("Tom", "Reed")))

    assert upload(signed_in(lena), purpose="roll").status_code == 422
    assert upload(signed_in(lena), purpose=f"mentor-{other.public_id}").status_code == 422
    assert upload(office, purpose=f"mentor-{cohort.public_id}").status_code == 422
    assert Import.objects.count() == 0


def test_everybody_else_finds_nothing(office):
    source = brought(office)
    lead = signed_in(make_role(make_person(), "safeguarding").person)
    member = signed_in(make_person())

    for browser in (lead, member):
        assert browser.get("/console/imports/").status_code == 404
        assert browser.get(NEW).status_code == 404
        assert upload(browser).status_code == 404
        assert finds_nothing(browser, source)
    assert Client().get("/console/imports/").status_code == 302
