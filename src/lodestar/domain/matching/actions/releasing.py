"""From when on do the days to answer count, if the letters waited for their release?"""

from datetime import datetime

from django.db.models import QuerySet

from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.programs.models import Cohort

PROPOSED = "matching.proposed"


def ask_from_now(cohort: Cohort, letters: QuerySet[Letter], *, now: datetime) -> int:
    """Let the days to answer begin with the release of these letters; return for how many matches.

    Both people of a match have until the same day, so the other's letter, if it waits still, says so too.
    """
    reply_by = rules.deadline(now, cohort.design.reply_days)
    begun = {"proposed_at": now, "reply_by": reply_by}
    reminder = rules.next_reminder(Match(**begun), now)
    released = letters.filter(kind=PROPOSED).order_by().values("about_key")
    matches = Match.objects.filter(
        public_id__in=released, status__in=Match.WAITING, reply_by__lt=reply_by
    )
    waited_for(PROPOSED).filter(about_key__in=matches.values("public_id")).update(
        expires_at=reply_by
    )
    return matches.update(**begun, next_reminder_at=reminder)
