"""What parts the topics of a column: `;` where anybody there uses it, else commas."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.profiles import STRENGTH, split_list
from lodestar.engine.answers.values import parted_by_commas, plain
from lodestar.web.cli.doors import note
from lodestar.web.cli.phrases import counted
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
    """Return a sheet whose topics `;` parts; refuse a strength that is none, and say where commas did."""
    found = sheet
    for column in _columns(sheet):
        if not any(is_parted(cell) for _, cell in _cells(sheet, column)):
            found = _parted_by_commas(found, column, known)
    _refuse_other_strengths(found)
    for column in _columns(sheet):
        _say_where_commas_part(sheet, found, column)
    return found


def _parted_by_commas(sheet: Sheet, column: int, known: Collection[str]) -> Sheet:
    rows = []
    for row, cells in sheet.rows:
        topics = parted_by_commas("".join(cells[column : column + 1]), known)
        if topics:
            cells = (*cells[:column], "; ".join(topics), *cells[column + 1 :])
        rows.append((row, cells))
    return replace(sheet, rows=tuple(rows))


def _say_where_commas_part(before: Sheet, after: Sheet, column: int) -> None:
    """A comma may as well stand within one topic."""
    parted = [
        (row, cell.strip())
        for (row, cell), (_, now) in zip(_cells(before, column), _cells(after, column), strict=True)
        if is_parted(now) and not is_parted(cell)
    ]
    if parted:
        row, cell = parted[0]
        note(
            f"{before.name}: nobody under {before.headings[column]} uses “;”, so commas part "
            f"{counted(len(parted), 'answer')} there, for example “{cell}” in row {row}. Write “;” at the end of "
            "one that is a single topic."
        )


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
                    f"{sheet.name}, row {row}, {sheet.headings[column]}: in “{wrong}” the strength is not 1, 2 "
                    "or 3. Write one of these, or leave it out."
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
