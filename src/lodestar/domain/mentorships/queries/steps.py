"""What does each of the two do next?"""

from dataclasses import dataclass
from datetime import date, timedelta

from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries.agreements import waits_for_signature
from lodestar.domain.mentorships.queries.threads import has_unanswered_message
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of
from lodestar.domain.programs.models import Design


@dataclass(frozen=True)
class NextStep:
    """The one thing that matters now for one of the two; `days` ago or ahead, as the kind says."""

    kind: str
    on: date | None = None
    days: int = 0


def next_step(mentorship: Mentorship, person: Person) -> NextStep:
    """Return what this person does next: answer, meet first, meet again, or resume; one talk is not repeated."""
    if not rules.may_write(mentorship, person):
        return NextStep("resume" if rules.can_resume(mentorship, person) else "closed")
    if has_unanswered_message(mentorship, person):
        return NextStep("answer")
    if waits_for_signature(mentorship, person):
        return NextStep("sign")
    on = today_of(person)
    last = mentorship.meetings.values_list("held_on", flat=True).first()
    if last is None:
        due = rules.first_meeting_due(mentorship)
        return NextStep("meet_first" if due >= on else "meet_overdue", due, (due - on).days)
    design = mentorship.match.mentor.cohort.design
    if design.format == Design.Format.FLASH:
        return NextStep("met_once", last, (on - last).days)
    again = last + timedelta(days=rules.cadence_of(mentorship))
    return NextStep("meet_again" if again <= on else "all_well", again, (on - last).days)
