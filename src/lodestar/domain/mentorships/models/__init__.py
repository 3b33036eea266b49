"""How does each pair work together?"""

from lodestar.domain.mentorships.models.agreements import (
    LONGEST_CADENCE,
    Agreement,
)
from lodestar.domain.mentorships.models.appointments import (
    Appointment,
    OfferedTime,
    Proposal,
    Way,
)
from lodestar.domain.mentorships.models.files import (
    RoomFile,
    Takeaway,
)
from lodestar.domain.mentorships.models.goals import (
    Goal,
)
from lodestar.domain.mentorships.models.meetings import (
    Meeting,
    Note,
)
from lodestar.domain.mentorships.models.messages import (
    Message,
)
from lodestar.domain.mentorships.models.pairs import (
    Mentorship,
    Wish,
)
from lodestar.domain.mentorships.models.tasks import (
    Task,
)

__all__ = [
    "LONGEST_CADENCE",
    "Agreement",
    "Appointment",
    "Goal",
    "Meeting",
    "Mentorship",
    "Message",
    "Note",
    "OfferedTime",
    "Proposal",
    "RoomFile",
    "Takeaway",
    "Task",
    "Way",
    "Wish",
]
