"""What was said to whom, and who wants less?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Claimable, Fact, random_id
from lodestar.domain.people.models import Person


class Batch(Fact):
    """What letters belong together to, such as a cohort; while it holds them they wait for a release."""

    holds_letters = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Occasion(Fact):
    """What a letter may be about. It says to which batch its letters belong, so that none goes past it."""

    class Meta:
        abstract = True

    def batch(self) -> Batch:
        raise NotImplementedError(f"Say to which batch letters about {type(self).__name__} belong.")


class Letter(Fact):
    """One letter to one person: a row first, sent later by the mail door, never twice by our doing."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for its release")
        QUEUED = "queued", _("waiting to be sent")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        UNSURE = "unsure", _("perhaps sent")
        HELD = "held", _("held back")
        DEAD = "dead", _("could not be sent")
        DROPPED = "dropped", _("set aside by the office")
        GATHERED = "gathered", _("waiting for its reader’s daily letter")
        BUNDLED = "bundled", _("told in a daily letter")

    class Urgency(models.IntegerChoices):
        SIGN_IN = 0
        ORDINARY = 1
        CAMPAIGN = 2

    kind = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.CharField(max_length=320, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=16, blank=True)
    batch = models.CharField(max_length=16, blank=True)
    words = models.JSONField(default=dict, blank=True)
    unique_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.ORDINARY)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempt_count = models.PositiveIntegerField(default=0)
    failure_count = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "urgency", "next_try_at"], name="letters_to_send"),
            models.Index(fields=["batch", "status", "kind"], name="letters_of_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.status})"


class Link(Fact):
    """A signed way into one purpose, for one person, until a stored moment."""

    purpose = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=60)
    about_key = models.CharField(max_length=16)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "purpose", "about_key"], name="links_of_a_person")
        ]

    def __str__(self) -> str:
        return self.purpose


class Suppression(Fact):
    """An address that must not be written to again."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("The address does not exist")
        ASKED = "asked", _("Its owner asked for no more mail")

    normalised = models.CharField(max_length=320, unique=True)
    reason = models.CharField(max_length=10, choices=Reason.choices)

    def __str__(self) -> str:
        return self.normalised


class Subscription(Fact):
    """Whether a person wants one kind of letter that is not needed to take part."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    is_wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_wish_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.is_wanted}"


class LetterWishes(Fact):
    """When and how a person wants their letters; who has none gets each at once, by day and night."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day, together")
        NONE = "none", _("Not at all")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    messages = models.CharField(max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    reminders = models.CharField(max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    has_words = models.BooleanField(default=False)
    shows_reading = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(
                    quiet_from__isnull=False,
                    quiet_until__isnull=False,
                    quiet_from__range=(0, 23),
                    quiet_until__range=(0, 23),
                ),
                name="quiet_between_two_hours",
            ),
            models.CheckConstraint(
                condition=~models.Q(messages="none"), name="messages_are_told_in_some_way"
            ),
        ]

    def __str__(self) -> str:
        return f"letters of {self.person_id}"


class Writing(Fact):
    """What somebody wrote in a thread; its form key makes the same form sent twice one message."""

    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    form_key = models.CharField(max_length=32, unique=True, default=random_id)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"message of {self.created_at:%Y-%m-%d}"


class ReadMark(Fact):
    """Up to which message somebody has read a thread, and when they first came so far."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=60)
    about_key = models.CharField(max_length=16)
    up_to = models.PositiveBigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about_kind", "about_key"], name="one_mark_a_thread"
            )
        ]

    def __str__(self) -> str:
        return f"read up to {self.up_to}"


class IncomingMail(Claimable):
    """A mail that came to one of our reply addresses: a row first, read by a job, and never posted twice.

    Its bytes are kept until it has been read. The words stay only while they are held, because the
    mail came from an address that is not its person's.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting to be read")
        CLAIMED = "claimed", _("being read")
        POSTED = "posted", _("posted")
        HELD = "held", _("waiting for its person to say that it is theirs")
        REFUSED = "refused", _("not posted, and its person was told why")
        DROPPED = "dropped", _("not for anybody, or written by a machine")
        FAILED = "failed", _("could not be read")

    key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=10)
    raw = models.BinaryField(null=True)
    is_cut = models.BooleanField(default=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, null=True, related_name="+")
    sender = models.CharField(max_length=320, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "lease_until"], name="incoming_to_read")]

    def __str__(self) -> str:
        return f"mail by {self.source} ({self.status})"
