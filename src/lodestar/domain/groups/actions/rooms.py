"""What can the people of a group do, from its beginning to its end?"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.rules.showing import is_paused
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import random_id
from lodestar.domain.common.time import now, today
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions.answering import (
    after_somebody_went,
    go,
    locked,
    locked_with,
    release_everybody,
)
from lodestar.domain.groups.actions.letters import tell, tell_all
from lodestar.domain.groups.models import (
    Attendance,
    Group,
    GroupGoal,
    GroupMeeting,
    GroupMessage,
    Member,
)
from lodestar.domain.mentorships.actions.common import end_once
from lodestar.domain.messaging.actions import keep_message, overtake
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of
from lodestar.domain.programs.queries import is_coordinator

Status, Answer = Group.Status, Member.Answer
NUDGES = ("groups.unmet",)
DAYS_TO_READ, NOTICE_HOURS = 3, 4


def open_to(member: Member) -> Member:
    """Return the member with the locked group if they may add to it now."""
    _group, member = locked_with(member)
    if not rules.may_write(member):
        raise RefusedError(_("This group has ended, or you are not in it any more."))
    return member


@transaction.atomic
def log_group_meeting(
    member: Member, *, held_on: date, minutes: int = 60, note: str = "", present: Collection[str] = ()
) -> GroupMeeting:  # fmt: skip
    """Log a meeting and who was there; the same day told again corrects it and is never counted twice."""
    member = open_to(member)
    group, by = member.group, member.person
    problem = rules.why_not_meeting(group, held_on, minutes, today_of(by))
    if problem:
        raise RefusedError(problem)
    meeting, is_new = GroupMeeting.objects.get_or_create(
        group=group, held_on=held_on, defaults={"minutes": minutes, "logged_by": by}
    )
    meeting.minutes = minutes
    meeting.note = note.strip() or meeting.note
    meeting.full_clean()
    meeting.save()
    there = [m for m in queries.roll_of(group).accepted if m.public_id in present]
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create([Attendance(meeting=meeting, member=m) for m in there])
    overtake(group, NUDGES)
    record("group_meeting.logged", meeting, by=by, is_new=is_new, present=len(there))
    return meeting


@transaction.atomic
def set_next_meeting(member: Member, *, at: datetime, where: str = "") -> Group:
    """Say when and where the group meets next; the others are told."""
    member = open_to(member)
    group = member.group
    if problem := rules.why_not_date(at, now()):
        raise RefusedError(problem)
    if (group.meets_at, group.meets_where) == (at, where.strip()):
        return group
    group.meets_at, group.meets_where = at, where.strip()
    group.full_clean()
    group.save()
    group.members.update(comes=None)
    group.members.filter(pk=member.pk).update(comes=True)
    record("group.date_set", group, by=member.person)
    turn = f"{int(at.timestamp()) // 60}:{random_id()[:4]}"
    for other in others_of(member):
        tell("groups.date", group, other.person, expires_at=at, turn=turn, at_once=True)
    return group


@transaction.atomic
def say_coming(member: Member, *, comes: bool) -> Member:
    """Say if one comes to the next date; said again it is changed, and the others see it in their room."""
    member = open_to(member)
    at = member.group.meets_at
    if at is None or at <= now():
        raise RefusedError(
            _("This date is past, or was taken back. Your room says when you meet next.")
        )
    if member.comes != comes:
        member.comes = comes
        member.save(update_fields=["comes"])
        record("group.coming_said", member.group, by=member.person, comes=comes)
    return member


def others_of(member: Member) -> list[Member]:
    """Return everybody else who is in the group and is not shut out."""
    found = queries.roll_of(member.group).accepted
    return [m for m in found if m.pk != member.pk and m.person.blocked_at is None]


@transaction.atomic
def set_group_goal(member: Member, *, text: str, due_on: date | None = None) -> GroupGoal:
    """Set a goal; the same words again change its date."""
    member = open_to(member)
    if not text.strip():
        raise RefusedError(_("Please write what you want to reach, in a few words."))
    group = member.group
    goal = group.goals.filter(text=text.strip(), done_at=None, dropped_at=None).first()
    goal = goal or GroupGoal(group=group, text=text.strip(), set_by=member.person)
    goal.due_on = due_on
    goal.full_clean()
    goal.save()
    record("group_goal.set", goal, by=member.person)
    return goal


@transaction.atomic
def finish_group_goal(goal: GroupGoal, member: Member) -> GroupGoal:
    """Mark a goal as reached; pressed twice, it keeps the first moment."""
    member = open_to(member)
    by = member.person
    aside = _("This goal was set aside. Set it again if it matters after all.")
    return end_once(goal.locked(), "done_at", "group_goal.finished", by=by, unless=aside)


@transaction.atomic
def drop_group_goal(goal: GroupGoal, member: Member) -> GroupGoal:
    """Set a goal aside that matters no longer."""
    member = open_to(member)
    by = member.person
    reached = _("This goal is reached already; it stays on your list.")
    return end_once(goal.locked(), "dropped_at", "group_goal.dropped", by=by, unless=reached)


@transaction.atomic
def write_to_group(member: Member, *, text: str, form_key: str = "") -> GroupMessage:
    """Write to everybody in the group; the same form sent twice is one message."""
    member = open_to(member)
    message, is_new = keep_message(
        GroupMessage, by=member.person, text=text, form_key=form_key, group=member.group
    )
    if is_new:
        record("group_message.written", message, by=member.person)
        notify(member)
    return message


def notify(author: Member) -> None:
    """Tell the others that something waits, once in a few hours and never what it says."""
    hour = int(now().timestamp()) // (NOTICE_HOURS * 3600)
    until = now() + timedelta(days=DAYS_TO_READ)
    for other in others_of(author):
        tell(
            "groups.message",
            author.group,
            other.person,
            expires_at=until,
            turn=str(hour),
            at_once=True,
        )


@transaction.atomic
def leave_group(member: Member, *, reason: str = "") -> Member:
    """Leave a group; the others are told that they are one fewer, and never why."""
    group, member = locked_with(member)
    if member.answer == Answer.LEFT:
        return member
    if not rules.may_write(member):
        raise RefusedError(_("This group has ended, or you are not in it any more."))
    member.reason = reason if reason in Member.Reason.values else Member.Reason.PRIVATE
    go(group, member, Answer.LEFT)
    record("group.left", group, by=member.person)
    roll = queries.roll_of(group)
    if len(roll.accepted) < rules.FEWEST_TO_BEGIN:
        close_running(group)
        return member
    first_name = member.person.first_name
    tell_all(
        "groups.left",
        group,
        roll.accepted,
        turn=member.public_id,
        at_once=True,
        words={"name": first_name},
    )
    after_somebody_went(group)
    return member


@transaction.atomic
def end_group(group: Group, *, by: Person) -> Group:
    """End a group that has done its work: its mentor can, and the office."""
    group = locked(group)
    if group.status == Status.ENDED:
        return group
    roll = queries.roll_of(group)
    is_mentor = roll.mentor is not None and roll.mentor.participant.person_id == by.pk
    if group.status != Status.RUNNING or not (
        is_mentor or is_coordinator(by, group.cohort.program)
    ):
        raise RefusedError(_("Only the mentor of a running group, or the office, can end it."))
    close_running(group)
    record("group.ended", group, by=by)
    return group


def close_running(group: Group) -> None:
    """End a running group: every place is free, everybody is thanked, and what was written stays to be read."""
    roll = queries.roll_of(group)
    release_everybody(roll)
    waiting = [member.pk for member in roll.waiting]
    Member.objects.filter(pk__in=waiting).update(answer=Answer.WITHDRAWN)
    group.status, group.ended_at = Status.ENDED, now()
    group.full_clean()
    group.save()
    overtake(group, NUDGES)
    tell_all("groups.ended", group, roll.accepted)


@transaction.atomic
def remind_unmet(group: Group) -> None:
    """Ask everybody of a group who is there, once, to find a first date."""
    inside = queries.roll_of(group).accepted
    there = [each for each in inside if not is_paused(each.participant, today())]
    tell_all("groups.unmet", group, there)
