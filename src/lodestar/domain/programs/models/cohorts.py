"""When does a cohort run, and which days does its design bring?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.models import Batch
from lodestar.domain.programs.models.designs import Design
from lodestar.domain.programs.models.programs import Program


class Milestone(Fact):
    """One day of a design, counted from a turn of the cohort: first steps, preparation, an event.

    It lasts one day or more; 0 days from its turn is the very day.
    """

    class Kind(models.TextChoices):
        ONBOARDING = "onboarding", _("First steps")
        PREPARATION = "preparation", _("Preparation")
        EVENT = "event", _("Event")
        SURVEY = "survey", _("Survey")
        OTHER = "other", _("Something else")

    class ForWhom(models.TextChoices):
        BOTH = "both", _("mentors and mentees")
        MENTOR = "mentor", _("mentors")
        MENTEE = "mentee", _("mentees")

    class Anchor(models.TextChoices):
        OPENS = "opens_on", _("applications open")
        CLOSES = "closes_on", _("applications close")
        MATCHING = "matching_on", _("matching begins")
        STARTS = "starts_on", _("the mentorships start")
        HALFWAY = "halfway", _("the mentorships are half over")
        ENDS = "ends_on", _("the cohort ends")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=80)
    for_whom = models.CharField(max_length=10, choices=ForWhom.choices, default=ForWhom.BOTH)
    anchor = models.CharField(max_length=20, choices=Anchor.choices)
    offset_days = models.SmallIntegerField(
        default=0, validators=[MinValueValidator(-400), MaxValueValidator(400)]
    )
    lasting_days = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Cohort(Batch):
    """One run of a program, with the dates of its phases; nobody outside sees it until published."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open for applications")
        CLOSED = "closed", _("closed for applications")
        MATCHING = "matching", _("matching")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="cohorts")
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    is_pilot = models.BooleanField(default=False)
    opens_on = models.DateField()
    closes_on = models.DateField()
    matching_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "name"], name="cohort_name_once_a_program"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on"))
                & models.Q(closes_on__lte=models.F("matching_on"))
                & models.Q(matching_on__lte=models.F("starts_on"))
                & models.Q(starts_on__lt=models.F("ends_on")),
                name="phases_of_a_cohort_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program}, {self.name}"
