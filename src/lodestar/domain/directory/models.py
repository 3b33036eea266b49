"""Whom can members find, by what, and what speaks for them?

All of it is a copy, kept fresh by a sweep, and holds nothing that its participant keeps back. Who is
free, paused, hidden, shut out or gone is never read from here, but from the participant.
"""

from django.db import models

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now
from lodestar.domain.programs.models import Cohort


class Listing(Fact):
    """One participant as others may find them.

    `profile` holds the answers that others read, as matching compares them; `ruled` the few that the
    rules of the design read, which decide who is left out and are shown to nobody. `terms` are what
    one can filter by. `policy` tells for which visibility of the design the copy was made.
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=RoleInCohort.choices)
    policy = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    checked_at = models.DateTimeField(default=now)
    name = models.CharField(max_length=250, blank=True)
    profile = models.JSONField(default=dict, blank=True)
    ruled = models.JSONField(default=dict, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    price = models.IntegerField(default=0)
    evidence = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "role", "policy"], name="listings_of_a_cohort"),
            models.Index(fields=["cohort", "checked_at"], name="listings_to_check"),
        ]

    def __str__(self) -> str:
        return self.name


class Facet(models.Model):
    """One thing by which a listing can be filtered: `topic:interviews`, `language:sw`."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="facets")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    term = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "term", "listing"], name="a_term_once")
        ]

    def __str__(self) -> str:
        return self.term


class Shelf(Fact):
    """What one can choose from in the filters of a cohort, with how many named it."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="+")
    policy = models.CharField(max_length=64)
    choices = models.JSONField(default=dict, blank=True)
    zones = models.JSONField(default=list, blank=True)
    counted_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.cohort)
