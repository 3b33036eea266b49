"""How do rows leave the house as a file? Rows in, a download out, no rules."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from lodestar.web.common.confidence import to_keep

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutralised(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; plain numbers stay as they are."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, with a mark at its start from which spreadsheets know that it is UTF-8."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([neutralised(c) for c in row] for row in rows)
    return "\ufeff" + out.getvalue()


def csv_download(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return rows as a file to keep; `name` is ours, never what people typed."""
    answer = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    return to_keep(answer, f"{name}.csv")
