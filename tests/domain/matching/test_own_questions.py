"""What a program asks of its own is weighed: frozen with the run, and told in words."""

import pytest

from lodestar.domain.matching import queries
from lodestar.domain.matching.queries.cards import card_of
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.matching.rules import in_sentences
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.forms import ask, make_question
from tests.factories.matching import solved_run
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_criterion, make_design, make_program

pytestmark = pytest.mark.django_db
SPORTS = make_question("sports", "Which sports do you do?", "ranked")
RUNS = make_question("runs", "Do you run?", "yes_no")


@pytest.fixture
def cohort(lena):
    design = make_design(make_program(coordinator=lena), with_criterion=False)
    ask(design, SPORTS, RUNS, sports="proposal")
    make_criterion(design, "Sports", "topics", "q_sports", 30)
    make_criterion(design, "Running", "category", "q_runs", 10)
    return make_cohort(design.program, design=design)


def test_own_answers_decide_whom_one_meets_and_why_is_told_in_words(cohort, lena):
    amina = make_mentee(
        cohort, make_person("Amina"), answers={"q_sports": ["Chess", "Sailing"], "q_runs": "no"}
    )
    make_mentor(cohort, make_person("Ruth"), answers={"q_sports": ["Running"], "q_runs": "no"})
    chess = make_mentor(cohort, make_person("Bo"), answers={"q_sports": ["Chess"], "q_runs": "no"})

    run = solved_run(cohort, lena)
    [match] = run.matches.all()
    card = card_of(queries.match_by_key(match.public_id))

    assert run.inputs["mentees"][0]["answers"] == amina.answers
    assert match.mentor == chess
    assert {reason["field"] for reason in match.reasons} == {"q_sports", "q_runs"}
    assert in_sentences(match, "mentee") == [
        "You both answered “Chess and go” to “Which sports do you do?”.",
        "You both answered “No” to “Do you run?”.",
    ]
    assert list(card.mentee_reads) == [
        "You both answered “Chess and go” to “Which sports do you do?”."
    ]
    assert [(each.mentee_said, each.mentor_said) for each in card.contributions] == [
        ("1. Chess and go, 2. Sailing", "1. Chess and go"), ("No", "No"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["no", "none", "n/a", "prefer not to say"])
def test_a_choice_that_sounds_like_no_answer_is_one(word):
    assert answers_of({"q_runs": word, "industry": "n/a"}) == {"q_runs": word}


def test_a_question_that_is_no_longer_asked_is_no_reason_to_tell(cohort, lena):
    for make in (make_mentee, make_mentor):
        make(cohort, answers={"q_sports": ["Chess"], "q_runs": "yes"})
    [match] = solved_run(cohort, lena).matches.all()
    ask(cohort.design, RUNS)
    match.mentor.cohort.design.refresh_from_db()

    assert in_sentences(match, "mentor") == ["You both answered “Yes” to “Do you run?”."]
