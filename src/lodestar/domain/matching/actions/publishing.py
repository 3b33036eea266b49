"""How do drafted matches reach the two people they are about?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import take_place
from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person

Status = MatchRun.Status


@transaction.atomic
def publish_run(run: MatchRun, *, by: Person) -> MatchRun:
    """Propose every match of a looked-at run to both its sides: all of them or none, and once."""
    at = current_time()
    won = MatchRun.objects.filter(pk=run.pk, status=Status.REVIEWED).update(
        status=Status.PUBLISHED, published_at=at, published_by=by
    )
    run = MatchRun.objects.select_related("cohort__design", "published_by").get(pk=run.pk)
    if not won:
        raise RefusedError(rules.why_not_publish(run))
    matches = list(queries.matches_of(run))
    stale = rules.why_stale(matches, banned_pairs(run))
    if stale:
        raise RefusedError(stale)
    take_places(matches)
    propose(matches, at, rules.deadline(at, run.cohort.design.reply_days))
    record("match_run.published", run, by=by, matches=len(matches))
    return run


def banned_pairs(run: MatchRun) -> set[tuple[int, int]]:
    bans = PairRule.objects.filter(cohort=run.cohort_id, kind=PairRule.Kind.BAN)
    return set(bans.values_list("mentor_id", "mentee_id"))


def take_places(matches: list[Match]) -> None:
    """Take both sides' places, mentors first and in one order, so that no two publishers wait in a ring."""
    mentors = sorted((match.mentor for match in matches), key=lambda side: side.pk)
    mentees = sorted((match.mentee for match in matches), key=lambda side: side.pk)
    for participant in [*mentors, *mentees]:
        try:
            take_place(participant)
        except RefusedError as full:
            raise RefusedError(no_place_left(participant)) from full


def no_place_left(participant: Participant) -> str:
    return _(
        "%(name)s has no free place any more, because another match took it. Nothing was "
        "published; ask for a new run."
    ) % {"name": participant}


def propose(matches: list[Match], at: datetime, reply_by: datetime) -> None:
    for match in matches:
        match.status = Match.Status.PROPOSED
        match.proposed_at, match.reply_by = at, reply_by
        match.next_reminder_at = rules.next_reminder(match, at)
    fields = ["status", "proposed_at", "reply_by", "next_reminder_at"]
    Match.objects.bulk_update(matches, fields, batch_size=200)
    for match in matches:
        record("match.proposed", match, about=match.mentee.person)
        for side in (match.mentor, match.mentee):
            tell("matching.proposed", match, side.person, until=reply_by)


def tell(
    kind: str, match: Match, person: Person, *, until: datetime | None, turn: str = ""
) -> None:
    """Queue a letter about a match, at most one of its kind and turn to each person."""
    key = ":".join(filter(None, [kind, match.public_id, person.public_id, turn]))
    queue_letter(kind, to=person, about=match, unique_key=key, expires_at=until)


__all__ = ["publish_run", "tell"]
