"""A reviewer reads without a name; the office sees how alike they read."""

import pytest

from lodestar.domain.applications.models import Assessment, Reading
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.applications import make_application, make_assessment, make_reading
from tests.factories.people import make_account, make_person, signed_in
from tests.factories.programs import make_reviewer, make_selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(cohort):
    return make_selection(cohort.design, answer="about")


@pytest.fixture
def rosa(cohort):
    return make_reviewer(cohort.program, make_person("Rosa", "Lindt")).person


@pytest.fixture
def reading(cohort, criterion, rosa):
    amina = make_person("Amina", "Odhiambo", email="amina@example.org")
    answers = {"about": "I am Amina and want to move.", "city": "Nairobi", "gender": "woman"}
    return make_reading(make_application(cohort, amina, answers=answers), rosa)


def page_of(reading):
    return f"/console/readings/{reading.public_id}/"


def test_the_page_shows_what_is_judged_and_nothing_of_who_it_is(rosa, reading):
    browser = signed_in(rosa)
    pages = [
        browser.get(address).content.decode()
        for address in ("/console/readings/", page_of(reading))
    ]

    assert "One application waits for you" in pages[0]
    assert "want to move" in pages[1]
    for page in pages:
        for secret in ("Amina", "Odhiambo", "amina@", "Nairobi", "woman"):
            assert secret not in page


def test_scores_are_given_changed_and_the_next_is_shown(cohort, criterion, rosa, reading):
    following = make_reading(make_application(cohort, make_person("Bo")), rosa)
    browser = signed_in(rosa)
    blank = browser.post(f"{page_of(reading)}give/", {"sentence": "A clear step."})
    first = browser.post(
        f"{page_of(reading)}give/", {criterion.public_id: "3", "sentence": "A clear step."}
    )
    last = browser.post(f"{page_of(following)}give/", {criterion.public_id: "1"})

    assert blank.status_code == 422
    assert "A clear step." in blank.content.decode()
    assert (first["Location"], last["Location"]) == (page_of(following), "/console/readings/")
    assert list(Assessment.objects.order_by("pk").values_list("score", flat=True)) == [3, 1]
    listed = browser.get("/console/readings/").content.decode()
    assert "Nothing waits for you" in listed
    assert "A clear step." in listed


def test_it_is_handed_back(rosa, reading):
    browser = signed_in(rosa)
    browser.post(f"{page_of(reading)}back/")

    assert Reading.objects.get().status == "ended"
    assert browser.get(page_of(reading)).status_code == 404


def test_a_reviewer_finds_their_pages_and_no_others(rosa, cohort, reading):
    browser = signed_in(rosa)

    assert "/console/readings/" in browser.get("/home/").content.decode()
    assert browser.get(f"/console/cohorts/{cohort.public_id}/applications/").status_code == 404
    assert browser.get("/console/").status_code == 404


def test_the_office_appoints_by_address_and_releases(lena, cohort):
    browser = signed_in(lena)
    address = f"/console/programs/{cohort.program.public_id}/reviewers/"
    assert "Nobody yet" in browser.get(address).content.decode()
    unknown = browser.post(f"{address}appoint/", {"email": "nobody@example.org"})
    make_account(make_person("Rosa", "Lindt"), "rosa@example.org")
    browser.post(f"{address}appoint/", {"email": "rosa@example.org"})
    reviewer = cohort.program.reviewers.get()
    shown = browser.get(address).content.decode()
    browser.post(f"/console/reviewers/{reviewer.public_id}/release/")

    assert unknown.status_code == 422
    assert "Rosa Lindt" in shown
    assert not cohort.program.reviewers.exists()


def test_the_office_sees_who_differs_and_asks_one_more(lena, cohort, criterion, rosa, reading):
    kofi = make_reviewer(cohort.program, make_person("Kofi", "Boateng")).person
    page = f"/console/applications/{reading.application.public_id}/"
    browser = signed_in(lena)
    before = browser.get(page).content.decode()
    wrong = browser.post(f"{page}readers/", {"reader": "x"}, follow=True)
    browser.post(f"{page}readers/", {"reader": kofi.public_id, "instead": reading.public_id})
    browser.post(f"{page}readers/", {"reader": kofi.public_id})

    assert "has it, and has not scored it yet" in before
    assert "They cannot read it any more" in wrong.content.decode()
    assert [(r.reader.given_name, r.status) for r in Reading.objects.order_by("pk")] == [
        ("Rosa", "ended"), ("Kofi", "open"),
    ]  # fmt: skip


def test_the_page_of_readers_says_how_alike_they_read(lena, cohort, criterion, rosa, reading):
    browser = signed_in(lena)
    address = f"/console/cohorts/{cohort.public_id}/readers/"
    few = browser.get(address).content.decode()
    kofi = make_reviewer(cohort.program, make_person("Kofi", "Boateng")).person
    for number in range(12):
        application = make_application(
            cohort, make_person(f"Ann {number}"), is_disputed=number == 5
        )
        for reader, score in ((rosa, number % 3 + 1), (kofi, 1 if number == 5 else number % 3 + 1)):
            make_assessment(application, criterion, reader, score)

    page = browser.get(address).content.decode()

    assert "nobody can say how alike they read" in few
    assert "In 11 of 12 comparisons two readers gave the same level" in page
    assert "About one application readers differ" in page
    assert "Beyond chance" in page


def test_without_a_rubric_or_readers_the_page_says_what_to_do(lena, cohort):
    browser = signed_in(lena)
    address = f"/console/cohorts/{cohort.public_id}/readers/"
    bare = browser.get(address).content.decode()
    make_selection(cohort.design)

    assert "Nothing says by what to read" in bare
    assert "Nobody reads for you yet" in browser.get(address).content.decode()


def test_the_letter_says_how_many_and_nothing_of_who(rosa, reading):
    queue_letter("applications.to_read", to=rosa, about=reading.application)

    letter = write(Letter.objects.get(), "rosa@example.org")
    reading.status = "given"
    reading.save()
    late = write(Letter.objects.get(), "rosa@example.org")

    assert letter.subject == "1 application waits for your eyes"
    assert "/console/readings/" in letter.body
    assert "Amina" not in letter.body
    assert late.subject == "Nothing waits for you any more"
