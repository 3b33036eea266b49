"""Who computes a row that waits, and what becomes of the claim of a worker that was killed?

A claim is one conditional UPDATE, so it holds on SQLite too, where row locks do not. The grown
attempt count is its mark: whoever has lost the lease meanwhile can no longer answer.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar, cast

from django.db import IntegrityError
from django.db.models import CharField, F, Q, QuerySet

from lodestar.domain.common.models import Claimable
from lodestar.domain.common.time import Clock, running_from

C = TypeVar("C", bound=Claimable)

REQUESTED, CLAIMED, FAILED = "requested", "claimed", "failed"
LEASE_MARGIN = timedelta(seconds=60)
RETRY_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 3


def due(rows: QuerySet[C], now: datetime) -> QuerySet[C]:
    """Return what waits to be computed, and claims whose worker is gone, the oldest first."""
    lost = Q(status=CLAIMED, lease_until__lt=now)
    return rows.filter(Q(status=REQUESTED) | lost).order_by("pk")


def claim_next(
    rows: QuerySet[C],
    now: datetime,
    *,
    seconds: float,
    give_up: Callable[[C], object],
    **fields: object,
) -> C | None:
    """Claim the row that waits longest, for work that may take so many seconds.

    A row whose claim was lost too often is given up instead. `fields` are stored with the claim.
    """
    waiting = due(rows, now)
    for row in waiting.select_related(None).only("public_id", "attempt_count"):
        if row.attempt_count >= MOST_ATTEMPTS:
            give_up(row)
            continue
        claimed = waiting.filter(pk=row.pk, attempt_count=row.attempt_count).update(
            status=CLAIMED,
            attempt_count=F("attempt_count") + 1,
            lease_until=now + timedelta(seconds=seconds) + LEASE_MARGIN,
            **fields,
        )
        if claimed:
            return rows.get(pk=row.pk)
    return None


def or_waiting(find: Callable[[], C | None], ask: Callable[[], C]) -> C:
    """Ask for long work; of several who ask at once all have the one row that waits."""
    try:
        return ask()
    except IntegrityError:
        if waiting := find():
            return waiting
        raise


def keep(row: C, **fields: object) -> bool:
    """Store something of a row in the midst of its work; False if the claim was lost meanwhile."""
    claim = type(row)._default_manager.filter(
        pk=row.pk, status=CLAIMED, attempt_count=row.attempt_count
    )
    return bool(claim.update(**fields))


def give_back(row: C, now: datetime) -> bool:
    """Let a row be claimed again soon: its work broke without an answer."""
    return keep(row, lease_until=now + RETRY_AFTER)


def finish(row: C, status: str, **fields: object) -> bool:
    """End a claim with what came of it; False if the claim was lost meanwhile."""
    return keep(row, status=status, lease_until=None, **{"problem": "", **fields})


def fail(row: C, problem: str, **fields: object) -> bool:
    """End a claim with the sentence that says why; False if the claim was lost meanwhile."""
    longest = cast(CharField[str, str], row._meta.get_field("problem")).max_length
    return finish(row, FAILED, problem=problem[:longest], **fields)


def each_claimed(
    claim: Callable[[datetime], C | None], compute: Callable[[C, Clock], object], now: datetime
) -> int:
    """Compute every row that can be claimed, one after the other; return how many were.

    Time goes on meanwhile: a lease counted from the job's beginning would be over too soon.
    """
    clock = running_from(now)
    count = 0
    while row := claim(clock()):
        compute(row, clock)
        count += 1
    return count
