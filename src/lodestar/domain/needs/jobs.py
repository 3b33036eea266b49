"""What is due when the network is asked what it lacks?"""

from datetime import datetime

from lodestar.domain.needs import actions


def compute_reports(now: datetime) -> int:
    """Compute every report that waits, or whose worker was lost; return how many were claimed."""
    count = 0
    while report := actions.claim_report(now):
        actions.compute_report(report, now)
        count += 1
    return count
