"""From when on do the days to answer count, if the letters waited for their release?"""

from datetime import datetime

from django.db.models import QuerySet

from lodestar.domain.groups import rules
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.programs.models import Cohort

PROPOSED = "groups.proposed"


def ask_groups_from_now(cohort: Cohort, letters: QuerySet[Letter], *, now: datetime) -> int:
    """Let the days to answer begin with the release of these letters; return for how many groups.

    Everybody of a group has until the same day, so the others' letters, if they wait still, say so too.
    """
    reply_by = rules.deadline(now, cohort.design.reply_days)
    released = letters.filter(kind=PROPOSED).order_by().values("about_key")
    groups = Group.objects.filter(
        public_id__in=released, status=Group.Status.PROPOSED, reply_by__lt=reply_by
    )
    keys = list(groups.values_list("pk", flat=True))
    waited_for(PROPOSED).filter(about_key__in=groups.values("public_id")).update(
        expires_at=reply_by
    )
    waiting = Member.objects.filter(group__in=keys, answer=Member.Answer.WAITING)
    waiting.update(reply_by=reply_by)
    reminder = rules.next_reminder(now, reply_by, now)
    return Group.objects.filter(pk__in=keys).update(
        proposed_at=now, reply_by=reply_by, next_reminder_at=reminder
    )
