"""Reads an office's tables and writes ours, whole files or none."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodestar.engine.answers.headings import field_named
from lodestar.engine.tables.problems import TableError
from lodestar.engine.tables.reading import read_table
from lodestar.engine.tables.vocabulary import plain_heading

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class FileFault(Exception):  # noqa: N818
    """Something in a file that a person has to mend; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings, and its rows with the number a person sees beside each."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(path: Path) -> Sheet:
    """Read a CSV or XLSX file in any usual encoding, whatever its name says."""
    try:
        table = read_table(read_bytes(path), path.name)
        rows = tuple((row.number, row.cells, row.surplus) for row in table.rows)
    except TableError as error:
        raise FileFault(f"{path.name}: {error}") from None
    for number, _, surplus in rows:
        if surplus:
            raise FileFault(
                f"{path.name}, row {number}: more cells than headings. Put quotation marks around "
                "the cell that holds the separator."
            )
    headings = tuple(cell.strip() for cell in table.headings)
    return Sheet(path.name, headings, tuple((number, cells) for number, cells, _ in rows))


def columns_of(sheet: Sheet) -> dict[str, int]:
    """Return where each heading stands, in small letters; refuse one that stands twice."""
    found: dict[str, int] = {}
    for place, heading in enumerate(heading.casefold().strip() for heading in sheet.headings):
        if heading in found:
            raise _twice(sheet, found[heading], place)
        if heading:
            found[heading] = place
    return found


def refuse_repeated(sheet: Sheet, fields: Collection[str]) -> None:
    """Refuse a heading of these fields that stands twice: which of the two counts?"""
    seen: dict[str, int] = {}
    for place, heading in enumerate(map(plain_heading, sheet.headings)):
        if heading in seen and field_named(sheet.headings[place]) in fields:
            raise _twice(sheet, seen[heading], place)
        if heading:
            seen.setdefault(heading, place)


def _twice(sheet: Sheet, first: int, second: int) -> FileFault:
    return FileFault(
        f"{sheet.name}: “{sheet.headings[second]}” is the heading of column {first + 1} and of column "
        f"{second + 1}. Keep one of the two, or give it a heading of its own."
    )


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileFault(f"{path} does not exist: check the name of the file.") from None
    except OSError as error:
        raise FileFault(f"{path} cannot be read ({error.strerror}).") from None


def harmless(cell: object) -> str:
    """Return a cell that no spreadsheet program takes for a formula.

    >>> harmless("=1+1"), harmless(-3), harmless("Ana")
    ("'=1+1", '-3', 'Ana')
    """
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return "'" + cell
    return str(cell)


def as_meant(cell: str) -> str:
    """Return a cell without the mark that our own files put before what looks like a formula.

    >>> as_meant("'-a"), as_meant("'tis")
    ('-a', "'tis")
    """
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file in UTF-8 with one line end on every machine."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()


def json_text(facts: Mapping[str, Any]) -> bytes:
    return (json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all files under passing names, then rename: a fault leaves none half written."""
    for path in files:
        if path.is_dir():
            raise FileFault(f"{path} is a folder: a file of that name is to be written. Rename it.")
    ready: list[tuple[str, Path]] = []
    asked = Path()
    try:
        for asked, content in files.items():
            asked.parent.mkdir(parents=True, exist_ok=True)
            handle, passing = tempfile.mkstemp(dir=asked.parent, prefix=".lodestar-")
            ready.append((passing, asked))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
        for passing, asked in ready:
            Path(passing).chmod(0o644)
            Path(passing).replace(asked)
    except OSError as error:
        raise FileFault(f"{asked} cannot be written ({error.strerror}).") from None
    finally:
        for passing, _ in ready:
            Path(passing).unlink(missing_ok=True)
