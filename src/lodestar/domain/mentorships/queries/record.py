"""What does one of the two take along: the whole room, but for the partner's own notes?"""

from datetime import date, datetime
from typing import Any

from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Meeting, Mentorship, Note
from lodestar.domain.mentorships.queries.agreements import versions_of_agreement
from lodestar.domain.mentorships.queries.meetings import meetings_seen_by
from lodestar.domain.mentorships.queries.papers import files_of, notes_seen_by
from lodestar.domain.mentorships.queries.tasks import goals_seen, tasks_of
from lodestar.domain.people.models import Person

Record = dict[str, Any]


def room_record(mentorship: Mentorship, person: Person) -> Record:
    """Return the room in words, numbers and dates, as this person may read it and nobody else."""
    partner = rules.partner_of(mentorship, person)
    cohort = mentorship.match.mentor.cohort
    return {
        "program": cohort.program.called,
        "cohort": cohort.name,
        "you": person.full_name,
        "partner": partner.full_name,
        "your_role": str(rules.role_of(mentorship, person)),
        "status": mentorship.status,
        "began_at": told(mentorship.began_at),
        "ended_at": told(mentorship.ended_at),
        "agreements": [agreement(v.agreement) for v in versions_of_agreement(mentorship)],
        "goals": [
            {**work(seen.goal), "steps": [work(step) for step in seen.steps]}
            for seen in goals_seen(mentorship)
        ],
        "tasks": [work(task) for task in tasks_of(mentorship)],
        "meetings": [met(s.meeting, s.notes) for s in meetings_seen_by(person, mentorship)],
        "notes": [note(each) for each in notes_seen_by(person, mentorship)],
        "messages": [
            {"at": told(m.created_at), "from": m.author.full_name, "text": m.text}
            for m in mentorship.messages.select_related("author")
        ],
        "files": [
            {
                "name": each.name,
                "from": each.added_by.full_name,
                "at": told(each.created_at),
                "bytes": each.size,
                "in": f"files/{number:03}-{each.name}",
            }
            for number, each in enumerate(files_of(mentorship), 1)
        ],
    }


def told(moment: datetime | date | None) -> str | None:
    return moment.isoformat() if moment else None


def agreement(row: Any) -> Record:
    return {
        **rules.words_of(row),
        "number": row.number,
        "written_at": told(row.created_at),
        "written_by": row.drafted_by.full_name if row.drafted_by else None,
        "mentor_signed_at": told(row.mentor_signed_at),
        "mentee_signed_at": told(row.mentee_signed_at),
        "agreed_at": told(row.agreed_at),
    }


def work(row: Any) -> Record:
    """Return a goal, a step or a task."""
    doer = getattr(row, "doer", None)
    return {
        "text": row.text,
        "by": doer.full_name if doer else None,
        "due_on": told(row.due_on),
        "done_at": told(row.done_at),
        "set_aside_at": told(row.dropped_at),
    }


def met(meeting: Meeting, notes: list[Note]) -> Record:
    return {
        "held_on": told(meeting.held_on),
        "minutes": meeting.minutes,
        "notes": [note(each) for each in notes],
    }


def note(row: Note) -> Record:
    return {
        "at": told(row.created_at),
        "from": row.author.full_name,
        "for": "both" if row.is_shared else "me",
        "text": row.text,
    }
