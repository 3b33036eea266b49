"""What is due when the network is asked what it lacks?"""

from datetime import datetime

from lodestar.domain.common.claims import each_claimed
from lodestar.domain.needs import actions


def compute_reports(now: datetime) -> int:
    """Compute every report that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_report, actions.compute_report, now)
