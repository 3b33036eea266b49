"""Who outside may read how a cohort stands? Every number itself is counted when it is asked for."""

from django.db import models

from lodestar.domain.common.models import Fact, random_id
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


def new_secret() -> str:
    """Return 32 characters (158 bits) that nobody guesses."""
    return random_id() + random_id()


class RoadmapLink(Fact):
    """A random address at which anybody reads a cohort's roadmap, until it expires or is revoked.

    The secret stands in no other place: the trail knows the link by its public id.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    secret = models.CharField(max_length=32, unique=True, editable=False, default=new_secret)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["cohort", "revoked_at"], name="roadmap_links_listed")]

    def __str__(self) -> str:
        return f"link to {self.cohort}"
