"""Whom is a design for, and by what are applications read?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.programs.models.designs import Design


class Audience(Fact):
    """Whom a design is made for, by role: rules on what the roll knows; a blank rule asks nothing."""

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentors")
        MENTEE = "mentee", _("mentees")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="audiences")
    role = models.CharField(max_length=10, choices=Role.choices)
    class_year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    class_year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    countries = models.JSONField(default=list, blank=True)
    fields_of_study = models.JSONField(default=list, blank=True)
    industries = models.JSONField(default=list, blank=True)
    is_binding = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["design", "role"], name="audience_once_a_role")
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class EligibilityRule(Fact):
    """One rule beside the audience on who may take part in a role; one that does not bind makes a remark."""

    class Kind(models.TextChoices):
        ON_ROLL = "on_roll", _("They are on the roll")
        VERIFIED = "verified", _("Somebody knows who they are: the roll, or a person who vouches")
        AT_LEAST = "at_least", _("At least a number")
        CHOSEN = "chosen", _("One of some answers to a question of the program’s own")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="eligibility")
    role = models.CharField(max_length=10, choices=Audience.Role.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    answer = models.CharField(max_length=30, blank=True)
    least = models.PositiveSmallIntegerField(null=True, blank=True)
    values = models.JSONField(default=list, blank=True)
    is_binding = models.BooleanField(default=False)

    class Meta:
        ordering = ["role", "kind", "answer", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "role", "kind", "answer"], name="eligibility_once_a_question"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SelectionCriterion(Fact):
    """One thing by which applications of a role are read, and what three levels of it look like.

    `answer` names the answer that it is read off; blank, it is the whole application.
    """

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="selection")
    role = models.CharField(max_length=10, choices=Audience.Role.choices)
    name = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=30, blank=True)
    weak = models.CharField(max_length=200, blank=True)
    fair = models.CharField(max_length=200, blank=True)
    strong = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["role", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def levels(self) -> tuple[str, str, str]:
        """Return what a weak, a fair and a strong answer look like."""
        return self.weak, self.fair, self.strong
