"""A rubric is written in the design, and applications are scored by it."""

import pytest

from lodestar.domain.applications.models import Assessment
from lodestar.domain.programs.actions import create_program
from lodestar.domain.programs.models import Audience
from tests.factories.applications import make_application, make_assessment
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_coordinator, make_program, make_selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(cohort):
    return make_selection(cohort.design, meaning="Something is at stake.")


@pytest.fixture
def application(cohort):
    return make_application(cohort, make_person("Amina", "Odhiambo"))


def page_of(application):
    return f"/console/applications/{application.public_id}/"


def said(criterion, score, sentence=""):
    key = criterion.public_id
    return {f"score_{key}": score, f"sentence_{key}": sentence}


def test_a_step_shows_what_is_kept_and_one_row_more(lena):
    make_role(lena)
    program = create_program(by=lena, name="First", promise="A mentor.", template="first-job")

    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/selection/")

    sides = page.context["form"].sides()
    assert [[heading for heading, _fields, _open in rows] for _title, rows in sides] == [
        ["Knows what they need", "Why now", "Will do their part", "One more"],
        ["Something to give", "Listens first", "Has the time", "One more"],
    ]
    assert "3 things are scored for mentees" in page.content.decode()


def test_a_row_that_is_wrong_stands_open_with_its_sentence(lena, cohort):
    address = f"/console/programs/{cohort.program.public_id}/design/selection/"

    page = signed_in(lena).post(address, {"mentor_2_weak": "Nothing."})

    rows = dict(page.context["form"].sides())["Applications of mentors"]
    assert [is_open for _heading, _fields, is_open in rows] == [False, False, True, False]
    assert page.status_code == 422


def test_the_rubric_stands_beside_the_answers_and_a_score_is_kept(lena, criterion, application):
    browser = signed_in(lena)
    before = browser.get(page_of(application)).content.decode()

    answer = browser.post(f"{page_of(application)}assess/", said(criterion, "2", "She has a step."))
    after = browser.get(page_of(application)).content.decode()

    row = Assessment.objects.get()
    assert answer["Location"] == f"{page_of(application)}#scores"
    assert "fair: A step." in before
    assert "Something is at stake." in before
    assert (row.assessor, row.score, row.sentence) == (lena, 2, "She has a step.")
    assert 'value="She has a step."' in after


def test_who_scored_what_and_when_is_shown_to_the_other_reader(lena, criterion, application):
    tomas = make_coordinator(application.cohort.program, make_person("Tomas", "Lund")).person
    row = make_assessment(application, criterion, tomas, 3, "Ready <now>.")

    page = signed_in(lena).get(page_of(application)).content.decode()

    assert f"Tomas Lund: strong, on {row.assessed_at:%-d %B %Y}." in page
    assert "Ready &lt;now&gt;." in page


def test_a_sentence_without_a_score_is_asked_again_and_nothing_is_lost(
    lena, criterion, application
):
    page = signed_in(lena).post(f"{page_of(application)}assess/", said(criterion, "", "Hm."))

    body = page.content.decode()
    assert page.status_code == 422
    assert "Choose a score to go with your sentence." in body
    assert 'value="Hm."' in body
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("score", ["0", "4", "strong"])
def test_a_score_that_is_none_is_asked_again(lena, criterion, application, score):
    page = signed_in(lena).post(f"{page_of(application)}assess/", said(criterion, score))

    assert (page.status_code, Assessment.objects.count()) == (422, 0)


def test_a_decided_application_shows_its_scores_and_no_form(lena, cohort, criterion):
    decided = make_application(cohort, make_person("Bo"), status="declined")
    make_assessment(decided, criterion, lena, 1)

    page = signed_in(lena).get(page_of(decided)).content.decode()
    late = signed_in(lena).post(f"{page_of(decided)}assess/", said(criterion, "3"))

    assert "You: weak, on" in page
    assert "so its scores stay as they are" in page
    assert "/assess/" not in page
    assert (late.status_code, Assessment.objects.get().score) == (409, 1)


def test_one_s_own_application_shows_no_scores(lena, cohort, criterion):
    own = make_application(cohort, lena)
    tomas = make_coordinator(cohort.program, make_person("Tomas")).person
    make_assessment(own, criterion, tomas, 1, "Too busy.")

    page = signed_in(lena).get(page_of(own)).content.decode()
    listed = signed_in(lena).get(f"/console/cohorts/{cohort.public_id}/applications/")

    assert "somebody else reads it" in page
    assert "Too busy." not in page
    assert [mean for _application, mean, _readers in listed.context["rows"]] == [None]


def test_nobody_else_scores_or_reads_scores(criterion, application):
    stranger = make_coordinator(make_program(), make_person("Eve")).person
    make_assessment(application, criterion, make_person("Tomas"), 3, "Ready.")

    answers = [
        signed_in(person).post(f"{page_of(application)}assess/", said(criterion, "1"))
        for person in (stranger, application.person)
    ]
    own = signed_in(application.person).get(f"/applications/{application.public_id}/")

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Ready." not in own.content.decode()
    assert Assessment.objects.count() == 1


def test_the_list_shows_the_mean_or_that_nobody_scored(lena, cohort, criterion, application):
    make_application(cohort, make_person("Bo"))
    make_assessment(application, criterion, lena, 3)
    make_assessment(application, criterion, make_person("Tomas"), 2)

    page = signed_in(lena).get(f"/console/cohorts/{cohort.public_id}/applications/")

    body = page.content.decode()
    assert "2.5 of 3, by 2 readers" in body
    assert body.count("not scored") == 1


def test_without_a_rubric_the_pages_say_nothing_of_scores(lena, cohort, application):
    browser = signed_in(lena)

    page = browser.get(page_of(application)).content.decode()
    listed = browser.get(f"/console/cohorts/{cohort.public_id}/applications/").content.decode()

    assert "How it reads" not in page
    assert "Scores" not in listed


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"countries": ["Kenya"]}, "eligible by all rules"),
        ({"countries": ["Chile"]}, "for people in Chile. They said Kenya."),
        ({"class_year_from": 2015}, "Neither the form nor the roll says it."),
    ],
)
def test_the_page_says_what_the_rules_say_of_somebody(lena, cohort, application, rules, words):
    application.answers |= {"country": "Kenya"}
    application.save()
    Audience.objects.create(design=cohort.design, role="mentee", **rules)

    assert words in signed_in(lena).get(page_of(application)).content.decode()


@pytest.mark.parametrize(
    ("step", "titles"),
    [("audience", ["Everybody"]), ("eligibility", ["Everybody"]), ("selection", ["Applications"])],
)
def test_among_peers_nobody_is_asked_about_mentors(lena, step, titles):
    make_role(lena)
    program = create_program(by=lena, name="Circles", promise="A circle.", template="peers")
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/design/{step}/"

    page = browser.get(address)
    form = page.context["form"]
    kept = {name: form[name].value() or "" for name in form.fields}

    assert [title for title, _fields in form.sides()] == titles
    assert "among the mentors" not in page.content.decode()
    assert browser.post(address, kept).status_code == 302


def test_a_rule_on_an_own_question_is_ticked_kept_and_told(lena, cohort):
    ask(cohort.design, make_question())
    address = f"/console/programs/{cohort.program.public_id}/design/eligibility/"
    browser = signed_in(lena)
    ticked = {"mentee_q_sport": "binding", "mentee_q_sport_values": ["Chess"]}

    weighed = browser.post(address, {"mentee_q_sport": "binding"})
    answer = browser.post(address, ticked)
    page = browser.get(address)

    assert "Tick at least one answer" in weighed.content.decode()
    assert answer.status_code == 302
    assert (
        "for people who answer “Chess and go” to “Which sport do you do?”" in page.content.decode()
    )
    form = page.context["form"]
    assert {name: form[name].value() for name in ticked} == ticked
