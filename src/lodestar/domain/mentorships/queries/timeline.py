"""What happened between the two, and when? Counted and dated; what they wrote stays where it stands."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from lodestar.domain.audit.queries import moments_of
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Goal, Mentorship, Task
from lodestar.domain.mentorships.queries.papers import notes_seen_by
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import day_for

RESTS = {
    "mentorship.paused": "paused",
    "mentorship.resumed": "resumed",
    "mentorship.held": "held",
    "mentorship.released": "released",
}


@dataclass(frozen=True)
class Touch:
    """One sign of life on a day where the reader is; `by` is None for both, or for nobody."""

    on: date
    kind: str
    by: Person | None = None
    words: str = ""
    count: int = 1


def touches(mentorship: Mentorship, person: Person) -> list[Touch]:
    """Return all that happened, the newest first, by the days of whoever reads."""
    found = [
        *of_itself(mentorship, person),
        *of_agreements(mentorship, person),
        *of_goals(mentorship, person),
        *of_words(mentorship, person),
    ]
    if mentorship.ended_at:
        found.append(Touch(day_for(person, mentorship.ended_at), "ended"))
    return sorted(found, key=lambda touch: touch.on)[::-1]


def of_itself(mentorship: Mentorship, person: Person) -> list[Touch]:
    """Return its beginning and pauses, and the meetings that were held."""
    found = [Touch(day_for(person, mentorship.began_at), "began")]
    for verb, moment in moments_of(mentorship, RESTS):
        found.append(Touch(day_for(person, moment), RESTS[verb]))
    met = mentorship.meetings.filter(held_on__lte=day_for(person, now()))
    found += [Touch(each.held_on, "met", count=each.minutes) for each in met]
    return found


def of_agreements(mentorship: Mentorship, person: Person) -> list[Touch]:
    found = []
    for each in mentorship.agreements.select_related("drafted_by"):
        kind = "drafted" if each.drafted_by else "reopened"
        found.append(Touch(day_for(person, each.created_at), kind, each.drafted_by))
        if each.agreed_at:
            found.append(Touch(day_for(person, each.agreed_at), "agreed"))
    return found


def of_goals(mentorship: Mentorship, person: Person) -> list[Touch]:
    """Return which goals and tasks were set, reached and set aside."""
    found = []
    goals = list(mentorship.goals.select_related("set_by"))
    tasks = list(mentorship.tasks.select_related("set_by", "done_by"))
    rows: list[Goal | Task] = [*goals, *tasks]
    for row in rows:
        noun = "goal" if isinstance(row, Goal) else "task"
        if noun == "goal":
            found.append(Touch(day_for(person, row.created_at), "goal_set", row.set_by, row.text))
        if row.done_at:
            by = row.done_by if isinstance(row, Task) else None
            found.append(Touch(day_for(person, row.done_at), f"{noun}_done", by, row.text))
    return found


def of_words(mentorship: Mentorship, person: Person) -> list[Touch]:
    """Count messages by day and writer; name files; tell of notes that they were written."""
    people = {each.pk: each for each in (person, rules.partner_of(mentorship, person))}
    written = mentorship.messages.values_list("created_at", "author_id")
    counted = Counter((day_for(person, moment), author) for moment, author in written)
    found = [
        Touch(on, "written", people.get(author), count=count)
        for (on, author), count in counted.items()
    ]
    found += [
        Touch(day_for(person, note.created_at), "note", note.author)
        for note in notes_seen_by(person, mentorship)
    ]
    for file in mentorship.files.select_related("added_by"):
        name = "" if file.removed_at else file.name
        found.append(Touch(day_for(person, file.created_at), "file", file.added_by, name))
    return found
