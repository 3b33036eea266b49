"""How do notes and files come into the room, and leave it?"""

import hashlib

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.common.wake import wake
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.common import open_to
from lodestar.domain.mentorships.models import Mentorship, Note, RoomFile
from lodestar.domain.mentorships.queries import files_of
from lodestar.domain.people.models import Person

LONGEST_NOTE = 4000


@transaction.atomic
def write_note(mentorship: Mentorship, *, by: Person, text: str, is_shared: bool = False) -> Note:
    """Keep a note that belongs to no meeting, for oneself or for both; the same words again are one note."""
    mentorship = open_to(mentorship, by)
    refuse_words(text)
    own = Note.objects.filter(mentorship=mentorship, author=by, is_shared=is_shared)
    if same := own.filter(text=text.strip()).first():
        return same
    note = Note(mentorship=mentorship, author=by, text=text.strip(), is_shared=is_shared)
    note.full_clean()
    note.save()
    record("note.written", note, by=by, is_shared=is_shared)
    return note


@transaction.atomic
def change_note(note: Note, *, by: Person, text: str, is_shared: bool) -> Note:
    """Write one's own note anew; what was shared once can be made private, though the other may have read it."""
    open_to(note.mentorship, by)  # type: ignore[arg-type]
    note = note.locked()
    refuse_unless_own(note, by)
    refuse_words(text)
    note.text, note.is_shared = text.strip(), is_shared
    note.save()
    record("note.changed", note, by=by, is_shared=is_shared)
    return note


@transaction.atomic
def remove_note(note: Note, *, by: Person) -> None:
    """Forget one's own note; nothing of it stays."""
    open_to(note.mentorship, by)  # type: ignore[arg-type]
    refuse_unless_own(note, by)
    record("note.removed", note, by=by)
    Note.objects.filter(pk=note.pk).delete()


def refuse_unless_own(note: Note, by: Person) -> None:
    if note.author_id != by.pk:
        raise RefusedError(_("Only whoever wrote a note changes it."))


def refuse_words(text: str) -> None:
    if not text.strip():
        raise RefusedError(_("Your note is still empty."))
    if len(text.strip()) > LONGEST_NOTE:
        raise RefusedError(_("This is too long for a note. Put it into a file."))


@transaction.atomic
def add_file(mentorship: Mentorship, *, by: Person, content: File[bytes], name: str) -> RoomFile:
    """Put a file into the room, told by its content; the same one put in again is there once."""
    mentorship = open_to(mentorship, by)
    kind, size = rules.kind_of(content), content.size or 0  # type: ignore[arg-type]
    there = list(files_of(mentorship))
    if problem := rules.why_not_file(kind, size, (each.size for each in there)):
        raise RefusedError(problem)
    digest = digest_of(content)
    shown = rules.safe_name(name, kind)
    same = [each for each in there if (each.digest, each.name) == (digest, shown)]
    if same:
        return same[0]
    row = RoomFile(
        mentorship=mentorship, added_by=by, name=shown, kind=kind, size=size, digest=digest
    )
    row.full_clean(exclude=["stored"])
    row.stored.save(shown, content, save=False)
    row.save()
    record("file.added", row, by=by, kind=kind, size=size)
    return row


def digest_of(content: File[bytes]) -> str:
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


@transaction.atomic
def remove_file(file: RoomFile, *, by: Person, reason: str) -> RoomFile:
    """Take one's own file out of the room, and say why; its content is forgotten within minutes."""
    open_to(file.mentorship, by)
    file = file.locked()
    if file.added_by_id != by.pk:
        raise RefusedError(_("Only whoever put a file here takes it out."))
    if reason not in RoomFile.Reason.values:
        raise RefusedError(_("Please say why you take it out."))
    if file.removed_at is None:
        file.removed_at, file.removed_because = now(), reason
        file.save()
        record("file.removed", file, by=by, reason=reason)
        wake("forget_room_files")
    return file


def forget_content(file: RoomFile) -> bool:
    """Delete what a removed file held; its row stays."""
    file.stored.storage.delete(file.stored.name)
    return bool(RoomFile.objects.filter(pk=file.pk).update(stored=""))
