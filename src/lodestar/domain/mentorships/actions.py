"""What can the two do, from their yes to their goodbye?"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_place
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import random_id
from lodestar.domain.common.time import now
from lodestar.domain.matching.actions import answer_match
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Goal, Meeting, Mentorship, Message, Note
from lodestar.domain.mentorships.queries import mentorships_with_people
from lodestar.domain.messaging.actions import overtake, queue_letter
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role

NOTICE_HOURS = 4
NUDGES = ("mentorships.unmet",)
FROM_THE_PARTNER = ("mentorships.paused", "mentorships.resumed", "mentorships.ended")


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
def begin_mentorship(match: Match, *, by: Person) -> Mentorship:
    """Begin what both said yes to; asked twice, it begins once."""
    mentorship, is_new = Mentorship.objects.get_or_create(match=match, defaults={"began_at": now()})
    if is_new:
        record("mentorship.began", mentorship, by=by)
        for person in (match.mentor.person, match.mentee.person):
            tell(mentorship, "mentorships.begun", to=person)
    return mentorship


@transaction.atomic
def log_meeting(
    mentorship: Mentorship, *, by: Person, held_on: date, minutes: int = 60,
    note: str = "", is_shared: bool = False,
) -> Meeting:  # fmt: skip
    """Log a meeting; the same day told again corrects it and is never counted twice."""
    mentorship = open_to(mentorship, by)
    problem = rules.why_not_meeting(mentorship, held_on, minutes, on=rules.today_of(by))
    if problem:
        raise RefusedError(problem)
    meeting, is_new = Meeting.objects.get_or_create(
        mentorship=mentorship, held_on=held_on, defaults={"minutes": minutes, "logged_by": by}
    )
    if not is_new and meeting.minutes != minutes:
        meeting.minutes = minutes
        meeting.save()
    if note.strip():
        Note.objects.update_or_create(
            meeting=meeting, author=by, is_shared=is_shared, defaults={"text": note.strip()}
        )
    overtake(mentorship, NUDGES)
    record("meeting.logged", meeting, by=by, is_new=is_new)
    return meeting


@transaction.atomic
def set_goal(
    mentorship: Mentorship, *, by: Person, text: str, step: str = "", due_on: date | None = None
) -> Goal:
    """Set a goal; the same words again change its step and date."""
    mentorship = open_to(mentorship, by)
    if not text.strip():
        raise RefusedError(_("Please write what you want to reach, in a few words."))
    goal = mentorship.goals.filter(text=text.strip(), done_at=None, dropped_at=None).first()
    goal = goal or Goal(mentorship=mentorship, text=text.strip(), set_by=by)
    goal.step, goal.due_on = step.strip(), due_on
    goal.full_clean()
    goal.save()
    record("goal.set", goal, by=by)
    return goal


@transaction.atomic
def finish_goal(goal: Goal, *, by: Person) -> Goal:
    """Mark a goal as reached; pressed twice, it keeps the first moment."""
    open_to(goal.mentorship, by)
    goal = goal.locked()
    if goal.dropped_at is not None:
        raise RefusedError(_("This goal was set aside. Set it again if it matters after all."))
    if goal.done_at is None:
        goal.done_at = now()
        goal.save()
        record("goal.finished", goal, by=by)
    return goal


@transaction.atomic
def drop_goal(goal: Goal, *, by: Person) -> Goal:
    """Set a goal aside that matters no longer."""
    open_to(goal.mentorship, by)
    goal = goal.locked()
    if goal.done_at is not None:
        raise RefusedError(_("This goal is reached already; it stays on your list."))
    if goal.dropped_at is None:
        goal.dropped_at = now()
        goal.save()
        record("goal.dropped", goal, by=by)
    return goal


@transaction.atomic
def write_message(mentorship: Mentorship, *, by: Person, text: str, form_key: str = "") -> Message:
    """Write to the partner; the same form sent twice is one message."""
    mentorship = open_to(mentorship, by)
    if not text.strip():
        raise RefusedError(_("Your message is still empty. Write a line, then send it."))
    message, is_new = Message.objects.get_or_create(
        form_key=form_key or random_id(),
        defaults={"mentorship": mentorship, "author": by, "text": text.strip()},
    )
    if (message.mentorship_id, message.author_id) != (mentorship.pk, by.pk):
        raise RefusedError(_("This form was used before. Open the page again and send it anew."))
    if is_new:
        message.full_clean()
        record("message.written", message, by=by)
        notify_partner(mentorship, by)
    return message


def notify_partner(mentorship: Mentorship, author: Person) -> None:
    """Tell the partner that something waits, once in a few hours and never what it says."""
    hour = int(now().timestamp()) // (NOTICE_HOURS * 3600)
    partner = rules.partner_of(mentorship, author)
    queue_letter(
        "mentorships.message",
        to=partner,
        about=mentorship,
        unique_key=f"message:{mentorship.public_id}:{partner.public_id}:{hour}",
        expires_at=now() + timedelta(days=3),
        at_once=True,
    )


@transaction.atomic
def pause_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Rest for a while: nobody writes, nobody is asked, nothing is lost."""
    mentorship = locked(mentorship)
    if mentorship.status == Mentorship.Status.PAUSED and rules.is_party(mentorship, by):
        return mentorship
    if not rules.can_pause(mentorship, by):
        raise RefusedError(why_closed(mentorship))
    mentorship.status = Mentorship.Status.PAUSED
    mentorship.save()
    overtake(mentorship, NUDGES)
    record("mentorship.paused", mentorship, by=by)
    tell(mentorship, "mentorships.paused", to=rules.partner_of(mentorship, by), again=True)
    return mentorship


@transaction.atomic
def resume_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Take up a paused mentorship again; either of the two can."""
    mentorship = locked(mentorship)
    if mentorship.status == Mentorship.Status.ACTIVE and rules.is_party(mentorship, by):
        return mentorship
    if not rules.can_resume(mentorship, by):
        raise RefusedError(why_closed(mentorship))
    mentorship.status = Mentorship.Status.ACTIVE
    mentorship.save()
    record("mentorship.resumed", mentorship, by=by)
    tell(mentorship, "mentorships.resumed", to=rules.partner_of(mentorship, by), again=True)
    return mentorship


@transaction.atomic
def end_mentorship(
    mentorship: Mentorship, *, by: Person, reason: Mentorship.EndReason
) -> Mentorship:
    """End it with a coded reason that the partner never reads; both places become free."""
    mentorship = locked(mentorship)
    if not rules.is_running(mentorship) and rules.is_party(mentorship, by):
        return mentorship
    if not rules.can_end(mentorship, by):
        raise RefusedError(why_closed(mentorship))
    is_complete = reason == Mentorship.EndReason.COMPLETE
    mentorship.status = Mentorship.Status.COMPLETED if is_complete else Mentorship.Status.ENDED
    mentorship.end_reason, mentorship.ended_at = reason, now()
    mentorship.full_clean()
    mentorship.save()
    record("mentorship.ended", mentorship, by=by, is_complete=is_complete)
    overtake(mentorship, NUDGES)
    release_place(mentorship.match.mentor)
    release_place(mentorship.match.mentee)
    tell(mentorship, "mentorships.ended", to=rules.partner_of(mentorship, by))
    return mentorship


def complete_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    return end_mentorship(mentorship, by=by, reason=Mentorship.EndReason.COMPLETE)


@transaction.atomic
def hold_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Pause for safety: only the lead can lift it, and neither of the two learns who asked."""
    mentorship = locked(mentorship)
    refuse_unless_lead(mentorship, by)
    if not rules.is_running(mentorship):
        raise RefusedError(_("This mentorship has ended already."))
    if mentorship.held_at is None:
        mentorship.status, mentorship.held_at = Mentorship.Status.PAUSED, now()
        mentorship.save()
        overtake(mentorship, NUDGES)
        record("mentorship.held", mentorship, by=by)
    return mentorship


@transaction.atomic
def release_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Lift the pause for safety; the two decide for themselves whether to resume."""
    mentorship = locked(mentorship)
    refuse_unless_lead(mentorship, by)
    if mentorship.held_at is not None:
        mentorship.held_at = None
        mentorship.save()
        record("mentorship.released", mentorship, by=by)
    return mentorship


def refuse_unless_lead(mentorship: Mentorship, person: Person) -> None:
    if not has_role(person, Role.Kind.SAFEGUARDING) or rules.is_party(mentorship, person):
        raise RefusedError(
            _("Only the safeguarding lead, and never about themselves, can do this.")
        )


@transaction.atomic
def remind_unmet(mentorship: Mentorship) -> None:
    """Ask both, once, to find a first date."""
    match = mentorship.match
    for person in (match.mentor.person, match.mentee.person):
        tell(mentorship, "mentorships.unmet", to=person)


def locked(mentorship: Mentorship) -> Mentorship:
    """Return the mentorship as it is now, locked, with the two people at hand."""
    mentorship.locked()
    return mentorships_with_people().get(pk=mentorship.pk)


def open_to(mentorship: Mentorship, person: Person) -> Mentorship:
    """Return the locked mentorship if this person may add to it now."""
    mentorship = locked(mentorship)
    if not rules.may_write(mentorship, person):
        raise RefusedError(why_closed(mentorship))
    return mentorship


def why_closed(mentorship: Mentorship) -> str:
    return rules.why_not_read_only(mentorship) or _("This mentorship is not yours.")


def tell(mentorship: Mentorship, kind: str, *, to: Person, again: bool = False) -> None:
    """Queue a letter about the mentorship: once in its life, or once an hour where it may recur.

    What one of the two did goes to the other at once; only what the program says can be held.
    """
    hour = f":{int(now().timestamp()) // 3600}" if again else ""
    queue_letter(
        kind,
        to=to,
        about=mentorship,
        unique_key=f"{kind}:{mentorship.public_id}:{to.public_id}{hour}",
        at_once=kind in FROM_THE_PARTNER,
    )
