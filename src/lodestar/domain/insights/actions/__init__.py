"""What can be done from the pages that tell how a cohort stands?"""

from lodestar.domain.insights.actions.moving import move_cohort_to
from lodestar.domain.insights.actions.sharing import revoke_link, share_roadmap

__all__ = ["move_cohort_to", "revoke_link", "share_roadmap"]
