"""What does somebody ask the office, and does it wait for an answer?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.messaging.models import Batch, Occasion, Writing
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Program


class Thread(Occasion):
    """What one person and the coordinators of one program write to each other; without a program, the admins.

    It outlives the cohorts, so its letters belong to no batch, and no hold of a cohort keeps them.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    waiting_since = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    looked_after_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"],
                condition=models.Q(program__isnull=False),
                name="one_thread_a_program",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(program__isnull=True),
                name="one_thread_with_the_association",
            ),
            models.CheckConstraint(
                condition=models.Q(status="waiting", waiting_since__isnull=False)
                | (~models.Q(status="waiting") & models.Q(waiting_since__isnull=True)),
                name="a_thread_waits_since_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["program", "status", "waiting_since"], name="inbox")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_status_display()})"

    def batch(self) -> Batch:
        raise ValueError("A thread outlives the cohorts: queue its letters with at_once.")


class OfficeMessage(Writing):
    """What the person, or one of the office, wrote in their thread."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
