"""After one trial meeting: who may say how it should go on, until when, and what follows?"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.rules.answers import CLOSED, other_side, side_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design

Status, Answer = Match.Status, Match.Answer


def has_trial_meeting(design: Design) -> bool:
    """Whether two people who are willing meet once before they say yes for good."""
    return design.exploring_days > 0


def is_exploring(match: Match) -> bool:
    return match.status == Status.EXPLORING


def verdict_of(match: Match, person: Person) -> Match.Answer | None:
    """Return what this person said after the trial meeting, or None for anyone outside the match."""
    side = side_of(match, person)
    if side is None:
        return None
    return Answer(match.mentor_verdict if side == RoleInCohort.MENTOR else match.mentee_verdict)


def can_say_verdict(match: Match, person: Person, at: datetime) -> bool:
    return not why_not_verdict(match, person, at)


def why_not_verdict(match: Match, person: Person, at: datetime) -> str:
    """Return the sentence with which a verdict is refused, or nothing where it is welcome.

    A yes can still become a no, as long as the other has not said yes too.
    """
    verdict = verdict_of(match, person)
    if verdict is None:
        return _("This match is between two other people.")
    if match.status in Match.ASKED:
        return _("You two have not both said yes to a first meeting yet.")
    if match.status != Status.EXPLORING:
        return str(CLOSED[Status(match.status)])
    if match.reply_by and at > match.reply_by:
        return str(CLOSED[Status.EXPIRED])
    is_alone = other_side(match, person).person.blocked_at is not None
    return str(CLOSED[Status.DECLINED]) if is_alone else ""


def state_after_verdicts(mentor: Match.Answer, mentee: Match.Answer) -> Match.Status:
    """Return the state of a match from what both said after their trial meeting."""
    if Answer.DECLINED in (mentor, mentee):
        return Status.DECLINED
    return Status.ACCEPTED if {mentor, mentee} == {Answer.ACCEPTED} else Status.EXPLORING


def exploring_until(at: datetime, days: int) -> datetime:
    """Return the last second of the day by which the two have met once and said how it goes on."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(23, 59, 59), zone)


def may_explore(match: Match, person: Person, at: datetime) -> bool:
    """Whether this person can write to the other now: both still here, and the time not over."""
    if match.status != Status.EXPLORING or side_of(match, person) is None:
        return False
    is_alone = match.mentor.person.blocked_at or match.mentee.person.blocked_at
    return not is_alone and not (match.reply_by and at > match.reply_by)
