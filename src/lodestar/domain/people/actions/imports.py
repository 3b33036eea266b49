"""How is a list of people handed in, looked at, put to use and taken back?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.pace import let_others_write
from lodestar.domain.common.time import now
from lodestar.domain.common.wake import wake
from lodestar.domain.people import rules
from lodestar.domain.people.models import Import, Person
from lodestar.domain.people.queries import due_import
from lodestar.engine.forms.questions import Question, as_data
from lodestar.engine.tables.columns import fields_with

MAX_BYTES = 200_000_000
LEASE = timedelta(minutes=10)


@transaction.atomic
def upload_import(
    content: bytes, *, file_name: str, by: Person | None, asked: Sequence[Question] = ()
) -> Import:
    """Keep the file as it came; a job reads it, and nothing is imported before somebody says so.

    Its columns may also answer the questions that are `asked`.
    """
    if len(content) > MAX_BYTES:
        raise RefusedError(
            _("This file is larger than 200 MB. Nothing was lost: split it and upload the parts.")
        )
    source = Import.objects.create(
        file_name=file_name[-255:], content=content, uploaded_by=by, asked=as_data(asked)
    )
    record("import.uploaded", source, by=by)
    wake("stage_imports")
    return source


@transaction.atomic
def choose_columns(source: Import, *, chosen: Mapping[int, str], by: Person | None) -> Import:
    """Read the file again with columns as somebody chose them."""
    source = source.locked()
    if not rules.can_apply(source):
        raise RefusedError(_("This list can no longer be changed. Nothing was lost."))
    if not fields_with(rules.asked_by(source)).issuperset(chosen.values()):
        raise RefusedError(_("One of the columns was given a field that does not exist."))
    source.mapping = {str(index): field for index, field in chosen.items()}
    source.status = Import.Status.UPLOADED
    source.lease_until = None
    source.save()
    record("import.mapped", source, by=by)
    wake("stage_imports")
    return source


@transaction.atomic
def request_import(source: Import, *, by: Person | None) -> Import:
    """Say yes to what the list would do."""
    source = source.locked()
    if not rules.can_apply(source):
        raise RefusedError(_("This list is not waiting for your yes any more. Nothing was lost."))
    return _move(source, Import.Status.REQUESTED, "import.requested", "apply_imports", by)


@transaction.atomic
def request_undo(source: Import, *, by: Person | None) -> Import:
    """Ask that everything the import changed be as it was before."""
    source = source.locked()
    if not rules.can_undo(source, now()):
        raise RefusedError(_("An import can be undone for 7 days after it was applied."))
    return _move(source, Import.Status.UNDO_REQUESTED, "import.undo_requested", "undo_imports", by)


@transaction.atomic
def discard_import(source: Import, *, by: Person | None) -> Import:
    """Set a list aside that nobody will apply; its file and rows go."""
    source = source.locked()
    if source.status == Import.Status.DISCARDED:
        return source
    if not rules.can_discard(source):
        raise RefusedError(_("This list was already used, so it cannot be set aside."))
    source.rows.all().delete()
    source.content = None
    return _move(source, Import.Status.DISCARDED, "import.discarded", "", by)


def _move(source: Import, status: Import.Status, verb: str, job: str, by: Person | None) -> Import:
    source.status = status
    source.lease_until = None
    source.done_count = 0
    for column in source.summary.get("columns", ()):
        column.pop("samples", None)  # they served the look; the file's words need not stay
    source.save()
    record(verb, source, by=by)
    if job:
        wake(job)
    return source


def claim_import(status: Import.Status, at: datetime) -> Import | None:
    """Take the oldest waiting import for ourselves until the lease runs out."""
    source = due_import(status, at)
    if source is None:
        return None
    free = Import.objects.filter(Q(lease_until=None) | Q(lease_until__lt=at))
    taken = free.filter(pk=source.pk, status=status).update(lease_until=at + LEASE)
    return source if taken else None


def keep_claim(source: Import) -> None:
    """Say that the work goes on, and let others write before it does."""
    Import.objects.filter(pk=source.pk).update(lease_until=now() + LEASE)
    let_others_write()


@transaction.atomic
def forget_files(at: datetime) -> int:
    """Let go of the files of imports that can no longer be undone, or could not be read."""
    before = at - timedelta(days=rules.UNDO_DAYS)
    failed = Q(status=Import.Status.FAILED, created_at__lt=before)
    old = Import.objects.filter(failed | Q(applied_at__lt=before), content__isnull=False)
    return old.update(content=None)
