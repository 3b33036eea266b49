"""How is a claimed run computed? Between two short transactions, and in none itself."""

from lodestar.domain.common.claims import give_back
from lodestar.domain.common.time import Clock
from lodestar.domain.matching.actions.runs import fail_run, store_result
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.solving import ChildBrokeError, UnsolvedError, result_of


def compute_run(run: MatchRun, clock: Clock) -> bool:
    """Compute a claimed run and store what came of it; False if the claim was lost or given back."""
    try:
        result = result_of(run)
    except UnsolvedError as refusal:
        return fail_run(run, str(refusal))
    except ChildBrokeError:
        give_back(run, clock())
        return False
    return store_result(run, result)


__all__ = ["compute_run"]
