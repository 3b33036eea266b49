"""What does the association call its mentors, mentees and programs, and how does a sentence take it up?

Every sentence is written, and translated, in the usual words. Where an association has words of its own, they
take their place once the sentence is in the reader's language and before any fact is put into it; so nobody's name
and nobody's text is ever touched. Six words can be chosen, no others, and each language has its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

Forms = tuple[str, str]  # one and many
Words = tuple[tuple[str, Forms], ...]
Vocabulary = Mapping[str, Mapping[str, Forms]]  # by language, then by term

TERMS: Final = ("mentor", "mentee", "mentorship", "program", "cohort", "coordinator")
USUAL: Final[Vocabulary] = {
    "en": {
        "mentor": ("mentor", "mentors"),
        "mentee": ("mentee", "mentees"),
        "mentorship": ("mentorship", "mentorships"),
        "program": ("program", "programs"),
        "cohort": ("cohort", "cohorts"),
        "coordinator": ("coordinator", "coordinators"),
    },
    "fr": {
        "mentor": ("mentor", "mentors"),
        "mentee": ("personne mentorée", "personnes mentorées"),
        "mentorship": ("mentorat", "mentorats"),
        "program": ("programme", "programmes"),
        "cohort": ("cohorte", "cohortes"),
        "coordinator": ("responsable", "responsables"),
    },
}
LONGEST_WORD = 40
# What a sentence hands on untouched: places for facts, tags of HTML, entities, addresses, names of files and fields.
KEPT = r"%\(\w+\)[-+#0-9.]*[a-z]|\{\w*\}|<[^>]*>|&#?\w+;|https?://\S+|[^\s<>]*[/_@][^\s<>]*"
ARTICLES: Final = {
    "en": r"an?",
    "fr": r"l[ea]|de|du|au|ce|que|ma|ta|sa",
}
SOUNDS_OPEN = re.compile(
    r"(?!uni|use|usu|uti|eu|one\b|once)[aeiou]|hour|hono|heir|honest", re.IGNORECASE
)
STARTS_OPEN = re.compile(r"[aàâäæeéèêëiîïoôöœuùûüh]", re.IGNORECASE)  # in French
ELIDED: Final = {
    "le": "l’", "la": "l’", "de": "d’", "que": "qu’", "du": "de l’", "au": "à l’", "ce": "cet ",
    "ma": "mon ", "ta": "ton ", "sa": "son ",
}  # fmt: skip


def worded(sentence: str, language: str, words: Words) -> str:
    """Return a sentence with the association's own words.

    >>> own = (("mentee", ("apprentice", "apprentices")),)
    >>> worded("A mentee asks %(mentor)s. Mentees wait.", "en", own)
    'An apprentice asks %(mentor)s. Apprentices wait.'
    """
    pattern, taken = search_for(language, words)
    if pattern is None:
        return sentence

    def put(found: re.Match[str]) -> str:
        said = found["word"]
        if said is None:
            return found[0]
        word = as_written(taken[said.casefold()], said)
        return joined(found["article"] or "", found["gap"] or "", word, language)

    return pattern.sub(put, sentence)


@lru_cache(maxsize=64)
def search_for(language: str, words: Words) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Return how to find the usual words of a language, and what takes the place of each."""
    usual = USUAL.get(language, {})
    forms = [pair for term, own in words for pair in zip(usual.get(term, ()), own, strict=False)]
    taken = {was: own for was, own in forms if own and own != was}
    if not taken:
        return None, {}
    longest_first = "|".join(map(re.escape, sorted(taken, key=len, reverse=True)))
    article = rf"(?:\b(?P<article>{ARTICLES.get(language, '(?!)')})(?P<gap>\s+))?"
    pattern = rf"{KEPT}|{article}\b(?P<word>{longest_first})\b"
    return re.compile(pattern, re.IGNORECASE), taken


def as_written(word: str, said: str) -> str:
    """Return a word with the capitals of the one whose place it takes."""
    if said.isupper() and len(said) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if said[:1].isupper() else word


def joined(article: str, gap: str, word: str, language: str) -> str:
    """Return the word behind its article, which goes by how the word begins."""
    if not article:
        return word
    if language == "en":
        fitting = "an" if SOUNDS_OPEN.match(word) else "a"
        return (fitting.capitalize() if article[:1].isupper() else fitting) + gap + word
    if not STARTS_OPEN.match(word):
        return article + gap + word
    elided = ELIDED[article.casefold()]
    return (elided.capitalize() if article[:1].isupper() else elided) + word


def plain_words(vocabulary: Vocabulary, language: str) -> Words:
    """Return the words of a language in a form that can be a key."""
    return tuple(
        sorted((term, (one, many)) for term, (one, many) in vocabulary.get(language, {}).items())
    )


Ask = Callable[[], Vocabulary]
_asked: ContextVar[Ask | None] = ContextVar("vocabulary", default=None)


@contextmanager
def speaking(ask: Ask) -> Iterator[None]:
    """Speak meanwhile in the words that `ask` returns; it is asked once, at the first sentence."""
    known: list[Vocabulary] = []

    def asked_once() -> Vocabulary:
        if not known:
            known.append({})  # what is said while asking is said in the usual words
            known[0] = ask()
        return known[0]

    mark = _asked.set(asked_once)
    try:
        yield
    finally:
        _asked.reset(mark)


def in_own_words(sentence: str, language: str) -> str:
    """Return a sentence of ours as the association would say it."""
    ask = _asked.get()
    vocabulary = ask() if ask else None
    return (
        said_in(sentence, language, plain_words(vocabulary, language)) if vocabulary else sentence
    )


@lru_cache(maxsize=20_000)
def said_in(sentence: str, language: str, words: Words) -> str:
    return worded(sentence, language, words)
