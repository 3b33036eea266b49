"""Reads a file as rows of text under headings."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodestar.engine.tables.encodings import SAMPLE_BYTES, Encoding, encoding_of
from lodestar.engine.tables.layout import Layout, heading_layout, layout_of
from lodestar.engine.tables.problems import Problem, TableError
from lodestar.engine.tables.workbook import is_archive, workbook_rows

MAX_ROWS = 1_000_000
MAX_CELL_CHARACTERS = 8_000_000
SAMPLE_CHARACTERS = 4 * SAMPLE_BYTES

# The limit is one for the whole process; ours is only ever wider than the built-in one.
csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings; the first row of the file has the number 1."""

    number: int
    cells: tuple[str, ...]
    surplus: int = 0
    """How many filled cells stand to the right of the last heading."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file understood as a table. `rows` reads it afresh, one row at a time, each time."""

    name: str
    encoding: str
    delimiter: str
    lines_before_heading: int
    heading_rows: int
    headings: tuple[str, ...]
    _source: "_Text | _Cells"

    @property
    def rows(self) -> Iterator[Row]:
        """Rows that hold anything; wholly blank lines are passed over but counted."""
        width = len(self.headings)
        above = self.lines_before_heading + self.heading_rows
        found = 0
        for number, record in enumerate(self._source.records(), start=1):
            if number <= above or not any(record) or not "".join(record).strip():
                continue
            found += 1
            if found > MAX_ROWS:
                raise TableError(Problem("too_many_rows", number, values={"limit": MAX_ROWS}))
            yield _row(number, record, width)


def _row(number: int, record: Sequence[str], width: int) -> Row:
    if len(record) == width:
        return Row(number, tuple(record))
    if len(record) < width:
        return Row(number, (*record, *[""] * (width - len(record))))
    surplus = sum(bool(cell.strip()) for cell in record[width:])
    return Row(number, tuple(record[:width]), surplus)


@dataclass(frozen=True, slots=True)
class _Text:
    content: bytes
    codec: str
    delimiter: str

    def records(self) -> Iterator[list[str]]:
        stream = io.TextIOWrapper(io.BytesIO(self.content), self.codec, newline="")
        reader = csv.reader(
            (line.replace("\0", "") for line in stream),
            delimiter=self.delimiter,
            skipinitialspace=True,
            strict=True,
        )
        number = 0
        try:
            for record in reader:
                number += 1
                yield record
        except csv.Error as error:
            raise TableError(Problem(_code(error), number + 1)) from error


def _code(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "open_quote"
    return "large_cell" if "field limit" in str(error) else "stray_quote"


@dataclass(frozen=True, slots=True)
class _Cells:
    cells: list[list[str]]

    def records(self) -> Iterator[list[str]]:
        return iter(self.cells)


def read_table(content: bytes, name: str = "") -> Table:
    """Understand an uploaded file, whatever its name says; refuse it with one `TableError`.

    The separator, the encoding and the headings are read off the beginning of the file; the rows are
    read when they are asked for, and quotation marks that do not match are found only then.

    >>> table = read_table(b"Name;E-Mail\\nAnn Lee;ann@example.org\\n", "list.csv")
    >>> table.delimiter, table.headings, [row.cells for row in table.rows]
    (';', ('Name', 'E-Mail'), [('Ann Lee', 'ann@example.org')])
    """
    if is_archive(content):
        cells = workbook_rows(content)
        layout = heading_layout(cells[:200], "")
        return _table(name, Encoding("xlsx", ""), layout, _Cells(cells))
    encoding = encoding_of(content)
    layout = layout_of(_sample(content, encoding.codec))
    return _table(name, encoding, layout, _Text(content, encoding.codec, layout.delimiter))


def _sample(content: bytes, codec: str) -> str:
    """Return whole lines from the beginning of the file."""
    stream = io.TextIOWrapper(io.BytesIO(content), codec, newline="")
    text = stream.read(SAMPLE_CHARACTERS)
    if len(text) == SAMPLE_CHARACTERS:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    return text.replace("\0", "")


def _table(name: str, encoding: Encoding, layout: Layout, source: _Text | _Cells) -> Table:
    return Table(
        name=name,
        encoding=encoding.name,
        delimiter=layout.delimiter,
        lines_before_heading=layout.lines_before_heading,
        heading_rows=layout.heading_rows,
        headings=layout.headings,
        _source=source,
    )
