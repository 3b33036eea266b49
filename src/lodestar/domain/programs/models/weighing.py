"""What does matching weigh, and what may no pair break?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.programs.models.designs import Design


class Criterion(Fact):
    """One thing that matching weighs; the weights of a design are read as shares of their sum."""

    class Kind(models.TextChoices):
        TOPICS = "topics", _("Topics wished for and offered")
        CATEGORY = "category", _("The same answer on both sides")
        HIERARCHY = "hierarchy", _("The same branch, or a near one")
        TIMEZONE = "timezone", _("Waking hours in common")
        LANGUAGE = "language", _("A language in common")
        GAP = "gap", _("Some years ahead")
        OPT_IN = "opt_in", _("The same answer, where both asked for it")
        TEXT = "text", _("Their own words")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="criteria")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    mentee_field = models.CharField(max_length=60)
    mentor_field = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["design", "name"], name="criterion_once_a_design")
        ]

    def __str__(self) -> str:
        return self.name


class Constraint(Fact):
    """A rule that no pair may break; its value is a number of hours or years, or a field's name."""

    class Kind(models.TextChoices):
        COMMON_LANGUAGE = "common_language", _("They share a language")
        MAX_HOURS_APART = "max_hours_apart", _("Their clocks are not too far apart")
        NOT_SAME = "not_same", _("They do not work for the same employer")
        MIN_GAP = "min_gap", _("The mentor is some years ahead")
        BLOCKED = "blocked", _("Neither has blocked the other")
        PAST_PAIR = "past_pair", _("They were not a pair before")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="constraints")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}".strip()
