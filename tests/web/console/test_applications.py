"""A coordinator reads applications and answers them."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from lodestar.domain.applications.models import Application
from tests.factories.applications import make_application
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cohort):
    return f"/console/cohorts/{cohort.public_id}/applications/"


def names(page):
    return [application.person.given_name for application in page.context["page"]]


def statuses():
    return dict(Application.objects.values_list("person__given_name", "status"))


def test_the_list_shows_what_was_sent_to_this_cohort_only(lena, cohort, address):
    make_application(cohort, make_person("Ann"))
    make_application(cohort, make_person("Bo"), status="draft")
    make_application(make_cohort(cohort.program), make_person("Cy"))
    make_application(make_cohort(make_program(name=cohort.program.name)), make_person("Di"))

    page = signed_in(lena).get(address)

    assert names(page) == ["Ann"]
    assert (page.context["counts"].sent, page.context["counts"].drafts) == (1, 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ann", "Bo", "Cy"]),
        ("?role=mentor", ["Bo"]),
        ("?status=accepted", ["Cy"]),
        ("?search=o", ["Bo"]),
        ("?search=bo+kay", ["Bo"]),
        ("?role=dragon&page=99999999999999999999999", ["Ann", "Bo", "Cy"]),
        ("?search=%00", ["Ann", "Bo", "Cy"]),
        ("?search=zzz", []),
    ],
)
def test_the_list_is_narrowed(lena, cohort, address, query, found):
    make_application(cohort, make_person("Ann", "Lee"))
    make_application(cohort, make_person("Bo", "Kay"), role="mentor")
    make_application(cohort, make_person("Cy", "Day"), status="accepted")

    page = signed_in(lena).get(address + query)

    assert names(page) == found


def test_htmx_gets_the_list_alone(lena, cohort, address):
    make_application(cohort, make_person("Ann"))

    answer = signed_in(lena).get(address, headers={"HX-Request": "true"})

    body = answer.content.decode()
    assert body.strip().startswith("<section")
    assert "Ann" in body
    assert "HX-Request" in answer["Vary"]


def test_nobody_yet_says_what_will_be_here(lena, address):
    page = signed_in(lena).get(address).content.decode()

    assert "Nobody has applied yet" in page


def test_a_page_costs_the_same_for_one_row_and_for_thirty(
    lena, cohort, address, django_assert_max_num_queries
):
    browser = signed_in(lena)
    make_application(cohort)
    with django_assert_max_num_queries(19) as first:
        browser.get(address)
    for number in range(29):
        make_application(cohort, make_person(f"Ann {number}"))

    with django_assert_max_num_queries(len(first)):
        page = browser.get(address)

    assert len(names(page)) == 30


def test_long_lists_are_paged(lena, cohort, address):
    for number in range(51):
        make_application(cohort, make_person(f"Ann {number}"))

    page = signed_in(lena).get(f"{address}?page=2")

    assert names(page) == ["Ann 50"]


def test_those_ticked_are_accepted_and_others_are_not(lena, cohort, address):
    ann, bo = (make_application(cohort, make_person(name)) for name in ("Ann", "Bo"))
    foreign = make_application(make_cohort(make_program()), make_person("Eve"))

    answer = signed_in(lena).post(
        f"{address}accept/",
        {"chosen": [ann.public_id, foreign.public_id], "role": "mentee"},
        follow=True,
    )

    assert answer.redirect_chain == [
        (f"{address}?role=mentee&status=&eligibility=&readers=&search=", 302)
    ]
    assert statuses() == {"Ann": "accepted", "Bo": "submitted", "Eve": "submitted"}
    assert "1 person is accepted and gets a letter." in answer.content.decode()
    assert bo.status == "submitted"


def test_accepting_twice_or_nobody_says_so(lena, cohort, address):
    gone = make_application(cohort, make_person("Ann"), status="withdrawn")
    browser = signed_in(lena)

    nobody = browser.post(f"{address}accept/", {}, follow=True).content.decode()
    late = browser.post(f"{address}accept/", {"chosen": [gone.public_id]}, follow=True)

    assert "Nobody was ticked, so nothing was changed." in nobody
    assert "1 had changed meanwhile and was left as it is." in late.content.decode()


def test_one_application_shows_answers_and_people_of_the_same_name(lena, cohort):
    application = make_application(cohort, make_person("Ann", "Lee"))
    twin = make_person("ann", "LEE", class_year=1999, city="Graz")
    other = make_application(cohort, twin, role="mentor")

    page = signed_in(lena).get(f"/console/applications/{application.public_id}/")

    assert page.context["like_named"] == [twin]
    assert page.context["others"] == [other]
    assert page.context["answers"][0].lines == ["Finding work", "Interviews"]
    assert page.context["decisions"] == ["accept", "waitlist", "decline"]


@pytest.mark.parametrize(
    ("decision", "status"),
    [("accept", "accepted"), ("waitlist", "waitlisted"), ("decline", "declined")],
)
def test_the_answer_is_stored_with_its_kind_word(lena, cohort, decision, status):
    application = make_application(cohort)

    answer = signed_in(lena).post(
        f"/console/applications/{application.public_id}/decide/",
        {"decision": decision, "note": "Thank you."},
    )

    application.refresh_from_db()
    assert answer["Location"].endswith("/applications/?status=submitted")
    assert (application.status, application.decision_note) == (status, "Thank you.")


def test_a_stale_decision_is_refused_politely(lena, cohort):
    application = make_application(cohort, status="withdrawn")

    answer = signed_in(lena).post(
        f"/console/applications/{application.public_id}/decide/", {"decision": "accept"}
    )

    assert answer.status_code == 409
    assert "is withdrawn now, so nothing was changed" in answer.content.decode()


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_what_is_not_for_this_coordinator_does_not_exist(lena, cohort, status):
    program = cohort.program if status == "draft" else make_program()
    application = make_application(make_cohort(program), status=status)
    browser = signed_in(lena)

    page = browser.get(f"/console/applications/{application.public_id}/")
    decided = browser.post(
        f"/console/applications/{application.public_id}/decide/", {"decision": "accept"}
    )

    assert (page.status_code, decided.status_code) == (404, 404)
    application.refresh_from_db()
    assert application.status == status


def table(browser, cohort, query=""):
    answer = browser.get(f"/console/cohorts/{cohort.public_id}/applications.csv{query}")
    heads, *rows = csv.reader(StringIO(answer.content.decode().removeprefix("\ufeff")))
    return answer, [
        {head: cell for head, cell in zip(heads, row, strict=True) if cell} for row in rows
    ]


def test_applications_are_downloaded_with_the_answers_to_own_questions(lena, cohort):
    runs = make_question("runs", "Do you run?", "yes_no")
    far = make_question("far", "How far?", "short", only_if=("runs", "yes"))
    sports = make_question("sports", "Which sports?", "several")
    ask(cohort.design, runs, far, sports)
    amina = make_person("أمينة", "الزهراء", email="amina@example.org")
    told = {"q_runs": "yes", "q_far": "=1+1", "q_sports": ["Running", "Chess"]}
    make_application(cohort, amina, answers={"topics": ["Pay", "Interviews"], **told},
                     submitted_at=datetime(2026, 3, 1, 12, tzinfo=UTC))  # fmt: skip
    make_application(cohort, make_person("Bo"), role="mentor", status="accepted",
                     answers={"topics": {"Pay": 3}, "q_runs": "no", "q_far": "Once", "q_gone": "x"})  # fmt: skip
    make_application(cohort, status="draft")
    make_application(make_cohort(cohort.program))

    answer, rows = table(signed_in(lena), cohort)

    assert answer["Cache-Control"] == "no-store, private"
    assert rows[0] == {
        "Name": "أمينة الزهراء",
        "E-mail": "amina@example.org",
        "Role": "mentee",
        "Status": "waiting for the office",
        "Sent on": "2026-03-01",
        "Topics": "Pay; Interviews",
        "Do you run?": "Yes",
        "How far?": "'=1+1",
        "Which sports?": "Running; Chess and go",
    }
    assert [row["Name"] for row in rows[1:]] == ["Bo Odhiambo"]
    assert {"Do you run?": "No"}.items() <= rows[1].items()
    assert "How far?" not in rows[1]


def test_the_file_is_narrowed_like_the_list_and_costs_the_same_for_many(
    lena, cohort, django_assert_max_num_queries
):
    browser = signed_in(lena)
    make_application(cohort, make_person("Ann"), role="mentor")
    with django_assert_max_num_queries(30) as first:
        table(browser, cohort)
    for number in range(20):
        make_application(cohort, make_person(f"Bo {number}"))

    with django_assert_max_num_queries(len(first)):
        _answer, rows = table(browser, cohort)
    _answer, mentors = table(browser, cohort, "?role=mentor")

    assert len(rows) == 21
    assert [row["Name"].split()[0] for row in mentors] == ["Ann"]
    assert (
        "applications.csv?role=mentor"
        in browser.get(
            f"/console/cohorts/{cohort.public_id}/applications/?role=mentor"
        ).content.decode()
    )


@pytest.mark.parametrize("status", ["submitted", "waitlisted", "accepted"])
def test_nothing_is_offered_for_those_ticked_where_nobody_can_be(lena, cohort, address, status):
    make_application(cohort, make_person("Amina"), status=status)

    page = signed_in(lena).get(address).content.decode()

    assert ("Accept those ticked" in page) == (status != "accepted") == ('name="chosen"' in page)
