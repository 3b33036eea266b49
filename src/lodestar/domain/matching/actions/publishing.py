"""How do drafted matches reach the two people they are about?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import take_places
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.messaging.actions import queue_letter, queue_letters
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

Status = MatchRun.Status


@transaction.atomic
def publish_run(run: MatchRun, *, by: Person) -> MatchRun:
    """Propose every match of a looked-at run to both its sides: all of them or none, and once."""
    at = current_time()
    Cohort.objects.select_for_update().get(pk=run.cohort_id)
    won = MatchRun.objects.filter(pk=run.pk, status=Status.REVIEWED).update(
        status=Status.PUBLISHED, published_at=at, published_by=by
    )
    run = (
        MatchRun.objects.select_related("cohort__design", "published_by")
        .defer("inputs")
        .get(pk=run.pk)
    )
    if not won:
        raise RefusedError(rules.why_not_publish(run))
    matches = list(queries.matches_of(run))
    stale = rules.why_stale(matches, banned_pairs(run))
    if stale:
        raise RefusedError(stale)
    take_both_places(matches)
    propose(run, matches, at, rules.deadline(at, run.cohort.design.reply_days))
    record("match_run.published", run, by=by, matches=len(matches))
    return run


def banned_pairs(run: MatchRun) -> set[tuple[int, int]]:
    bans = PairRule.objects.filter(cohort=run.cohort_id, kind=PairRule.Kind.BAN)
    return set(bans.values_list("mentor_id", "mentee_id"))


def take_both_places(matches: list[Match]) -> None:
    """Take both sides' places, the mentors' first, as everyone does who holds more than one."""
    try:
        take_places(match.mentor for match in matches)
        take_places(match.mentee for match in matches)
    except RefusedError as full:
        sentence = _("%(problem)s Nothing was published; ask for a new run.")
        raise RefusedError(sentence % {"problem": full}) from full


def propose(run: MatchRun, matches: list[Match], at: datetime, reply_by: datetime) -> None:
    """Open every match of a run for answers, and queue a letter to each of its two."""
    opened = {"status": Match.Status.PROPOSED, "proposed_at": at, "reply_by": reply_by}
    reminder = rules.next_reminder(Match(**opened), at)
    run.matches.update(**opened, next_reminder_at=reminder)
    kind = "matching.proposed"
    addressed = [
        (side.person, match, key_of(kind, match, side.person))
        for match in matches
        for side in (match.mentor, match.mentee)
    ]
    queue_letters(kind, addressed, expires_at=reply_by)


def key_of(kind: str, match: Match, person: Person, turn: str = "") -> str:
    """Return what keeps a letter of a kind and turn about a match from being queued twice."""
    return ":".join(filter(None, [kind, match.public_id, person.public_id, turn]))


def tell(
    kind: str, match: Match, person: Person, *, until: datetime | None, turn: str = ""
) -> None:
    """Queue a letter about a match, at most one of its kind and turn to each person."""
    key = key_of(kind, match, person, turn)
    queue_letter(kind, to=person, about=match, unique_key=key, expires_at=until)


__all__ = ["publish_run", "tell"]
