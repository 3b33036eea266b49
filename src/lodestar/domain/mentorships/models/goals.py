"""What do the two want to reach?"""

from django.db import models

from lodestar.domain.common.models import ENDS_ONCE, Aim
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.people.models import Person


class Goal(Aim):
    """What the two want to reach together."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="goals")
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=ENDS_ONCE, name="a_goal_ends_once")]
