"""How does a yes become a mentorship?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching.actions import answer_match, note_answer_for
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.mentorships.actions.common import tell
from lodestar.domain.mentorships.models import (
    Mentorship,
    Message,
)
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart


@transaction.atomic
def accept_match(match: Match, *, by: Person) -> Match:
    """Accept a proposed match; the second acceptance begins the mentorship."""
    match = answer_match(match, by=by, answer=Match.Answer.ACCEPTED)
    if match.status == Match.Status.ACCEPTED:
        begin_mentorship(match, by=by)
    return match


def decline_match(match: Match, *, by: Person, reason: str = "", note: str = "") -> Match:
    """Decline a proposed match; the other side learns no reason."""
    return answer_match(match, by=by, answer=Match.Answer.DECLINED, reason=reason, note=note)


@transaction.atomic
def answer_for_mentor(ask: Ask, *, by: Person, answer: str, note: str) -> Match:
    """Keep what a mentor told the office as their own answer; the trail says who gave it."""
    match = note_answer_for(ask, by=by, note=note)
    mentor = match.mentor.person
    if answer == Match.Answer.ACCEPTED:
        return accept_match(match, by=mentor)
    return decline_match(match, by=mentor)


@transaction.atomic
def begin_mentorship(match: Match, *, by: Person) -> Mentorship:
    """Begin what both said yes to; asked twice, it begins once. What they wrote before comes along."""
    if are_kept_apart(match.mentor.person, match.mentee.person):
        raise RefusedError(_("This match no longer waits for your answer."))
    mentorship, is_new = Mentorship.objects.get_or_create(match=match, defaults={"began_at": now()})
    if is_new:
        Message.objects.filter(match=match).update(match=None, mentorship=mentorship)
        record("mentorship.began", mentorship, by=by)
        for person in (match.mentor.person, match.mentee.person):
            tell(mentorship, "mentorships.begun", to=person)
    return mentorship
