"""What is due in matching when time passes?"""

from datetime import datetime

from lodestar.domain.common.apart import each_apart
from lodestar.domain.common.claims import each_claimed
from lodestar.domain.matching import actions, queries


def compute_runs(now: datetime) -> int:
    """Compute every run that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_run, actions.compute_run, now)


def expire_matches(now: datetime) -> int:
    """Remind whoever has not answered, and close what ran out of time; return how many were closed."""
    each_apart(queries.matches_to_remind(now), lambda match: actions.remind_match(match, now))
    due = queries.matches_to_expire(now)
    return each_apart(due, lambda match: actions.expire_match(match, now))
