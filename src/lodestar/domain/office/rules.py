"""Who may write where, and can a thread be let go of?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lodestar.domain.office.models import OfficeMessage, Thread
from lodestar.domain.people.models import Person

Status = Thread.Status


def why_not_write(readers: Sequence[Person], *, is_of_the_office: bool) -> str:
    """Return why somebody can't write to an office, in a sentence, or ""."""
    if is_of_the_office:
        return _("You look after this yourself. What people write to it stands in your inbox.")
    if not readers:
        return _(
            "Nobody who could read it looks after this just now. Please write to the association instead."
        )
    return ""


def is_from_person(message: OfficeMessage, thread: Thread) -> bool:
    return message.author_id == thread.person_id


def why_not_settle(newest: str, seen: str) -> str:
    """Return why a thread can't be marked as answered or closed: something came that its reader has not seen."""
    if newest != seen:
        return _("Something new was written meanwhile. Read it first, then decide.")
    return ""


def why_not_take(thread: Thread, person: Person) -> str:
    """Return why somebody can't take a thread up themselves, in a sentence, or ""."""
    holder = thread.looked_after_by
    if holder is None or holder.pk == person.pk:
        return ""
    return _("%(name)s looks after it already.") % {"name": holder.full_name}
