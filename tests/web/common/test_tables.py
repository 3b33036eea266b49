"""On a phone a wide table stands row by row, and each of its cells beside the name of its column."""

import re
from pathlib import Path

import pytest

import lodestar

DOORS = Path(lodestar.__file__).parent / "web"


def tables():
    """Every table of three columns or more, with the page it stands on."""
    for page in sorted(DOORS.glob("*/templates/**/*.html")):
        for number, table in enumerate(
            re.findall(r"<c-table.*?</c-table>", page.read_text(), re.S)
        ):
            if table.partition("</thead>")[0].count("<th ") > 2:
                yield pytest.param(table, id=f"{page.relative_to(DOORS)}:{number}")


@pytest.mark.parametrize("table", list(tables()))
def test_a_wide_table_stands_row_by_row_on_a_phone(table):
    head, _, rows = table.partition("</thead>")
    named = re.findall(r"<td\b[^>]*>", rows)
    told_without = ('class="pick"', 'class="blank"')

    assert 'stacked="yes"' in head
    assert named
    silent = [cell for cell in named if "data-label=" not in cell]
    assert len([cell for cell in silent if not any(word in cell for word in told_without)]) <= 1
