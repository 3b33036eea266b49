"""Which words can be proposed while somebody types?"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.matching.rules.vocabulary import WORK
from lodestar.domain.needs.models import NeedsSurvey
from lodestar.domain.programs.rules.defaults import topic_names
from lodestar.engine.answers.topics import TOPICS
from lodestar.engine.answers.values import PATH_SEPARATOR, plain

LISTS = {
    "function": ("occupations", "everyday", "titles"),
    "more": ("skills",),
    "field_of_study": ("studies",),
}
SHORTEST, MOST, LONGEST = 2, 12, 60
INSIDE = 4  # letters before the middle of a word is looked into
PROMISING = 3  # letters before the beginning of a synonym is taken for it
WHOLE, FIRST_WORD, BEGINNING, WORD, WORD_BEGINNING, MIDDLE, NOWHERE = range(7)
WHOLE_WORDS = (WHOLE, FIRST_WORD, WORD)
BEGUN = 2  # how far a synonym only begun stands behind one written out
Meanings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word to choose; `typed` says what was typed where the word itself does not hold it."""

    word: str
    typed: str = ""


def bare(text: str) -> str:
    """Return how a text compares while it is typed: without capitals and accents.

    >>> bare("  Résumé that OPENS doors")
    'resume that opens doors'
    """
    parted = unicodedata.normalize("NFD", plain(text))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def lines_of(name: str) -> list[str]:
    """Return the lines of one of our lists of words (see NOTICE)."""
    listed = resources.files("lodestar.domain.needs") / "words" / f"{name}.txt"
    return listed.read_text("utf-8").splitlines()


@lru_cache(maxsize=len(LISTS))
def known_words(field: str) -> tuple[tuple[str, str, int], ...]:
    """Return all words for a field as written, as compared, and in which list they stand."""
    own = {path.split(PATH_SEPARATOR)[-1] for path in TOPICS.table} if field == "more" else set()
    found = dict.fromkeys(own, 0)
    for place, name in enumerate(LISTS[field]):
        for word in lines_of(name):
            found.setdefault(word, place)
    return tuple((word, bare(word), place) for word, place in found.items())


@lru_cache(maxsize=1)
def synonyms() -> Meanings:
    """Return what people say for something else, with what they mean; none of it goes two steps."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines_of("synonyms"):
        said, _is, meant = line.partition("=")
        for word in said.split(","):
            found[bare(word)] = (*found.get(bare(word), ()), *map(bare, meant.split(";")))
    return found


@lru_cache(maxsize=1)
def names_of_topics() -> Meanings:
    """Return the names of topics by the phrases by which matching knows them."""
    return {
        bare(phrase): (bare(path.split(PATH_SEPARATOR)[-1]),)
        for path, phrases in TOPICS.table.items()
        for phrase in phrases
        if not phrase.endswith("*")
    }


def meanings_of(field: str, wanted: str) -> dict[str, int]:
    """Return what else may be meant by what was typed, each with how far it stands behind."""
    found: dict[str, int] = {}
    for known in (synonyms(), names_of_topics() if field == "more" else {}):
        for said, meant in known.items():
            if said == wanted:
                found |= dict.fromkeys(meant, 0)
            elif len(wanted) >= PROMISING and said.startswith(wanted):
                found |= {each: found.get(each, BEGUN) for each in meant}
            elif f" {said} " in f" {wanted} ":
                rest = (f" {wanted} ".replace(f" {said} ", f" {each} ") for each in meant)
                found |= {each.strip(): 0 for each in rest}
    found.pop(wanted, None)
    return found


def words_like(field: str, typed: str, topics: Iterable[str] = ()) -> list[Proposal]:
    """Return some words that answer what was typed or is meant by it, the closest first.

    `topics` are a program's own; among equals they stand before what everybody's lists hold.
    """
    if field not in LISTS:
        raise NotFoundError
    wanted = bare(typed)[:LONGEST]
    if len(wanted) < SHORTEST:
        return []
    meant = meanings_of(field, wanted)
    own = [(topic, bare(topic), -1) for topic in topics]
    ranked = sorted(
        (how, place, len(word), word)
        for word, text, place in (*own, *known_words(field))
        if (how := how_close(text, wanted, meant)) < NOWHERE
    )
    words = list(dict.fromkeys(word for *_order, word in ranked))[:MOST]
    return [Proposal(word, "" if wanted in bare(word) else typed.strip()) for word in words]


def how_close(text: str, wanted: str, meant: Mapping[str, int]) -> int:
    """Return how well a word answers what was typed, or what it means; less is closer.

    What was typed letter by letter stands before what it means; a short meaning counts as a whole word.
    """
    best = where_in(text, wanted)
    for each, behind in meant.items():
        how = where_in(text, each)
        if how in WHOLE_WORDS or (how < MIDDLE and len(each) > PROMISING):
            best = min(best, max(how + behind, FIRST_WORD))
    return best


def where_in(text: str, wanted: str) -> int:
    """Return where a word holds what is looked for; into the middle only where enough was typed.

    >>> [where_in("nurse practitioner", typed) for typed in ("nurse practitioner", "nurse", "nur")]
    [0, 1, 2]
    >>> [where_in("nurse practitioner", typed) for typed in ("practitioner", "prac", "titi", "urs")]
    [3, 4, 5, 6]
    """
    if wanted not in text:
        return NOWHERE
    if text == wanted:
        return WHOLE
    if text.startswith(wanted):
        return FIRST_WORD if ends_a_word(text, len(wanted)) else BEGINNING
    for opening in (" ", "/", "-"):
        place = text.find(opening + wanted)
        if place >= 0:
            return WORD if ends_a_word(text, place + 1 + len(wanted)) else WORD_BEGINNING
    return MIDDLE if len(wanted) >= INSIDE else NOWHERE


def ends_a_word(text: str, place: int) -> bool:
    return place >= len(text) or not text[place].isalnum()


def topics_asked(key: str) -> list[str]:
    """Return the topics of the program whose survey this is; its page shows them to everybody."""
    survey = NeedsSurvey.objects.filter(public_id=key).select_related("cohort__design").first()
    return topic_names(survey.cohort.design.topics) if survey else []


def kinds_of_work() -> list[Proposal]:
    """Return a few kinds of work to propose before anything is typed."""
    names = sorted({str(name) for name in WORK.values()}, key=str.casefold)
    return [Proposal(name[:1].upper() + name[1:]) for name in names]
