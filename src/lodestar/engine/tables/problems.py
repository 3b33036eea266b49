"""What can be wrong with a file or one of its rows, in a sentence with its mend."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from types import MappingProxyType
from typing import Final


def _(sentence: str) -> str:
    """Mark a sentence for the translators; the domain translates it when it is said."""
    return sentence


# One entry per code: what happened, and what the office can do. Callers that speak other
# languages translate these templates and fill them with `Problem.values`.
SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # the whole file
        "empty": (
            _("The file is empty."),
            _("Export it again and check that it holds people before you upload it."),
        ),
        "not_a_table": (
            _("This file is {kind}, not a table."),
            _("Save the list as CSV (UTF-8) or XLSX and upload that file."),
        ),
        "old_workbook": (
            _("This is an older or different kind of spreadsheet file ({kind})."),
            _("Open it in your spreadsheet program and save it as XLSX or CSV (UTF-8)."),
        ),
        "broken_workbook": (
            _("The spreadsheet file cannot be opened; it may be damaged or locked by a password."),
            _("Open it in your spreadsheet program, save a fresh copy as XLSX, and upload that."),
        ),
        "large_workbook": (
            _("The spreadsheet is too large to be read in one go."),
            _("Save it as CSV (UTF-8), which may be much larger, or split it into parts."),
        ),
        "broken_encoding": (
            _("The file says it is {encoding}, but some of its bytes are not."),
            _("Open it in your spreadsheet program and save it again as CSV (UTF-8)."),
        ),
        "no_headings": (
            _("The first row already holds an e-mail address, so the columns have no names."),
            _(
                "Put a row with headings such as Email, First name, Last name above the first person."
            ),
        ),
        "open_quote": (
            _("A quotation mark that opens in row {row} is never closed."),
            _("Close or remove that quotation mark, or save the file again as CSV."),
        ),
        "stray_quote": (
            _("In row {row} a quotation mark ends in the middle of a cell."),
            _("Write quotation marks inside a quoted cell twice, or save the file again as CSV."),
        ),
        "large_cell": (
            _("Row {row} holds a cell of more than 8 million characters."),
            _("A missing quotation mark is the usual cause: save the file again as CSV."),
        ),
        "too_many_rows": (
            _("The file has more than {limit} rows."),
            _("Split it into smaller files and import them one after the other."),
        ),
        # one row
        "too_many_cells": (
            _("The row has {count} cells, but there are only {headings} headings."),
            _(
                "Put quotation marks around the cell that holds the separator, or save again as CSV."
            ),
        ),
        "no_address": (
            _("This person has no e-mail address."),
            _("Add an address to the row, or leave the person out."),
        ),
        "no_address_column": (
            _("No column of the file holds e-mail addresses."),
            _("Choose the column with the addresses, or add one and upload the file again."),
        ),
        "email_invalid": (
            _("“{value}” is not a complete e-mail address."),
            _("Correct the address in the row."),
        ),
        "shared_address": (
            _("The address {email} already belongs to another name in row {first}."),
            _("Give each person an address of their own, or correct the name."),
        ),
        "organisation": (
            _("This row is an organisation, not a person."),
            _("Nothing to do, unless the person's name is missing: then add it."),
        ),
        "deceased": (
            _("This person is marked as deceased."),
            _("Nothing to do, unless the mark is wrong: then clear it."),
        ),
        "confidential": (
            _("This person is marked as confidential and may not be imported or contacted."),
            _("Nothing to do, unless the mark is wrong: then clear it."),
        ),
        "no_contact": (
            _("This person has asked not to be contacted."),
            _("Nothing to do, unless the mark is wrong: then clear it."),
        ),
        "preview": (
            _("This is a test answer from the preview of the form."),
            _("Nothing to do."),
        ),
        "guest": (
            _("This guest's own name and address were never filled in."),
            _("Ask the person who booked, then add the name and address to the row."),
        ),
        "too_long": (
            _("The cell holds {count} characters; {limit} is the most for this field."),
            _("Shorten the cell, or map the column to another field."),
        ),
        # an answer to a question of the program's own, which would count
        "answer_choice": (
            _("“{value}” is not one of the choices of this question."),
            _("Write one of these, or clear the cell: {choices}."),
        ),
        "answer_count": (
            _("{count} things are chosen here; {most} is the most."),
            _("Leave only the {most} that count, or clear the cell."),
        ),
        "answer_number": (
            _("“{value}” is not a number from {least} to {most}."),
            _("Write such a number, or clear the cell."),
        ),
        "answer_day": (
            _("“{value}” is not a day."),
            _("Write it like 2026-09-30, or clear the cell."),
        ),
        "answer_yes_no": (
            _("“{value}” is neither yes nor no."),
            _("Write yes or no, or clear the cell."),
        ),
        # one value; the person is imported all the same
        "value_cut": (
            _("The cell holds {count} characters; the first {limit} are kept."),
            _("Shorten the cell if the end matters."),
        ),
        "value_unclear": (
            _("“{value}” could not be understood here, so the field stays empty."),
            _("Correct the cell, or fill in the field on the person's page later."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with the row as a person counts it (0: the whole file)."""

    code: str
    row: int = 0
    field: str = ""
    values: Mapping[str, str | int] = made(default_factory=dict)

    @property
    def reason(self) -> str:
        return SENTENCES[self.code][0].format(**{"row": self.row, **self.values})

    @property
    def mend(self) -> str:
        return SENTENCES[self.code][1].format(**{"row": self.row, **self.values})


class TableError(Exception):
    """The file as a whole cannot be read; nothing of it was used."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.reason} {problem.mend}")
        self.problem = problem
