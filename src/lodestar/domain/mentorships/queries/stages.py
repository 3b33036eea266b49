"""In which part of its life is a mentorship?"""

from datetime import date, timedelta

from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries.agreements import half_of

AROUND = timedelta(days=14)
BEFORE_THE_END = timedelta(days=28)


def stage_of(mentorship: Mentorship, on: date) -> str:
    """Return first-meeting, goals, midpoint or closing: what the two are at, by their meetings and the calendar."""
    ends_on = mentorship.match.mentor.cohort.ends_on
    if not rules.is_running(mentorship) or on > ends_on - BEFORE_THE_END:
        return "closing"
    if not mentorship.meetings.filter(held_on__lte=on).exists():
        return "first-meeting"
    if abs(on - half_of(mentorship)) <= AROUND:
        return "midpoint"
    return "goals"
