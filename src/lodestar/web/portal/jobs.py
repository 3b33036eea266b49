"""What does the members' door do when time passes?"""

from datetime import datetime

from lodestar.domain.common.claims import each_claimed
from lodestar.domain.mentorships.actions import claim_takeaway
from lodestar.domain.privacy.actions import claim_copy
from lodestar.web.portal.copies import make_copy
from lodestar.web.portal.takeaways import make_takeaway


def make_takeaways(now: datetime) -> int:
    """Put together every room that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(claim_takeaway, make_takeaway, now)


def make_copies(now: datetime) -> int:
    """Make every copy that waits; return how many were claimed."""
    return each_claimed(claim_copy, make_copy, now)
