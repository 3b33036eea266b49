"""When did the two meet, and what may each read of it?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lodestar.domain.mentorships.models import Meeting, Mentorship, Note
from lodestar.domain.mentorships.queries.pairs import mentorships_with_people
from lodestar.domain.people.models import Person


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting with those notes that the reader may read."""

    meeting: Meeting
    notes: list[Note]


def meetings_seen_by(person: Person, mentorship: Mentorship) -> list[MeetingSeen]:
    """Return the meetings, each with the notes that were shared or are the person's own."""
    visible = Note.objects.filter(Q(is_shared=True) | Q(author=person)).select_related("author")
    notes: dict[int, list[Note]] = {}
    for note in visible.filter(meeting__mentorship=mentorship):
        notes.setdefault(note.meeting_id or 0, []).append(note)
    return [MeetingSeen(m, notes.get(m.pk, [])) for m in mentorship.meetings.all()]


def unmet_mentorships(before: datetime) -> QuerySet[Mentorship]:
    """Return active mentorships of two present people that began before a moment and have not met."""
    rows = mentorships_with_people().filter(status=Mentorship.Status.ACTIVE)
    present = {"match__mentor__person__blocked_at": None, "match__mentee__person__blocked_at": None}
    return rows.filter(began_at__lte=before, meetings=None, **present)
