"""What was said to whom, and who wants less?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
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
