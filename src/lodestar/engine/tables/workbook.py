"""Reads the first filled sheet of an XLSX file as text."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from lodestar.engine.tables.problems import Problem, TableError

MAX_UNPACKED_BYTES = 400_000_000
MAX_CELLS = 5_000_000
CHUNK_BYTES = 1 << 20
MAX_ROW = 1_048_576
CELL_NAME = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")

# Everything that Python's reader says of an archive that is damaged, locked or cut short.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
OTHER_ARCHIVES = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
)


def is_archive(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def workbook_rows(content: bytes) -> list[list[str]]:
    """Return the rows of the first sheet that has any, from its first line on."""
    _refuse_dangerous(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell not in ("", None) for row in rows for cell in row):
                return [[text_of(cell) for cell in row] for row in rows]
    except (CalamineError, OSError, ValueError) as error:
        raise TableError(Problem("broken_workbook")) from error
    raise TableError(Problem("empty"))


def text_of(cell: object) -> str:
    """Write a cell as the text a person would expect, in one way for all machines.

    >>> text_of(2012.0), text_of(1.5), text_of(datetime(2024, 1, 15)), text_of("007")
    ('2012', '1.5', '2024-01-15', '007')

    A workbook can spell out a zero, which PostgreSQL keeps in no text:

    >>> text_of("An\\0n")
    'Ann'
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).replace("\0", "") if isinstance(cell, str | int | timedelta) else ""


def _refuse_dangerous(content: bytes) -> None:
    """A small archive may unpack to gigabytes, and one far cell may span a giant sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            _refuse_other_archives(names)
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise TableError(Problem("large_workbook"))
            for name in sorted(names):
                _refuse_member(archive, name)
    except UNREADABLE as error:
        raise TableError(Problem("broken_workbook")) from error


def _refuse_other_archives(names: set[str]) -> None:
    for member, kind in OTHER_ARCHIVES:
        if member in names:
            raise TableError(Problem("not_a_table", values={"kind": kind}))
    if "content.xml" in names:
        raise TableError(Problem("old_workbook", values={"kind": "OpenDocument"}))
    if "xl/workbook.bin" in names:
        raise TableError(Problem("old_workbook", values={"kind": "XLSB"}))
    if "xl/workbook.xml" not in names:
        raise TableError(Problem("not_a_table", values={"kind": "a compressed archive"}))


def _refuse_member(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack once to prove the stated size (the check sum fails otherwise) and the extent."""
    is_sheet = SHEET.fullmatch(name) is not None
    rows = columns = 0
    for piece in _pieces(archive, name):
        if not is_sheet:
            continue
        for letters, digits in CELL_NAME.findall(piece):
            rows, columns = max(rows, int(digits[:9])), max(columns, _column(letters[:4].upper()))
    if rows > MAX_ROW or rows * columns > MAX_CELLS:
        raise TableError(Problem("large_workbook"))


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    tail = b""
    with archive.open(name) as member:
        while chunk := member.read(CHUNK_BYTES):
            yield tail + chunk
            tail = chunk[-200:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
