"""What can two people do in their trial, before they say yes for good?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import rules
from lodestar.domain.matching.actions import say_verdict
from lodestar.domain.matching.actions.answering import locked
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions.pairs import begin_mentorship
from lodestar.domain.mentorships.models import Message
from lodestar.domain.messaging.actions import keep_message, tell_of_message
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart


@transaction.atomic
def go_on(match: Match, *, by: Person) -> Match:
    """Say yes after the trial meeting; the second yes begins the mentorship."""
    match = say_verdict(match, by=by, verdict=Match.Answer.ACCEPTED)
    if match.status == Match.Status.ACCEPTED:
        begin_mentorship(match, by=by)
    return match


def part(match: Match, *, by: Person, reason: str = "", note: str = "") -> Match:
    """Say no after the trial meeting; the other hears that it does not go on, and no more."""
    return say_verdict(match, by=by, verdict=Match.Answer.DECLINED, reason=reason, note=note)


@transaction.atomic
def write_first_words(match: Match, *, by: Person, text: str, form_key: str = "") -> Message:
    """Write to the other while the two get to know each other; the same form sent twice is one message."""
    match = locked(match)
    is_apart = are_kept_apart(match.mentor.person, match.mentee.person)
    if is_apart or not rules.may_explore(match, by, now()):
        raise RefusedError(
            rules.why_not_verdict(match, by, now()) or _("This match is not open for that.")
        )
    message, is_new = keep_message(Message, by=by, text=text, form_key=form_key, match=match)
    if is_new:
        record("message.written", message, by=by)
        other = rules.other_side(match, by).person
        tell_of_message("mentorships.first_words", match, to=other, message=message)
    return message
