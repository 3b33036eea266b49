"""How does a mentee ask one mentor after the other, and how does it go on by itself?

Rows are locked in one order: the ask, its match, then people's places.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_place, take_place
from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.time import today
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.actions.answering import answer_match, locked, settle
from lodestar.domain.matching.actions.choosing import cleaned
from lodestar.domain.matching.actions.publishing import tell
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.matching.rules.explaining import told_of
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person
from lodestar.engine.matching.asking import Standing, Step
from lodestar.engine.matching.explanation import MatchedPair

Closing, Status, Answer = Ask.Closing, Match.Status, Match.Answer
MOST_EXTRA_DAYS = 20


def ask_mentor(choice: Choice, *, by: Person) -> Ask:
    """Put a choice to its mentor; pressed twice, it is asked once."""
    among = queries.free_mentors(choice.mentee)
    fit = queries.fit_of(choice.mentee, choice.mentor, among)
    with transaction.atomic():
        waiting = queries.open_ask_of(choice.mentee.locked())
        if waiting and waiting.choice_id == choice.pk and choice.mentee.person_id == by.pk:
            return waiting
        return begin_ask(choice, fit, by=by)


def begin_ask(choice: Choice, fit: MatchedPair | None, *, by: Person | None) -> Ask:
    """Write the request, and send it unless the office reads it first; `by` is None where a list goes on by itself."""
    mentee = choice.mentee.locked()
    choice = Choice.objects.select_related(*queries.OF_A_CHOICE).get(pk=choice.pk)
    if by is not None and mentee.person_id != by.pk:
        raise RefusedError(_("This list is somebody else’s."))
    standing = queries.standings_of(choice.mentee.cohort, [choice.mentor], today())
    if problem := rules.why_not_ask(choice, standing[choice.mentor_id], today()):
        raise RefusedError(problem)
    ask = Ask(choice=choice, mentee=mentee, note=choice.note)
    ask.full_clean(validate_constraints=False)
    ask.save()
    record("ask.made", ask, by=by)
    if not choice.mentee.cohort.design.asks_are_read:
        send_ask(ask, fit)
    return ask


def send_ask(ask: Ask, fit: MatchedPair | None) -> Match:
    """Take the mentee's place and put the question to the mentor, who holds theirs until they say yes."""
    choice, at = ask.choice, current_time()
    take_place(choice.mentee)
    match = Match(
        mentor=choice.mentor,
        mentee=choice.mentee,
        origin=Match.Origin.ASKED,
        status=Status.HALF_ACCEPTED,
        mentee_answer=Answer.ACCEPTED,
        mentee_answered_at=at,
        proposed_at=at,
        reply_by=rules.deadline(at, choice.mentee.cohort.design.reply_days),
        **(told_of(fit, queries.fields_of_design(choice.mentee.cohort.design)) if fit else {}),
    )
    match.next_reminder_at = rules.next_reminder(match, at)
    match.full_clean()
    match.save()
    ask.match = match
    ask.save(update_fields=["match"])
    tell("matching.asked", match, choice.mentor.person, until=match.reply_by)
    return match


@transaction.atomic
def pass_ask(ask: Ask, *, by: Person) -> Ask:
    """Let a request go to its mentor after somebody of the office has read it."""
    ask = locked_ask(ask)
    if ask.match_id or ask.closed_at:
        return ask
    fit = queries.fit_of(ask.mentee, ask.choice.mentor, queries.free_mentors(ask.mentee))
    ask.passed_at, ask.passed_by = current_time(), by
    ask.save(update_fields=["passed_at", "passed_by"])
    send_ask(ask, fit)
    record("ask.passed", ask, by=by)
    return ask


@transaction.atomic
def ask_back(ask: Ask, *, by: Person, text: str) -> Ask:
    """Let a mentor ask something first: the days to answer begin anew, once."""
    ask = locked_ask(ask)
    text = cleaned(text)
    if problem := rules.why_not_ask_back(ask, by, text):
        raise RefusedError(problem)
    match, at = locked(match_of(ask)), current_time()
    if problem := rules.why_not_answer(match, by, at):
        raise RefusedError(problem)
    ask.question, ask.questioned_at = text, at
    ask.full_clean(validate_constraints=False)
    ask.save(update_fields=["question", "questioned_at"])
    give_days(match, at, rules.deadline(at, match.cohort.design.reply_days))
    record("ask.questioned", ask, by=by)
    tell("matching.ask_question", match, match.mentee.person, until=match.reply_by, at_once=True)
    return ask


def give_days(match: Match, at: datetime, reply_by: datetime) -> None:
    """Let the days to answer count from now; the reminders come anew."""
    match.proposed_at, match.reply_by = at, max(reply_by, match.reply_by or reply_by)
    match.next_reminder_at = rules.next_reminder(match, at)
    match.save(update_fields=["proposed_at", "reply_by", "next_reminder_at"])


@transaction.atomic
def reply_to_question(ask: Ask, *, by: Person, text: str) -> Ask:
    """Send the mentee's answer to the mentor, who then says yes or no."""
    ask = locked_ask(ask)
    text = cleaned(text)
    if problem := rules.why_not_reply(ask, by, text):
        raise RefusedError(problem)
    match = match_of(ask)
    ask.reply, ask.replied_at = text, current_time()
    ask.full_clean(validate_constraints=False)
    ask.save(update_fields=["reply", "replied_at"])
    record("ask.replied", ask, by=by)
    tell("matching.ask_reply", match, match.mentor.person, until=match.reply_by, at_once=True)
    return ask


@transaction.atomic
def put_off(match: Match, *, by: Person, until: date) -> Match:
    """Say "not now": the place of the mentee is free, and from a day on they may ask again."""
    ask = queries.ask_of(match)
    if ask is None:
        raise RefusedError(_("This match was not asked for; please say yes or no."))
    ask = locked_ask(ask)
    match = answer_match(match, by=by, answer=Answer.DECLINED, reason=Match.DeclineReason.LATER)
    if match.decline_reason == Match.DeclineReason.LATER and not ask.again_on:
        ask.again_on = until
        ask.save(update_fields=["again_on"])
    return match


@transaction.atomic
def take_back_ask(ask: Ask, *, by: Person) -> Ask:
    """Let a mentee take a request back; nobody else is asked until they ask again."""
    ask = locked_ask(ask)
    if ask.mentee.person_id != by.pk:
        raise RefusedError(_("This request is somebody else’s."))
    return let_go(ask, Closing.TAKEN_BACK, by=by)


@transaction.atomic
def release_ask(ask: Ask, *, by: Person, note: str) -> Ask:
    """Let a request go for the office; the next on the list is asked."""
    ask = locked_ask(ask)
    if not note.strip():
        raise RefusedError(_("Please write a short reason, so that your colleagues understand it later."))  # fmt: skip
    ask.office_note = cleaned(note)[:500]
    ask = let_go(ask, Closing.RELEASED, by=by)
    go_on(ask)
    return ask


@transaction.atomic
def extend_ask(ask: Ask, *, by: Person, days: int) -> Ask:
    """Give a mentor some working days more to answer, counted from the day by which they were asked to."""
    ask = locked_ask(ask)
    if ask.closed_at or ask.match is None or ask.match.status not in Match.WAITING:
        raise RefusedError(_("This request no longer waits for an answer."))
    match, at = locked(match_of(ask)), current_time()
    days = min(max(1, days), MOST_EXTRA_DAYS)
    give_days(match, at, rules.deadline(max(at, match.reply_by or at), days))
    record("ask.extended", ask, by=by, days=days)
    return ask


@transaction.atomic
def note_answer_for(ask: Ask, *, by: Person, note: str) -> Match:
    """Note that the office answers a request for its mentor, and how it knows; return the match to answer."""
    ask = locked_ask(ask)
    if ask.closed_at or match_of(ask).status not in Match.ASKED:
        raise RefusedError(_("This request no longer waits for an answer."))
    if not note.strip():
        raise RefusedError(_("Please write a short reason, so that your colleagues understand it later."))  # fmt: skip
    ask.office_note = cleaned(note)[:500]
    ask.save(update_fields=["office_note"])
    record("ask.answered_for", ask, by=by, about=ask.choice.mentor.person)
    return match_of(ask)


def let_go(ask: Ask, closing: Ask.Closing, *, by: Person | None) -> Ask:
    """Close an open ask without an answer; what came back meanwhile stands."""
    if ask.closed_at:
        raise RefusedError(_("This request is closed already; nothing was changed."))
    if ask.match_id:
        match = locked(match_of(ask))
        if match.status not in Match.WAITING:
            raise RefusedError(_("It was answered a moment ago; look how it stands now."))
        withdraw_asked(match)
    close(ask, closing)
    record(f"ask.{closing}", ask, by=by)
    return ask


def withdraw_asked(match: Match) -> None:
    """Close a locked match that waited for its mentor, who is told that nothing is left to answer."""
    match.status = Status.WITHDRAWN
    settle(match, current_time())
    release_place(match.mentee)
    tell("matching.ask_over", match, match.mentor.person, until=None)


def close(ask: Ask, closing: Ask.Closing) -> None:
    ask.closing, ask.closed_at = closing, current_time()
    ask.save(update_fields=["closing", "closed_at", "office_note"])


@transaction.atomic
def settle_ask(ask: Ask) -> bool:
    """Note what came back to an open ask, or that its mentor is free no longer, and go on; False if nothing did."""
    ask = locked_ask(ask)
    closing = None if ask.closed_at else what_came_back(ask)
    if closing is None:
        return False
    close(ask, closing)
    record(f"ask.{closing}", ask)
    go_on(ask)
    return True


def what_came_back(ask: Ask) -> Ask.Closing | None:
    """Return why an open ask is over, or None while it waits; whoever cannot be asked any more is released."""
    match = locked(match_of(ask)) if ask.match_id else None
    if match and match.status not in Match.WAITING:
        return Closing.LATER if is_later(match) else CAME_BACK[Status(match.status)]
    if match and match.mentor_answer == Answer.ACCEPTED:
        return None  # the two are getting to know each other
    mentee = Participant.objects.select_related("person").get(pk=ask.mentee_id)
    mentor = Participant.objects.select_related("person").get(pk=ask.choice.mentor_id)
    standing = queries.standings_of(ask.mentee.cohort, [mentor], today())[mentor.pk]
    is_gone = bool(mentee.left_at or mentee.person.blocked_at)
    if standing is not Standing.NOT_FREE and not is_gone:
        return Closing.TAKEN if match is None and mentee.places_taken >= mentee.capacity else None
    if match:
        withdraw_asked(match)
    return Closing.TAKEN_BACK if is_gone else Closing.NOT_FREE


CAME_BACK = {
    Status.ACCEPTED: Closing.YES,
    Status.DECLINED: Closing.NO,
    Status.EXPIRED: Closing.SILENT,
    Status.WITHDRAWN: Closing.RELEASED,
}


def is_later(match: Match) -> bool:
    return match.decline_reason == Match.DeclineReason.LATER


def go_on(ask: Ask) -> Ask | None:
    """Ask the next after this closed one, and tell the mentee in one letter what happened and what follows."""
    following = ask_next(ask.mentee) if ask.closing in rules.GOES_ON else None
    if ask.closing in rules.GOES_ON:
        queue_letter(
            "matching.ask_went_on",
            to=ask.mentee.person,
            about=ask,
            unique_key=f"matching.ask_went_on:{ask.public_id}",
        )
    return following


def ask_next(mentee: Participant) -> Ask | None:
    """Put the next choice of a list to its mentor, if there is one who can be asked now."""
    found = queries.next_for(mentee, today())
    if found.step is not Step.ASK:
        return None
    choice = Choice.objects.select_related(*queries.OF_A_CHOICE).get(public_id=found.key)
    fit = queries.fit_of(mentee, choice.mentor, queries.free_mentors(mentee))
    try:
        with transaction.atomic():
            return begin_ask(choice, fit, by=None)
    except RefusedError:
        return None  # somebody was quicker; the next sweep looks again


@transaction.atomic
def resume_asking(mentee: Participant) -> bool:
    """Ask the next of a mentee whose list had nobody free for a while, and tell them."""
    last = Ask.objects.select_for_update(of=("self",)).filter(mentee=mentee).order_by("-pk").first()
    ask = ask_next(mentee) if last and last.closed_at else None
    if last is None or ask is None:
        return False
    queue_letter(
        "matching.ask_went_on",
        to=mentee.person,
        about=last,
        unique_key=f"matching.ask_went_on:{last.public_id}:{ask.public_id}",
    )
    return True


def match_of(ask: Ask) -> Match:
    """Return the match of a request that went out."""
    if ask.match is None:
        raise RefusedError(_("The office has not read this request yet."))
    return ask.match


def locked_ask(ask: Ask) -> Ask:
    """Return the ask as it is now, locked until the transaction ends."""
    Ask.objects.select_for_update().get(pk=ask.pk)
    return queries.ask_by_key(ask.public_id)
