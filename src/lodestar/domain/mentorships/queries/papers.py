"""Which notes and files are in the room, and what may each take along?"""

from django.db.models import Q, QuerySet

from lodestar.domain.common.find import one
from lodestar.domain.mentorships.models import Mentorship, Note, RoomFile, Takeaway
from lodestar.domain.people.models import Person


def notes_seen_by(person: Person, mentorship: Mentorship) -> QuerySet[Note]:
    """Return the notes beside those of meetings that were shared or are the person's own, the newest first."""
    visible = Note.objects.filter(Q(is_shared=True) | Q(author=person))
    return visible.filter(mentorship=mentorship).select_related("author").order_by("-pk")


def own_note(person: Person, mentorship: Mentorship, key: str) -> Note:
    """Return a note that this person wrote; the partner's, even if shared, is nobody else's to change."""
    return one(Note.objects.filter(mentorship=mentorship, author=person), public_id=key)


def files_of(mentorship: Mentorship) -> QuerySet[RoomFile]:
    """Return the files that are there, the newest first."""
    return mentorship.files.filter(removed_at=None).select_related("added_by")


def file_in(mentorship: Mentorship, key: str) -> RoomFile:
    return one(files_of(mentorship), public_id=key)


def files_to_forget() -> QuerySet[RoomFile]:
    """Return removed files whose content still lies on the disk."""
    return RoomFile.objects.exclude(removed_at=None).exclude(stored="")


def latest_takeaway(person: Person, mentorship: Mentorship) -> Takeaway | None:
    return mentorship.takeaways.filter(person=person).order_by("-pk").first()


def waiting_takeaway(person: Person, mentorship: Mentorship) -> Takeaway | None:
    rows = mentorship.takeaways.filter(person=person, status__in=Takeaway.WAITING)
    return rows.first()
