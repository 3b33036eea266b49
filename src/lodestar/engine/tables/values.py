"""Says what one cell means: an address, a name, a year, a number, a yes."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

# No part may repeat what it repeats: a hostile cell must not keep the reader busy.
ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[^\s@<>(),;:\"\[\]\\.]+(?:\.[^\s@<>(),;:\"\[\]\\.]+)*"
    r"@(?:[^\W_][\w-]{0,62}\.){1,20}[^\W_][\w-]{0,61}[^\W_]"
)
MAX_ADDRESS, MAX_ADDRESSES = 254, 20
NO_ADDRESS = frozenset(
    {"", "-", "--", "n/a", "na", "none", "null", "nil", "no", "unknown", "anonymous", "anonym"}
    | {"not available", "no email", "keine", "k.a.", "aucun", "ninguno", "#n/a", "info requested"}
)
NO = frozenset(
    {"", "0", "no", "n", "false", "f", "nein", "non", "nee", "nao", "não", "nej", "ei", "-", "n/a"}
    | {"none", "null", "falsch", "faux", "falso", "living", "alive", "active", "0.0"}
)
SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "ma", "msc", "bsc", "ba", "bs", "ms", "jd"}
    | {"esq", "cpa", "pmp", "rn", "dds", "llm", "mph", "edd", "pe", "cfa", "dr", "prof", "med"}
)
PARTICLES = frozenset(
    {"de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der"}
    | {"den", "ten", "ter", "zu", "zum", "zur", "bin", "ibn", "al", "el", "af", "av", "st", "st."}
)
# Two figures stand for 1940 to 2039: graduates of 1939 are past a hundred.
PIVOT = 40
# Left-to-right marks, overrides and isolates can turn the text around them; none belongs to a name.
UNWANTED = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
MARKS_MENTEE = re.compile(
    r"\bmentee|\bmentoree|\bmentorado|\bmentoré|\bprot[eé]g[eé]", re.IGNORECASE
)
MARKS_MENTOR = re.compile(r"\bmentor(?!ee|ado|é|ing|ship)", re.IGNORECASE)
MARKS_BOTH = re.compile(r"\b(both|beides?|les deux|ambos|entrambi)\b", re.IGNORECASE)
MAX_CHOICE, MAX_CHOICES = 200, 100
# The days from 2000 to 2050 as spreadsheets count them.
FIRST_DAY, LAST_DAY = 36_526, 55_153
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def clean(text: str) -> str:
    """Return one line: NFC, single blanks, no control or direction characters.

    >>> clean("  Zoe\\u0308 \\u202e de la\\tCruz ")
    'Zoë de la Cruz'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_printable(text, keep="").split())


def clean_lines(text: str) -> str:
    """Return text of several lines, cleaned line by line."""
    plain = _printable(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n")
    return "\n".join(" ".join(line.split()) for line in plain.split("\n")).strip()


def _printable(text: str, keep: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    composed = unicodedata.normalize("NFC", UNWANTED.sub("", composed))
    return "".join(
        letter if letter in keep or unicodedata.category(letter)[0] != "C" else _instead(letter)
        for letter in composed
    )


def _instead(letter: str) -> str:
    """Joiners belong to scripts and emoji; other control characters become blanks."""
    if unicodedata.category(letter) == "Cf":
        return letter if letter in "\u200c\u200d" or ord(letter) >= 0xE0020 else ""
    return " " if unicodedata.category(letter) == "Cc" else ""


def same_text(text: str) -> str:
    """Return the form in which texts are compared: NFKC, folded, single blanks."""
    return unicodedata.normalize("NFKC", clean(text)).casefold()


def looks_like_address(text: str) -> bool:
    plain = text.strip()
    return "@" in plain and len(plain) <= MAX_ADDRESS and ADDRESS.fullmatch(plain) is not None


def addresses_in(text: str) -> tuple[tuple[str, ...], str]:
    """Return the addresses of a cell, and what in it was meant as one but is none.

    >>> addresses_in(" Ann <ANN@Example.org>; ann@home")
    (('ann@example.org',), 'ann@home')
    """
    folded = same_text(text)
    if folded in NO_ADDRESS:
        return (), ""
    if looks_like_address(folded):
        return (folded,), ""
    found: list[str] = []
    wrong = ""
    for part in re.split(r"[;,\s<>|]+", folded.replace("mailto:", " ")):
        if looks_like_address(part) and len(found) < MAX_ADDRESSES:
            found.append(part)
        elif "@" in part:
            wrong = wrong or part
    return tuple(dict.fromkeys(found)), wrong or ("" if found else folded)


def year_in(text: str) -> int | None:
    """Return a year of four figures out of the ways in which offices write it.

    >>> [year_in(text) for text in ("'04", "Class of 2004", "200505", "May 1999", "n/a")]
    [2004, 2004, 2005, 1999, None]
    """
    plain = clean(text)
    if found := re.search(r"(?<!\d)(19[0-9]{2}|20[0-9]{2})(?!\d)", plain):
        return int(found.group())
    if found := re.fullmatch(r"(19\d\d|20\d\d)(?:[01]\d)(?:[0-3]\d)?(?:\.0)?", plain):
        return int(found.group(1))
    if found := re.fullmatch(
        r"(?:class of|class|jahrgang|promo)?\s*['\u2019`\u00b4]?(\d\d)", plain, re.IGNORECASE
    ):
        short = int(found.group(1))
        return short + (2000 if short < PIVOT else 1900)
    return None


def numbers_in(text: str) -> tuple[float, ...]:
    """Return the numbers of a cell in their order: `2-3` gives two of them.

    >>> numbers_in("about 4"), numbers_in("2,5 h"), numbers_in("5-7 years")
    ((4.0,), (2.5,), (5.0, 7.0))
    """
    plain = unicodedata.normalize("NFKC", text)[:200]
    return tuple(float(number.replace(",", ".")) for number in NUMBER.findall(plain))


def band_in(text: str) -> tuple[float, ...]:
    """Return the numbers of a band that a spreadsheet may have turned into a date.

    The bands 2-5 and 6-10 become the fifth of February and the tenth of June, stored as days.

    >>> band_in("6-10"), band_in("41435"), band_in("41 years or more")
    ((6.0, 10.0), (6.0, 10.0), (41.0,))
    """
    numbers = numbers_in(text)
    if len(numbers) == 1 and FIRST_DAY <= numbers[0] <= LAST_DAY:
        day = date(1899, 12, 30) + timedelta(days=int(numbers[0]))
        return float(day.month), float(day.day)
    return numbers


def role_in(text: str) -> str:
    """Return mentor, mentee, both, or nothing.

    >>> role_in("Mentorin"), role_in("I want a mentee role"), role_in("both"), role_in("Dean")
    ('mentor', 'mentee', 'both', '')
    """
    mentee, mentor = MARKS_MENTEE.search(text), MARKS_MENTOR.search(text)
    if MARKS_BOTH.search(text) or (mentee and mentor):
        return "both"
    if mentee:
        return "mentee"
    return "mentor" if mentor else ""


def is_marked(text: str) -> bool:
    """Whatever is not a no is a yes: a mark, a word, or the date of the event."""
    return same_text(text) not in NO


def split_name(name: str) -> tuple[str, str]:
    """Part a whole name into given and family name, in either order.

    >>> split_name("Finchmere, Micah"), split_name("Ana de la Cruz"), split_name("Jane Doe, PhD")
    (('Micah', 'Finchmere'), ('Ana', 'de la Cruz'), ('Jane', 'Doe'))
    """
    before, comma, after = name.partition(",")
    if comma and not _is_suffix(after):
        return after.strip(), before.strip()
    words = before.split()
    if len(words) < 2:
        return before.strip(), ""
    start = next(
        (place for place, word in enumerate(words[1:-1], 1) if word.casefold() in PARTICLES),
        len(words) - 1,
    )
    return " ".join(words[:start]), " ".join(words[start:])


def _is_suffix(text: str) -> bool:
    words = re.sub(r"[.\s]*,[.\s]*|\s+", " ", text.replace(".", "")).split()
    return not words or all(word.casefold() in SUFFIXES for word in words)


def choices_in(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the single answers of cells that join several, each once.

    >>> choices_in(["CV review;Career change;", "CV review"])
    ('CV review', 'Career change')
    """
    found: list[str] = []
    for joined in cells:
        cell = joined.replace('","', ";")
        sign = r"[;\n|]" if re.search(r"[;\n|]", cell) else r",\s"
        parts = re.split(sign, cell, maxsplit=MAX_CHOICES)[:MAX_CHOICES]
        found.extend(choice for part in parts if (choice := clean(part[:MAX_CHOICE]).strip('" ')))
    return tuple(dict.fromkeys(found))
