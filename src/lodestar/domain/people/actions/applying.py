"""How does a list that somebody said yes to become people, and how is that taken back?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.time import now
from lodestar.domain.people import rules
from lodestar.domain.people.actions.imports import keep_claim
from lodestar.domain.people.models import (
    Address,
    Education,
    Import,
    ImportRow,
    Person,
    Position,
)
from lodestar.domain.people.queries import has_account, people_by_address

BATCH = 200
MAX_LEFTOVERS = 5000
Row = ImportRow.Outcome


def apply_import(source: Import) -> Import:
    """Do what the rows say, batch by batch; a killed worker's successor goes on where it stopped."""
    while apply_batch(source):
        keep_claim(source)
    return _finished(source, Import.Status.REQUESTED, Import.Status.APPLIED, "import.applied")


def undo_import(source: Import) -> Import:
    """Put everything back, the last row first."""
    while undo_batch(source):
        keep_claim(source)
    return _finished(source, Import.Status.UNDO_REQUESTED, Import.Status.UNDONE, "import.undone")


@transaction.atomic
def _finished(source: Import, before: Import.Status, status: Import.Status, verb: str) -> Import:
    source = source.locked()
    if source.status != before:
        return source
    source.status, source.lease_until = status, None
    if status == Import.Status.APPLIED:
        source.applied_at = now()
    source.save()
    record(verb, source, rows=source.done_count)
    return source


@transaction.atomic
def apply_batch(source: Import) -> int:
    """Apply the next rows; people may have changed since the list was looked at."""
    if source.locked().status != Import.Status.REQUESTED:
        return 0
    waiting = ImportRow.objects.filter(source=source, is_done=False, values__has_key="email")
    rows = list(waiting.order_by("pk")[:BATCH])
    known = people_by_address(row.values["email"] for row in rows)
    for row in rows:
        row.person = known.get(row.values["email"])
        if row.person is not None:
            _change(row, row.person)
    fresh = [row for row in rows if row.person is None]
    _create(fresh, source)
    for outcome in Row.values:
        _mark_done([row for row in rows if row.outcome == outcome], outcome)
    Import.objects.filter(pk=source.pk).update(done_count=F("done_count") + len(rows))
    return len(rows)


def _mark_done(rows: list[ImportRow], outcome: str) -> None:
    """Write down what became of rows, with as few words to the database as will do."""
    fields = ["person", "before"] if outcome == Row.CHANGED else ["person"]
    ImportRow.objects.bulk_update(rows, fields)
    keys = [row.pk for row in rows]
    ImportRow.objects.filter(pk__in=keys).update(outcome=outcome, is_done=True)


def _create(rows: list[ImportRow], source: Import) -> None:
    """Make the people of a batch known, all of them in four statements."""
    origin = f"import {source.public_id}"
    people = [Person(**rules.fields_of(row.values), source=origin) for row in rows]
    Person.objects.bulk_create(people)
    educations: list[Education] = []
    positions: list[Position] = []
    for row, person in zip(rows, people, strict=True):
        row.person, row.outcome = person, Row.CREATED
        for education in rules.new_educations((), row.values):
            education.person = person
            educations.append(education)
        if position := rules.new_position((), row.values):
            position.person = person
            positions.append(position)
    Address.objects.bulk_create(address for row in rows for address in _addresses(row))
    Education.objects.bulk_create(educations)
    Position.objects.bulk_create(positions)


def _addresses(row: ImportRow) -> Iterator[Address]:
    """Yield a new person's addresses, the one that counts first, none of them verified."""
    emails = [row.values["email"], *row.values.get("other_emails", ())]
    for place, email in enumerate(dict.fromkeys(map(rules.normalised, emails))):
        yield Address(person=row.person, email=email, normalised=email, is_primary=place == 0)


def _change(row: ImportRow, person: Person) -> None:
    changes = rules.changes_to(person, row.values, has_account=has_account(person))
    row.before = {
        "fields": {name: getattr(person, name) for name in changes},
        "after": changes,
    }
    for name, value in changes.items():
        setattr(person, name, value)
    if changes:
        person.save(update_fields=list(changes))
    added = _add_history(person, row.values)
    if any(added.values()):
        person.refresh_from_db()
    row.before.update(added)
    row.outcome = Row.CHANGED if changes or any(added.values()) else Row.UNCHANGED


def _add_history(person: Person, values: dict[str, Any]) -> dict[str, list[int]]:
    educations = rules.educations_to_add(person, values)
    position = rules.position_to_add(person, values)
    for education in educations:
        education.person = person
        education.save()
    if position is not None:
        position.person = person
        position.save()
    return {
        "educations": [education.pk for education in educations],
        "positions": [position.pk] if position else [],
    }


@transaction.atomic
def undo_batch(source: Import) -> int:
    """Take back the last rows that were applied; who has joined since is kept."""
    if source.locked().status != Import.Status.UNDO_REQUESTED:
        return 0
    done = ImportRow.objects.filter(source=source, is_done=True).select_related("person")
    rows = list(done.order_by("-pk")[:BATCH])
    for row in rows:
        if row.outcome == Row.CREATED and row.person is not None:
            _remove(row, row.person)
        elif row.outcome == Row.CHANGED and row.person is not None:
            _restore(row, row.person)
        row.is_done = False
    ImportRow.objects.bulk_update(rows, ["is_done", "reason"])
    Import.objects.filter(pk=source.pk).update(done_count=F("done_count") + len(rows))
    return len(rows)


def remove_leftovers(at: datetime) -> int:
    """Remove people whom an undone import had to leave, once nothing needs them any more.

    A later room takes back what it made of the import in its own time; only then may they go.
    """
    left = ImportRow.objects.filter(
        source__status=Import.Status.UNDONE,
        source__applied_at__gte=at - timedelta(days=rules.UNDO_DAYS),
        outcome=Row.CREATED,
        person__isnull=False,
        person__account=None,
    )
    removed = 0
    for row in left.select_related("person")[:MAX_LEFTOVERS]:
        if row.person is not None:
            _remove(row, row.person)
            removed += row.person is None
            ImportRow.objects.filter(pk=row.pk, person=None).update(reason="")
    return removed


def _remove(row: ImportRow, person: Person) -> None:
    """Delete a person whom only this import knows."""
    others = ImportRow.objects.filter(person=person, is_done=True).exclude(source=row.source_id)
    if others.exists():
        row.reason = _("Kept: a later list speaks of this person too.")
        return
    try:
        with transaction.atomic():
            ImportRow.objects.filter(person=person).update(person=None)
            for model in (Address, Education, Position):
                model.objects.filter(person=person).delete()
            person.delete()
        row.person = None
    except ProtectedError:
        row.reason = _("Kept: this person has joined or takes part since the import.")


def _restore(row: ImportRow, person: Person) -> None:
    """Give each field its earlier value, unless somebody has changed it again since or confirmed it."""
    before, after = row.before["fields"], row.before["after"]
    changed = [name for name in before if getattr(person, name) == after[name]]
    names = [name for name in changed if name not in person.said]
    for name in names:
        setattr(person, name, before[name])
    if names:
        person.save(update_fields=names)
    for model, name in ((Education, "educations"), (Position, "positions")):
        model.objects.filter(person=person, pk__in=row.before[name], is_said=False).delete()
