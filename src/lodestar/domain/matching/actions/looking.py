"""What becomes of a calculation of any kind: it fails, is looked at, or is set aside."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import CohortRun
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

R = TypeVar("R", bound=CohortRun)

Status = CohortRun.Status
LARGEST_SEED = 2**31 - 1


def lottery_of(kind: type[CohortRun], cohort: Cohort) -> int:
    """Return a cohort's lottery: drawn with its first calculation of a kind, and kept for all later ones."""
    first = kind._default_manager.filter(cohort=cohort).order_by("pk")
    seed = first.values_list("seed", flat=True).first()
    return secrets.randbelow(LARGEST_SEED) if seed is None else seed


@transaction.atomic
def fail_run(run: CohortRun, problem: str) -> bool:
    """End a claimed calculation with the sentence that says why; False if the claim was lost meanwhile."""
    if not claims.fail(run, problem):
        return False
    record(f"{run.in_audit}.failed", run, attempt=run.attempt_count)
    return True


def tell_nothing(_run: CohortRun) -> dict[str, Any]:
    return {}


@transaction.atomic
def look_at(
    run: R, *, by: Person, refusal: str, tell: Callable[[R], dict[str, Any]] = tell_nothing
) -> R:
    """Note that a coordinator has looked at a result, and what was told of it; only then can it be published."""
    run = run.locked()
    if run.status == Status.REVIEWED:
        return run
    if not rules.can_review(run):
        raise RefusedError(refusal)
    run.status = Status.REVIEWED
    run.reviewed_at, run.reviewed_by = current_time(), by
    run.save(update_fields=["status", "reviewed_at", "reviewed_by"])
    record(f"{run.in_audit}.reviewed", run, by=by, **tell(run))
    return run


@transaction.atomic
def set_aside(run: R, *, by: Person, refusal: str) -> R:
    """Set a result aside that was not published; nobody but the office has seen it."""
    run = run.locked()
    if run.status == Status.DISCARDED:
        return run
    if not rules.can_discard(run):
        raise RefusedError(refusal)
    run.status = Status.DISCARDED
    run.save(update_fields=["status"])
    record(f"{run.in_audit}.discarded", run, by=by)
    return run
