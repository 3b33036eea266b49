"""What is due in rehearsals when time passes?"""

from datetime import datetime

from lodestar.domain.common.claims import each_claimed
from lodestar.domain.rehearsals import actions


def play_rehearsals(now: datetime) -> int:
    """Play every rehearsal that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_rehearsal, actions.play_rehearsal, now)
