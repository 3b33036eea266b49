"""How is it going, and what is wrong?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import Fact
from lodestar.domain.groups.models import Group
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Program


class AboutPairOrGroup(models.Model):
    """What is said about a pair or about a group, and about nothing else."""

    mentorship = models.ForeignKey(
        Mentorship, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def about(self) -> Mentorship | Group:
        """Return the pair or the group that it is about."""
        if self.mentorship is not None:
            return self.mentorship
        if self.group is None:
            raise ValueError("It is about a pair or a group.")
        return self.group


ONE_OF_BOTH = models.Q(mentorship__isnull=False, group__isnull=True) | models.Q(
    mentorship__isnull=True, group__isnull=False
)


class Pulse(AboutPairOrGroup, Occasion):
    """Short feedback from one side, asked at a set time and answered from the letter.

    Once in the middle and once at the end it asks more: `ratings` are from 1 to 5 by item, and `remarks` are the
    coordinators' to read.
    """

    class Kind(models.TextChoices):
        PULSE = "pulse", _("short question")
        MIDPOINT = "midpoint", _("mid-point survey")
        CLOSING = "closing", _("closing survey")

    class Wish(models.TextChoices):
        NOTHING = "none", _("No, all is well")
        ADVICE = "advice", _("Some advice would help")
        CONTACT = "contact", _("Please contact me")
        REMATCH = "rematch", _("I would like another partner")
        SAFETY = "safety", _("I do not feel safe")

    SURVEYS = (Kind.MIDPOINT, Kind.CLOSING)

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PULSE)
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    closes_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    meeting_count = models.PositiveSmallIntegerField(null=True, blank=True)
    usefulness = models.PositiveSmallIntegerField(null=True, blank=True)
    wish = models.CharField(max_length=10, choices=Wish.choices, blank=True)
    ratings = models.JSONField(default=dict, blank=True)
    remarks = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "participant", "due_on"], name="one_pulse_a_date"
            ),
            models.UniqueConstraint(
                fields=["group", "participant", "due_on"], name="one_group_pulse_a_date"
            ),
            models.CheckConstraint(condition=ONE_OF_BOTH, name="a_pulse_about_a_pair_or_a_group"),
            models.CheckConstraint(
                condition=models.Q(usefulness__isnull=True) | models.Q(usefulness__range=(1, 5)),
                name="usefulness_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"pulse of {self.due_on}"

    def batch(self) -> Batch:
        return self.participant.cohort


class Concern(AboutPairOrGroup, Fact):
    """Something wrong, told in confidence; safety goes to the safeguarding lead only."""

    class Kind(models.TextChoices):
        ADVICE = "advice", _("wants advice")
        CONTACT = "contact", _("wants to be contacted")
        REMATCH = "rematch", _("wants another partner")
        SILENCE = "silence", _("the partner is silent")
        SAFETY = "safety", _("does not feel safe")

    class Status(models.TextChoices):
        NEW = "new", _("new")
        ACKNOWLEDGED = "acknowledged", _("seen")
        ACTED = "acted", _("acted on")
        CLOSED = "closed", _("closed")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    pulse = models.ForeignKey(
        Pulse, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NEW)
    text = models.TextField(max_length=4000, blank=True)
    closing_note = models.CharField(max_length=500, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    looked_after_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    OPEN = (Status.NEW, Status.ACKNOWLEDGED, Status.ACTED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentorship", "raised_by", "kind"],
                condition=models.Q(status__in=("new", "acknowledged", "acted")),
                name="one_open_concern_a_kind",
            ),
            models.UniqueConstraint(
                fields=["group", "raised_by", "kind"],
                condition=models.Q(status__in=("new", "acknowledged", "acted")),
                name="one_open_group_concern_a_kind",
            ),
            models.CheckConstraint(condition=ONE_OF_BOTH, name="a_concern_about_a_pair_or_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_status_display()})"
