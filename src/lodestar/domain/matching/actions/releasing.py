"""From when on do the days to answer count, if the letters waited for their release?"""

from datetime import datetime

from django.db.models import Q, QuerySet

from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.programs.models import Cohort

PROPOSED, ASKED = "matching.proposed", "matching.asked"
EXPLORING = "matching.exploring"


def ask_from_now(cohort: Cohort, letters: QuerySet[Letter], *, now: datetime) -> int:
    """Let the days to answer begin with the release of these letters; return for how many matches.

    Both people of a match have until the same day, so the other's letter, if it waits still, says so too.
    """
    asked = {
        "proposed_at": now,
        "reply_by": rules.deadline(now, cohort.design.reply_days),
    }
    explored = {
        "exploring_since": now,
        "reply_by": rules.exploring_until(now, cohort.design.exploring_days),
    }
    matches = Match.objects.all()
    waiting, exploring = (
        matches.filter(status__in=Match.ASKED),
        matches.filter(status=Match.Status.EXPLORING),
    )
    return (
        begin(PROPOSED, letters, waiting, asked)
        + begin(ASKED, letters, waiting, asked)
        + begin(EXPLORING, letters, exploring, explored)
    )


def begin(
    kind: str, letters: QuerySet[Letter], matches: QuerySet[Match], begun: dict[str, datetime]
) -> int:
    """Let what these letters of a kind ask begin now, wherever that gives more time than before."""
    reminder = rules.next_reminder(Match(**begun), min(begun.values()))
    released = letters.filter(kind=kind).order_by().values("about_key")
    later = matches.filter(public_id__in=released).filter(
        Q(reply_by__lt=begun["reply_by"]) | Q(proposed_at__gt=min(begun.values()))
    )
    waited_for(kind).filter(about_key__in=later.values("public_id")).update(
        expires_at=begun["reply_by"]
    )
    return later.update(**begun, next_reminder_at=reminder)
