"""What is kept of a meeting, and who is asked to find a first one?"""

from datetime import date

from django.db import transaction

from lodestar.domain.applications.rules.showing import is_paused
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.common import NUDGES, open_to, tell
from lodestar.domain.mentorships.models import (
    Appointment,
    Meeting,
    Mentorship,
    Note,
)
from lodestar.domain.mentorships.queries.appointments import on_day_of, told_by
from lodestar.domain.mentorships.rules.appointments import kept_day
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of


@transaction.atomic
def log_meeting(
    mentorship: Mentorship, *, by: Person, held_on: date, minutes: int = 60,
    note: str = "", is_shared: bool = False,
) -> Meeting:  # fmt: skip
    """Log a meeting; the same day told again corrects it and is never counted twice.

    Where the two live far apart, a meeting may fall on two days: one that was planned is kept under one of them.
    """
    mentorship = open_to(mentorship, by)
    problem = rules.why_not_meeting(mentorship, held_on, minutes, on=today_of(by))
    if problem:
        raise RefusedError(problem)
    planned = on_day_of(mentorship, by, held_on)
    day = kept_day(planned) if planned else held_on
    meeting = keep_meeting(mentorship, by=by, held_on=day, minutes=minutes)
    if note.strip():
        Note.objects.update_or_create(
            meeting=meeting, author=by, is_shared=is_shared, defaults={"text": note.strip()}
        )
    return meeting


def keep_meeting(mentorship: Mentorship, *, by: Person, held_on: date, minutes: int) -> Meeting:
    """Keep a meeting of a locked mentorship under its day, and what was planned for that day as held."""
    meeting, is_new = Meeting.objects.get_or_create(
        mentorship=mentorship, held_on=held_on, defaults={"minutes": minutes, "logged_by": by}
    )
    if not is_new and meeting.minutes != minutes:
        meeting.minutes = minutes
        meeting.save()
    for appointment in told_by(mentorship, held_on, now()):
        Appointment.objects.filter(pk=appointment.pk).update(
            status=Appointment.Status.HELD, meeting=meeting
        )
        overtake(appointment, ("mentorships.met",))
    overtake(mentorship, NUDGES)
    record("meeting.logged", meeting, by=by, is_new=is_new)
    return meeting


@transaction.atomic
def remind_unmet(mentorship: Mentorship) -> None:
    """Ask both who are there, once, to find a first date."""
    match = mentorship.match
    for side in (match.mentor, match.mentee):
        if not is_paused(side, today()):
            tell(mentorship, "mentorships.unmet", to=side.person)
