"""Who does what until when?"""

from django.db import models

from lodestar.domain.common.models import ENDS_ONCE, Aim
from lodestar.domain.mentorships.models.goals import Goal
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.people.models import Person


class Task(Aim):
    """One thing to do; a task of a goal is a step towards it, and one without a doer is for either."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="tasks")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    doer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    done_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=ENDS_ONCE, name="a_task_ends_once")]
