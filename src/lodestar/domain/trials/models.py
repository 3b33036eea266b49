"""What would happen if?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Claimable
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design


class Forecast(Claimable):
    """A design tried on frozen people with stated rates; the pinned one is held against what happened."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be computed")
        CLAIMED = "claimed", _("being computed")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Pool(models.TextChoices):
        APPLICANTS = "applicants", _("the applicants so far")
        PAST = "past", _("the people of an earlier cohort")
        ROLL = "roll", _("made-up people, shaped like the association’s roll")

    WAITING = (Status.REQUESTED, Status.CLAIMED)

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    pool = models.CharField(max_length=10, choices=Pool.choices)
    past_cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    progress = models.PositiveSmallIntegerField(default=0)
    seed = models.PositiveIntegerField(default=0)
    inputs = models.JSONField(default=dict, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    believed = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=models.Q(pinned_at__isnull=False),
                name="one_pinned_forecast_a_cohort",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="progress_from_0_to_100"
            ),
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="forecasts_to_compute")]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.created_at:%Y-%m-%d %H:%M}"
