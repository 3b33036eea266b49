"""What does the office do for a group that is too small, or has room?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import take_places
from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions.answering import begin, locked, release_everybody
from lodestar.domain.groups.actions.letters import ASKING, tell, tell_all
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.groups.rules import Roll
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person

Status, Answer = Group.Status, Member.Answer


@transaction.atomic
def invite_person(group: Group, participant: Participant, *, by: Person) -> Member:
    """Ask somebody who is left into a group with room, also into one that has begun."""
    group = locked(group)
    roll = queries.roll_of(group)
    is_mentor = participant.role == RoleInCohort.MENTOR
    present = next((m for m in roll.present if m.participant_id == participant.pk), None)
    if present:
        return present
    if participant.cohort_id != group.cohort_id:
        raise RefusedError(_("%(name)s does not take part in this cohort.") % {"name": participant})
    if problem := rules.why_not_join(group, roll, as_mentor=is_mentor):
        raise RefusedError(problem)
    participant.locked()  # another group may just be asking the same person
    if queries.is_in_a_group(participant):
        raise RefusedError(_("%(name)s has a group already.") % {"name": participant})
    take_seats(roll, participant)
    member = asked(group, participant)
    record("group.invited", group, by=by, about=participant.person)
    return member


def take_seats(roll: Roll, participant: Participant) -> None:
    """Take the places that somebody more in a group needs: a mentor's for everybody, or one on both sides."""
    if participant.role == RoleInCohort.MENTOR:
        take_places([participant] * len(roll.others))
        return
    if roll.mentor:
        take_places([roll.mentor.participant])
    take_places([participant])


def asked(group: Group, participant: Participant, *, turn: str = "") -> Member:
    """Ask somebody into a group: they have as many days to answer as everybody else had."""
    at = current_time()
    reply_by = rules.deadline(at, group.cohort.design.reply_days)
    member = Member(group=group, participant=participant, reply_by=reply_by)
    member.full_clean(exclude=["group"])
    member.save()
    if group.status == Status.PROPOSED:
        group.next_reminder_at = rules.next_reminder(at, reply_by, at)
        group.proposed_at, group.reply_by = at, reply_by
        group.save(update_fields=["next_reminder_at", "proposed_at", "reply_by"])
    tell(
        "groups.proposed",
        group,
        participant.person,
        expires_at=reply_by,
        turn=turn or member.public_id,
    )
    return member


@transaction.atomic
def merge_groups(group: Group, into: Group, *, by: Person) -> Group:
    """Ask everybody of a group that cannot begin into another one with room; they say yes or no to it anew."""
    first, second = (locked(each) for each in sorted((group, into), key=lambda each: each.pk))
    group, into = (first, second) if first.pk == group.pk else (second, first)
    if group.status == Status.DISSOLVED:
        return into
    roll, target = queries.roll_of(group), queries.roll_of(into)
    if problem := rules.why_not_merge(group, roll, into, target):
        raise RefusedError(problem)
    people = [member.participant for member in roll.others]
    close(group, roll)
    if target.mentor:
        take_places([target.mentor.participant] * len(people))
    take_places(people)
    for participant in people:
        asked(into, participant, turn=group.public_id)
    if roll.mentor:
        tell("groups.closed", group, roll.mentor.person, turn="merged")
    record("group.merged", group, by=by, into=into.public_id, people=len(people))
    return into


@transaction.atomic
def dissolve_group(group: Group, *, by: Person) -> Group:
    """Let a group go that does not come about; everybody of it is told kindly, and is free again."""
    group = locked(group)
    if group.status == Status.DISSOLVED:
        return group
    if problem := rules.why_not_dissolve(group):
        raise RefusedError(problem)
    roll = queries.roll_of(group)
    close(group, roll)
    tell_all("groups.closed", group, roll.present, turn="dissolved")
    record("group.dissolved", group, by=by, people=len(roll.present))
    return group


def close(group: Group, roll: Roll) -> None:
    """End a group that never began, and free all its places."""
    release_everybody(roll)
    keys = [member.pk for member in roll.present]
    Member.objects.filter(pk__in=keys).update(answer=Answer.WITHDRAWN)
    group.status, group.next_reminder_at = Status.DISSOLVED, None
    group.ended_at = current_time()
    group.full_clean()
    group.save()
    overtake(group, ASKING)


@transaction.atomic
def begin_smaller(group: Group, *, by: Person) -> Group:
    """Let a group begin with fewer than the design asks for, because the office thinks that they will do."""
    group = locked(group)
    if group.status == Status.RUNNING:
        return group
    roll = queries.roll_of(group)
    if group.status != Status.PROPOSED or len(roll.accepted) < rules.FEWEST_TO_BEGIN:
        raise RefusedError(_("Two people at least must have said yes before a group can begin."))
    if roll.lacks_mentor or (roll.mentor and roll.mentor.answer != Answer.ACCEPTED):
        raise RefusedError(_("The mentor of this group has not said yes, so it cannot begin."))
    begin(group, roll)
    record("group.begun_by_office", group, by=by, people=len(roll.accepted))
    return group
