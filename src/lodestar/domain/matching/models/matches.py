"""Who should be paired with whom, and why?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import Claimable, Fact
from lodestar.domain.matching.models.runs import CohortRun
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class MatchRun(CohortRun):
    """One calculation of pairs."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("everybody who is in")
        REMATCH = "rematch", _("those who wait for somebody new")
        WINDOW = "window", _("people’s lists first")

    in_audit = "match_run"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WHOLE)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undo_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    tried = models.JSONField(default=dict, blank=True)
    went_on_because = models.CharField(max_length=300, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    prices = models.JSONField(default=dict, blank=True)

    class Meta(CohortRun.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="one_waiting_run_a_cohort",
            )
        ]
        indexes = [models.Index(fields=["status", "lease_until"], name="runs_to_compute")]


class Match(Occasion):
    """A pair that somebody proposes; it becomes a mentorship when both say yes.

    A mentee who asks has thereby said yes: what was asked begins half accepted, and has no run.
    """

    class Origin(models.TextChoices):
        """Who brought the two together."""

        RUN = "run", _("the office’s matching")
        ASKED = "asked", _("the mentee asked")
        WINDOW = "window", _("the lists of a window")
        STANDBY = "standby", _("a standby stepped in")
        AGAIN = "again", _("both wished to go on")
        REMATCH = "rematch", _("somebody new in mid-program")

    class Status(models.TextChoices):
        DRAFTED = "drafted", _("seen by the office only")
        PROPOSED = "proposed", _("waiting for both")
        HALF_ACCEPTED = "half_accepted", _("accepted by one")
        EXPLORING = "exploring", _("getting to know each other")
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
        LATER = "later", _("Not now, but gladly later")
        FIT = "fit", _("It is not what I am looking for")
        KNOWN = "known", _("We know each other already")
        PRIVATE = "private", _("I would rather not say")
        OTHER = "other", _("Something else")

    ASKED = (Status.PROPOSED, Status.HALF_ACCEPTED)
    WAITING = (*ASKED, Status.EXPLORING)
    OPEN = (*WAITING, Status.ACCEPTED)
    CLOSED = (Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN)

    run = models.ForeignKey(
        MatchRun, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.RUN)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.DRAFTED)
    mentor_answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    mentee_answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    mentor_answered_at = models.DateTimeField(null=True, blank=True)
    mentee_answered_at = models.DateTimeField(null=True, blank=True)
    exploring_since = models.DateTimeField(null=True, blank=True)
    mentor_verdict = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    mentee_verdict = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    decline_reason = models.CharField(max_length=30, choices=DeclineReason.choices, blank=True)
    decline_note = models.CharField(max_length=500, blank=True)
    withdrawal_note = models.CharField(max_length=500, blank=True)
    score = models.PositiveIntegerField(default=0)
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
                condition=models.Q(
                    status__in=["proposed", "half_accepted", "exploring", "accepted"]
                ),
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

    @property
    def cohort(self) -> Cohort:
        """The cohort in which both take part."""
        return self.mentor.cohort

    def batch(self) -> Batch:
        return self.cohort


class Standby(Fact):
    """Who is asked next for a mentee if the match of a run does not go ahead, in which turn."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="standbys")
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    score = models.PositiveIntegerField()

    class Meta:
        ordering = ["turn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "mentee", "turn"], name="one_standby_a_mentee_and_turn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor} stands by for {self.mentee}"


class Unmatched(Occasion):
    """A participant whom a run could not place, with the reason; and what a person wrote to them.

    Where people only ask there is no run: whoever has nobody once the mentorships have begun.
    """

    run = models.ForeignKey(
        MatchRun, on_delete=models.PROTECT, null=True, blank=True, related_name="unmatched"
    )
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)
    help = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    offers = models.JSONField(default=list, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.participant}: {self.reason}"

    def batch(self) -> Batch:
        return self.participant.cohort


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


class Bookmark(Fact):
    """What one participant keeps of another for themselves: to come back to, or not to see again.

    It is its owner's alone: no coordinator and nobody whom it is about ever reads it.
    """

    class Kind(models.TextChoices):
        KEPT = "kept", _("on my list")
        NOT_FOR_ME = "not_for_me", _("not for me")

    owner = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "about"], name="one_bookmark_a_person")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Comment(Fact):
    """What a coordinator says to the others about a run, or about one of its matches."""

    run = models.ForeignKey(
        MatchRun, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    match = models.ForeignKey(
        Match, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class DraftChange(Fact):
    """A move that coordinators consider for a run: two together, or two apart; nothing happens before it is kept.

    A swap is two changes with one `step`, so that both are undone together.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=3, choices=PairRule.Kind.choices)
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "mentor", "mentee"], name="a_pair_once_in_a_draft"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.mentor}, {self.mentee}"


class Inquiry(Claimable):
    """A question to the engine that is too long for a page: what would be, or whether a run replays."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be computed")
        CLAIMED = "claimed", _("being computed")
        ANSWERED = "answered", _("answered")
        FAILED = "failed", _("failed")

    class Kind(models.TextChoices):
        SETTINGS = "settings", _("other weights")
        CURVE = "curve", _("what every choice costs")
        CHANGES = "changes", _("a draft of moves")
        WHY_NOT = "why_not", _("why not these two")
        REPLAY = "replay", _("a run computed again")

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(
        MatchRun, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries"
    )
    asked = models.JSONField(default=dict, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    question_sha256 = models.CharField(max_length=64)
    seed = models.PositiveIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_sha256"],
                condition=models.Q(status__in=["requested", "claimed"]),
                name="a_question_waits_once",
            )
        ]
        indexes = [
            models.Index(fields=["status", "lease_until"], name="inquiries_to_compute"),
            models.Index(fields=["question_sha256"], name="inquiries_by_question"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
