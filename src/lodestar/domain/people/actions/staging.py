"""What would a list do, row by row, before anything is done?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.people import rules
from lodestar.domain.people.actions.imports import keep_claim
from lodestar.domain.people.models import Import, ImportRow, Person
from lodestar.domain.people.queries import has_account, people_by_address
from lodestar.engine.forms.questions import Question
from lodestar.engine.tables import columns
from lodestar.engine.tables.columns import recognise
from lodestar.engine.tables.people import Found, Merged, Outcome, Refused, people_in
from lodestar.engine.tables.person import ImportedPerson, merged
from lodestar.engine.tables.problems import SENTENCES, Problem, TableError
from lodestar.engine.tables.reading import Table, read_table
from lodestar.engine.tables.summary import problem_json, summary_json, summary_of

BATCH = 500
MAX_NOTES = 200
MAX_SAMPLE = 80
SAMPLES = 2
Row = ImportRow.Outcome
Known = Callable[[Iterable[str]], dict[str, Person]]


def stage_import(source: Import) -> Import:
    """Read the file and keep for every row what it would do; running it again begins anew."""
    source = Import.objects.get(pk=source.pk)
    ImportRow.objects.filter(source=source).delete()
    try:
        table = read_table(bytes(source.content or b""), source.file_name)
        chosen: dict[int | str, str] = {
            int(index): field for index, field in source.mapping.items()
        }
        mapping = recognise(table, chosen, rules.asked_by(source))
        counts = _store_rows(source, table, mapping)
    except TableError as error:
        return _fail(source, error.problem)
    summary = {
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "lines_before_heading": table.lines_before_heading,
        "heading_rows": table.heading_rows,
        "columns": _columns_json(mapping, samples_of(table)),
        **counts,
        "people": sum(counts[key] for key in ("created", "changed", "unchanged")),
    }
    rows = counts["data_rows"]
    return _read(source, Import.Status.STAGED, summary=summary, row_count=rows, problem="")


@transaction.atomic
def _read(source: Import, status: Import.Status, **found: Any) -> Import:
    """Store what came of reading, unless somebody has set the list aside meanwhile."""
    unread = Import.objects.filter(pk=source.pk, status=Import.Status.UPLOADED)
    unread.update(status=status, lease_until=None, **found)
    source = Import.objects.get(pk=source.pk)
    if source.status in (Import.Status.DISCARDED, Import.Status.FAILED):
        ImportRow.objects.filter(source=source).delete()
    return source


def preview_of(
    content: bytes,
    file_name: str,
    *,
    known: Known = people_by_address,
    asked: Sequence[Question] = (),
) -> dict[str, Any]:
    """Say what a file would do without keeping anything of it: the dry run of the command line."""
    table = read_table(content, file_name)
    mapping = recognise(table, asked=asked)
    summary = summary_json(summary_of(table, mapping))
    counts = {str(outcome): 0 for outcome in Row}
    for row in planned_rows(table, mapping, known):
        counts[str(row.outcome)] += not row.reason or row.outcome == Row.REFUSED
    return {**summary, **{key: counts[key] for key in ("created", "changed", "unchanged")}}


def sentences(problem: Problem) -> tuple[str, str]:
    """Return reason and mend in the reader's language."""
    values = {"row": problem.row, **problem.values}
    reason, mend = (_(sentence).format(**values) for sentence in SENTENCES[problem.code])
    return reason, mend


def planned_rows(
    table: Table, mapping: columns.Mapping, known: Known = people_by_address
) -> Iterator[ImportRow]:
    """Yield one unsaved row per person of the file; two rows of one person are read as one."""
    further: dict[str, ImportedPerson] = {}
    for outcome in people_in(table, mapping):
        if isinstance(outcome, Merged):
            email, later = outcome.person.email, outcome.person
            further[email] = merged(further[email], later) if email in further else later
    outcomes = people_in(table, mapping)
    while batch := list(islice(outcomes, BATCH)):
        owners = known(each.person.email for each in batch if isinstance(each, Found))
        yield from (_planned(outcome, owners, further) for outcome in batch)


def _planned(
    outcome: Outcome, known: Mapping[str, Person], further: Mapping[str, ImportedPerson]
) -> ImportRow:
    if isinstance(outcome, Refused):
        reason, mend = sentences(outcome.problem)
        return ImportRow(
            number=outcome.row,
            outcome=Row.REFUSED,
            field=outcome.problem.field[:120],
            reason=reason[:300],
            mend=mend[:300],
        )
    if isinstance(outcome, Merged):
        reason = _("Read together with row %(row)d, which is the same person.")
        return ImportRow(
            number=outcome.row, outcome=Row.UNCHANGED, reason=reason % {"row": outcome.into}
        )
    told = outcome.person
    if told.email in further:
        told = merged(told, further[told.email])
    values = values_of(told)
    person = known.get(told.email)
    planned = Row.CREATED if person is None else what_changes(person, values)
    return ImportRow(number=outcome.row, outcome=planned, person=person, values=values)


def what_changes(person: Person, values: Mapping[str, Any]) -> ImportRow.Outcome:
    """Say whether a row tells anything new about somebody known."""
    is_new = (
        rules.changes_to(person, values, has_account=has_account(person))
        or rules.educations_to_add(person, values)
        or rules.position_to_add(person, values)
    )
    return Row.CHANGED if is_new else Row.UNCHANGED


def values_of(person: ImportedPerson) -> dict[str, Any]:
    """Return what a row says as plain values, without its blanks."""
    values = {key: value for key, value in asdict(person).items() if value not in ("", (), None)}
    plain = {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }
    for name, told in (("answers", person.answers), ("own", person.own)):
        if told:
            plain[name] = dict(told)
    return plain


def _store_rows(source: Import, table: Table, mapping: columns.Mapping) -> dict[str, Any]:
    counts = {str(outcome): 0 for outcome in Row}
    numbers: set[int] = set()
    rows = planned_rows(table, mapping)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            row.source = source
            numbers.add(row.number)
            counts[str(row.outcome)] += not row.reason or row.outcome == Row.REFUSED
        with transaction.atomic():
            ImportRow.objects.bulk_create(batch)
        keep_claim(source)
    notes = _notes(table, mapping)
    return {**counts, "data_rows": len(numbers), "notes": notes}


def _notes(table: Table, mapping: columns.Mapping) -> list[dict[str, object]]:
    """Return the first values that could not be understood."""
    found = (
        note
        for outcome in people_in(table, mapping)
        if not isinstance(outcome, Refused)
        for note in outcome.notes
    )
    return [
        {**problem_json(note), "reason": sentences(note)[0], "mend": sentences(note)[1]}
        for note in islice(found, MAX_NOTES)
    ]


def samples_of(table: Table) -> list[list[str]]:
    """Return the first two different cells of every column, cut where they are long."""
    samples: list[list[str]] = [[] for _heading in table.headings]
    for row in islice(table.rows, columns.SAMPLE_ROWS):
        for found, cell in zip(samples, row.cells, strict=True):
            text = cell.strip()[:MAX_SAMPLE]
            if text and len(found) < SAMPLES and text not in found:
                found.append(text)
    return samples


def _columns_json(
    mapping: columns.Mapping, samples: Sequence[Sequence[str]]
) -> Sequence[dict[str, object]]:
    return [
        {
            "samples": list(samples[column.index]),
            "index": column.index,
            "heading": column.heading,
            "field": column.field,
            "confidence": column.confidence,
            "reason": column.reason,
        }
        for column in mapping.columns
    ]


def _fail(source: Import, problem: Problem) -> Import:
    return _read(source, Import.Status.FAILED, problem=" ".join(sentences(problem)))
