"""What would a whole cohort be like, from the first day to the last, if nobody real took part?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Claimable
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design


class Rehearsal(Claimable):
    """A cohort played through with test people in a database of its own; the row keeps what was seen there."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be played")
        CLAIMED = "claimed", _("being played")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    class Manner(models.TextChoices):
        USUAL = "usual", _("As people usually are: most answer, some are silent, one says no")
        KEEN = "keen", _("Keen: everybody answers and every pair meets")
        QUIET = "quiet", _("Quiet: many let letters lie, several pairs never meet")

    WAITING = (Status.REQUESTED, Status.CLAIMED)

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    mentor_count = models.PositiveSmallIntegerField()
    mentee_count = models.PositiveSmallIntegerField()
    manner = models.CharField(max_length=10, choices=Manner.choices, default=Manner.USUAL)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    progress = models.PositiveSmallIntegerField(default=0)
    reached_on = models.DateField(null=True, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=1000, blank=True)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_waiting_rehearsal_a_cohort",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="rehearsal_progress_to_100"
            ),
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="rehearsals_to_play")]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.created_at:%Y-%m-%d %H:%M}"
