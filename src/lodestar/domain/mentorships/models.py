"""How does each pair work together?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact, random_id
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person


class Mentorship(Occasion):
    """The relationship that both sides agreed to."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        COMPLETED = "completed", _("completed")
        ENDED = "ended", _("ended early")

    class EndReason(models.TextChoices):
        COMPLETE = "complete", _("We reached what we wanted")
        TIME = "time", _("Not enough time")
        FIT = "fit", _("It was not the right fit")
        SILENCE = "silence", _("We lost touch")
        LIFE = "life", _("Life changed")
        CONDUCT = "conduct", _("How I was treated")

    RUNNING = (Status.ACTIVE, Status.PAUSED)

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    began_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=EndReason.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=("active", "paused"), ended_at__isnull=True)
                | models.Q(status__in=("completed", "ended"), ended_at__isnull=False),
                name="an_end_has_a_moment",
            )
        ]

    def __str__(self) -> str:
        return str(self.match)

    def batch(self) -> Batch:
        return self.match.mentor.cohort


class Goal(Fact):
    """What the two want to reach together."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="goals")
    text = models.CharField(max_length=200)
    step = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(dropped_at__isnull=True),
                name="a_goal_ends_once",
            )
        ]

    def __str__(self) -> str:
        return self.text


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
    """What one of the two wrote about a meeting, for both or for themselves."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "author", "is_shared"], name="one_note_a_scope"
            )
        ]

    def __str__(self) -> str:
        return f"note of {self.created_at:%Y-%m-%d}"


class Message(Fact):
    """What one of the two wrote to the other in their thread."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    form_key = models.CharField(max_length=32, unique=True, default=random_id)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"message of {self.created_at:%Y-%m-%d}"
