"""How do drafted matches reach the two people they are about?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_places, take_places
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.messaging.actions import keep_from_leaving, queue_letter, queue_letters
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import blocked_pairs
from lodestar.domain.programs.models import Cohort

Status = MatchRun.Status
PROPOSED = "matching.proposed"
AT_ONCE = 500
TOLD = (Match.Status.DRAFTED, Match.Status.PROPOSED, Match.Status.WITHDRAWN)
TOO_LATE = tuple(state for state in Match.Status if state not in TOLD)


@transaction.atomic
def publish_run(run: MatchRun, *, by: Person) -> MatchRun:
    """Propose every match of a looked-at run to both its sides: all of them or none, and once."""
    at = current_time()
    cohort = Cohort.objects.select_for_update().get(pk=run.cohort_id)
    run = as_it_is(run)
    if refusal := rules.why_not_publish(run, queries.who_could_sign(run)):
        raise RefusedError(refusal)
    leaves_at = at + timedelta(minutes=cohort.design.undo_minutes)
    won = MatchRun.objects.filter(pk=run.pk, status=Status.REVIEWED).update(
        status=Status.PUBLISHED, published_at=at, published_by=by, undo_until=leaves_at
    )
    run = as_it_is(run)
    if not won:
        raise RefusedError(rules.why_not_publish(run))
    matches = list(queries.matches_of(run).filter(status=Match.Status.DRAFTED))
    stale = rules.why_stale(matches, banned_pairs(run))
    if stale:
        raise RefusedError(stale)
    take_both_places(matches)
    propose(run, matches, leaves_at, rules.deadline(leaves_at, cohort.design.reply_days))
    record("match_run.published", run, by=by, matches=len(matches))
    return run


@transaction.atomic
def take_run_back(run: MatchRun, *, by: Person) -> MatchRun:
    """Undo a whole publication before a letter has left: nobody was told, and all places are free again."""
    at = current_time()
    Cohort.objects.select_for_update().get(pk=run.cohort_id)
    won = MatchRun.objects.filter(pk=run.pk, status=Status.PUBLISHED, undo_until__gt=at).update(
        status=Status.REVIEWED, published_at=None, published_by=None, undo_until=None
    )
    run = as_it_is(run)
    matches = list(queries.matches_of(run))
    if not won or any(match.status in TOO_LATE for match in matches):
        raise RefusedError(rules.why_not_take_back(run))
    open_ones = [match for match in matches if match.status == Match.Status.PROPOSED]
    stop_letters(open_ones)
    release_places(match.mentor for match in open_ones)
    release_places(match.mentee for match in open_ones)
    run.matches.filter(status=Match.Status.PROPOSED).update(
        status=Match.Status.DRAFTED, proposed_at=None, reply_by=None, next_reminder_at=None
    )
    record("match_run.taken_back", run, by=by, matches=len(open_ones))
    return run


def stop_letters(matches: list[Match]) -> None:
    """Keep every proposal of these matches from leaving, or refuse because one has left."""
    keys = [match.public_id for match in matches]
    for first in range(0, len(keys), AT_ONCE):
        letters = Letter.objects.filter(kind=PROPOSED, about_key__in=keys[first : first + AT_ONCE])
        keep_from_leaving(letters, why=_("The publication was taken back."))
        if letters.exclude(status=Letter.Status.DROPPED).exists():
            raise RefusedError(_("A letter has left already. Nothing was changed."))


def as_it_is(run: MatchRun) -> MatchRun:
    people = ("cohort__design", "cohort__program", "published_by", "reviewed_by")
    return MatchRun.objects.select_related(*people).defer("inputs").get(pk=run.pk)


def banned_pairs(run: MatchRun) -> set[tuple[int, int]]:
    bans = PairRule.objects.filter(cohort=run.cohort_id, kind=PairRule.Kind.BAN)
    return set(bans.values_list("mentor_id", "mentee_id")) | blocked_in(run)


def blocked_in(run: MatchRun) -> set[tuple[int, int]]:
    """Return the pairs of a run that a block keeps apart since it was computed."""
    drafted = run.matches.values_list(
        "mentor__person_id", "mentee__person_id", "mentor_id", "mentee_id"
    )
    rows = list(drafted.order_by())
    apart = blocked_pairs(person for row in rows for person in row[:2])
    return {(mentor, mentee) for one, other, mentor, mentee in rows if (one, other) in apart}


def take_both_places(matches: list[Match]) -> None:
    """Take both sides' places, the mentors' first, as everyone does who holds more than one."""
    try:
        take_places(match.mentor for match in matches)
        take_places(match.mentee for match in matches)
    except RefusedError as full:
        sentence = _("%(problem)s Nothing was published; ask for a new run.")
        raise RefusedError(sentence % {"problem": full}) from full


def propose(run: MatchRun, matches: list[Match], at: datetime, reply_by: datetime) -> None:
    """Open every match of a run for answers from a moment on, at which each of its two is written to."""
    opened = {"status": Match.Status.PROPOSED, "proposed_at": at, "reply_by": reply_by}
    reminder = rules.next_reminder(Match(**opened), at)
    run.matches.filter(status=Match.Status.DRAFTED).update(**opened, next_reminder_at=reminder)
    addressed = [
        (side.person, match, key_of(PROPOSED, match, side.person))
        for match in matches
        for side in (match.mentor, match.mentee)
    ]
    queue_letters(PROPOSED, addressed, expires_at=reply_by, not_before=at)


def key_of(kind: str, match: Match, person: Person, turn: str = "") -> str:
    """Return what keeps a letter of a kind and turn about a match from being queued twice."""
    return ":".join(filter(None, [kind, match.public_id, person.public_id, turn]))


def tell(
    kind: str,
    match: Match,
    person: Person,
    *,
    until: datetime | None,
    turn: str = "",
    at_once: bool = False,
) -> None:
    """Queue a letter about a match, at most one of its kind and turn to each person."""
    key = key_of(kind, match, person, turn)
    queue_letter(kind, to=person, about=match, unique_key=key, expires_at=until, at_once=at_once)


__all__ = ["publish_run", "stop_letters", "take_run_back", "tell"]
