"""Who may answer a match, until when, and what follows from an answer?"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Match
from lodestar.domain.people.models import Person

Status, Answer = Match.Status, Match.Answer
REMINDERS_AT = (2, 4)
FIFTHS = 5
SATURDAY = 5

# Where a match may go from each of its states; once somebody was told, nothing leads back.
MOVES: dict[Match.Status, frozenset[Match.Status]] = {
    Status.DRAFTED: frozenset({Status.PROPOSED}),
    Status.PROPOSED: frozenset(
        {
            Status.HALF_ACCEPTED,
            Status.DECLINED,
            Status.EXPIRED,
            Status.WITHDRAWN,
            Status.DRAFTED,  # its publication is taken back before anybody was told
        }
    ),
    Status.HALF_ACCEPTED: frozenset(
        {Status.EXPLORING, Status.ACCEPTED, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN}
    ),
    Status.EXPLORING: frozenset(
        {Status.ACCEPTED, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN}
    ),
    Status.ACCEPTED: frozenset(),
    Status.DECLINED: frozenset(),
    Status.EXPIRED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}

# What is said of a match that no longer waits.
CLOSED = {
    Status.DRAFTED: gettext_lazy("This match has not been proposed."),
    Status.EXPLORING: gettext_lazy("You have both said yes to a first meeting already."),
    Status.ACCEPTED: gettext_lazy("You have both said yes already."),
    Status.DECLINED: gettext_lazy("This match will not go ahead; there is nothing left to answer."),
    Status.EXPIRED: gettext_lazy(
        "The time to answer has run out. Nothing is lost: write to the program's coordinators, "
        "and they will look with you."
    ),
    Status.WITHDRAWN: gettext_lazy("The program's coordinators have taken this match back."),
}


def side_of(match: Match, person: Person) -> RoleInCohort | None:
    """Return as what this person is in the match, or None for anyone outside it."""
    sides = {
        match.mentor.person_id: RoleInCohort.MENTOR,
        match.mentee.person_id: RoleInCohort.MENTEE,
    }
    return sides.get(person.pk)


def is_mentor(match: Match, person: Person) -> bool:
    return side_of(match, person) == RoleInCohort.MENTOR


def other_side(match: Match, person: Person) -> Participant:
    """Return the partner that the match proposes to this person."""
    return match.mentee if is_mentor(match, person) else match.mentor


def answer_of(match: Match, person: Person) -> Match.Answer | None:
    """Return this person's own answer, or None for anyone outside the match."""
    side = side_of(match, person)
    if side is None:
        return None
    return Answer(match.mentor_answer if side == RoleInCohort.MENTOR else match.mentee_answer)


def is_agreed(match: Match) -> bool:
    return match.status == Status.ACCEPTED


def can_answer(match: Match, person: Person, at: datetime) -> bool:
    """Each side answers once, in time, and a refusal by either side is final."""
    return not why_not_answer(match, person, at)


def why_not_answer(match: Match, person: Person, at: datetime) -> str:
    """Return the sentence with which an answer is refused, or nothing where it is welcome."""
    answer = answer_of(match, person)
    if answer is None:
        return _("This match is between two other people.")
    if answer != Answer.WAITING:
        return _("You have answered this already, and your answer is kept.")
    if is_untold(match, at):
        return str(CLOSED[Status.DRAFTED])
    if match.status in Match.ASKED and match.reply_by and at > match.reply_by:
        return str(CLOSED[Status.EXPIRED])
    if match.status in Match.ASKED:
        is_alone = other_side(match, person).person.blocked_at is not None
        return str(CLOSED[Status.DECLINED]) if is_alone else ""
    return str(CLOSED[Status(match.status)])


def holds_place_of_mentor(match: Match) -> bool:
    """Whoever is asked keeps their place until they say yes, so that one question blocks nobody."""
    return match.origin != Match.Origin.ASKED or match.mentor_answer == Answer.ACCEPTED


def is_untold(match: Match, at: datetime) -> bool:
    """Whether the office can still take a proposal back before either of the two has heard of it."""
    return match.proposed_at is not None and match.proposed_at > at


def why_not_withdraw(match: Match) -> str:
    """Only what still waits can be taken back; two yeses have begun a mentorship."""
    if match.status in Match.WAITING:
        return ""
    if match.status == Status.ACCEPTED:
        return _("Both have said yes: this is a mentorship now, and it is ended in its own room.")
    return _("This match is closed already; there is nothing to take back.")


def state_after(mentor: Match.Answer, mentee: Match.Answer) -> Match.Status:
    """Return the state of a match from both answers."""
    answers = {mentor, mentee}
    if Answer.DECLINED in answers:
        return Status.DECLINED
    if answers == {Answer.ACCEPTED}:
        return Status.ACCEPTED
    return Status.HALF_ACCEPTED if Answer.ACCEPTED in answers else Status.PROPOSED


def waiting_sides(match: Match) -> list[Participant]:
    """Return who has not answered a match that still waits; with one shut out nobody has to."""
    sides = [(match.mentor, match.mentor_answer), (match.mentee, match.mentee_answer)]
    if match.status == Status.EXPLORING:
        sides = [(match.mentor, match.mentor_verdict), (match.mentee, match.mentee_verdict)]
    if match.status not in Match.WAITING or any(side.person.blocked_at for side, _said in sides):
        return []
    return [side for side, answer in sides if answer == Answer.WAITING]


def working_days_after(day: date, days: int) -> date:
    """Count on from a day, Saturdays and Sundays left out."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def deadline(at: datetime, days: int) -> datetime:
    """Return the last second of the working day by which an answer is asked for."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = working_days_after(at.astimezone(zone).date(), days)
    return datetime.combine(day, time(23, 59, 59), zone)


def next_reminder(match: Match, at: datetime) -> datetime | None:
    """Return the next moment to remind: after two and after four fifths of the time, if still ahead."""
    begun_at = match.exploring_since or match.proposed_at
    if begun_at is None or match.reply_by is None:
        return None
    whole = match.reply_by - begun_at
    moments = (begun_at + whole * part / FIFTHS for part in REMINDERS_AT)
    return next((moment for moment in moments if moment > at), None)
