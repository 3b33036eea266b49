"""What did people ask of us about their own data?"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Claimable
from lodestar.domain.people.models import Person


class DataRequest(Claimable):
    """A wish for a copy of all that is held, or to leave: carried out by a job once it is due."""

    class Kind(models.TextChoices):
        COPY = "copy", _("a copy")
        LEAVING = "leaving", _("to leave")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        CLAIMED = "claimed", _("being carried out")
        READY = "ready", _("ready")
        DONE = "done", _("done")
        TAKEN_BACK = "taken_back", _("taken back")
        FAILED = "failed", _("failed")

    WAITING: ClassVar[tuple[str, ...]] = ("requested", "claimed")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    due_at = models.DateTimeField()
    content = models.BinaryField(null=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_wish_of_a_kind_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["status", "lease_until"], name="data_requests_to_carry_out")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.status}"
