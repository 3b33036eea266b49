"""How do drafted groups reach the people they are about?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import take_places
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions.letters import key_of
from lodestar.domain.groups.models import FormingRun, Group, Member
from lodestar.domain.groups.queries import GroupSeen
from lodestar.domain.matching.rules.runs import has_gone, some_names
from lodestar.domain.messaging.actions import queue_letters
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

Status = FormingRun.Status
PROPOSED = "groups.proposed"


@transaction.atomic
def publish_forming(run: FormingRun, *, by: Person) -> FormingRun:
    """Propose every group of a looked-at forming to all its people: all of them or none, and once."""
    at = current_time()
    Cohort.objects.select_for_update().get(pk=run.cohort_id)
    won = FormingRun.objects.filter(pk=run.pk, status=Status.REVIEWED).update(
        status=Status.PUBLISHED, published_at=at, published_by=by
    )
    rows = FormingRun.objects.select_related("cohort__design", "cohort__program", "published_by")
    run = rows.defer("inputs", "points").get(pk=run.pk)
    if not won:
        raise RefusedError(rules.why_not_publish(run))
    groups = [each for each in queries.groups_of(run) if each.others]
    if problem := why_stale(groups):
        raise RefusedError(problem)
    take_everybodys_places(groups)
    propose(run, groups, at)
    record("forming.published", run, by=by, groups=len(groups))
    return run


def why_stale(groups: list[GroupSeen]) -> str:
    """Return why drafted groups no longer hold: somebody left since, or was shut out."""
    if not groups:
        return _("There is no group with anybody in it. Nothing was published.")
    members = [member for each in groups for member in each.roll.present]
    gone = [str(member) for member in members if has_gone(member.participant)]
    if not gone:
        return ""
    return _(
        "%(names)s left since these groups were formed. Nothing was published; move them out, or form the groups again."
    ) % {"names": some_names(gone)}


def take_everybodys_places(groups: list[GroupSeen]) -> None:
    """Take a place with the mentor for everybody of a group, the mentors' first, then each one's own."""
    try:
        take_places(
            each.mentor.participant for each in groups if each.mentor for _seat in each.others
        )
        take_places(member.participant for each in groups for member in each.others)
    except RefusedError as full:
        sentence = _("%(problem)s Nothing was published; move them out, or form the groups again.")
        raise RefusedError(sentence % {"problem": full}) from full


def propose(run: FormingRun, groups: list[GroupSeen], at: datetime) -> None:
    """Open every group for answers, and queue a letter to each of its people."""
    reply_by = rules.deadline(at, run.cohort.design.reply_days)
    reminder = rules.next_reminder(at, reply_by, at)
    keys = [each.group.pk for each in groups]
    first = next_number(run)
    for offset, each in enumerate(groups):
        each.group.number = first + offset
        each.group.save(update_fields=["number"])
    Group.objects.filter(pk__in=keys).update(
        status=Group.Status.PROPOSED, proposed_at=at, reply_by=reply_by, next_reminder_at=reminder
    )
    Member.objects.filter(group__in=keys).update(reply_by=reply_by)
    addressed = [
        (member.person, each.group, key_of(PROPOSED, each.group, member.person))
        for each in groups
        for member in each.roll.present
    ]
    queue_letters(PROPOSED, addressed, expires_at=reply_by)


def next_number(run: FormingRun) -> int:
    """Groups are numbered through a cohort, so that no two that people know have the same number."""
    last = queries.groups_in(run.cohort).order_by("-number").first()
    return last.number + 1 if last else 1
