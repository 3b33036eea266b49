"""What do people outside read of a cohort, and through which links?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.text import capfirst

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.time import now, today
from lodestar.domain.insights.models import RoadmapLink
from lodestar.domain.insights.queries.roadmap import roadmap_of
from lodestar.domain.insights.queries.stages import State
from lodestar.domain.insights.rules import is_live
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohorts_for


@dataclass(frozen=True)
class SharedStage:
    """A stage as anybody may read it: no names, and no number that points at a few."""

    number: int
    name: str
    state: State
    sentence: str


@dataclass(frozen=True)
class SharedRoadmap:
    """How a cohort stands on a day, fit for people who do not work with it."""

    cohort: Cohort
    on: date
    stages: list[SharedStage]


def shared_roadmap(cohort: Cohort) -> SharedRoadmap:
    stages = roadmap_of(cohort, reader=None).stages
    return SharedRoadmap(
        cohort,
        today(),
        [
            SharedStage(number, stage.name, stage.state, capfirst(stage.shared))
            for number, stage in enumerate(stages, 1)
        ],
    )


def links() -> QuerySet[RoadmapLink]:
    return RoadmapLink.objects.select_related("cohort__program", "cohort__design", "made_by")


def live_links(cohort: Cohort, on: datetime) -> QuerySet[RoadmapLink]:
    """The links of a cohort that still open, the one that closes first on top."""
    live = links().filter(cohort=cohort, revoked_at=None, expires_at__gt=on)
    return live.order_by("expires_at", "pk")


def link_for(person: Person, key: str) -> RoadmapLink:
    """A link to a cohort of a program that this person coordinates."""
    return one(links().filter(cohort__in=cohorts_for(person)), public_id=key)


def cohort_behind(secret: str) -> Cohort:
    """The cohort that a link opens; one that expired or was revoked is as unknown as a forged one."""
    link = one(links(), secret=secret)
    if not is_live(link, now()):
        raise NotFoundError
    return link.cohort
