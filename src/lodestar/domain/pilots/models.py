"""Has the trial run shown that the launch can go?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class Gate(Fact):
    """A go/no-go criterion of a trial run: a measure and what it has to reach, fixed beforehand."""

    class Measure(models.TextChoices):
        MATCHED = "matched", _("Accepted mentees with a mentor")
        MET = "met", _("Pairs who met within 21 days")
        FIT = "fit", _("Usefulness, 1 to 5")
        SILENT = "silent", _("Pairs in silence that nobody looked after")
        ANSWERED = "answered", _("Short questions that were answered")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=10, choices=Measure.choices)
    threshold = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "measure"], name="gate_once_a_cohort")
        ]

    def __str__(self) -> str:
        return self.get_measure_display()


class Finding(Fact):
    """Something that went wrong in a trial run, the stage it belongs to, its mend, and whether that holds."""

    class Stage(models.TextChoices):
        DESIGN = "design", _("Design")
        NEEDS = "needs", _("Needs")
        MATCHING = "matching", _("Matching")
        PORTAL = "portal", _("Portal and applying")
        PUBLICITY = "publicity", _("Publicity")
        FEEDBACK = "feedback", _("Feedback")
        TRAINING = "training", _("Preparing mentors")
        MEETING = "meeting", _("Meeting")
        NUMBERS = "numbers", _("Numbers")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    what = models.CharField(max_length=500)
    found_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mend = models.CharField(max_length=500, blank=True)
    mended_at = models.DateTimeField(null=True, blank=True)
    mended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True) | models.Q(mended_at__isnull=False),
                name="checked_only_when_mended",
            )
        ]

    def __str__(self) -> str:
        return self.what


class Verdict(Fact):
    """What was decided after a trial run, on which numbers, why, and by whom; it is signed once."""

    class Outcome(models.TextChoices):
        GO = "go", _("Launch it")
        MEND = "mend", _("Mend it, then launch")
        STOP = "stop", _("Do not launch it")

    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    reasons = models.TextField(max_length=4000)
    numbers = models.JSONField(default=list)
    launch = models.OneToOneField(
        Cohort, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.cohort}: {self.get_outcome_display()}"
