"""Who are the two, and what may they do now?"""

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Person


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


def participant_of(mentorship: Mentorship, person: Person) -> Participant:
    """Return as whom this person took part in it."""
    match = mentorship.match
    return match.mentor if role_of(mentorship, person) == RoleInCohort.MENTOR else match.mentee


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
