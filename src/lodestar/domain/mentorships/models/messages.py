"""What do the two write to each other?"""

from django.db import models

from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.messaging.models import Writing


class Message(Writing):
    """What one of the two wrote to the other in their thread.

    Before the mentorship it belongs to the match in which they get to know each other; with the
    second yes it moves into their room.
    """

    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    match = models.ForeignKey(
        Match, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Writing.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mentorship__isnull=True) ^ models.Q(match__isnull=True),
                name="a_message_stands_in_one_thread",
            )
        ]
