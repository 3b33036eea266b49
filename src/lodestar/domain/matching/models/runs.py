"""What is alike in every calculation that the office asks for, looks at, and publishes?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Claimable
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class CohortRun(Claimable):
    """One calculation for a cohort on frozen inputs; `in_audit` is how the trail calls its kind."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be computed")
        CLAIMED = "claimed", _("being computed")
        SOLVED = "solved", _("ready to look at")
        REVIEWED = "reviewed", _("looked at")
        PUBLISHED = "published", _("published")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("set aside")

    in_audit: ClassVar[str]

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    seed = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    solved_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inputs = models.JSONField(default=dict, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=40, blank=True)
    certificate = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.created_at:%Y-%m-%d %H:%M}"
