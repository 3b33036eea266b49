"""How do two agree on a time, change it, and say what became of it?"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.mentorships import queries, rules
from lodestar.domain.mentorships.actions.common import locked, open_to
from lodestar.domain.mentorships.actions.meetings import keep_meeting
from lodestar.domain.mentorships.models import (
    Appointment,
    Meeting,
    Mentorship,
    OfferedTime,
    Proposal,
    Way,
)
from lodestar.domain.mentorships.queries import appointments as found
from lodestar.domain.mentorships.rules import agendas
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.mentorships.rules.appointments import Plan
from lodestar.domain.messaging.actions import keep_from_leaving, queue_letter
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person

Status = Proposal.Status
INVITING = ("mentorships.planned", "mentorships.moved", "mentorships.tomorrow")
ASKING = ("mentorships.met",)


@transaction.atomic
def propose_times(
    mentorship: Mentorship, plan: Plan, *, by: Person,
    answering: Proposal | None = None, moves: Appointment | None = None,
) -> Proposal:  # fmt: skip
    """Offer up to three times, and return the proposal that waits now.

    A mentorship has one open proposal. Whoever offers anew replaces their own, or the one they answer
    with other times. If the partner was quicker, theirs stands and is what is returned: it is answered first.
    """
    mentorship = open_to(mentorship, by)
    at = current_time()
    current = living_proposal(mentorship, at)
    is_theirs = current is not None and current.by_id != by.pk
    if current is not None and is_theirs and (answering is None or answering.pk != current.pk):
        return current
    if problem := planning.why_not_plan(plan, at):
        raise RefusedError(problem)
    moves = moves or (current.moves if current else None)
    if moves is not None:
        refuse_unchangeable(moves, by)
    if current is not None:
        close_proposal(current, Status.REPLACED, at)
    return store_proposal(mentorship, plan, by=by, moves=moves)


def store_proposal(
    mentorship: Mentorship, plan: Plan, *, by: Person, moves: Appointment | None
) -> Proposal:
    proposal = Proposal(
        mentorship=mentorship, by=by, minutes=plan.minutes, way=plan.way, where=plan.where, moves=moves
    )  # fmt: skip
    proposal.full_clean()
    proposal.save()
    starts = sorted(set(plan.starts))
    OfferedTime.objects.bulk_create(OfferedTime(proposal=proposal, starts_at=s) for s in starts)
    record("proposal.made", proposal, by=by, times=len(starts), is_move=moves is not None)
    queue_letter(
        "mentorships.times",
        to=rules.partner_of(mentorship, by),
        about=proposal,
        unique_key=f"times:{proposal.public_id}",
        expires_at=starts[-1],
        at_once=True,
    )
    return found.proposals().get(pk=proposal.pk)


def living_proposal(mentorship: Mentorship, at: datetime) -> Proposal | None:
    """Return the open proposal of a locked mentorship, and close one whose times have passed."""
    current = found.open_proposal(mentorship)
    if current and planning.is_lapsed([t.starts_at for t in current.times.all()], at):
        close_proposal(current, Status.LAPSED, at)
        return None
    return current


def close_proposal(proposal: Proposal, status: Proposal.Status, at: datetime) -> None:
    """End an open proposal; its letter stays at home if it has not left, and its link says what became of it."""
    Proposal.objects.filter(pk=proposal.pk).update(status=status, answered_at=at)
    keep_at_home(proposal, ("mentorships.times",))
    record(f"proposal.{status}", proposal)


@transaction.atomic
def confirm_time(proposal: Proposal, *, by: Person, starts_at: datetime) -> Appointment:
    """Take one of the offered times: a meeting is planned, or moved, and both get the invitation."""
    proposal, at = fresh(proposal, by), current_time()
    if proposal.became and proposal.became.starts_at == starts_at:
        return found.appointments().get(pk=proposal.became.pk)
    if problem := planning.why_not_confirm(proposal, by, starts_at, at):
        raise RefusedError(problem)
    ends_at = starts_at + timedelta(minutes=proposal.minutes)
    moved = proposal.moves
    if moved is not None and moved.status == Appointment.Status.PLANNED and moved.starts_at > at:
        appointment = move_to(moved, proposal, starts_at, ends_at)
    else:
        appointment = plan_meeting(proposal, starts_at, ends_at)
    Proposal.objects.filter(pk=proposal.pk).update(
        status=Status.CONFIRMED, answered_at=at, became=appointment
    )
    is_new = appointment.sequence == 0
    record("appointment.planned" if is_new else "appointment.moved", appointment, by=by)
    invite(appointment, "mentorships.planned" if is_new else "mentorships.moved")
    return appointment


def fresh(proposal: Proposal, by: Person) -> Proposal:
    """Return the proposal as it is once its mentorship is locked."""
    open_to(proposal.mentorship, by)
    return found.proposals().get(pk=proposal.pk)


def plan_meeting(proposal: Proposal, starts_at: datetime, ends_at: datetime) -> Appointment:
    mentorship, at = proposal.mentorship, current_time()
    appointment = Appointment(
        mentorship=mentorship,
        starts_at=starts_at,
        ends_at=ends_at,
        way=proposal.way,
        where=where_of(proposal.way, proposal.where),
        changed_at=at,
        agenda_kind=agendas.usual_kind(
            mentorship.meetings.count(), share_gone(mentorship, starts_at)
        ),
    )
    appointment.full_clean()
    appointment.save()
    return appointment


def move_to(
    appointment: Appointment, proposal: Proposal, starts_at: datetime, ends_at: datetime
) -> Appointment:
    """Move a planned meeting; its video room stays where it is."""
    keeps_room = appointment.way == proposal.way == Way.VIDEO
    appointment.starts_at, appointment.ends_at = starts_at, ends_at
    if not keeps_room:
        appointment.way, appointment.where = proposal.way, where_of(proposal.way, proposal.where)
    appointment.reminded_at = None
    return change(appointment)


def change(appointment: Appointment) -> Appointment:
    """Save what both will be told of, as a later version of the same invitation."""
    appointment.sequence += 1
    appointment.changed_at = current_time()
    appointment.full_clean()
    appointment.save()
    return appointment


def where_of(way: str, where: str) -> str:
    return planning.new_room() if way == Way.VIDEO else where


def share_gone(mentorship: Mentorship, at: datetime) -> float:
    """Return how much of a mentorship's time will be over then, from 0 to 1 and beyond."""
    begins, ends = mentorship.began_at.date(), mentorship.match.mentor.cohort.ends_on
    return (at.date() - begins).days / max(1, (ends - begins).days)


@transaction.atomic
def refuse_times(proposal: Proposal, *, by: Person) -> Proposal:
    """Say that none of the offered times fits; the one who offered hears it and offers others."""
    proposal, at = fresh(proposal, by), current_time()
    if proposal.status == Status.REFUSED and proposal.by_id != by.pk:
        return proposal
    if not planning.may_answer(proposal, by):
        raise RefusedError(planning.why_answered(proposal))
    close_proposal(proposal, Status.REFUSED, at)
    queue_letter(
        "mentorships.none_fits",
        to=proposal.by,
        about=proposal,
        unique_key=f"none-fits:{proposal.public_id}",
        expires_at=at + planning.TOLD_UNTIL,
        at_once=True,
    )
    return found.proposals().get(pk=proposal.pk)


@transaction.atomic
def withdraw_times(proposal: Proposal, *, by: Person) -> Proposal:
    """Take one's own offer back while nobody has answered it."""
    proposal = fresh(proposal, by)
    if proposal.by_id != by.pk or proposal.status not in (Status.OPEN, Status.WITHDRAWN):
        raise RefusedError(planning.why_answered(proposal))
    if proposal.status == Status.OPEN:
        close_proposal(proposal, Status.WITHDRAWN, current_time())
    return found.proposals().get(pk=proposal.pk)


@transaction.atomic
def lapse_proposal(proposal: Proposal, now: datetime) -> bool:
    """Close what nobody answered in time; the room says so to both."""
    return living_proposal(locked(proposal.mentorship), now) is None


@transaction.atomic
def change_place(appointment: Appointment, *, by: Person, way: str, where: str) -> Appointment:
    """Meet somewhere else, or by another means; both get the changed invitation."""
    appointment = changeable(appointment, by)
    if problem := planning.why_not_way(way, where):
        raise RefusedError(problem)
    is_same = way == appointment.way and (way == Way.VIDEO or where == appointment.where)
    if is_same:
        return appointment
    appointment.way, appointment.where = way, where_of(way, where)
    change(appointment)
    record("appointment.moved", appointment, by=by)
    invite(appointment, "mentorships.moved")
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, by: Person) -> Appointment:
    """Call a planned meeting off; both get the cancellation for their calendars."""
    appointment = fresh_meeting(appointment, by)
    if appointment.status == Appointment.Status.CANCELLED:
        return appointment
    refuse_unchangeable(appointment, by)
    cancel(appointment, by=by)
    return appointment


def fresh_meeting(appointment: Appointment, by: Person) -> Appointment:
    """Return the planned meeting as it is once its mentorship is locked."""
    open_to(appointment.mentorship, by)
    return found.appointments().get(pk=appointment.pk)


def refuse_unchangeable(appointment: Appointment, by: Person) -> None:
    if not planning.can_change(appointment, by, current_time()):
        raise RefusedError(planning.why_not_change(appointment))


def changeable(appointment: Appointment, by: Person) -> Appointment:
    """Return the planned meeting as it is once its mentorship is locked, if this person can change it."""
    appointment = fresh_meeting(appointment, by)
    refuse_unchangeable(appointment, by)
    return appointment


def cancel(appointment: Appointment, *, by: Person | None) -> None:
    appointment.status, appointment.cancelled_by = Appointment.Status.CANCELLED, by
    change(appointment)
    record("appointment.cancelled", appointment, by=by)
    keep_at_home(appointment, INVITING)
    invite(appointment, "mentorships.cancelled")


def cancel_planned(mentorship: Mentorship) -> None:
    """Call off what is still ahead of a locked mentorship that rests or has ended, and close its open proposal."""
    at = current_time()
    if current := found.open_proposal(mentorship):
        close_proposal(current, Status.CLOSED, at)
    for appointment in found.planned_in(mentorship).filter(starts_at__gt=at):
        cancel(appointment, by=None)


@transaction.atomic
def set_agenda(appointment: Appointment, *, by: Person, kind: str, text: str = "") -> Appointment:
    """Choose what the meeting is about, or write it; either of the two, until it begins."""
    appointment = changeable(appointment, by)
    text = text.strip()
    if kind not in agendas.TEMPLATES and kind != agendas.OWN:
        raise RefusedError(_("Choose one of the agendas, or write your own."))
    if kind == agendas.OWN and not text:
        raise RefusedError(_("Your agenda is still empty. Write a line for each point."))
    appointment.agenda_kind, appointment.agenda = kind, text
    appointment.full_clean()
    appointment.save()
    record("agenda.set", appointment, by=by, kind=kind)
    return appointment


@transaction.atomic
def say_met(appointment: Appointment, *, by: Person) -> Meeting:
    """Say that the planned meeting took place: it is logged once, whoever says it and however often."""
    appointment = fresh_meeting(appointment, by)
    if appointment.meeting is not None:
        return appointment.meeting
    refuse_untellable(appointment, by)
    day = planning.kept_day(appointment)
    return keep_meeting(appointment.mentorship, by=by, held_on=day, minutes=appointment.minutes)


@transaction.atomic
def say_missed(appointment: Appointment, *, by: Person) -> Appointment:
    """Say that it did not take place; nothing is logged, and nobody is asked again."""
    appointment = fresh_meeting(appointment, by)
    if appointment.status == Appointment.Status.MISSED:
        return appointment
    refuse_untellable(appointment, by)
    appointment.status = Appointment.Status.MISSED
    appointment.save()
    record("appointment.missed", appointment, by=by)
    keep_at_home(appointment, ASKING)
    return appointment


def refuse_untellable(appointment: Appointment, by: Person) -> None:
    if planning.can_tell(appointment, by, current_time()):
        return
    if appointment.starts_at > current_time():
        raise RefusedError(
            _("This meeting is still to come. Once it has begun you can say how it went.")
        )
    raise RefusedError(planning.why_not_change(appointment))


@transaction.atomic
def remind_of_meeting(appointment: Appointment, now: datetime) -> bool:
    """Send both the agenda the day before, once for each time it is planned for."""
    locked(appointment.mentorship)
    appointment = found.appointments().get(pk=appointment.pk)
    due = queries.appointments_to_remind(now).filter(pk=appointment.pk)
    if not due.exists():
        return False
    Appointment.objects.filter(pk=appointment.pk).update(reminded_at=now)
    turn = f"tomorrow:{appointment.public_id}:{appointment.sequence}"
    tell_both("mentorships.tomorrow", appointment, turn, expires_at=appointment.starts_at)
    return True


@transaction.atomic
def ask_whether_met(appointment: Appointment, now: datetime) -> bool:
    """Ask both, once, whether the planned meeting took place."""
    locked(appointment.mentorship)
    due = queries.appointments_to_ask(now).filter(pk=appointment.pk)
    if not due.exists():
        return False
    Appointment.objects.filter(pk=appointment.pk).update(asked_at=now)
    turn = f"met:{appointment.public_id}"
    tell_both("mentorships.met", appointment, turn, expires_at=now + planning.TOLD_UNTIL)
    return True


def invite(appointment: Appointment, kind: str) -> None:
    """Send both what their calendars have to know, at once and once for each version."""
    keep_at_home(appointment, INVITING)
    turn = f"{kind}:{appointment.public_id}:{appointment.sequence}"
    tell_both(kind, appointment, turn, at_once=True)


def tell_both(kind: str, appointment: Appointment, turn: str, **more: Any) -> None:
    """Queue a letter to each of the two, once in a turn."""
    for person in planning.both_of(appointment.mentorship):
        queue_letter(
            kind,
            to=person,
            about=appointment,
            unique_key=f"{turn}:{person.public_id}",
            **more,
        )


def keep_at_home(about: Appointment | Proposal, kinds: tuple[str, ...]) -> None:
    """Let letters that have not left and are not true any more never go."""
    letters = Letter.objects.filter(
        about_kind=about._meta.label_lower, about_key=about.public_id, kind__in=kinds
    )
    keep_from_leaving(letters, why=_("What it was about went on without it."))
