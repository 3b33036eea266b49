"""Who are the two, and what may they do now?"""

from datetime import date, timedelta
from zoneinfo import ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.mentorships.models import Goal, Mentorship
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import shown_names

MINUTES = range(5, 601)


def is_party(mentorship: Mentorship, person: Person) -> bool:
    match = mentorship.match
    return person.pk in (match.mentor.person_id, match.mentee.person_id)


def partner_of(mentorship: Mentorship, person: Person) -> Person:
    """Return the other of the two."""
    match = mentorship.match
    return match.mentee.person if match.mentor.person_id == person.pk else match.mentor.person


def role_of(mentorship: Mentorship, person: Person) -> RoleInCohort:
    is_mentor = mentorship.match.mentor.person_id == person.pk
    return RoleInCohort.MENTOR if is_mentor else RoleInCohort.MENTEE


def is_running(mentorship: Mentorship) -> bool:
    return mentorship.status in Mentorship.RUNNING


def is_blocked(mentorship: Mentorship) -> bool:
    """Either account was closed by the office."""
    match = mentorship.match
    return bool(match.mentor.person.blocked_at or match.mentee.person.blocked_at)


def may_write(mentorship: Mentorship, person: Person) -> bool:
    """Only the two, and only while the mentorship is active; what has ended is to be read only."""
    active = mentorship.status == Mentorship.Status.ACTIVE
    return active and is_party(mentorship, person) and not is_blocked(mentorship)


def can_pause(mentorship: Mentorship, person: Person) -> bool:
    return may_write(mentorship, person)


def can_resume(mentorship: Mentorship, person: Person) -> bool:
    """Either of the two can, unless the safeguarding lead holds the mentorship."""
    paused = mentorship.status == Mentorship.Status.PAUSED and mentorship.held_at is None
    return paused and is_party(mentorship, person)


def can_end(mentorship: Mentorship, person: Person) -> bool:
    return is_running(mentorship) and is_party(mentorship, person)


def today_of(person: Person) -> date:
    """Return the date where the person is; an unknown zone counts as the association's."""
    try:
        return today(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return today()


def is_open(goal: Goal) -> bool:
    return goal.done_at is None and goal.dropped_at is None


def why_not_read_only(mentorship: Mentorship) -> str:
    """Return why nothing can be added now, or "" while it can."""
    if not is_running(mentorship):
        return _("This mentorship has ended. All of it stays here for you to read.")
    if mentorship.held_at is not None:
        return _("The association has paused this mentorship and will write to you.")
    if mentorship.status == Mentorship.Status.PAUSED:
        return _("This mentorship is paused. Resume it, and all of this opens again.")
    if is_blocked(mentorship):
        return _("Your partner can't be reached here at the moment. The office knows about it.")
    return ""


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
    is_told = "topics" in shown_names(mentorship.match.mentor.cohort.design, is_paired=True)
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
