"""Words proposed while somebody types: what they mean, whatever they call it."""

import pytest

from lodestar.domain.needs.queries import words_like
from lodestar.domain.needs.queries.words import LISTS, bare, known_words, synonyms
from lodestar.domain.programs.rules.defaults import TOPICS, topic_names, topics_of
from lodestar.engine.answers.roles import ROLES
from lodestar.engine.answers.studies import FIELDS_OF_STUDY


def words(field, typed):
    topics = topic_names(topics_of(TOPICS)) if field == "more" else []
    return [each.word for each in words_like(field, typed, topics)]


@pytest.mark.parametrize(
    ("field", "typed", "first"),
    [
        ("function", "lawyer", ["Lawyer", "Attorney"]),
        ("function", "SWE", ["Software Developer"]),
        ("function", "doctor", ["Doctor", "Physician"]),
        ("function", "NGO", ["Nonprofit Director"]),
        ("function", "CTO", ["Chief Technology Officer"]),
        ("function", "paediatric nurse", ["Pediatric Nurse"]),
        ("function", "accountant", ["Accountant"]),
        ("field_of_study", "CS", ["Computer Science"]),
        ("field_of_study", "compsci", ["Computer Science"]),
        ("field_of_study", "compsc", ["Computer Science"]),
        ("field_of_study", "Law", ["Law"]),
        ("more", "CV", ["A résumé that opens doors"]),
        ("more", "resume", ["A résumé that opens doors"]),
        ("more", "salary", ["Talking about pay"]),
        ("more", "golang", ["Go"]),
        ("more", "js", ["JavaScript"]),
    ],
)
def test_short_forms_and_other_words_find_what_they_mean(field, typed, first):
    assert words(field, typed)[: len(first)] == first


@pytest.mark.parametrize(
    ("field", "typed", "never"),
    [
        ("field_of_study", "CS", "Physics"),
        ("function", "HR", "Chrome Plater"),
        ("more", "ml", "HTML"),
    ],
)
def test_two_or_three_letters_never_find_the_middle_of_a_word(field, typed, never):
    assert not [word for word in words(field, typed) if never in word]


def test_hr_and_ux_and_pm_find_the_whole_words():
    assert {"Human Resources Manager", "Human Resources Director"} <= set(words("function", "HR"))
    assert {"UX Designer", "User Experience Designer"} <= set(words("function", "UX"))
    assert {"Project Manager", "Product Manager"} <= set(words("function", "PM"))


def test_the_middle_of_a_word_comes_last():
    found = words("function", "account")

    assert found[0].startswith("Account")
    assert words("function", "ccountan")


def test_only_what_the_word_does_not_hold_is_said_beside_it():
    lawyer, attorney = words_like("function", " Lawyer ")[:2]

    assert (lawyer.typed, attorney.typed) == ("", "Lawyer")


def test_every_synonym_means_something_that_is_proposed_somewhere():
    known = "".join(f" {text}" for field in LISTS for _word, text, _place in known_words(field))
    known += "".join(f" {bare(topic)}" for topic in topic_names(topics_of(TOPICS)))

    lost = [
        said for said, meant in synonyms().items() if not any(f" {each}" in known for each in meant)
    ]

    assert lost == []


@pytest.mark.parametrize(
    ("families", "said", "meant"),
    [
        *((ROLES, said, "Attorney") for said in ("lawyer", "barrister", "solicitor")),
        *((ROLES, said, "Physician") for said in ("doctor", "surgeon", "GP")),
        *((ROLES, said, "Software Developer") for said in ("SWE", "coding", "programmer")),
        (ROLES, "HR", "Human Resources Manager"),
        (ROLES, "NGO", "Nonprofit Director"),
        (ROLES, "COO", "Chief Operating Officer"),
        (ROLES, "CTO", "Chief Technology Officer"),
        (ROLES, "paediatric nurse", "Pediatric Nurse"),
        *((FIELDS_OF_STUDY, said, "Computer Science") for said in ("CS", "compsci", "comp sci")),
        (FIELDS_OF_STUDY, "MBA", "Business/Commerce"),
        (FIELDS_OF_STUDY, "poli sci", "Political Science and Government"),
    ],
)  # fmt: skip
def test_matching_takes_a_short_form_for_the_same_kind_as_what_is_proposed(families, said, meant):
    assert families.path(said) == families.path(meant) is not None
