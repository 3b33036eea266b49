"""How is a claimed row computed? Between two short transactions, and in none itself."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from lodestar.domain.common import claims
from lodestar.domain.common.claims import give_back
from lodestar.domain.common.models import Claimable
from lodestar.domain.common.time import Clock
from lodestar.domain.matching.actions.looking import fail_run
from lodestar.domain.matching.actions.runs import store_found
from lodestar.domain.matching.models import Inquiry, MatchRun
from lodestar.domain.matching.queries.children import ChildBrokeError, NoResultError
from lodestar.domain.matching.queries.solving import found_of
from lodestar.engine.matching.windows import WindowResult
from lodestar.engine.rescue.beside import RunWithStandbys

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
    def find(row: MatchRun) -> RunWithStandbys | WindowResult:
        return found_of(row, partial(keep_progress, row))

    return compute_claimed(run, clock, find=find, store=store_found, fail=fail_run)


def keep_progress(row: MatchRun | Inquiry, share: float) -> None:
    claims.keep(row, progress=round(100 * share))


__all__ = ["compute_claimed", "compute_run", "keep_progress"]
