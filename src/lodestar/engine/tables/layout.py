"""Finds the separator, the headings and the first person of a text file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from lodestar.engine.tables.problems import Problem, TableError
from lodestar.engine.tables.vocabulary import known_field, plain_heading

Cells = Sequence[str]

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 200
HEADING_SEARCH_ROWS = 30
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]{2,}")

# What SurveyMonkey writes under a question instead of the name of an option.
ANSWER_WORDS = frozenset(
    {"response", "open ended response", "antwort", "offene antwort", "reponse", "respuesta"}
    | {"respuesta abierta", "reponse ouverte", "resposta", "risposta"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of a table: lines to pass over, then the headings, then the people."""

    delimiter: str
    lines_before_heading: int
    heading_rows: int
    headings: tuple[str, ...]

    @property
    def first_row(self) -> int:
        """How many rows stand above the first person."""
        return self.lines_before_heading + self.heading_rows


def layout_of(sample: str) -> Layout:
    """Read the layout off the beginning of a text file.

    >>> layout_of("sep=;\\nName;E-Mail\\nAnn;ann@example.org\\n").headings
    ('Name', 'E-Mail')
    """
    delimiter, said = _said_delimiter(sample)
    delimiter = delimiter or sniffed_delimiter(sample)
    records = list(sample_records(sample, delimiter))
    return heading_layout(records, delimiter, skip=said)


def _said_delimiter(sample: str) -> tuple[str, int]:
    """Spreadsheets may name the separator in a first line such as `sep=;`."""
    found = re.match(r'"?sep=(\t|[^\s"])"?[,;\t]*(\r\n|\r|\n)', sample, re.IGNORECASE)
    return (found.group(1), 1) if found else ("", 0)


def sample_records(sample: str, delimiter: str) -> Iterator[list[str]]:
    """Split the sample without complaint; the strict reading comes afterwards."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    for number, record in enumerate(reader):
        if number >= SAMPLE_ROWS:
            return
        yield record


def sniffed_delimiter(sample: str) -> str:
    """Choose the separator under which the rows agree best on their number of cells."""
    records = {sign: list(sample_records(sample, sign)) for sign in DELIMITERS}
    scores = {sign: _agreement(records[sign]) for sign in DELIMITERS}
    if any(_is_everywhere(records[sign]) for sign in DELIMITERS):
        # a sign that only answers hold parts their words, not the cells
        scores = {sign: scores[sign] if _is_in_first(records[sign]) else 0 for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    return best if scores[best] > 0 else ","


def _is_everywhere(records: Sequence[Cells]) -> bool:
    widths = {len(record) for record in records if any(cell.strip() for cell in record)}
    return len(widths) == 1 and widths != {1}


def _is_in_first(records: Sequence[Cells]) -> bool:
    return any(len(record) > 1 for record in records[:1])


def _agreement(records: Sequence[Cells]) -> float:
    """Squared share of the rows with the commonest width, times the bits of that width."""
    widths = [len(record) for record in records if any(cell.strip() for cell in record)]
    if not widths:
        return 0.0
    width, count = max(Counter(widths).items(), key=lambda entry: (entry[1], entry[0]))
    if width == 1:
        width, count = max(widths), sum(each > 1 for each in widths) // 2
    if width == 1 or not _may_separate(records):
        return 0.0
    bonus = 2 if any(_known(record) >= 2 for record in records[:HEADING_SEARCH_ROWS]) else 1
    return float((count / len(widths)) ** 2 * log2(width) * bonus)


def _may_separate(records: Sequence[Cells]) -> bool:
    """A sign that the first line lacks is part of the text, unless notes come first."""
    first = next(record for record in records if any(cell.strip() for cell in record))
    if len(first) > 1 or not known_field(first[0]):
        return True
    return any(_known(record) >= 2 for record in records[:HEADING_SEARCH_ROWS])


def _known(record: Cells) -> int:
    return sum(bool(cell.strip() and known_field(cell)) for cell in record[:400])


def heading_layout(records: Sequence[Cells], delimiter: str, *, skip: int = 0) -> Layout:
    """Find the heading rows among the first records."""
    start = _heading_row(records, skip)
    if start is None:
        raise TableError(Problem("empty"))
    rows = _heading_rows(records[start : start + 3])
    headings = _joined_headings(records[start : start + rows])
    if any(ADDRESS.fullmatch(cell.strip()) for cell in records[start]):
        raise TableError(Problem("no_headings", row=start + 1))
    return Layout(delimiter, start, rows, headings)


def _heading_row(records: Sequence[Cells], skip: int) -> int | None:
    filled = [
        (number, record)
        for number, record in enumerate(records)
        if number >= skip and any(cell.strip() for cell in record)
    ]
    if not filled:
        return None
    widths = Counter(len(record) for _, record in filled)
    width = max(widths.items(), key=lambda entry: (entry[1], entry[0]))[0]
    for number, record in filled[:HEADING_SEARCH_ROWS]:
        full = sum(bool(cell.strip()) for cell in record)
        if _known(record) >= 2 or (len(record) >= width and full >= min(2, width)):
            return number
    return filled[0][0]


def _heading_rows(records: Sequence[Cells]) -> int:
    if len(records) > 2 and _is_import_row(records[2]):
        return 3
    if len(records) < 2:
        return 1
    first, second = records[0], records[1]
    if _is_import_row(second) or _repeats(first, second) or _continues(first, second):
        return 2
    return 2 if _is_group_row(first, second) else 1


def _is_import_row(record: Cells) -> bool:
    """Qualtrics closes its headings with a row of machine names."""
    filled = [cell for cell in record if cell.strip()]
    starts = ('{"ImportId"', "{'ImportId'")
    return bool(filled) and all(cell.lstrip().startswith(starts) for cell in filled)


def _repeats(first: Cells, second: Cells) -> bool:
    """Two rows that say the same in two spellings (`StartDate`, `Start Date`) are headings."""
    same = sum(
        plain_heading(one) == plain_heading(other)
        for one, other in zip(first, second, strict=False)
        if one.strip()
    )
    return same >= 3 and same * 3 >= sum(bool(cell.strip()) for cell in first)


def _continues(first: Cells, second: Cells) -> bool:
    """SurveyMonkey names the options of a question in a second row, under blank headings."""
    answers = sum(plain_heading(cell) in ANSWER_WORDS for cell in second)
    blanks = [place for place, cell in enumerate(first) if not cell.strip()]
    named = sum(place < len(second) and bool(second[place].strip()) for place in blanks)
    if any(ADDRESS.fullmatch(cell.strip()) for cell in second):
        return False
    if not blanks:
        return answers >= 2 and answers == sum(bool(cell.strip()) for cell in second)
    return answers >= 1 and named * 5 >= len(blanks) * 4


def _is_group_row(first: Cells, second: Cells) -> bool:
    """A row such as `Person,,,Studies,,` above the real headings."""
    return any(not cell.strip() for cell in first) and _known(second) >= _known(first) + 2


def _joined_headings(rows: Sequence[Cells]) -> tuple[str, ...]:
    """Make one heading per column out of one to three rows."""
    if len(rows) == 1:
        return tuple(_tidy(cell) for cell in rows[0])
    first, second = rows[0], rows[1]
    width = max(len(first), len(second))
    tops = [_tidy(cell) for cell in first] + [""] * (width - len(first))
    subs = [_tidy(cell) for cell in second] + [""] * (width - len(second))
    if _is_import_row(second):
        return tuple(tops)
    if not _continues(first, second):
        return tuple(sub or top for top, sub in zip(tops, subs, strict=True))
    return tuple(_continued(tops, subs))


def _continued(tops: Sequence[str], subs: Sequence[str]) -> Iterator[str]:
    question = ""
    for top, sub in zip(tops, subs, strict=True):
        question = top or question
        plain = not sub or plain_heading(sub) in ANSWER_WORDS
        yield question if plain else f"{question} – {sub}"


def _tidy(cell: str) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in cell)
    return " ".join(text.split())
