"""What does the association tell its people?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Program


class NewsPiece(Batch, Occasion):  # type: ignore[misc]  # both are facts
    """One piece of news, and whom it is for: everybody, or a program's people, narrowed by what the roll knows.

    Its narrowing rules are those of a design's audience, under the same names; a blank rule asks nothing.
    `letters_up_to` is how far the job has come that queues its letters.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PLANNED = "planned", _("planned")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(max_length=120)
    text = models.TextField(max_length=8000)
    language = models.CharField(max_length=10)
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=10, choices=RoleInCohort.choices, blank=True)
    class_year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    class_year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    countries = models.JSONField(default=list, blank=True)
    fields_of_study = models.JSONField(default=list, blank=True)
    industries = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    by_letter = models.BooleanField(default=False)
    letters_up_to = models.PositiveBigIntegerField(default=0)
    letters_done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(program__isnull=False) | models.Q(cohort=None, role=""),
                name="news_of_a_cohort_or_role_has_a_program",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=False) | models.Q(withdrawn_at=None),
                name="news_is_withdrawn_after_it_was_told",
            ),
        ]
        indexes = [models.Index(fields=["published_at"], name="news_by_day")]

    def __str__(self) -> str:
        return self.title

    def batch(self) -> Batch:
        """Return the cohort, whose held letters this must not go past; else it stands for itself."""
        return self.cohort or self
