"""A form of the program's own, filled in with nothing but HTML, and with htmx."""

import pytest
from django.test import Client

from lodestar.domain.applications.models import Application
from lodestar.domain.forms.rules import Words
from lodestar.domain.programs.models import Design
from tests.factories.applications import MENTEE_ANSWERS, make_application
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design, make_program
from tests.web.portal.test_applications import WORDS, YOU

pytestmark = pytest.mark.django_db
GERMAN = Words("Laufen Sie?", "")
RUNS = make_question("runs", "Do you run?", "yes_no", is_required=True, words={"de": GERMAN})
FAR = make_question(
    "far", "How far do you run?", "short", is_required=True, only_if=("runs", "yes")
)
SPORT = make_question(step="topics", kind="ranked")
LASTS = make_question("hometown", "Where did you grow up?", "short", step="you", is_lasting=True)
USUAL = ("about", "style", "hours_per_month", "gender", "matching_consent")
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def amina():
    return make_person("Amina", "")


@pytest.fixture
def cohort(lena):
    program = make_program(slug="first-steps", coordinator=lena)
    return make_cohort(
        program, design=ask(make_design(program), RUNS, FAR, SPORT, LASTS, far="paired")
    )


def step(name, role="mentee"):
    return f"/programs/first-steps/apply/{role}/{name}/"


def asked(*keys, **typed):
    return {"asked": [*USUAL, *keys], **WORDS, **typed}


def answers_of(person):
    return Application.objects.get(person=person).answers


def test_what_follows_from_an_answer_is_asked_when_one_goes_on(amina, cohort):
    browser = signed_in(amina)
    browser.post(step("you"), YOU)
    browser.post(step("topics"), {"topics_wished": ["Finding work"]})
    first = browser.get(step("words")).content.decode()

    on = browser.post(step("words"), asked("q_runs", q_runs="yes"))
    then = browser.get(step("words")).content.decode()
    sent = browser.post(step("words"), asked("q_runs", "q_far", q_runs="yes", q_far="Five miles"))

    assert "How far do you run?" not in first
    assert on["Location"] == step("words") + "#question-q_far"
    assert "From what you said, this follows." in then
    assert "Your partner sees this once you are paired." in then
    assert sent["Location"].startswith("/applications/")
    assert (answers_of(amina)["q_runs"], answers_of(amina)["q_far"]) == ("yes", "Five miles")
    assert Application.objects.get(person=amina).status == "submitted"


def test_with_htmx_it_is_asked_at_once_and_nothing_is_kept(amina, cohort):
    browser = signed_in(amina)
    typed = asked("q_runs", q_runs="yes", look="yes", about="short")

    answer = browser.post(step("words"), typed, headers=FRAGMENT)
    page = answer.content.decode()

    assert (answer.status_code, Application.objects.count()) == (200, 0)
    assert page.strip().startswith('<div id="questions"') or '<div id="questions"' in page[:400]
    assert "<html" not in page
    assert "How far do you run?" in page
    assert "short</textarea>" in page
    assert "errorlist" not in page


def test_a_no_takes_the_question_away_again(amina, cohort):
    answer = signed_in(amina).post(
        step("words"), asked("q_runs", "q_far", q_runs="no", look="yes"), headers=FRAGMENT
    )

    assert "How far do you run?" not in answer.content.decode()


def test_a_required_question_left_blank_is_named_and_nothing_is_lost(amina, cohort):
    answer = signed_in(amina).post(step("words"), asked("q_runs"))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"q_runs": ["Please answer this one."]}
    assert WORDS["about"] in answer.content.decode()


def test_half_a_form_is_kept_for_later_and_gone_on_with(amina, cohort):
    browser = signed_in(amina)
    browser.post(step("you"), YOU)
    browser.post(step("topics"), {"topics_wished": ["Finding work"], "q_sport_1": "Chess"})

    later = browser.post(
        step("words"), {"asked": [*USUAL, "q_runs"], "q_runs": "yes", "later": "yes"}
    )
    back = browser.get("/programs/first-steps/apply/mentee/")
    page = browser.get(step("words")).content.decode()

    assert (later["Location"], back["Location"]) == ("/home/", step("words"))
    assert answers_of(amina)["q_sport"] == ["Chess"]
    assert "How far do you run?" in page


def test_an_answer_can_be_taken_back(amina, cohort):
    browser = signed_in(amina)
    browser.post(
        step("topics"),
        {"topics_wished": ["Finding work"], "q_sport_1": "Chess", "q_sport_2": "Sailing"},
    )
    browser.post(
        step("topics"), {"topics_wished": ["Finding work"], "q_sport_1": "", "q_sport_2": ""}
    )

    assert "q_sport" not in answers_of(amina)


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_a_step_on_which_nothing_is_asked_is_left_out(amina, lena, role):
    program = make_program(slug="first-steps", coordinator=lena)
    make_cohort(program, design=ask(make_design(program), without=["topics", "capacity"]))
    browser = signed_in(amina)

    on = browser.post(step("you", role), YOU)
    gone = browser.get(step("topics", role))
    marks = [mark.label for mark in browser.get(step("words", role)).context["steps"]]

    assert (on["Location"], gone.status_code) == (step("words", role), 404)
    assert marks == ["1 You", "2 Your words"]


def test_whoever_is_known_is_not_asked_again(cohort):
    person = make_person(
        "Ruth", "Okafor", class_year=2010, city="Graz", languages=["de"], time_zone="Europe/Vienna"
    )
    earlier = make_cohort(design=ask(make_design(), LASTS))
    make_application(earlier, person, answers={"q_hometown": "Kisumu"})
    browser = signed_in(person)

    page = browser.get(step("you"))
    form = page.context["form"]

    assert form.known_in_words() == [
        "Ruth Okafor", "Graz", "clocks of Vienna", "German", "class of 2010",
        "Where did you grow up? Kisumu",
    ]  # fmt: skip
    assert [block.part.key for block in form.blocks()] == ["work", "field_of_study"]
    assert "We know this already:" in page.content.decode()


def test_what_is_known_goes_in_with_one_tap_and_stays_to_be_changed(cohort):
    person = make_person("Ruth", "Okafor", city="Graz", languages=["de"], time_zone="Europe/Vienna")
    browser = signed_in(person)
    form = browser.get(step("you")).context["form"]
    as_shown = {name: value for name, value in form.initial.items() if value not in (None, "")}

    browser.post(step("you"), as_shown | {"asked": form.asked})
    again = browser.get(step("you")).context["form"]

    assert answers_of(person) == {"city": "Graz", "time_zone": "Europe/Vienna", "languages": ["de"]}
    assert list(again.known) == []


def test_somebody_of_whom_only_a_first_name_is_known_sees_the_questions(amina, cohort):
    assert "We know this already" not in signed_in(amina).get(step("you")).content.decode()


def test_a_form_is_read_in_one_s_own_language(amina, cohort):
    browser = signed_in(amina)
    by_browser = browser.get(step("words"), headers={"Accept-Language": "de-AT,de;q=0.9"})
    browser.post(step("words") + "language/", {"language": "de"})
    chosen = browser.get(step("words"))
    browser.post(step("words") + "language/", {"language": "xx"})
    back = browser.get(step("words")).content.decode()

    assert "Laufen Sie?" in by_browser.content.decode()
    assert "Laufen Sie?" in chosen.content.decode()
    assert "How far do you run?" not in back
    assert "Do you run?" in back
    assert [name for _code, name, _is in chosen.context["languages"]] == ["English", "Deutsch"]
    assert browser.post(step("nowhere") + "language/").status_code == 404


def test_the_program_s_own_words_stand_over_the_usual_questions(amina, lena):
    program = make_program(slug="first-steps", coordinator=lena)
    form = [
        {"key": "place", "kind": "usual", "step": "you", "label": "Where do you live?"},
        {"key": "time_zone", "kind": "usual", "step": "you", "required": True},
        {
            "key": "about",
            "kind": "usual",
            "step": "words",
            "label": "Why now?",
            "help": "Be honest.",
        },
    ]
    make_cohort(program, design=make_design(program, form=form))
    browser = signed_in(amina)

    you, words = (browser.get(step(name)).content.decode() for name in ("you", "words"))

    assert "Where do you live?" in you
    assert "Class year" not in you
    assert "Why now?" in words
    assert "Be honest. Your partner sees this with the proposal." in words


def test_a_form_changed_under_a_sent_application_is_told_kindly(amina, cohort):
    own = make_application(
        cohort, amina, answers=MENTEE_ANSWERS | {"q_runs": "no", "q_gone": "Once"}
    )
    new = ask(
        make_design(cohort.program), make_question("why", "Why now?", "short", is_required=True)
    )
    cohort.design = new
    cohort.save()

    page = signed_in(amina).get(f"/applications/{own.public_id}/").content.decode()

    assert "Your application stays as you sent it." in page
    assert f"{step('words')}#question-q_why" in page
    assert "“Do you run?” is no longer asked." in page


def test_own_answers_stand_on_the_page_and_with_the_office(amina, cohort, lena):
    own = make_application(
        cohort, amina, answers=MENTEE_ANSWERS | {"q_runs": "no", "q_far": "Canary"}
    )

    mine = signed_in(amina).get(f"/applications/{own.public_id}/").content.decode()
    theirs = signed_in(lena).get(f"/console/applications/{own.public_id}/").content.decode()

    assert [("Do you run?" in page, "Canary" in page) for page in (mine, theirs)] == [
        (True, False)
    ] * 2


def test_a_visitor_changes_no_language(cohort):
    assert Client().post(step("words") + "language/", {"language": "de"}).status_code == 302


def test_typed_nonsense_in_every_field_is_asked_again(amina, lena):
    kinds = ("short", "long", "one", "several", "ranked", "scale", "number", "date", "yes_no")
    program = make_program(slug="first-steps", coordinator=lena)
    own = [make_question(kind, f"{kind}?", kind, is_required=True) for kind in kinds]
    make_cohort(program, design=ask(make_design(program), *own))
    names = [f"q_{kind}" for kind in kinds if kind not in ("short", "long")] + ["q_ranked_1"]

    answer = signed_in(amina).post(step("words"), WORDS | dict.fromkeys(names, "😀\x00"))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) >= set(names) - {"q_ranked"}
    assert Design.objects.filter(program=program).count() == 1
