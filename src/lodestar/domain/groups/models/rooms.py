"""What do the people of a group do together?"""

from django.db import models

from lodestar.domain.common.models import ENDS_ONCE, Aim, Fact
from lodestar.domain.groups.models.groups import Group, Member
from lodestar.domain.messaging.models import Writing
from lodestar.domain.people.models import Person


class GroupMeeting(Fact):
    """One logged meeting of a group; a day counts once, whoever logs it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    note = models.TextField(max_length=4000, blank=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "held_on"], name="one_group_meeting_a_day"),
            models.CheckConstraint(
                condition=models.Q(minutes__range=(5, 600)), name="group_minutes_from_5_to_600"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}, {self.minutes} min"


class Attendance(Fact):
    """Who was there."""

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="there_once_a_meeting")
        ]

    def __str__(self) -> str:
        return str(self.member)


class GroupGoal(Aim):
    """What a group wants to reach together."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="goals")
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=ENDS_ONCE, name="a_group_goal_ends_once")]


class GroupMessage(Writing):
    """What one of a group wrote to all of it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="messages")
