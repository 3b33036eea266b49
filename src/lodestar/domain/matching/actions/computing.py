"""How is a claimed row computed? Between two short transactions, and in none itself."""

from collections.abc import Callable
from typing import TypeVar

from lodestar.domain.common.claims import give_back
from lodestar.domain.common.models import Claimable
from lodestar.domain.common.time import Clock
from lodestar.domain.matching.actions.runs import fail_run, store_result
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.children import ChildBrokeError, NoResultError
from lodestar.domain.matching.queries.solving import result_of

C = TypeVar("C", bound=Claimable)
R = TypeVar("R")


def compute_claimed(
    row: C,
    clock: Clock,
    *,
    find: Callable[[C], R],
    store: Callable[[C, R], bool],
    fail: Callable[[C, str], bool],
) -> bool:
    """Compute a claimed row and store what came of it; False if the claim was lost or given back."""
    try:
        found = find(row)
    except NoResultError as refusal:
        return fail(row, str(refusal))
    except ChildBrokeError:
        give_back(row, clock())
        return False
    return store(row, found)


def compute_run(run: MatchRun, clock: Clock) -> bool:
    return compute_claimed(run, clock, find=result_of, store=store_result, fail=fail_run)


__all__ = ["compute_claimed", "compute_run"]
