"""How did groups come about, who was left, and who is never together?"""

from django.db import models

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import Fact
from lodestar.domain.matching.models import CohortRun
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class FormingRun(CohortRun):
    """One calculation of groups, and what the office changed in them afterwards."""

    OPEN = (CohortRun.Status.SOLVED, CohortRun.Status.REVIEWED)
    in_audit = "forming"

    prices = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=dict, blank=True)
    moves = models.PositiveIntegerField(default=0)

    class Meta(CohortRun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_waiting_forming_a_cohort",
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="formings_to_compute")]


class WithoutGroup(Fact):
    """A participant who is in no group of a run, with the reason."""

    run = models.ForeignKey(FormingRun, on_delete=models.PROTECT, related_name="left")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "participant"], name="left_once_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.reason}"


class KeptApart(Fact):
    """Two people whom the office never puts into one group, such as somebody and whom they report to."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="kept_apart_once"),
            models.CheckConstraint(
                condition=~models.Q(one=models.F("other")), name="apart_from_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}, {self.other}"
