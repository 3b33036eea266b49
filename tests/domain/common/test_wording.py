"""An association's own words take the place of the usual ones, and of nothing else."""

import re

import pytest

from lodestar.config import catalogues
from lodestar.config.sentences import sentences_in
from lodestar.domain.common.wording import (
    KEPT,
    TERMS,
    USUAL,
    in_own_words,
    plain_words,
    search_for,
    speaking,
    worded,
)

APPRENTICES = {
    "mentor": ("adviser", "advisers"),
    "mentee": ("apprentice", "apprentices"),
    "mentorship": ("alliance", "alliances"),
    "program": ("initiative", "initiatives"),
    "cohort": ("intake", "intakes"),
    "coordinator": ("organiser", "organisers"),
}
OURS = plain_words({"en": APPRENTICES}, "en")
FRENCH = plain_words(
    {
        "fr": {
            "mentor": ("accompagnateur", "accompagnateurs"),
            "mentee": ("personne parrainée", "personnes parrainées"),
            "program": ("dispositif", "dispositifs"),
        }
    },
    "fr",
)


@pytest.fixture(scope="module")
def every_sentence():
    found = {text for s in sentences_in(catalogues.TREE) for text in (s.one, s.many) if text}
    assert len(found) > 5_000
    return sorted(found)


@pytest.mark.parametrize("language", USUAL)
def test_the_usual_words_leave_every_sentence_as_it_is_to_the_byte(language, every_sentence):
    usual = plain_words(USUAL, language)

    assert [s for s in every_sentence if worded(s, language, usual) != s] == []
    assert [s for s in every_sentence if worded(s, language, ()) != s] == []


def test_even_a_word_that_is_looked_for_and_found_comes_back_as_it_was(monkeypatch, every_sentence):
    """The search itself changes nothing: each word is taken out and put in again, with its article."""
    same = {word: word for term in TERMS for word in USUAL["en"][term]}
    pattern, _taken = search_for("en", OURS)
    monkeypatch.setattr(
        "lodestar.domain.common.wording.search_for", lambda _language, _words: (pattern, same)
    )

    touched = [s for s in every_sentence if any(m["word"] for m in pattern.finditer(s))]

    assert len(touched) > 800
    assert [s for s in touched if worded(s, "en", OURS) != s] == []


def test_no_sentence_keeps_a_usual_word_or_an_article_that_does_not_fit(every_sentence):
    usual = "|".join(sorted({w for t in TERMS for w in USUAL["en"][t]}, key=len, reverse=True))
    theirs = "|".join(word for forms in APPRENTICES.values() for word in forms)
    wrong = []
    for sentence in every_sentence:
        said = re.sub(KEPT, "¤", worded(sentence, "en", OURS))
        if re.search(rf"\b(?:{usual})\b", said, re.IGNORECASE):
            wrong.append(said)
        if re.search(rf"\ba (?:{theirs})\b", said, re.IGNORECASE):
            wrong.append(said)

    assert wrong == []


def test_places_for_facts_are_never_touched(every_sentence):
    def places(text):
        return re.findall(r"%\(\w+\)[a-z]|<[^>]*>", text)

    assert [s for s in every_sentence if places(worded(s, "en", OURS)) != places(s)] == []


@pytest.mark.parametrize(
    ("usual", "own"),
    [
        ("A mentee and a mentor", "An apprentice and an adviser"),
        ("Mentees’ notes, the mentee’s goal", "Apprentices’ notes, the apprentice’s goal"),
        ("MENTEES", "APPRENTICES"),
        ("mentor-mentee pairs", "adviser-apprentice pairs"),
        ("%(mentor)s is the mentor of %(mentee)s", "%(mentor)s is the adviser of %(mentee)s"),
        ('<a href="/mentors/">mentors</a>', '<a href="/mentors/">advisers</a>'),
        ("mentoring, mentored, programming", "mentoring, mentored, programming"),
        ("mentee_field and mentors.csv/x", "mentee_field and mentors.csv/x"),
        ("a good mentee", "a good apprentice"),
    ],
)
def test_capitals_articles_and_endings(usual, own):
    assert worded(usual, "en", OURS) == own


@pytest.mark.parametrize(
    ("word", "article"),
    [("student", "a"), ("union member", "a"), ("European", "a"), ("heir", "an"), ("elder", "an")],
)
def test_an_article_goes_by_the_sound(word, article):
    words = plain_words({"en": {"mentee": (word, f"{word}s")}}, "en")

    assert worded("a mentee", "en", words) == f"{article} {word}"
    assert worded("A mentee", "en", words) == f"{article.capitalize()} {word}"


@pytest.mark.parametrize(
    ("usual", "own"),
    [
        ("Le mentor et la personne mentorée", "L’accompagnateur et la personne parrainée"),
        (
            "du mentor, au mentor, de mentor",
            "de l’accompagnateur, à l’accompagnateur, d’accompagnateur",
        ),
        ("ce mentor, que mentor", "cet accompagnateur, qu’accompagnateur"),
        ("les personnes mentorées du programme", "les personnes parrainées du dispositif"),
    ],
)
def test_french_articles_lose_their_vowel(usual, own):
    assert worded(usual, "fr", FRENCH) == own


def test_words_are_asked_for_once_and_only_when_something_is_said():
    asked = []

    def ask():
        asked.append(
            in_own_words("a mentee", "en")
        )  # whoever is asked may speak too, in the usual words
        return {"en": {"mentee": ["student", "students"]}}

    with speaking(ask):
        nothing_yet = list(asked)
        said = [
            in_own_words("Mentees", "en"),
            in_own_words("mentee", "en"),
            in_own_words("mentee", "fr"),
        ]

    assert (nothing_yet, asked) == ([], ["a mentee"])
    assert said == ["Students", "student", "mentee"]
    assert in_own_words("a mentee", "en") == "a mentee"
