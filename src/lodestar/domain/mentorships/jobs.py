"""Which pairs need a word because time has passed?"""

from datetime import datetime

from lodestar.domain.common.apart import each_apart
from lodestar.domain.mentorships import actions, rules
from lodestar.domain.mentorships.queries import unmet_mentorships


def remind_unmet_pairs(now: datetime) -> int:
    """Write once to pairs whose first meeting is overdue; return how many are."""
    overdue = [m for m in unmet_mentorships(now) if rules.first_meeting_due(m) < now.date()]
    each_apart(overdue, actions.remind_unmet)
    return len(overdue)
