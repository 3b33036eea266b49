"""Who should be paired with whom, and why?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import Claimable, Fact
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class MatchRun(Claimable):
    """One calculation on frozen inputs."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be computed")
        CLAIMED = "claimed", _("being computed")
        SOLVED = "solved", _("ready to look at")
        REVIEWED = "reviewed", _("looked at")
        PUBLISHED = "published", _("published")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("set aside")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    seed = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    solved_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inputs = models.JSONField(default=dict, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=40, blank=True)
    certificate = models.JSONField(default=dict, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    prices = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_waiting_run_a_cohort",
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="runs_to_compute")]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.created_at:%Y-%m-%d %H:%M}"


class Match(Occasion):
    """A pair that a run proposes; it becomes a mentorship when both say yes."""

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("seen by the office only")
        PROPOSED = "proposed", _("waiting for both")
        HALF_ACCEPTED = "half_accepted", _("accepted by one")
        ACCEPTED = "accepted", _("accepted by both")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("ran out of time")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Answer(models.TextChoices):
        WAITING = "waiting", _("no answer yet")
        ACCEPTED = "accepted", _("yes")
        DECLINED = "declined", _("no")

    class DeclineReason(models.TextChoices):
        TIME = "time", _("I do not have the time just now")
        FIT = "fit", _("It is not what I am looking for")
        KNOWN = "known", _("We know each other already")
        PRIVATE = "private", _("I would rather not say")
        OTHER = "other", _("Something else")

    OPEN = (Status.PROPOSED, Status.HALF_ACCEPTED, Status.ACCEPTED)
    WAITING = (Status.PROPOSED, Status.HALF_ACCEPTED)

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="matches")
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.DRAFTED)
    mentor_answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    mentee_answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    mentor_answered_at = models.DateTimeField(null=True, blank=True)
    mentee_answered_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=30, choices=DeclineReason.choices, blank=True)
    decline_note = models.CharField(max_length=500, blank=True)
    withdrawal_note = models.CharField(max_length=500, blank=True)
    score = models.PositiveIntegerField()
    contributions = models.JSONField(default=list, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    alternatives = models.JSONField(default=list, blank=True)
    coverage = models.PositiveSmallIntegerField(default=100)
    rank = models.PositiveIntegerField(default=1)
    is_pinned = models.BooleanField(default=False)
    broken_rule = models.CharField(max_length=60, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateTimeField(null=True, blank=True)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "mentor", "mentee"], name="a_pair_once_a_run"),
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=models.Q(status__in=["proposed", "half_accepted", "accepted"]),
                name="a_pair_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "reply_by"], name="matches_by_deadline"),
            models.Index(fields=["status", "next_reminder_at"], name="matches_by_reminder"),
            models.Index(fields=["run", "score"], name="matches_weakest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} and {self.mentee}"

    def batch(self) -> Batch:
        return self.run.cohort


class Unmatched(Fact):
    """A participant whom a run could not place, with the reason."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="unmatched")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    help = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.participant}: {self.reason}"


class PairRule(Fact):
    """A pin or a ban set by a coordinator; it holds for every later run of the cohort."""

    class Kind(models.TextChoices):
        PIN = "pin", _("always together")
        BAN = "ban", _("never together")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["mentor", "mentee"], name="one_rule_a_pair")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.mentor}, {self.mentee}"
