"""What is due in trials when time passes?"""

from datetime import datetime

from lodestar.domain.common.claims import each_claimed
from lodestar.domain.trials import actions


def compute_forecasts(now: datetime) -> int:
    """Compute every forecast that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_forecast, actions.compute_forecast, now)
