"""What can become of a match that was proposed?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_place, take_place
from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.matching import rules
from lodestar.domain.matching.actions.publishing import stop_letters, tell
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person

Status, Answer = Match.Status, Match.Answer
ASKING = (
    "matching.proposed", "matching.reminder", "matching.asked", "matching.ask_reminder",
    "matching.ask_question", "matching.ask_reply",
)  # fmt: skip
EXPLORING = ("matching.exploring", "matching.exploring_reminder")


def locked(match: Match) -> Match:
    """Return the match as it is now with both its people, locked until the transaction ends."""
    rows = Match.objects.select_for_update(of=("self",))
    links = ("mentor__person", "mentor__cohort__design", "mentee__person")
    return rows.select_related(*links).get(pk=match.pk)


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
    write_answer(match, by, answer, at)
    match.status = rules.state_after(Answer(match.mentor_answer), Answer(match.mentee_answer))
    if answer == Answer.DECLINED:
        match.decline_reason, match.decline_note = (
            reason or Match.DeclineReason.PRIVATE,
            note.strip(),
        )
    overtake(match, ASKING, to=by)
    if match.status == Status.ACCEPTED and rules.has_trial_meeting(match.mentor.cohort.design):
        begin_exploring(match, at)
    settle(match, at)
    record("match.answered", match, by=by, answer=str(answer))
    if match.status == Status.DECLINED:
        release_places(match)
        tell_closed(match, rules.other_side(match, by))
    return match


def write_answer(match: Match, by: Person, answer: Match.Answer, at: datetime) -> None:
    """Write one side's answer down; the yes of a mentor who was asked takes their place with it."""
    if answer == Answer.ACCEPTED and not rules.holds_place_of_mentor(match):
        take_place(match.mentor)
    if rules.side_of(match, by) == RoleInCohort.MENTOR:
        match.mentor_answer, match.mentor_answered_at = answer, at
    else:
        match.mentee_answer, match.mentee_answered_at = answer, at


def begin_exploring(match: Match, at: datetime) -> None:
    """Let two who are willing meet once before they say yes for good; both keep their places."""
    match.status, match.exploring_since = Status.EXPLORING, at
    match.reply_by = rules.exploring_until(at, match.mentor.cohort.design.exploring_days)
    match.next_reminder_at = rules.next_reminder(match, at)
    overtake(match, ASKING)
    for side in (match.mentor, match.mentee):
        tell("matching.exploring", match, side.person, until=match.reply_by)


@transaction.atomic
def say_verdict(
    match: Match, *, by: Person, verdict: Match.Answer, reason: str = "", note: str = ""
) -> Match:
    """Store what one of the two says after their trial meeting; the other never reads it.

    A no of either ends it at once; two yeses are an agreement, which the next room makes a mentorship.
    """
    match, at = locked(match), current_time()
    if rules.verdict_of(match, by) == verdict != Answer.WAITING:
        return match
    refusal = rules.why_not_verdict(match, by, at)
    if refusal:
        raise RefusedError(refusal)
    if verdict not in (Answer.ACCEPTED, Answer.DECLINED):
        raise RefusedError(_("Please answer yes or no."))
    side = "mentor" if rules.side_of(match, by) == RoleInCohort.MENTOR else "mentee"
    setattr(match, f"{side}_verdict", verdict)
    verdicts = Answer(match.mentor_verdict), Answer(match.mentee_verdict)
    match.status = rules.state_after_verdicts(*verdicts)
    if verdict == Answer.DECLINED:
        match.decline_reason = reason or Match.DeclineReason.PRIVATE
        match.decline_note = note.strip()
    overtake(match, EXPLORING, to=by)
    settle(match, at)
    record("match.explored", match, by=by, verdict=str(verdict))
    if match.status == Status.DECLINED:
        release_places(match)
        tell("matching.closed", match, rules.other_side(match, by).person, until=None)
    return match


def settle(match: Match, at: datetime) -> None:
    """Save a match whose state changed; what waits no longer is asked and reminded of no longer."""
    if match.status not in Match.WAITING:
        overtake(match, (*ASKING, *EXPLORING))
        match.next_reminder_at, match.closed_at = None, at
    if match.status in Match.CLOSED:
        wake("propose_replacements")
    if match.status not in Match.WAITING:
        wake("go_on_asking")
    match.full_clean()
    match.save()


def reminder_of(match: Match) -> str:
    """Return the kind of letter that reminds of a match."""
    if rules.is_exploring(match):
        return "matching.exploring_reminder"
    is_asked = match.origin == Match.Origin.ASKED
    return "matching.ask_reminder" if is_asked else "matching.reminder"


def tell_closed(match: Match, side: Participant) -> None:
    """Tell one of the two that it does not go ahead; whoever asked hears at once what happens next instead."""
    if match.origin != Match.Origin.ASKED:
        tell("matching.closed", match, side.person, until=None)
    elif side.role == RoleInCohort.MENTOR:
        tell("matching.ask_over", match, side.person, until=None)


def release_places(match: Match) -> None:
    """Give back what a match that waited held: what was asked holds no place of the mentor's."""
    if rules.holds_place_of_mentor(match):
        release_place(match.mentor)
    release_place(match.mentee)


@transaction.atomic
def withdraw_match(match: Match, *, by: Person, note: str = "") -> Match:
    """Take a proposed match back; both are told, if they heard of it, and both places are free again."""
    match = locked(match)
    if match.status == Status.WITHDRAWN:
        return match
    refusal = rules.why_not_withdraw(match)
    if refusal:
        raise RefusedError(refusal)
    at, untold = current_time(), rules.is_untold(match, current_time())
    match.status, match.withdrawal_note = Status.WITHDRAWN, note.strip()
    settle(match, at)
    release_places(match)
    record("match.withdrawn", match, by=by)
    if untold:
        stop_letters([match])
        return match
    for side in (match.mentor, match.mentee):
        tell_closed(match, side)
    return match


@transaction.atomic
def expire_match(match: Match, now: datetime) -> bool:
    """Close a match whose time to answer is over; False if it was answered meanwhile."""
    match = locked(match)
    if match.status not in Match.WAITING or match.reply_by is None or match.reply_by >= now:
        return False
    match.status = Status.EXPIRED
    settle(match, now)
    release_places(match)
    record("match.expired", match)
    for side in (match.mentor, match.mentee):
        tell_closed(match, side)
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
    kind = reminder_of(match)
    for side in waiting:
        tell(kind, match, side.person, until=match.reply_by, turn=turn)
    record("match.reminded", match, letters=len(waiting))
    return len(waiting)
