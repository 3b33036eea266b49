"""How do words that people typed travel in a letter without doing harm?"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Model
from django.utils.functional import Promise

JOINER = "\u2060"  # word joiner: invisible, and no mail program links across it
LONGEST = 2000
LONGEST_SUBJECT = 150
MOST_LINES = 300
# Where mail programs begin to link: a dot, colon or at-sign inside what looks like an address.
LINKING = re.compile(r"(?<=\S)([.:@\uff0e\uff1a\uff20\u3002])(?=[^\W\d_]|/)")


class Verbatim(str):
    """Words that are ours, or an address the reader has a right to: not fenced."""

    __slots__ = ()


def plain(text: str) -> str:
    """Return text without control, direction and invisible characters, in one line.

    >>> plain("Ada\\r\\nBcc: all@example.org")
    'Ada Bcc: all@example.org'
    """
    kept = "".join(c if visible(c) else " " for c in text)
    return " ".join(kept.split())


def visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def fenced(text: str) -> str:
    """Return typed text that no mail program turns into a link.

    >>> fenced("Ada www.example.org").count(JOINER)
    4
    """
    return LINKING.sub(rf"{JOINER}\1{JOINER}", plain(text)[:LONGEST])


def in_lines(texts: Iterable[str]) -> list[str]:
    """Return texts line by line, an empty line between two, and no more than a letter can bear."""
    told: list[str] = []
    for text in texts:
        told += ["", *text.splitlines()] if told else text.splitlines()
    return told[:MOST_LINES]


def header_words(text: str) -> str:
    """Return words for a header: one line, and no disguise that a mail program would undo.

    >>> header_words("=?utf-8?q?Ada=0D=0ABcc?=")
    '= ?utf-8?q?Ada=0D=0ABcc? ='
    """
    return plain(text).replace("=?", "= ?").replace("?=", "? =")


def subject_line(text: str) -> str:
    """Return a subject of a bearable length."""
    line = header_words(text)
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def safe_facts(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: safe(value) for name, value in facts.items()}


def safe(value: object) -> object:
    """Fence every word in a value; refuse rows, because a row brings more than the letter tells."""
    if isinstance(value, Model):
        raise TypeError("A letter's facts are words and numbers, never rows.")
    if isinstance(value, Verbatim) or value is None:
        return value
    if isinstance(value, str | Promise):
        return fenced(str(value))
    if isinstance(value, bool | int | float | date):
        return value
    if isinstance(value, Mapping):
        return safe_facts(value)
    if isinstance(value, Sequence):
        return [safe(each) for each in value]
    raise TypeError(f"A letter cannot tell {type(value).__name__}.")
