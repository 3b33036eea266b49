"""Who is in which group, and what did each say to it?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import Fact
from lodestar.domain.groups.models.forming import FormingRun
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class Group(Occasion):
    """A mentor with several mentees, or several peers; it begins when enough of them said yes."""

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("seen by the office only")
        PROPOSED = "proposed", _("waiting for answers")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")
        DISSOLVED = "dissolved", _("let go")

    LIVING = (Status.PROPOSED, Status.RUNNING)

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(FormingRun, on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFTED)
    is_kept = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateTimeField(null=True, blank=True)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    meets_at = models.DateTimeField(null=True, blank=True)
    meets_where = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(began_at__isnull=False) | ~models.Q(status="running"),
                name="a_running_group_began",
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "status"], name="groups_of_a_cohort"),
            models.Index(fields=["status", "reply_by"], name="groups_by_deadline"),
        ]

    def __str__(self) -> str:
        return _("Group %(number)d") % {"number": self.number}

    def batch(self) -> Batch:
        return self.cohort


class Member(Fact):
    """One person of one group: asked, in, or no longer; `comes` is what they said to the group's next date."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("no answer yet")
        ACCEPTED = "accepted", _("yes")
        DECLINED = "declined", _("no")
        EXPIRED = "expired", _("ran out of time")
        WITHDRAWN = "withdrawn", _("taken out by the office")
        LEFT = "left", _("left")

    class Reason(models.TextChoices):
        TIME = "time", _("I do not have the time just now")
        FIT = "fit", _("It is not what I am looking for")
        KNOWN = "known", _("I would rather not be with somebody in it")
        PRIVATE = "private", _("I would rather not say")
        OTHER = "other", _("Something else")

    PRESENT = (Answer.WAITING, Answer.ACCEPTED)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    comes = models.BooleanField(null=True, blank=True)
    points = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "participant"],
                condition=models.Q(answer__in=["waiting", "accepted"]),
                name="in_a_group_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def person(self) -> Person:
        return self.participant.person

    @property
    def is_mentor(self) -> bool:
        return self.participant.role == "mentor"

    @property
    def is_present(self) -> bool:
        return self.answer in self.PRESENT
