"""What is due in trials when time passes?"""

from datetime import datetime

from lodestar.domain.trials import actions


def compute_forecasts(now: datetime) -> int:
    """Compute every forecast that waits, or whose worker was lost; return how many were claimed."""
    count = 0
    while forecast := actions.claim_forecast(now):
        actions.compute_forecast(forecast, now)
        count += 1
    return count
