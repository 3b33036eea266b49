"""What lists of people were taken in, and what did each row do?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.people.models.people import Person


class Import(Fact):
    """One file of people: staged, looked at, applied by a job, undone if wished.

    `asked` are the questions of a program's own that its columns may answer, as its form asked them then.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("waiting to be read")
        STAGED = "staged", _("ready to look at")
        REQUESTED = "requested", _("being applied")
        APPLIED = "applied", _("applied")
        UNDO_REQUESTED = "undo_requested", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("could not be read")
        DISCARDED = "discarded", _("set aside")

    file_name = models.CharField(max_length=255)
    content = models.BinaryField(null=True)
    asked = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UPLOADED)
    problem = models.TextField(blank=True)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """What one row of the file would do, and later did."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("already known")
        REFUSED = "refused", _("refused")

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)
    field = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    mend = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "outcome"], name="import_rows_by_outcome")]

    def __str__(self) -> str:
        return f"row {self.number}: {self.outcome}"
