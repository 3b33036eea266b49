"""What does the network want, and what does it lack?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.models import Claimable, Fact
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class NeedsSurvey(Fact):
    """What mentees need, or mentors expect, asked before and while a cohort recruits."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=RoleInCohort.choices)
    opens_on = models.DateField()
    closes_on = models.DateField()
    takes_nameless = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "role"], name="one_needs_survey_a_role"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on")),
                name="needs_survey_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.get_role_display()}"


class NeedsAnswer(Fact):
    """One person's answer, or that of somebody who gave no name; kept from the first word, sent once."""

    survey = models.ForeignKey(NeedsSurvey, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answers = models.JSONField(default=dict, blank=True)
    consent_version = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "person"], name="answer_needs_once")
        ]

    def __str__(self) -> str:
        return str(self.person or _("Somebody without a name"))


class NeedsReport(Claimable):
    """What a cohort lacks and who of the roll would fill it, computed on frozen inputs."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be computed")
        CLAIMED = "claimed", _("being computed")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    result = models.JSONField(default=dict, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_waiting_needs_report",
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="needs_reports_to_compute")]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.created_at:%Y-%m-%d %H:%M}"


class RecruitmentGoal(Fact):
    """So many mentors more, of one kind or of any, by whom and by when."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    target = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    channel = models.CharField(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "field", "value"],
                condition=models.Q(dropped_at=None),
                name="one_recruitment_goal_a_value",
            ),
            models.CheckConstraint(
                condition=models.Q(target__gte=1), name="recruit_at_least_one_mentor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.target} × {self.field} {self.value}".strip()
