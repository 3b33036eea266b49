"""A coordinator begins, designs, plans and opens."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from lodestar.domain.common.time import today
from lodestar.domain.programs.models import Cohort, Design, Program
from lodestar.domain.programs.queries import coordinators_of, latest_design
from lodestar.web.console.design_words import STEPS
from tests.factories.applications import make_application
from tests.factories.people import make_account, make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


@pytest.fixture
def program(lena):
    program = make_program(coordinator=lena)
    make_design(program)
    return program


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


def test_each_section_of_a_design_is_saved_by_itself(lena, program):
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/design/"
    fields = browser.get(f"{address}criteria/").context["form"].fields

    posts = {
        "goals": {
            "goals-TOTAL_FORMS": "2",
            "goals-INITIAL_FORMS": "0",
            "goals-0-metric": "met_share",
            "goals-0-target": "70",
            "goals-1-metric": "usefulness",
            "goals-1-target": "",
        },
        "criteria": dict.fromkeys(fields, "0") | {"weight_0": "40", "weight_1": "10"},
        "constraints": {"min_gap": "on", "min_gap_value": "4", "not_same": "on"},
        "pace": {
            "cadence_days": "21", "hours_per_month": "3", "capacity_default": "2",
            "capacity_maximum": "4", "reply_days": "6", "first_meeting_days": "10",
            "pulse_first_days": "30", "pulse_every_days": "60", "objective": "total",
        },
        "topics": {"topics": "Work:\nInterviews\nPay\n\nLife:\nMoving\n"},
        "audience": {"mentee_class_year_from": "2020", "mentor_countries": "Kenya; Uganda,, Kenya"},
        "expectations": {"mentors": "An hour a fortnight.\n\nNo advice unasked.", "mentees": ""},
    }  # fmt: skip
    answers = [browser.post(f"{address}{name}/", said).status_code for name, said in posts.items()]

    design = Design.objects.get()
    assert answers == [302] * 7
    mentee, mentor = (design.audiences.get(role=role) for role in ("mentee", "mentor"))
    assert (mentee.class_year_from, mentor.countries) == (2020, ["Kenya", "Uganda"])
    assert design.expected_of("mentor") == ["An hour a fortnight.", "No advice unasked."]
    assert list(design.goals.values_list("metric", "target")) == [("met_share", 70)]
    assert list(design.criteria.values_list("name", "weight")) == [("Topics", 40), ("Industry", 10)]
    assert list(design.constraints.values_list("kind", "value")) == [
        ("not_same", "employer"),
        ("min_gap", "4"),
    ]
    assert (design.cadence_days, design.capacity_default, design.objective) == (21, 2, "total")
    assert design.topics == [
        {"group": "Work", "topics": ["Interviews", "Pay"]},
        {"group": "Life", "topics": ["Moving"]},
    ]


@pytest.mark.parametrize(
    ("section", "said", "words"),
    [
        ("pace", {"capacity_default": "5", "capacity_maximum": "2"}, "but may have at most 2"),
        ("constraints", {"min_gap": "on", "min_gap_value": ""}, "This rule needs a number."),
        ("criteria", {"weight_0": "0"}, "Please answer this one."),
        ("topics", {"topics": ":"}, "Write down at least one topic."),
    ],
)
def test_what_makes_no_sense_is_asked_again(lena, program, section, said, words):
    answer = signed_in(lena).post(f"/console/programs/{program.public_id}/design/{section}/", said)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_weights_are_shown_as_shares_of_a_hundred(lena, program):
    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/criteria/")

    shares = [share for _field, _sentence, share, _part in page.context["weights"]]
    assert (sum(shares), shares[0]) == (100, 100)


def test_changing_a_design_in_use_makes_a_version_for_the_next_cohort(lena, program):
    cohort = make_cohort(program)
    browser = signed_in(lena)

    answer = browser.post(
        f"/console/programs/{program.public_id}/design/topics/", {"topics": "Pay"}, follow=True
    )

    cohort.refresh_from_db()
    assert (cohort.design.version, latest_design(program).version) == (1, 2)
    assert "Saved as version 2" in answer.content.decode()


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


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_a_page_that_says_what_it_does(lena, program, step):
    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/{step}/")

    assert page.status_code == 200
    assert page.context["effects"]
    assert all(sentence.endswith(".") for sentence in page.context["effects"])


def test_a_step_that_is_none_does_not_exist(lena, program):
    assert (
        signed_in(lena).get(f"/console/programs/{program.public_id}/design/no/").status_code == 404
    )


def test_what_is_typed_is_kept_by_the_way_and_its_effect_shown(lena, program):
    address = f"/console/programs/{program.public_id}/design/topics/"
    by_the_way = {"HTTP_HX_REQUEST": "true"}
    browser = signed_in(lena)

    kept = browser.post(address, {"topics": "Pay\nInterviews"}, **by_the_way)
    refused = browser.post(address, {"topics": ":"}, **by_the_way)

    assert (kept.status_code, refused.status_code) == (200, 422)
    assert "2 topics to choose from." in kept.content.decode()
    assert "saved in version 1" in kept.content.decode()
    assert "<html" not in kept.content.decode()
    assert "Not saved yet" in refused.content.decode()
    assert latest_design(program).topics == [{"group": "", "topics": ["Pay", "Interviews"]}]


def test_the_overview_counts_what_contradicts_itself_beside_its_step(lena):
    program = make_program(coordinator=lena)
    make_design(program, with_goal=False)

    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/")

    lines = {line.key: line for line in page.context["overview"]}
    assert (lines["goals"].obstacles, lines["goals"].state) == (1, "now")
    assert lines["criteria"].state == "done"
    assert f"/console/programs/{program.public_id}/design/goals/" in page.content.decode()


def test_a_program_like_another_is_begun_from_its_page(lena, program):
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/clone/"

    answer = browser.post(address, {"clone-name": "First Steps, north"})
    unnamed = browser.post(address, {"clone-name": " "})

    copy = Program.objects.get(name="First Steps, north")
    assert answer["Location"] == f"/console/programs/{copy.public_id}/design/"
    assert (copy.like, unnamed.status_code) == (program, 422)


def test_of_two_who_change_one_step_the_second_is_told(lena, program):
    other = make_person("Per", "Lund")
    make_coordinator(program, other)
    address = f"/console/programs/{program.public_id}/design/topics/"
    mine, theirs = signed_in(lena), signed_in(other)
    seen = mine.get(address).context["seen"]

    first = theirs.post(address, {"topics": "Pay", "seen": seen})
    second = mine.post(address, {"topics": "Interviews", "seen": seen})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Somebody else changed this step" in second.content.decode()
    assert "Interviews" in second.content.decode()
    assert latest_design(program).topics == [{"group": "", "topics": ["Pay"]}]


def test_what_is_kept_by_the_way_goes_on_from_what_was_kept(lena, program):
    address = f"/console/programs/{program.public_id}/design/topics/"
    browser, by_the_way = signed_in(lena), {"HTTP_HX_REQUEST": "true"}
    first = browser.get(address).context["seen"]

    kept = browser.post(address, {"topics": "Pay", "seen": first}, **by_the_way)
    then = re.search(r'id="seen" value="(\w+)"', kept.content.decode())[1]
    again = browser.post(address, {"topics": "Pay\nWork", "seen": then}, **by_the_way)

    assert first != then
    assert (kept.status_code, again.status_code) == (200, 200)


def test_other_steps_do_not_stand_in_each_others_way(lena, program):
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/design/"
    seen = browser.get(f"{address}expectations/").context["seen"]

    browser.post(f"{address}topics/", {"topics": "Pay"})
    answer = browser.post(
        f"{address}expectations/", {"mentors": "Listen.", "mentees": "", "seen": seen}
    )

    assert answer.status_code == 302


def test_versions_are_told_with_their_cohorts(lena, program):
    first = latest_design(program)
    make_cohort(program, design=first, name="Spring")
    second = make_design(program, cadence_days=7)

    page = signed_in(lena).get(f"/console/programs/{program.public_id}/versions/")

    stories = page.context["stories"]
    assert [story.design for story in stories] == [second, first]
    words = page.content.decode()
    assert "Days between two talks: 7 instead of 14." in words
    assert "The first version." in words
    assert "No cohort keeps it." in words
    assert ">Spring</a>" in words
