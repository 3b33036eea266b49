"""Which files did one of the two give the other, and what does somebody take along from the room?"""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Claimable, Fact, random_id
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.people.models import Person


def room_storage() -> Storage:
    """Return where the files of rooms lie: never under an address of the web."""
    return storages["rooms"]


def random_name(_row: models.Model, _name: str) -> str:
    """Return a name on the disk that tells nothing: neither whose the file is, nor of what kind."""
    key = random_id()
    return f"{key[:2]}/{key}"


class RoomFile(Fact):
    """A file that one of the two put into the room; removed, its row stays without what was in it."""

    class Reason(models.TextChoices):
        MISTAKE = "mistake", _("It was added by mistake")
        OLD = "old", _("It is out of date")
        PRIVATE = "private", _("It holds more than I want to share")

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="files")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stored = models.FileField(storage=room_storage, upload_to=random_name, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.CharField(max_length=10, choices=Reason.choices, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | ~models.Q(removed_because=""),
                name="a_file_is_removed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Takeaway(Claimable):
    """One file with the whole room, as one of the two may read it; put together when it is asked for."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be put together")
        CLAIMED = "claimed", _("being put together")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    WAITING = (Status.REQUESTED, Status.CLAIMED)

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="takeaways")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    stored = models.FileField(storage=room_storage, upload_to=random_name, blank=True)
    size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "person"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_waiting_takeaway_a_person",
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="takeaways_to_make")]

    def __str__(self) -> str:
        return f"takeaway of {self.created_at:%Y-%m-%d}"
