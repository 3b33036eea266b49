"""Says what would become of a file, in numbers and sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from lodestar.engine.tables import columns
from lodestar.engine.tables.people import Found, Merged, Outcome, Refused, people_in
from lodestar.engine.tables.person import ImportedPerson, merged
from lodestar.engine.tables.problems import Problem
from lodestar.engine.tables.reading import Table


@dataclass(frozen=True, slots=True)
class Summary:
    """A file tried out: nothing is stored, and every row is accounted for."""

    encoding: str
    delimiter: str
    lines_before_heading: int
    heading_rows: int
    data_rows: int
    columns: tuple[columns.Column, ...]
    people: tuple[ImportedPerson, ...]
    """In the order of their first row, with what their further rows say."""
    merged: tuple[tuple[int, int], ...]
    """Further rows of a person, each with the row in which the person was found first."""
    refused: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    """Values that could not be understood; their people are imported without them."""

    @property
    def emails(self) -> tuple[str, ...]:
        return tuple(sorted(person.email for person in self.people))


def summary_of(table: Table, mapping: columns.Mapping) -> Summary:
    """Read the whole table and say what would become of it."""
    return summary_of_outcomes(table, mapping, people_in(table, mapping))


def summary_of_outcomes(
    table: Table, mapping: columns.Mapping, outcomes: Iterable[Outcome]
) -> Summary:
    """Sum up outcomes that were already worked out."""
    people: dict[str, ImportedPerson] = {}
    rows: set[int] = set()
    further: list[tuple[int, int]] = []
    refused: list[Problem] = []
    notes: list[Problem] = []
    for outcome in outcomes:
        rows.add(outcome.row)
        if isinstance(outcome, Refused):
            refused.append(outcome.problem)
            continue
        notes.extend(outcome.notes)
        _add(people, outcome)
        if isinstance(outcome, Merged):
            further.append((outcome.row, outcome.into))
    return Summary(
        encoding=table.encoding,
        delimiter=table.delimiter,
        lines_before_heading=table.lines_before_heading,
        heading_rows=table.heading_rows,
        data_rows=len(rows),
        columns=mapping.columns,
        people=tuple(people.values()),
        merged=tuple(further),
        refused=tuple(refused),
        notes=tuple(notes),
    )


def _add(people: dict[str, ImportedPerson], outcome: Found | Merged) -> None:
    earlier = people.get(outcome.person.email)
    later = outcome.person
    people[later.email] = later if earlier is None else merged(earlier, later)


def summary_json(summary: Summary) -> dict[str, object]:
    """Return the summary as plain values, ready for `json.dumps`."""
    return {
        "encoding": summary.encoding,
        "delimiter": summary.delimiter,
        "lines_before_heading": summary.lines_before_heading,
        "heading_rows": summary.heading_rows,
        "data_rows": summary.data_rows,
        "importable_people": len(summary.people),
        "emails": list(summary.emails),
        "merged": [{"row": row, "into": into} for row, into in summary.merged],
        "refused": [problem_json(problem) for problem in summary.refused],
        "notes": [problem_json(problem) for problem in summary.notes],
        "columns": [
            {
                "heading": column.heading,
                "field": column.field,
                "confidence": column.confidence,
                "reason": columns.REASONS[column.reason],
            }
            for column in summary.columns
        ],
    }


def problem_json(problem: Problem) -> dict[str, object]:
    return {
        "row": problem.row,
        "field": problem.field,
        "code": problem.code,
        "reason": problem.reason,
        "mend": problem.mend,
    }
