"""A coordinator begins, designs, plans and opens."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lodestar.domain.applications.queries import Counts
from lodestar.domain.common.time import today
from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.queries import coordinators_of, latest_design
from lodestar.web.console.words import next_thing
from tests.factories.applications import make_application
from tests.factories.feedback import make_concern
from tests.factories.mentorships import make_mentorship
from tests.factories.people import make_account, make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db


def days(first=1, name="Spring"):
    start = today() + timedelta(days=first)
    names = ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on")
    steps = (0, 21, 28, 42, 200)
    dates = {n: (start + timedelta(days=d)).isoformat() for n, d in zip(names, steps, strict=True)}
    return {"name": name} | dates


def test_the_console_does_not_exist_for_members_without_a_task():
    assert signed_in(make_person()).get("/console/").status_code == 404


def test_an_admin_sees_no_program_but_may_begin_one():
    admin = make_person()
    make_role(admin)
    make_program()

    page = signed_in(admin).get("/console/")

    assert page.context["programs"] == []
    assert 'href="/console/programs/new/"' in page.content.decode()


def test_home_names_the_cohort_where_most_people_wait(lena, program):
    quiet, busy = make_cohort(program), make_cohort(program)
    make_application(quiet)
    make_application(busy)
    make_application(busy, role="mentor")
    make_application(make_cohort(make_program(name="First Steps")))

    page = signed_in(lena).get("/console/")

    assert page.context["first"].cohort == busy
    assert page.context["first"].next == "2 people wait for your answer."
    [(_program, lines)] = page.context["programs"]
    assert [(line.cohort, line.mentees, line.mentors) for line in lines] == [
        (busy, 1, 1),
        (quiet, 1, 0),
    ]


def test_home_names_first_where_somebody_asked_for_help(lena, program):
    running = make_cohort(program, opens_in=-90)
    make_concern(make_mentorship(running))
    make_application(make_cohort(program))

    page = signed_in(lena).get("/console/")

    assert page.context["first"].cohort == running
    assert page.context["first"].next == "1 person asked for help."
    assert 'href="/console/concerns/">Read and answer' in page.content.decode()


def test_a_program_is_begun_with_a_name_and_a_promise():
    admin = make_person()
    make_role(admin)

    answer = signed_in(admin).post(
        "/console/programs/new/",
        {"template": "career-change", "name": "Second Wind", "promise": "Change in company."},
    )

    program = Program.objects.get()
    assert answer["Location"] == f"/console/programs/{program.public_id}/design/"
    assert (program.slug, program.is_public) == ("second-wind", False)
    assert latest_design(program).criteria.count() == 9
    assert program.description.startswith("For alumni who have worked for some years")
    assert [each.person for each in coordinators_of(program)] == [admin]


def test_an_empty_name_is_asked_for_again():
    admin = make_person()
    make_role(admin)

    answer = signed_in(admin).post(
        "/console/programs/new/", {"template": "flash", "promise": "Kept."}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert 'value="Kept."' in answer.content.decode()


def test_another_programs_pages_do_not_exist(program):
    other = make_person("Lena", "Berg")
    make_program(coordinator=other)
    cohort = make_cohort(program)
    browser = signed_in(other)

    for name, key in [
        ("program", program.public_id),
        ("design", program.public_id),
        ("cohort-new", program.public_id),
        ("cohort-days", cohort.public_id),
        ("applications", cohort.public_id),
    ]:
        assert browser.get(reverse(f"console:{name}", args=[key])).status_code == 404, name


def test_the_program_is_edited_and_another_coordinator_appointed(lena, program):
    jo = make_person("Jo", "Ode")
    make_account(jo, "jo@example.org")
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/"

    browser.post(f"{address}about/", {"name": "New name", "promise": "New promise."})
    browser.post(f"{address}coordinators/", {"email": "jo@example.org"})
    unknown = browser.post(f"{address}coordinators/", {"email": "nobody@example.org"})

    program.refresh_from_db()
    assert (program.name, program.promise, program.is_public) == ("New name", "New promise.", False)
    assert [each.person for each in coordinators_of(program)] == [lena, jo]
    assert unknown.status_code == 422
    assert "Nobody has joined with this address" in unknown.content.decode()


def test_the_last_coordinator_cannot_leave(lena, program):
    own = coordinators_of(program).get()

    answer = signed_in(lena).post(f"/console/coordinators/{own.public_id}/release/")

    assert answer.status_code == 409
    assert "Appoint another coordinator first" in answer.content.decode()


def test_a_coordinator_is_released(lena, program):
    other = make_coordinator(program, make_person("Jo", "Ode"))

    answer = signed_in(lena).post(f"/console/coordinators/{other.public_id}/release/")

    assert answer["Location"] == f"/console/programs/{program.public_id}/about/"
    assert [each.person for each in coordinators_of(program)] == [lena]


def test_a_cohort_is_planned_opened_and_then_public(lena, program):
    browser = signed_in(lena)

    planned = browser.post(f"/console/programs/{program.public_id}/cohorts/new/", days(first=0))
    cohort = Cohort.objects.get()
    before = browser.get(f"/programs/{program.slug}/").context["cohort"]
    opened = browser.post(f"/console/cohorts/{cohort.public_id}/open/", follow=True)
    after = browser.get(f"/programs/{program.slug}/")

    assert planned["Location"] == f"/console/cohorts/{cohort.public_id}/days/"
    assert before is None
    assert "It is open: people can apply from this moment on." in opened.content.decode()
    assert (after.context["cohort"], after.context["state"]) == (cohort, "open")


def test_a_cohort_that_contradicts_itself_says_what_to_mend(lena):
    program = make_program(coordinator=lena)
    make_design(program, with_goal=False)
    cohort = make_cohort(program, is_published=False)
    browser = signed_in(lena)

    page = browser.get(f"/console/cohorts/{cohort.public_id}/days/")
    opened = browser.post(f"/console/cohorts/{cohort.public_id}/open/")

    assert [each.mend for each in page.context["contradictions"]] == [
        "Set at least one goal with a target."
    ]
    assert opened.status_code == 409
    cohort.refresh_from_db()
    assert cohort.published_at is None


def test_days_out_of_order_are_told_in_sentences(lena, program):
    wrong = days() | {"closes_on": (today() - timedelta(days=2)).isoformat()}

    answer = signed_in(lena).post(f"/console/programs/{program.public_id}/cohorts/new/", wrong)

    assert answer.status_code == 422
    assert "Applications would close on" in answer.content.decode()
    assert not Cohort.objects.exists()


def test_days_are_moved_while_people_do_not_rely_on_them(lena, program):
    cohort = make_cohort(program)
    browser = signed_in(lena)
    address = f"/console/cohorts/{cohort.public_id}/days/"

    later = browser.post(address, days(first=3, name=cohort.name))
    longer = days(first=-7, name="Spring")
    moved = browser.post(address, longer)

    assert later.status_code == 422
    assert "People can already apply" in later.content.decode()
    assert moved["Location"] == address
    cohort.refresh_from_db()
    assert (cohort.name, cohort.ends_on.isoformat()) == ("Spring", longer["ends_on"])


def test_a_program_like_another_is_begun_from_its_page(lena, program):
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/clone/"

    answer = browser.post(address, {"clone-name": "First Steps, north"})
    unnamed = browser.post(address, {"clone-name": " "})

    copy = Program.objects.get(name="First Steps, north")
    assert answer["Location"] == f"/console/programs/{copy.public_id}/design/"
    assert (copy.like, unnamed.status_code) == (program, 422)


def said_about(page, **typed):
    """Return what a browser sends back from the page about a program: what it showed, and what was typed."""
    shown = {
        f"initial-{name}": page.context["form"][name].value()
        for name in page.context["form"].fields
    }
    told = {name.removeprefix("initial-"): value for name, value in shown.items()}
    return {name: value for name, value in (shown | told | typed).items() if value != ""}


def test_two_who_change_different_lines_of_a_program_both_keep_theirs(lena, program):
    address = f"/console/programs/{program.public_id}/about/"
    browser = signed_in(lena)
    page = browser.get(address)

    browser.post(address, said_about(page, promise="Theirs."))
    browser.post(address, said_about(page, description="One line.\r\nAnother."))

    program.refresh_from_db()
    assert (program.promise, program.description) == ("Theirs.", "One line.\r\nAnother.")


def test_who_changes_the_same_line_is_told_and_may_keep_theirs(lena, program):
    address = f"/console/programs/{program.public_id}/about/"
    browser = signed_in(lena)
    page = browser.get(address)
    mine = said_about(page, promise="Mine.")

    browser.post(address, said_about(page, promise="Theirs."))
    told = browser.post(address, mine)
    browser.post(address, mine | {"initial-promise": told.context["form"].data["initial-promise"]})

    program.refresh_from_db()
    assert told.status_code == 422
    assert "Somebody else changed this to “Theirs.”" in told.content.decode()
    assert 'value="Mine."' in told.content.decode()
    assert program.promise == "Mine."


@pytest.mark.parametrize(
    ("design", "closed", "matching"),
    [
        ({}, "you can match.", "Match, look at the pairs"),
        ({"ways": ["ask"]}, "now people find each other.", "People find each other; look who"),
        ({"format": "group"}, "you can form the groups.", "Form the groups, look at them"),
    ],
)
def test_what_is_next_fits_the_way_in_which_people_find_each_other(design, closed, matching):
    program = make_program()
    cohort = make_cohort(program, design=make_design(program, **design))

    told = [
        next_thing(cohort, state, Counts({}))
        for state in (Cohort.State.CLOSED, Cohort.State.MATCHING)
    ]

    assert told[0].endswith(closed)
    assert told[1].startswith(matching)
