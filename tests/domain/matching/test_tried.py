"""What is tried is checked, told and kept with its run; a file of weights is taken whole or not at all."""

import pytest

from lodestar.domain.matching.rules import Tried, read_weights, tried_in_words, why_not_tried

OWN = {"Topics": 30, "Industry": 12}


@pytest.mark.parametrize(
    ("tried", "sentence"),
    [
        (Tried(), ""),
        (Tried({"Topics": 0}), ""),
        (Tried({"Topics": 0, "Industry": 0}), "Give at least one criterion a weight"),
        (Tried({"Shoes": 3}), "“Shoes” is no criterion"),
        (Tried({"Topics": 101}), "from 0 to 100"),
        (Tried(objective="random"), "is not known"),
        (Tried(objective="nash", floor=300_000), ""),
        (Tried(floor=900_000), "The floor lies between"),
    ],
)
def test_what_may_be_tried(tried, sentence):
    found = why_not_tried(tried, OWN)

    assert (sentence in found) if sentence else not found


def test_what_was_tried_is_told_in_sentences():
    told = tried_in_words(Tried({"Topics": 5}, "nash", 300_000).as_data(), OWN)

    assert len(told) == 3
    assert "weighs 5 instead of 30" in told[0]
    assert "no pair under 30 of 100" in told[2].lower()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("criterion,learned\nTopics,3\nIndustry,1\n", {"Topics": 75, "Industry": 25}),
        (
            "\ufeffcriterion;weight\r\nTopics;0,5\r\nIndustry;0,5\r\n",
            {"Topics": 50, "Industry": 50},
        ),
        (
            "Criterion,weight_now,learned\nTopics,1,99999\nIndustry,1,1\n",
            {"Topics": 100, "Industry": 1},
        ),
        ("criterion,learned\nTopics,3\n\nIndustry,0\n", {"Topics": 100, "Industry": 0}),
    ],
)
def test_a_file_of_weights_becomes_shares_of_100(text, found):
    read = read_weights(text.encode(), list(OWN))

    assert (dict(read.weights), list(read.problems)) == (found, [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Row 1: the headings"),
        ("criterion,learned\n", "No criterion has a weight"),
        ("criterion,learned\nTopics,0\n", "No criterion has a weight"),
        ("criterion,learned\nTopics,3\nTopics,4\n", "Row 3: “Topics” stands in the file twice"),
        ("criterion,learned\nTopics,nan\n", "Row 2: the weight of “Topics” is “nan”"),
        ("criterion,learned\nTopics,-1\n", "Write a number, 0 or more"),
        (
            "criterion,learned\nShoes,1\nTopics,3\n",
            "Row 2: “Shoes” is no criterion of this program",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told_by_row_and_nothing_is_taken(text, sentence):
    read = read_weights(text.encode(), list(OWN))

    assert any(sentence in problem for problem in read.problems)
    assert read.weights == {}


def test_a_file_that_is_none_is_refused():
    assert read_weights(b"\x00\xff" * 60_000, list(OWN)).problems
    assert read_weights(b"\x00\xff\xfe binary", list(OWN)).problems
