"""What do the two agree on, in which words, and who has signed them?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.mentorships.models.pairs import Mentorship
from lodestar.domain.people.models import Person

LONGEST_CADENCE = 180


class Agreement(Fact):
    """One version of what two people agree on; it holds from both signatures until a later one has both.

    Its words never change: whoever writes them anew writes the next version. Nobody drafted the one with
    which the calendar asks both again.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    goals = models.TextField(_("What we want to reach"), max_length=2000, blank=True)
    cadence_days = models.PositiveSmallIntegerField(
        _("Days from one meeting to the next"),
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_CADENCE)],
    )
    channel = models.CharField(_("How we meet and write"), max_length=300, blank=True)
    confidentiality = models.TextField(_("What stays between us"), max_length=2000, blank=True)
    ending = models.TextField(_("How we end it"), max_length=2000, blank=True)
    drafted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mentor_signed_at = models.DateTimeField(null=True, blank=True)
    mentee_signed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "number"], name="one_agreement_of_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(cadence_days__range=(1, LONGEST_CADENCE)),
                name="a_cadence_of_1_to_180_days",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_at__isnull=True)
                | models.Q(mentor_signed_at__isnull=False, mentee_signed_at__isnull=False),
                name="agreed_means_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.number} of {self.mentorship}"
