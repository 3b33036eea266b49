"""What is due in groups when time passes?"""

from datetime import datetime

from lodestar.domain.common.apart import each_apart
from lodestar.domain.common.claims import each_claimed
from lodestar.domain.groups import actions, queries


def form_groups(now: datetime) -> int:
    """Form the groups of every forming that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_forming, actions.compute_forming, now)


def expire_answers(now: datetime) -> int:
    """Remind whoever has not answered, and free the places of those whose time is over."""
    each_apart(queries.groups_to_remind(now), lambda group: actions.remind_group(group, now))
    due = queries.members_to_expire(now)
    return each_apart(due, lambda member: actions.expire_member(member, now))


def remind_unmet_groups(now: datetime) -> int:
    """Write once to groups whose first meeting is overdue; return how many are."""
    late = queries.unmet_groups(now)
    each_apart(late, actions.remind_unmet)
    return len(late)
