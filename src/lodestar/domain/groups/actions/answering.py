"""What becomes of a group by what its people say, and by their silence?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_place
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions.letters import ASKING, call_office, tell, tell_all
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.groups.rules import Roll
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person

Status, Answer = Group.Status, Member.Answer


def locked(group: Group) -> Group:
    """Return the group as it is now, locked until the transaction ends."""
    rows = Group.objects.select_for_update(of=("self",))
    return rows.select_related("cohort__program", "cohort__design").get(pk=group.pk)


def locked_with(member: Member) -> tuple[Group, Member]:
    """Lock the group, on which every change of its people waits, and return the member as it is then."""
    group = locked(member.group)
    fresh = Member.objects.select_related("participant__person").get(pk=member.pk)
    fresh.group = group
    return group, fresh


@transaction.atomic
def accept_group(member: Member, *, by: Person) -> Member:
    """Say yes; with enough yeses the group begins, and whoever says yes later comes in."""
    group, member = locked_with(member)
    require_own(member, by)
    if member.answer == Answer.ACCEPTED:
        return member
    if problem := rules.why_not_answer(member, current_time()):
        raise RefusedError(problem)
    member.answer, member.answered_at = Answer.ACCEPTED, current_time()
    member.full_clean(exclude=["group"])
    member.save()
    overtake(group, ASKING, to=by)
    record("group.answered", group, by=by, answer="accepted")
    if group.status == Status.RUNNING:
        welcome(group, member)
    else:
        begin_if_ready(group)
    return member


@transaction.atomic
def decline_group(member: Member, *, by: Person, reason: str = "", note: str = "") -> Member:
    """Say no; the place is free for somebody else, and nobody of the group is told who said it."""
    group, member = locked_with(member)
    require_own(member, by)
    if member.answer == Answer.DECLINED:
        return member
    if problem := rules.why_not_answer(member, current_time()):
        raise RefusedError(problem)
    member.reason = reason if reason in Member.Reason.values else Member.Reason.PRIVATE
    member.note = note.replace("\x00", "").strip()[:500]
    go(group, member, Answer.DECLINED)
    overtake(group, ASKING, to=by)
    record("group.answered", group, by=by, answer="declined")
    after_somebody_went(group)
    return member


def require_own(member: Member, by: Person) -> None:
    if member.participant.person_id != by.pk:
        raise RefusedError(_("Only the person who was asked can answer that."))


def go(group: Group, member: Member, answer: Member.Answer) -> None:
    """Take somebody out of a group, and give back every place that was held for them."""
    roll = queries.roll_of(group)
    if member.is_mentor:
        for _seat in roll.others:
            release_place(member.participant)
    else:
        release_place(member.participant)
        if roll.mentor:
            release_place(roll.mentor.participant)
    member.answer, member.answered_at = answer, current_time()
    member.full_clean(exclude=["group"])
    member.save()


def begin_if_ready(group: Group) -> bool:
    """Begin a group in which enough said yes, the mentor included; those who have not answered still may."""
    roll = queries.roll_of(group)
    if group.status != Status.PROPOSED or not roll.is_ready:
        return False
    begin(group, roll)
    return True


def begin(group: Group, roll: Roll) -> None:
    """Begin a group with those who said yes."""
    group.status, group.began_at, group.next_reminder_at = Status.RUNNING, current_time(), None
    group.full_clean()
    group.save()
    record("group.began", group, people=len(roll.accepted))
    tell_all("groups.begun", group, roll.accepted)


def welcome(group: Group, member: Member) -> None:
    """Tell somebody who comes in later that it has begun, and the others that they are one more."""
    others = [m for m in queries.roll_of(group).accepted if m.pk != member.pk]
    tell("groups.begun", group, member.person)
    tell_all(
        "groups.joined",
        group,
        others,
        turn=member.public_id,
        words={"name": member.person.full_name},
    )


def after_somebody_went(group: Group) -> None:
    """Begin what can begin, and call the office where a group cannot begin or go on by itself."""
    if begin_if_ready(group):
        return
    roll = queries.roll_of(group)
    if group.status == Status.PROPOSED and roll.is_short:
        call_office(group, f"{len(roll.present)}")
    if group.status == Status.RUNNING and roll.lacks_mentor:
        call_office(group, "mentor")


@transaction.atomic
def expire_member(member: Member, now: datetime) -> bool:
    """Free the place of somebody whose time to answer is over; False if they answered meanwhile."""
    group, member = locked_with(member)
    is_late = member.reply_by is not None and member.reply_by < now
    if member.answer != Answer.WAITING or not is_late or not rules.is_living(group):
        return False
    go(group, member, Answer.EXPIRED)
    overtake(group, ASKING, to=member.person)
    record("group.expired", group, about=member.person)
    tell("groups.closed", group, member.person, turn="expired")
    after_somebody_went(group)
    return True


@transaction.atomic
def remind_group(group: Group, now: datetime) -> int:
    """Remind whoever has not answered; after a long silence of ours once, not twice."""
    group = locked(group)
    due = group.next_reminder_at
    if group.status != Status.PROPOSED or due is None or due > now:
        return 0
    reply_by, proposed_at = group.reply_by, group.proposed_at
    group.next_reminder_at = (
        rules.next_reminder(proposed_at, reply_by, now) if proposed_at and reply_by else None
    )
    group.save(update_fields=["next_reminder_at"])
    waiting = [m for m in queries.roll_of(group).waiting if m.reply_by and m.reply_by >= now]
    turn = "last" if group.next_reminder_at is None else "first"
    for member in waiting:
        tell("groups.reminder", group, member.person, expires_at=member.reply_by, turn=turn)
    record("group.reminded", group, letters=len(waiting))
    return len(waiting)


def release_everybody(roll: Roll) -> None:
    """Give back every place that a group holds."""
    for member in roll.others:
        release_place(member.participant)
        if roll.mentor:
            release_place(roll.mentor.participant)
