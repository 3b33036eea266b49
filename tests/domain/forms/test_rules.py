"""Questions in words, and what is no question."""

import pytest

from lodestar.domain.forms.models import Kind, Step, Use
from lodestar.domain.forms.rules import (
    STEPS,
    Condition,
    Question,
    QuestionWish,
    Words,
    answer_in_words,
    condition_in_words,
    help_of,
    label_of,
    languages_of,
    name_of,
    options_of,
    own_key,
    why_not_form,
    wished,
)
from lodestar.engine.forms import questions as engine
from tests.factories.forms import form_with, make_question


def test_the_room_and_the_engine_know_the_same_words():
    assert set(Kind.values) == {kind.value for kind in engine.Kind} - {"usual"}
    assert set(Use.values) == {use.value for use in engine.Use}
    assert tuple(Step.values) == STEPS


def test_a_question_is_read_in_the_language_it_was_written_in():
    german = Words("Welcher Sport?", "", {"Chess": "Schach"})
    question = make_question(help="One is enough.", words={"de": german})

    assert [label_of(question, code) for code in ("", "de", "de-AT", "fr")] == [
        "Which sport do you do?", "Welcher Sport?", "Welcher Sport?", "Which sport do you do?",
    ]  # fmt: skip
    assert help_of(question, "de") == "One is enough."
    assert options_of(question, "de")[1] == ("Chess", "Schach")
    assert options_of(question)[1] == ("Chess", "Chess and go")
    assert languages_of([question, Question("about")]) == ["de"]


@pytest.mark.parametrize(
    ("kind", "answer", "lines"),
    [
        ("one", "Chess", ["Chess and go"]),
        ("one", "Fencing", ["Fencing"]),
        ("several", ["Chess", "Sailing"], ["Chess and go", "Sailing"]),
        ("ranked", ["Sailing", "Chess"], ["1. Sailing", "2. Chess and go"]),
        ("scale", 4, ["4 of 5"]),
        ("yes_no", "no", ["No"]),
        ("date", "2026-02-01", ["1 February 2026"]),
        ("date", "sometime", ["sometime"]),
        ("number", 12000, ["12000"]),
        ("short", "Yes", ["Yes"]),
        ("short", None, []),
    ],
)
def test_an_answer_is_read_in_words(kind, answer, lines):
    assert answer_in_words(make_question(kind=kind), answer) == lines


def test_branching_is_said_in_words():
    form = (
        make_question(),
        make_question("far", "How far?", "short", only_if=("sport", "Chess", "Running")),
        Question("gender", condition=Condition("q_gone", ("yes",))),
    )

    assert [condition_in_words(question, form) for question in form] == [
        "",
        "Asked only of those who answer “Chess and go” or “Running” to “Which sport do you do?”.",
        "Asked only after a question that is not there any more.",
    ]


def test_a_new_question_gets_a_key_that_stays():
    question = wished(
        "q_a", QuestionWish("A?", kind="one", options=[("", " Chess "), ("", "Go")]), is_own=True
    )
    again = wished("q_a", QuestionWish("A?", kind="one", options=[("Chess", "Chess, fast"), ("", ""), ("", "Chess")]), is_own=True)  # fmt: skip

    assert [(o.key, o.label) for o in question.options] == [("Chess", "Chess"), ("Go", "Go")]
    assert [(o.key, o.label) for o in again.options] == [("Chess", "Chess, fast"), ("Chess (2)", "Chess")]  # fmt: skip
    assert own_key("Où courez-vous ?", ()) == "q_ou_courez_vous"
    assert own_key("体操", ()) == "q_question"


def test_a_usual_question_keeps_what_the_program_knows_of_it():
    question = wished("capacity", QuestionWish("How many?", kind="short", role="both", is_required=True), is_own=False)  # fmt: skip

    assert (question.kind, question.role, question.is_required) == ("usual", "mentor", False)
    assert name_of(question) == "Places for mentees"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"label": ""}, "needs words"),
        ({"label": "x" * 201}, "longer than anybody reads"),
        ({"options": ()}, "at least two things"),
        ({"options": [("", "Go"), ("", "go")]}, "the same choice twice"),
        ({"options": [("", f"Choice {n}") for n in range(41)]}, "forty are the most"),
        ({"options": [("", "x" * 101), ("", "y")]}, "longer than a line"),
        ({"kind": "scale", "most": 1}, "nothing to answer"),
        ({"kind": "number", "least": 5, "most": 5}, "nothing to answer"),
        ({"kind": "number", "use": "match"}, "matching compares neither"),
        ({"role": "nobody"}, "has to be asked of"),
        ({}, ""),
    ],
)
def test_what_is_no_question_is_said(changes, words):
    wish = {"label": "Which?", "kind": "one", "options": [("", "Go"), ("", "Chess")]} | changes

    found = why_not_form([wished("q_a", QuestionWish(**wish), is_own=True)])

    assert words in found
    assert bool(found) == bool(words)


def test_a_form_asks_nothing_twice_and_not_too_much():
    assert "is asked twice" in why_not_form(form_with(make_question(), make_question()))
    assert "These are 72 questions" in why_not_form(
        form_with(*(make_question(f"a{n}") for n in range(60)))
    )
