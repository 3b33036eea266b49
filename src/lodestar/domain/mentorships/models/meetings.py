"""When did the two meet, and what did they keep of it?"""

from django.db import models

from lodestar.domain.common.models import Fact
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.people.models import Person


class Meeting(Fact):
    """One logged conversation of a mentorship; a day counts once, whoever logs it."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentorship", "held_on"], name="one_meeting_a_day"),
            models.CheckConstraint(
                condition=models.Q(minutes__range=(5, 600)), name="minutes_from_5_to_600"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}, {self.minutes} min"


class Note(Fact):
    """What one of the two wrote about a meeting, or beside all of them, for both or for themselves."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "author", "is_shared"], name="one_note_a_scope"
            ),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=True) ^ models.Q(mentorship__isnull=True),
                name="a_note_stands_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"note of {self.created_at:%Y-%m-%d}"
