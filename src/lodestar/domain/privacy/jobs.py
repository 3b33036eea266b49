"""Whose grace is over, and which copies are?"""

from datetime import datetime

from lodestar.domain.common.claims import each_claimed
from lodestar.domain.privacy import actions


def forget_leavers(now: datetime) -> int:
    """Forget everybody who left and did not come back; return how many were."""
    return each_claimed(actions.claim_leaver, lambda row, _clock: actions.forget_leaver(row), now)


def forget_copies(now: datetime) -> int:
    return actions.forget_copies(now)
