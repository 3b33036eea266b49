"""A coordinator asks something of their own in the needs survey, and reads what came of it."""

import pytest

from lodestar.domain.forms.rules import as_data
from lodestar.domain.programs.rules.asked import form_of
from tests.factories.forms import make_question
from tests.factories.needs import NEEDS, OFFERS, make_answer, make_survey
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design, make_program
from tests.web.console.asked_needs import address, rows_of, text_of

pytestmark = pytest.mark.django_db
SPORT = make_question(use="report")
WHY = make_question("why", "Why that one?", "long", only_if=("sport", "Chess"))
A_QUESTION = {
    "label": "When do you have time?", "kind": "several", "role": "mentee", "use": "report",
    "option_0": "In the morning", "option_1": "At night", "is_required": "on",
}  # fmt: skip


@pytest.fixture
def design(lena):
    program = make_program(coordinator=lena)
    return make_design(program, surveys={"needs": as_data([SPORT, WHY])})


@pytest.fixture
def browser(lena):
    return signed_in(lena)


def place(design, end=""):
    return f"/console/programs/{design.program.public_id}/design/needs/{end}"


def latest(design):
    return design.program.designs.order_by("-version").first()


def test_a_question_is_added_to_the_survey_by_the_same_page_as_to_the_form(design, browser):
    empty = browser.get(place(design, "new/"))
    answer = browser.post(place(design, "new/"), A_QUESTION)

    asked = form_of(latest(design), "needs")[-1]
    fields = empty.context["form"].fields
    assert answer["Location"] == place(design) + "#row-q_when_do_you_have_time"
    assert (asked.role, asked.is_required, asked.step) == ("mentee", True, "words")
    assert asked.option_keys == ("In the morning", "At night")
    assert [use for use, _words in fields["use"].choices] == ["report", "none"]
    assert not {"shown", "step", "is_lasting"} & set(fields)
    assert form_of(latest(design)) == form_of(design)


def test_the_step_lists_what_is_always_asked_and_arranges_the_rest(design, browser):
    page = text_of(browser.get(place(design)))
    browser.post(place(design), {"required": ["q_sport"], "move": "q_why:up"})

    kept = form_of(latest(design), "needs")
    assert "Always asked" in page
    assert "Counted; the coordinators of this program read each answer." in page
    assert "Asked only of those who answer “Chess and go” to “Which sport do you do?”." in page
    assert [(each.key, each.is_required, each.step) for each in kept] == [
        ("q_why", False, "words"), ("q_sport", True, "words"),
    ]  # fmt: skip
    after = text_of(browser.get(place(design)))
    assert "“Why that one?” is asked before “Which sport do you do?”" in after
    browser.post(place(design), {"remove": "q_why"})
    assert [each.key for each in form_of(latest(design), "needs")] == ["q_sport"]


def test_its_keys_are_those_of_no_other_form(design, browser):
    design.form = as_data([make_question("when_do_you_have_time")])
    design.save()

    browser.post(place(design, "new/"), A_QUESTION)

    assert form_of(latest(design), "needs")[-1].key == "q_when_do_you_have_time_2"


def test_it_is_tried_as_on_a_phone_with_what_comes_first(design, browser):
    page = text_of(browser.get(place(design, "preview/mentee/")))
    then = browser.post(
        place(design, "preview/mentee/"), {"asked": "q_sport", "q_sport": "Chess", "look": "yes"}
    )

    assert "First comes what is always asked: Topics · Work" in page
    assert "Why that one?</label>" not in page
    assert "Why that one?" in text_of(then)
    assert browser.get(place(design, "preview/dean/")).status_code == 404
    assert browser.get(place(design).replace("needs", "goals") + "new/").status_code == 404


def test_a_question_under_a_cohort_that_began_makes_a_new_version(design, browser):
    make_cohort(design.program, design=design)

    browser.post(place(design, "new/"), A_QUESTION)

    assert [len(form_of(each, "needs")) for each in design.program.designs.order_by("version")] == [
        2,
        3,
    ]


def test_what_was_chosen_is_counted_on_the_page_of_needs_and_passed_on(design, browser):
    cohort = make_cohort(design.program, design=design)
    survey = make_survey(cohort)
    amina = make_person("Amina", "Okoro")
    for number in range(6):
        make_answer(survey, answers=NEEDS | {"q_sport": "Running" if number else "Sailing"})
    told = {"q_sport": "Chess", "q_why": "<b>Silence</b>"}
    make_answer(survey, amina, answers=NEEDS | told)
    make_answer(make_survey(cohort, role="mentor"), answers=OFFERS | told)

    page = text_of(browser.get(address(cohort)))
    shared = rows_of(browser.get(address(cohort, "own.csv")))
    one_by_one = text_of(browser.get(address(cohort, "answers/mentee/")))

    assert "7 of 7 who were asked answered it." in page
    assert "&lt;b&gt;Silence&lt;/b&gt;" in page
    assert "Amina Okoro" in page
    assert "Too few to count yet: fewer than five." in page
    assert shared == [
        ["Asked of", "Question", "Answer", "People"],
        ["Mentees", "Which sport do you do?", "Running", "5"],
        ["Mentees", "Which sport do you do?", "Chess and go", "fewer than 5"],
        ["Mentees", "Which sport do you do?", "Sailing", "fewer than 5"],
    ]
    assert "Chess and go" in one_by_one
    assert "&lt;b&gt;Silence&lt;/b&gt;" in one_by_one


def test_who_asks_is_told_what_is_asked_and_how_long_it_takes(design, browser):
    cohort = make_cohort(design.program, design=design)

    page = text_of(browser.get(address(cohort, "ask/mentee/")))

    assert "<li>Which sport do you do?</li>" in page
    assert "It takes about 3 minutes on a phone." in page
    assert place(design) in page
