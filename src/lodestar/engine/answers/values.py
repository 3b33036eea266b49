"""What does one answer say: which values, which number, which path?"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lodestar.engine.matching.problem import Answer

MIDDLE_STRENGTH = 2
STRONGEST = 3
FIRST_CALENDAR_YEAR = 1900
LARGEST_NUMBER = 10**9
PATH_SEPARATOR = " > "
DIGITS = r"(\d+(?:[.,]\d+)?)"
NUMBER = re.compile(DIGITS)
RANGE = re.compile(
    rf"{DIGITS}\s*\w{{0,6}}\s*(?:[-–—]|\b(?:to|and|or|bis|und|oder|à|a|y)\b)\s*{DIGITS}"
)
BELOW_ZERO = re.compile(r"\s*[-−–—]\s*\d")
A_DATE = re.compile(
    r"\s*(?:(?P<first>\d{4})[-/.]\d{1,2}(?!\d)"
    r"|(?:\d{1,2}[-/.]\d{1,2}[-/.]|\d{1,2}[-/])(?P<last>(?:1[89]|2[01])\d\d)(?!\d))"
)
SHORT_DATE = re.compile(r"\s*\d{1,2}[/.]\d{1,2}[/.]\d{2}(?!\d)")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return the form in which two spellings of one value compare equal.

    >>> plain("  São  Paulo ") == plain("são paulo")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def parted_by_commas(text: str, known: Collection[str]) -> list[str]:
    """Return what commas part; a comma within something known (in its compared form) parts nothing.

    >>> parted_by_commas("Pay, Equity and inclusion, Law", {"equity and inclusion, law"})
    ['Pay', 'Equity and inclusion, Law']
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found: list[str] = []
    while parts:
        longest = range(len(parts), 1, -1)
        size = next((n for n in longest if plain(", ".join(parts[:n])) in known), 1)
        found.append(", ".join(parts[:size]))
        del parts[:size]
    return found


def values_of(answer: Answer) -> tuple[str, ...]:
    """Return the values of an answer in their order, each once, blank ones left out."""
    if answer is None or isinstance(answer, bool):
        return ()
    if isinstance(answer, int | float):
        return (str(answer),)
    raw = (answer,) if isinstance(answer, str) else tuple(answer)
    seen = {plain(value): value.strip() for value in reversed(raw) if value.strip()}
    return tuple(seen[key] for key in dict.fromkeys(plain(v) for v in raw if v.strip()))


def strengths_of(answer: Answer) -> dict[str, int]:
    """Return each plain value with its strength 1 to 3; an unstated one is 0.

    >>> strengths_of({"Negotiation": 3, "Python": 9})
    {'negotiation': 3, 'python': 3}
    >>> strengths_of(("Python",))
    {'python': 0}
    """
    if isinstance(answer, Mapping):
        return {
            plain(value): max(1, min(STRONGEST, strength))
            for value, strength in answer.items()
            if value.strip()
        }
    return dict.fromkeys(map(plain, values_of(answer)), 0)


def ranked_topics(topics: tuple[str, ...]) -> dict[str, int]:
    """Turn a list in order of importance into importances 3, 2, 1 and 1 for the rest.

    >>> ranked_topics(("Finding a job", "Interviews", "Salary", "Networking"))
    {'Finding a job': 3, 'Interviews': 2, 'Salary': 1, 'Networking': 1}
    """
    return {topic: max(1, STRONGEST - place) for place, topic in enumerate(topics)}


def number_of(answer: Answer) -> int | None:
    """Return a whole number: the middle of a range, the start of an open one, the year of a date.

    What may mean another number than it seems to says none: a sign before it, a date of two-digit years.

    >>> [number_of(text) for text in ("11 - 20 years", "8.0", "41 years or more", "2015-05-01", "-5", "n/a")]
    [15, 8, 41, 2015, None, None]
    """
    if isinstance(answer, bool) or answer is None:
        return None
    if isinstance(answer, int | float):
        return int(answer) if abs(answer) < LARGEST_NUMBER else None
    if not isinstance(answer, str) or BELOW_ZERO.match(answer) or SHORT_DATE.match(answer):
        return None
    if day := A_DATE.match(answer):
        return int(day["first"] or day["last"])
    said = RANGE.search(answer) or NUMBER.search(answer)
    found = [float(digits.replace(",", ".")) for digits in said.groups()] if said else []
    mean = sum(found) / len(found) if found else LARGEST_NUMBER
    return int(mean) if mean < LARGEST_NUMBER else None


def path_of(answer: Answer) -> tuple[str, ...]:
    """Return the steps of a path from the general to the particular.

    >>> path_of("Technology > Software > Web")
    ('technology', 'software', 'web')
    """
    values = values_of(answer)
    return tuple(plain(step) for step in values[0].split(">") if step.strip()) if values else ()


def offset_minutes(answer: Answer, on: date) -> int | None:
    """Return how far a time zone's clock stands from UTC at noon of a day.

    >>> offset_minutes("Asia/Kolkata", date(2026, 1, 15))
    330
    """
    values = values_of(answer)
    if not values:
        return None
    try:
        zone = ZoneInfo(values[0])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    offset = datetime(on.year, on.month, on.day, 12, tzinfo=zone).utcoffset()
    return int(offset.total_seconds()) // 60 if offset is not None else None
