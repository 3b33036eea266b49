"""Which words can be proposed while somebody types?"""

from functools import lru_cache
from importlib import resources

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.matching.rules.vocabulary import WORK
from lodestar.engine.answers.topics import TOPICS
from lodestar.engine.answers.values import PATH_SEPARATOR, plain

LISTS = {"function": "occupations", "more": "skills", "field_of_study": "studies"}
SHORTEST, MOST = 2, 12


@lru_cache(maxsize=len(LISTS))
def known_words(field: str) -> tuple[str, ...]:
    """Return all words for a field: what matching brings together, and a list of others (see NOTICE)."""
    listed = resources.files("lodestar.domain.needs") / "words" / f"{LISTS[field]}.txt"
    own = {path.split(PATH_SEPARATOR)[-1] for path in TOPICS.table} if field == "more" else set()
    return tuple(sorted({*listed.read_text("utf-8").splitlines(), *own}, key=plain))


def words_like(field: str, typed: str) -> list[str]:
    """Return some words that hold what was typed, those that begin with it first, then the shortest."""
    if field not in LISTS:
        raise NotFoundError
    wanted = plain(typed)[:60]
    if len(wanted) < SHORTEST:
        return []
    found = [(where_in(word, wanted), len(word), word) for word in known_words(field)]
    return [word for where, _length, word in sorted(found) if where < NOWHERE][:MOST]


NOWHERE = 3


def where_in(word: str, wanted: str) -> int:
    """Return how well a word answers: its beginning, the beginning of one of its words, its middle, not.

    >>> [where_in("Nurse Practitioner", typed) for typed in ("nur", "prac", "urs", "law")]
    [0, 1, 2, 3]
    """
    text = plain(word)
    if text.startswith(wanted):
        return 0
    if f" {wanted}" in text:
        return 1
    return 2 if wanted in text else NOWHERE


def kinds_of_work() -> list[str]:
    """Return a few kinds of work to propose before anything is typed."""
    names = sorted({str(name) for name in WORK.values()}, key=str.casefold)
    return [name[:1].upper() + name[1:] for name in names]
