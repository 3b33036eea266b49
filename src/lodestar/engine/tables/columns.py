"""Recognises which column of a table is which field of a person."""

from collections.abc import Mapping as Choices
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lodestar.engine.forms.questions import Question
from lodestar.engine.tables.asked import question_named
from lodestar.engine.tables.reading import Table
from lodestar.engine.tables.values import looks_like_address, year_in
from lodestar.engine.tables.vocabulary import (
    SOMEBODY_ELSE,
    SYNONYMS,
    asked_field,
    known_field,
    person_of,
    plain_heading,
)

SAMPLE_ROWS = 300
IGNORE = "ignore"
ANSWER = "answer"

# In the order in which they are tried when nobody has said which address counts.
EMAIL_FIELDS: Final = (
    "email_preferred",
    "email",
    "email_personal",
    "email_work",
    "email_alternate",
)
FIELDS: Final = frozenset(SYNONYMS) | {ANSWER}

SALUTATIONS = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "m", "mme", "señor", "señora"}
    | {"sr", "sra", "sir", "rev", "hon"}
)
PREFERENCE_WORDS = frozenset(
    {"personal", "work", "alternate", "home", "other", "business", "private"}
)

# Why a column was recognised; callers translate these sentences.
REASONS: Final[Choices[str, str]] = {
    "heading": "The heading is a known name of this field.",
    "question": "The question asks for this.",
    "own": "The program’s own form asks this.",
    "values": "The cells look like this.",
    "values_disagree": "The heading says so, but the cells hold something else.",
    "somebody_else": "The column seems to speak of somebody else.",
    "chosen": "You chose this.",
    "unknown": "Nobody knows this heading yet; the column is left out unless you choose a field.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column and the field it fills; an empty field means that it is left out."""

    index: int
    heading: str
    field: str
    confidence: float
    reason: str
    person: int = 0
    """Which of several people of a row it describes; 0 means each of them."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every column of a table means; `asked` are the program's own questions that columns may answer."""

    columns: tuple[Column, ...]
    asked: tuple[Question, ...] = ()

    @property
    def people_per_row(self) -> tuple[int, ...]:
        """The numbers of the people a row may hold: (1,) or (1, 2)."""
        return tuple(sorted({column.person for column in self.columns} - {0} | {1}))

    def places(self, person: int = 1) -> dict[str, tuple[int, ...]]:
        """Return for each field where one person's cells stand, the surest column first."""
        own = [column for column in self.columns if column.person in {0, person} and column.field]
        own.sort(key=lambda column: (-column.confidence, column.index))
        names = dict.fromkeys(column.field for column in own)
        return {
            name: tuple(column.index for column in own if column.field == name) for name in names
        }

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns if column.field)


def recognise(
    table: Table,
    chosen: Choices[int | str, str] | None = None,
    asked: Sequence[Question] = (),
) -> Mapping:
    """Say what each column means; `chosen` (by heading or place) overrules what was recognised.

    A column may also answer one of the questions that are `asked`.

    >>> from lodestar.engine.tables.reading import read_table
    >>> table = read_table(b"Email,Nachname,Your e-mail\\nanonymous,Lee,ann@example.org\\n")
    >>> [column.field for column in recognise(table).columns]
    ['', 'family_name', 'email']
    """
    sample = [row.cells for row in islice(table.rows, SAMPLE_ROWS)]
    columns = []
    for index, heading in enumerate(table.headings):
        values = [cells[index].strip() for cells in sample if cells[index].strip()]
        columns.append(
            _chosen(index, heading, chosen or {}, asked)
            or _own(index, heading, asked)
            or _recognised(index, heading, values)
        )
    return Mapping(tuple(_with_lone_name(columns)), tuple(asked))


def fields_with(asked: Sequence[Question]) -> frozenset[str]:
    """Return what a column may be said to mean."""
    return FIELDS | {IGNORE} | {question.key for question in asked}


def _chosen(
    index: int, heading: str, chosen: Choices[int | str, str], asked: Sequence[Question]
) -> Column | None:
    field = chosen.get(index, chosen.get(heading))
    if field is None:
        return None
    if field not in fields_with(asked) | {""}:
        raise ValueError(f"{field} is not a field of a person")
    return Column(
        index, heading, "" if field == IGNORE else field, 1.0, "chosen", person_of(heading)
    )


def _own(index: int, heading: str, asked: Sequence[Question]) -> Column | None:
    """A field that a heading names outright is that field; else a question is known by its own words."""
    question = None if known_field(heading) else question_named(heading, asked)
    if question is None:
        return None
    return Column(index, heading, question.key, 1.0, "own", person_of(heading))


def _recognised(index: int, heading: str, values: Sequence[str]) -> Column:
    field, confidence, reason = _by_heading(heading)
    if field in EMAIL_FIELDS:
        field, confidence, reason = _checked_email(field, confidence, reason, values)
    elif field == "" or field == ANSWER:
        field, confidence, reason = _by_values(heading, values, (field, confidence, reason))
    elif _disagrees(field, values):
        field, confidence, reason = "", 0.5, "values_disagree"
    return Column(index, heading, field, confidence, reason, person_of(heading))


def _by_heading(heading: str) -> tuple[str, float, str]:
    if field := known_field(heading):
        return field, 1.0, "heading"
    plain = plain_heading(heading)
    if field := asked_field(heading):
        if field in EMAIL_FIELDS and SOMEBODY_ELSE.search(plain):
            return "", 0.5, "somebody_else"
        return field, 0.7, "question"
    if len(plain.split()) >= 5 or heading.rstrip().endswith("?"):
        return ANSWER, 0.4, "question"
    return "", 0.0, "unknown"


def _checked_email(
    field: str, confidence: float, reason: str, values: Sequence[str]
) -> tuple[str, float, str]:
    """Believe the cells more than the heading."""
    if not values or any("@" in value or "\uff20" in value for value in values):
        return field, confidence, reason
    if all(value.casefold() in PREFERENCE_WORDS for value in values):
        return "email_preference", 0.9, "values"
    return "", 0.5, "values_disagree"


def _by_values(
    heading: str, values: Sequence[str], otherwise: tuple[str, float, str]
) -> tuple[str, float, str]:
    addresses = sum(looks_like_address(value) for value in values)
    if addresses * 2 <= len(values) or otherwise[2] == "somebody_else":
        return otherwise
    if SOMEBODY_ELSE.search(plain_heading(heading)):
        return "", 0.5, "somebody_else"
    return "email", 0.6, "values"


def _disagrees(field: str, values: Sequence[str]) -> bool:
    if field == "job_title":
        words = sum(value.rstrip(".").casefold() in SALUTATIONS for value in values)
        return words * 2 > len(values)
    if field == "class_year":
        return sum(year_in(value) is not None for value in values) * 3 < len(values)
    return False


def _with_lone_name(columns: Sequence[Column]) -> list[Column]:
    """Beside a given name, a heading that only says "name" is the family name."""
    fields = {column.field for column in columns}
    if "given_name" not in fields or "family_name" in fields:
        return list(columns)
    return [
        Column(column.index, column.heading, "family_name", 0.8, "heading", column.person)
        if column.field == "full_name" and column.reason == "heading"
        else column
        for column in columns
    ]
