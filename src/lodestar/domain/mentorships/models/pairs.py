"""Who are together, in what state, and what would each like afterwards?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
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
    agreed_cadence_days = models.PositiveSmallIntegerField(null=True, blank=True)

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


class Wish(Fact):
    """What one of the two would like after it: somebody new, or the same partner again; never told to the other.

    Two wishes for the same partner again are an agreement, and only then anybody learns of them.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("somebody new")
        AGAIN = "again", _("the same partner again")

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="wishes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    since = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "person", "kind"], name="one_wish_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
