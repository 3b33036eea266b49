"""Reads an office's tables and writes ours, whole files or none."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WORKBOOK_MARK = b"PK\x03\x04"


class FileFault(Exception):  # noqa: N818
    """Something in a file that a person has to mend; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings, and its rows with the number a person sees beside each."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(path: Path) -> Sheet:
    """Read a CSV or XLSX file, whatever its name says."""
    content = read_bytes(path)
    records = _workbook(content) if content.startswith(WORKBOOK_MARK) else _text(content, path)
    filled = [(n, tuple(r)) for n, r in enumerate(records, start=1) if any(map(str.strip, r))]
    if not filled:
        raise FileFault(f"{path.name} holds no rows: export it again with its headings.")
    return Sheet(path.name, tuple(cell.strip() for cell in filled[0][1]), tuple(filled[1:]))


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileFault(f"{path} does not exist: check the name of the file.") from None
    except OSError as error:
        raise FileFault(f"{path} cannot be read ({error.strerror}).") from None


def _text(content: bytes, path: Path) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileFault(f"{path.name} is not UTF-8: save it as CSV (UTF-8) or XLSX.") from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _workbook(content: bytes) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def harmless(cell: object) -> str:
    """Return a cell that no spreadsheet program takes for a formula.

    >>> harmless("=1+1"), harmless(-3), harmless("Ana")
    ("'=1+1", '-3', 'Ana')
    """
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return "'" + cell
    return str(cell)


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
    ready: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, passing = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            ready.append((passing, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
        for passing, path in ready:
            Path(passing).chmod(0o644)
            Path(passing).replace(path)
    except OSError as error:
        raise FileFault(
            f"{error.filename or 'The folder'} cannot be written ({error.strerror})."
        ) from None
    finally:
        for passing, _ in ready:
            Path(passing).unlink(missing_ok=True)
