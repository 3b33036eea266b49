"""When is a meeting due, and what is a first one about?"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from lodestar.domain.applications.rules.showing import shown_names_of
from lodestar.domain.mentorships.models import Mentorship

MINUTES = range(5, 601)


def why_not_meeting(mentorship: Mentorship, held_on: date, minutes: int, on: date) -> str:
    """Return what is wrong with a meeting as it was told on a day, or ""."""
    if held_on > on:
        return _("A meeting is logged once it has happened; this date is still to come.")
    if held_on < mentorship.began_at.date() - timedelta(days=30):
        return _("This date is long before your mentorship began. Is the year right?")
    if minutes not in MINUTES:
        return _("A meeting takes between 5 and 600 minutes.")
    return ""


def first_meeting_due(mentorship: Mentorship) -> date:
    days = mentorship.match.mentor.cohort.design.first_meeting_days
    return mentorship.began_at.date() + timedelta(days=days)


def first_agenda(mentorship: Mentorship) -> list[str]:
    """Return what a first conversation can be about, from what the mentee asked for and the mentor may read."""
    mentee = mentorship.match.mentee
    design = mentorship.match.mentor.cohort.design
    is_told = "topics" in shown_names_of(mentee, design, is_paired=True)
    topics = [str(t) for t in mentee.answers.get("topics") or []][:2] if is_told else []
    about = (
        _("What you hope for: %(topics)s.") % {"topics": ", ".join(topics)}
        if topics
        else _("What you each hope for.")
    )
    return [
        _("Ten minutes: who you are and how you got here."),
        about,
        _("One small step before you meet again, and when that will be."),
    ]
