"""Where do people meet around something they share, and what do they write there?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.models import Batch, Occasion, Writing
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


class InterestGroup(Occasion):
    """A place for people who share a topic, a town or a cohort; with a cohort, it is for its participants alone."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("a topic")
        PLACE = "place", _("a place")
        COHORT = "cohort", _("a cohort")

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=400)
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="cohort", cohort__isnull=False)
                | (~models.Q(kind="cohort") & models.Q(cohort=None)),
                name="an_interest_group_of_a_cohort_has_one",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def batch(self) -> Batch:
        raise ValueError("An interest group is of no batch: queue its letters with at_once.")


class Membership(Fact):
    """That somebody is in an interest group, or was; a ban keeps them from coming back."""

    group = models.ForeignKey(InterestGroup, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_moderator = models.BooleanField(default=False)
    wants_letters = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    banned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="a_member_once_a_group"),
            models.CheckConstraint(
                condition=models.Q(banned_at=None) | models.Q(left_at__isnull=False),
                name="whoever_is_banned_is_out",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Post(Writing):
    """What a member wrote to their group, or answered; hidden by a moderator with a reason that its writer reads."""

    group = models.ForeignKey(InterestGroup, on_delete=models.PROTECT, related_name="posts")
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField(max_length=300, blank=True)

    class Meta(Writing.Meta):
        indexes = [models.Index(fields=["group", "answers"], name="posts_of_a_group")]


class PostReport(Fact):
    """That somebody asks the moderators to look at a post; the writer never learns who."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "reporter"], name="report_a_post_once")
        ]

    def __str__(self) -> str:
        return "a report"
