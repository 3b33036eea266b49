"""When will the two meet, and which times are offered for it?"""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.mentorships.models.meetings import Meeting
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person


class Way(models.TextChoices):
    """How two talk to each other."""

    VIDEO = "video", _("In a video room that we make for you")
    LINK = "link", _("By a link of your own")
    PHONE = "phone", _("On the telephone")
    PLACE = "place", _("At a place")


class Arranged(Occasion):
    """What an offer and a meeting that comes of it share: for how long, and where."""

    way = models.CharField(max_length=10, choices=Way.choices, default=Way.VIDEO)
    where = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Appointment(Arranged):
    """A meeting that both said yes to; once it was held, a logged meeting stands for it.

    `sequence` counts its changes, so that calendars know which invitation is the latest.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        MISSED = "missed", _("did not take place")
        CANCELLED = "cancelled", _("cancelled")

    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.PROTECT, related_name="appointments"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agenda_kind = models.CharField(max_length=20, blank=True)
    agenda = models.TextField(max_length=2000, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="appointments_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="an_appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=True) | models.Q(status="held"),
                name="only_a_held_appointment_has_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    def batch(self) -> Batch:
        return self.mentorship.batch()


class Proposal(Arranged):
    """Up to three times that one of the two offers; a mentorship has one open proposal at a time."""

    class Status(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        CONFIRMED = "confirmed", _("one time was confirmed")
        REFUSED = "refused", _("none of them fits")
        REPLACED = "replaced", _("other times were offered")
        WITHDRAWN = "withdrawn", _("taken back")
        LAPSED = "lapsed", _("the times have passed")
        CLOSED = "closed", _("the mentorship rests or has ended")

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="proposals")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=60)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    moves = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    became = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship"],
                condition=models.Q(status="open"),
                name="one_open_proposal_a_mentorship",
            ),
            models.CheckConstraint(
                condition=models.Q(status="confirmed") ^ models.Q(became__isnull=True),
                name="a_confirmed_proposal_became_an_appointment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.get_status_display()}"

    def batch(self) -> Batch:
        return self.mentorship.batch()


class OfferedTime(Fact):
    """One moment of a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="times")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "starts_at"], name="a_time_is_offered_once")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"
