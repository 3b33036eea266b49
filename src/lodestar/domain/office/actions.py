"""How is the office written to, who answers, and when is it done?"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import (
    keep_from_leaving,
    keep_message,
    note_read,
    tell_of_message,
)
from lodestar.domain.messaging.models import Letter
from lodestar.domain.office import queries, rules
from lodestar.domain.office.models import OfficeMessage, Thread
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Program

Status = Thread.Status
WRITTEN, ANSWERED = "office.written", "office.answered"


@transaction.atomic
def write_to_office(
    person: Person, program: Program | None, *, text: str, form_key: str = ""
) -> OfficeMessage:
    """Write to the coordinators of a program, or to the admins; the same form sent twice is one message."""
    readers = queries.readers_for(person, program)
    is_own = queries.is_of_the_office(person, program)
    if why := rules.why_not_write(readers, is_of_the_office=is_own):
        raise RefusedError(why)
    moment = now()
    thread, _is_new = Thread.objects.get_or_create(
        program=program, person=person, defaults={"waiting_since": moment, "last_at": moment}
    )
    thread = thread.locked()
    message, is_new = keep_message(
        OfficeMessage, by=person, text=text, form_key=form_key, thread=thread
    )
    if is_new:
        thread.status, thread.last_at = Status.WAITING, moment
        thread.waiting_since = thread.waiting_since or moment
        thread.save()
        note_read(person, thread, up_to=message.pk, now=moment)
        record("office_message.written", message, by=person)
        call_readers(thread, readers, message)
    return message


def call_readers(thread: Thread, readers: list[Person], message: OfficeMessage) -> None:
    """Tell whoever looks after the thread; while nobody does, everybody who may."""
    holder = [each for each in readers if each.pk == thread.looked_after_by_id]
    for reader in holder or readers:
        tell_of_message(WRITTEN, thread, to=reader, message=message)


@transaction.atomic
def answer_from_office(
    thread: Thread, *, by: Person, text: str, form_key: str = ""
) -> OfficeMessage:
    """Answer somebody for the office; whoever answers first looks after the thread from then on."""
    thread = locked_for(thread, by)
    message, is_new = keep_message(
        OfficeMessage, by=by, text=text, form_key=form_key, thread=thread
    )
    if is_new:
        if thread.looked_after_by not in queries.readers_for(thread.person, thread.program):
            thread.looked_after_by = by
        thread.last_at = now()
        note_read(by, thread, up_to=message.pk, now=thread.last_at)
        settle(thread, Status.ANSWERED)
        record("office_message.answered", message, by=by, about=thread.person)
        tell_of_message(ANSWERED, thread, to=thread.person, message=message)
    return message


def locked_for(thread: Thread, by: Person) -> Thread:
    """Return the locked thread as somebody of its office may read it now."""
    thread.locked()
    return queries.thread_for(by, thread.public_id)


def settle(thread: Thread, status: Thread.Status) -> None:
    """Let a thread wait no longer; letters that say it waits, and have not left, are set aside."""
    thread.status, thread.waiting_since = status, None
    thread.full_clean()
    thread.save()
    calls = Letter.objects.filter(about_key=thread.public_id, kind=WRITTEN)
    keep_from_leaving(calls, why=_("The office has answered meanwhile."))


@transaction.atomic
def write_in_thread(thread: Thread, *, by: Person, text: str, form_key: str = "") -> OfficeMessage:
    """Write in a thread from whichever of its two sides somebody stands on."""
    if by.pk == thread.person_id:
        return write_to_office(by, thread.program, text=text, form_key=form_key)
    return answer_from_office(thread, by=by, text=text, form_key=form_key)


@transaction.atomic
def take_up(thread: Thread, *, by: Person) -> Thread:
    """Look after a thread oneself, where nobody of the office does; of two who press at once, one does."""
    thread = locked_for(thread, by)
    readers = queries.readers_for(thread.person, thread.program)
    nobody = Q(looked_after_by=None) | ~Q(looked_after_by__in=readers)
    if Thread.objects.filter(nobody, pk=thread.pk).update(looked_after_by=by):
        record("office_thread.taken", thread, by=by)
    thread = queries.thread_for(by, thread.public_id)
    if why := rules.why_not_take(thread, by):
        raise RefusedError(why)
    return thread


@transaction.atomic
def hand_over(thread: Thread, *, by: Person, to: str) -> Thread:
    """Let another of the office look after a thread; if it waits, they get a letter."""
    thread = locked_for(thread, by)
    readers = queries.readers_for(thread.person, thread.program)
    chosen = next((each for each in readers if each.public_id == to), None)
    if chosen is None:
        raise NotFoundError
    if thread.looked_after_by_id == chosen.pk:
        return thread
    thread.looked_after_by = chosen
    thread.full_clean()
    thread.save()
    record("office_thread.handed_over", thread, by=by, about=chosen)
    newest = thread.messages.filter(author=thread.person).order_by("-pk").first()
    if chosen.pk != by.pk and newest and thread.status == Status.WAITING:
        tell_of_message(WRITTEN, thread, to=chosen, message=newest)
    return thread


@transaction.atomic
def mark_answered(thread: Thread, *, by: Person, seen: str) -> Thread:
    """Note that a thread is answered, as by telephone; it stays open."""
    return let_go(thread, Status.ANSWERED, by=by, seen=seen)


@transaction.atomic
def close_thread(thread: Thread, *, by: Person, seen: str) -> Thread:
    """Close a thread; a new message opens it again."""
    return let_go(thread, Status.CLOSED, by=by, seen=seen)


def let_go(thread: Thread, status: Thread.Status, *, by: Person, seen: str) -> Thread:
    """Settle a thread as far as its reader has seen it, so that nothing new is put away unread."""
    thread = locked_for(thread, by)
    if thread.status == status:
        return thread
    if why := rules.why_not_settle(queries.newest_in(thread), seen):
        raise RefusedError(why)
    settle(thread, status)
    record(f"office_thread.{status}", thread, by=by, about=thread.person)
    return thread
