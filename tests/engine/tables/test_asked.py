"""Columns that answer a program's own questions."""

import pytest

from lodestar.engine.forms.questions import Kind, Option, Question, Words
from lodestar.engine.tables.asked import answer_in
from lodestar.engine.tables.columns import recognise
from lodestar.engine.tables.people import Refused, people_in
from lodestar.engine.tables.reading import read_table

SPORTS = (Option("Running", "Running"), Option("Chess", "Chess, or go"), Option("Sailing", "Sailing"))  # fmt: skip
GERMAN = {"de": Words("Welcher Sport?", "", {"Sailing": "Segeln"})}
SPORT = Question("q_sport", Kind.SEVERAL, "Which sport?", options=SPORTS, most=2, words=GERMAN)
RUNS = Question("q_runs", Kind.YES_NO, "هل تركض؟")
KM = Question("q_km", Kind.NUMBER, "How many kilometres?", least=1, most=50)
DAY = Question("q_day", Kind.DATE, "From when?")
HOW = Question("q_how", Kind.SCALE, "How well?")
CITY = Question("q_city", Kind.SHORT, "City")
ASKED = (SPORT, RUNS, KM, DAY, HOW, CITY)


def people(text):
    table = read_table(text.encode(), "people.csv")
    return list(people_in(table, recognise(table, asked=ASKED)))


def test_headings_are_recognised_by_the_words_of_a_question_in_any_language_or_its_key():
    table = read_table("Email,welcher  sport,هل تركض؟,q_km,City\na@b.org,,,,Graz\n".encode(), "x.csv")  # fmt: skip

    columns = recognise(table, asked=ASKED).columns

    assert [(column.field, column.reason) for column in columns] == [
        ("email", "heading"),
        ("q_sport", "own"),
        ("q_runs", "own"),
        ("q_km", "own"),
        ("city", "heading"),
    ]


def test_a_list_of_alumni_answers_no_question_of_a_program():
    table = read_table(b"Email,q_km\na@b.org,5\n", "x.csv")

    assert recognise(table).columns[1].field == ""
    with pytest.raises(ValueError, match="not a field"):
        recognise(table, {1: "q_km"})


@pytest.mark.parametrize(
    ("question", "cells", "answer"),
    [
        (SPORT, ["Sailing; running"], ["Running", "Sailing"]),
        (SPORT, ["Segeln"], ["Sailing"]),
        (SPORT, ["Chess, or go"], ["Chess"]),
        (SPORT, ["Running", "Chess"], ["Running", "Chess"]),
        (RUNS, ["Yes"], "yes"),
        (KM, ["50"], 50),
        (DAY, ["2026-09-30 00:00:00"], "2026-09-30"),
        (HOW, ["5"], 5),
        (CITY, [" Graz "], "Graz"),
        (KM, ["", " "], None),
        (KM, [], None),
    ],
)
def test_cells_become_answers_as_they_are_kept(question, cells, answer):
    assert answer_in(question, cells) == (answer, None)


@pytest.mark.parametrize(
    ("question", "cell", "code"),
    [
        (SPORT, "Running; Golf", "answer_choice"),
        (SPORT, "Running; Sailing; Chess", "answer_count"),
        (RUNS, "perhaps", "answer_yes_no"),
        (KM, "51", "answer_number"),
        (KM, "some", "answer_number"),
        (DAY, "next week", "answer_day"),
        (HOW, "6", "answer_number"),
    ],
)
def test_what_is_no_answer_says_why(question, cell, code):
    answer, fault = answer_in(question, [cell])

    assert (answer, fault.code) == (None, code)


def test_a_row_with_what_is_no_answer_is_refused_with_row_field_and_mend():
    found = people("Email,Which sport?\nann@example.org,Golf\nbo@example.org,Sailing\n")

    assert isinstance(found[0], Refused)
    problem = found[0].problem
    assert (problem.row, problem.field) == (2, "Which sport?")
    assert problem.reason == "“Golf” is not one of the choices of this question."
    assert problem.mend == (
        "Write one of these, or clear the cell: Running, Chess, or go, Sailing."
    )
    assert found[1].person.own == (("q_sport", ["Sailing"]),)
