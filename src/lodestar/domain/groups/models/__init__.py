"""Who is together in a group, how did it come about, and how does it work?"""

from lodestar.domain.groups.models.forming import FormingRun, KeptApart, WithoutGroup
from lodestar.domain.groups.models.groups import Group, Member
from lodestar.domain.groups.models.rooms import (
    Attendance,
    GroupGoal,
    GroupMeeting,
    GroupMessage,
)

__all__ = [
    "Attendance",
    "FormingRun",
    "Group",
    "GroupGoal",
    "GroupMeeting",
    "GroupMessage",
    "KeptApart",
    "Member",
    "WithoutGroup",
]
