"""What goals do the two have?"""

from lodestar.domain.common.find import one
from lodestar.domain.mentorships.models import Goal, Mentorship


def goals_of(mentorship: Mentorship) -> list[Goal]:
    """Return the goals that were not dropped, the open ones first."""
    goals = mentorship.goals.filter(dropped_at=None)
    return sorted(goals, key=lambda goal: (goal.done_at is not None, goal.pk))


def goal_in(mentorship: Mentorship, key: str) -> Goal:
    return one(mentorship.goals.all(), public_id=key)
