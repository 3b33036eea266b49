"""What can become of a match that was proposed?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_place
from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import rules
from lodestar.domain.matching.actions.publishing import tell
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person

Status, Answer = Match.Status, Match.Answer
ASKING = ("matching.proposed", "matching.reminder")


def locked(match: Match) -> Match:
    """Return the match as it is now with both its people, locked until the transaction ends."""
    rows = Match.objects.select_for_update(of=("self",)).defer("run__inputs", "run__certificate")
    return rows.select_related("mentor__person", "mentee__person", "run__cohort").get(pk=match.pk)


@transaction.atomic
def answer_match(
    match: Match, *, by: Person, answer: Match.Answer, reason: str = "", note: str = ""
) -> Match:
    """Store one side's answer; the same answer again changes nothing, a no frees both places."""
    match, at = locked(match), current_time()
    if rules.answer_of(match, by) == answer != Answer.WAITING:
        return match
    refusal = rules.why_not_answer(match, by, at)
    if refusal:
        raise RefusedError(refusal)
    if answer not in (Answer.ACCEPTED, Answer.DECLINED):
        raise RefusedError(_("Please answer yes or no."))
    if rules.side_of(match, by) == RoleInCohort.MENTOR:
        match.mentor_answer, match.mentor_answered_at = answer, at
    else:
        match.mentee_answer, match.mentee_answered_at = answer, at
    match.status = rules.state_after(Answer(match.mentor_answer), Answer(match.mentee_answer))
    if answer == Answer.DECLINED:
        match.decline_reason, match.decline_note = (
            reason or Match.DeclineReason.PRIVATE,
            note.strip(),
        )
    overtake(match, ASKING, to=by)
    settle(match, at)
    record("match.answered", match, by=by, answer=str(answer))
    if match.status == Status.DECLINED:
        release_both(match)
        tell("matching.closed", match, rules.other_side(match, by).person, until=None)
    return match


def settle(match: Match, at: datetime) -> None:
    """Save a match whose state changed; what waits no longer is asked and reminded of no longer."""
    if match.status not in Match.WAITING:
        overtake(match, ASKING)
        match.next_reminder_at, match.closed_at = None, at
    match.full_clean()
    match.save()


def release_both(match: Match) -> None:
    release_place(match.mentor)
    release_place(match.mentee)


@transaction.atomic
def withdraw_match(match: Match, *, by: Person, note: str = "") -> Match:
    """Take a proposed match back; both are told, and both places are free again."""
    match = locked(match)
    if match.status == Status.WITHDRAWN:
        return match
    refusal = rules.why_not_withdraw(match)
    if refusal:
        raise RefusedError(refusal)
    match.status, match.withdrawal_note = Status.WITHDRAWN, note.strip()
    settle(match, current_time())
    release_both(match)
    record("match.withdrawn", match, by=by)
    for side in (match.mentor, match.mentee):
        tell("matching.closed", match, side.person, until=None)
    return match


@transaction.atomic
def expire_match(match: Match, now: datetime) -> bool:
    """Close a match whose time to answer is over; False if it was answered meanwhile."""
    match = locked(match)
    if match.status not in Match.WAITING or match.reply_by is None or match.reply_by >= now:
        return False
    match.status = Status.EXPIRED
    settle(match, now)
    release_both(match)
    record("match.expired", match)
    for side in (match.mentor, match.mentee):
        tell("matching.closed", match, side.person, until=None)
    return True


@transaction.atomic
def remind_match(match: Match, now: datetime) -> int:
    """Remind whoever has not answered; after a long silence of ours once, not twice."""
    match = locked(match)
    due = match.next_reminder_at
    if match.status not in Match.WAITING or due is None or due > now:
        return 0
    match.next_reminder_at = rules.next_reminder(match, now)
    match.save(update_fields=["next_reminder_at"])
    waiting = rules.waiting_sides(match)
    turn = "last" if match.next_reminder_at is None else "first"
    for side in waiting:
        tell("matching.reminder", match, side.person, until=match.reply_by, turn=turn)
    record("match.reminded", match, letters=len(waiting))
    return len(waiting)
