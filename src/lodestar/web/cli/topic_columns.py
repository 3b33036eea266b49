"""What parts the topics of a column: `;` where anybody there uses it, else commas."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.profiles import STRENGTH, split_list
from lodestar.engine.answers.values import parted_by_commas, plain
from lodestar.web.cli.sheets import FileFault, Sheet

OF_TOPICS = ("topics", "goal")
OTHER_STRENGTH = re.compile(r".\s*(?:\(\s*(?:[04-9]|10)\s*\)|[:=]\s*(?:[04-9]|10))$")


def known_topics(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the topics of all columns that `;` parts: a comma within one of them parts nothing."""
    cells = (
        cell for sheet in sheets for column in _columns(sheet) for _, cell in _cells(sheet, column)
    )
    parts = {part for cell in cells if is_parted(cell) for part in split_list(cell)}
    return frozenset(map(plain, map(_without_strength, parts)))


def with_topics_parted(sheet: Sheet, known: Collection[str]) -> Sheet:
    """Return a sheet of whose topics each ends in `;`; refuse a strength that is none."""
    by_commas = [
        column
        for column in _columns(sheet)
        if not any(is_parted(cell) for _, cell in _cells(sheet, column))
    ]
    rows = []
    for row, cells in sheet.rows:
        said = list(cells)
        for column in by_commas:
            if column < len(said):
                said[column] = "; ".join(parted_by_commas(said[column], known))
        rows.append((row, tuple(said)))
    found = replace(sheet, rows=tuple(rows))
    _refuse_other_strengths(found)
    return found


def is_parted(cell: str) -> bool:
    """Whether a sign that is no comma parts a cell.

    >>> is_parted("Salary; Law"), is_parted("Salary;"), is_parted("Salary, Law")
    (True, True, False)
    """
    return any(sign in cell for sign in ";|\n")


def _refuse_other_strengths(sheet: Sheet) -> None:
    for column in _columns(sheet):
        for row, cell in _cells(sheet, column):
            wrong = next((part for part in split_list(cell) if OTHER_STRENGTH.search(part)), "")
            if wrong:
                raise FileFault(
                    f"{sheet.name}, row {row}, {sheet.headings[column]}: “{wrong}” has a strength that is "
                    "none. Write 1, 2 or 3, or leave it out."
                )


def _columns(sheet: Sheet) -> list[int]:
    return [
        place for place, heading in enumerate(sheet.headings) if field_named(heading) in OF_TOPICS
    ]


def _cells(sheet: Sheet, column: int) -> Iterator[tuple[int, str]]:
    return ((row, cells[column]) for row, cells in sheet.rows if column < len(cells))


def _without_strength(part: str) -> str:
    found = STRENGTH.match(part)
    return found["topic"] if found else part
