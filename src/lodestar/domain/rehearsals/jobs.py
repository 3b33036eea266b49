"""What is due in rehearsals when time passes?"""

from datetime import datetime

from lodestar.domain.rehearsals import actions


def play_rehearsals(now: datetime) -> int:
    """Play every rehearsal that waits, or whose worker was lost; return how many were claimed."""
    count = 0
    while rehearsal := actions.claim_rehearsal(now):
        actions.play_rehearsal(rehearsal, now)
        count += 1
    return count
