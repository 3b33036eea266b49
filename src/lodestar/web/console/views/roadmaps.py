"""A cohort's ten stages, and the one thing that helps it most."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lodestar.domain.insights import queries
from lodestar.domain.insights.queries import Roadmap, Stage
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

COHORT_PAGE = "console/insights/cohort.html"


@dataclass(frozen=True)
class StageLine:
    """A stage as it is drawn: whether the one thing to do is here, and where it leads."""

    stage: Stage
    is_here: bool
    address: str

    @property
    def look(self) -> str:
        return "now" if self.is_here and self.stage.state != "done" else str(self.stage.state)


def address_of(cohort: Cohort, leads_to: str) -> str:
    """Return the page on which a stage or the next action is done; "" where there is none."""
    key, program = cohort.public_id, cohort.program
    return {
        "": "",
        "design": reverse("console:design", args=[program.public_id]),
        "cohort-new": reverse("console:cohort-new", args=[program.public_id]),
        "cohort": reverse("console:cohort", args=[key]),
        "days": reverse("console:cohort-days", args=[key]),
        "applications": reverse("console:applications", args=[key]),
        "matching": reverse("console:matching", args=[key]),
        "mentorships": reverse("console:mentorships", args=[key]),
        "concerns": reverse("console:concerns"),
        "insights": reverse("console:insights", args=[key]),
        "public": reverse("portal:program", args=[program.slug]),
    }[leads_to]


def lines_of(roadmap: Roadmap) -> list[StageLine]:
    return [
        StageLine(
            stage,
            roadmap.is_here(stage),
            address_of(stage.about or roadmap.cohort, stage.leads_to),
        )
        for stage in roadmap.stages
    ]


def roadmap_context(cohort: Cohort, reader: Person) -> dict[str, object]:
    """Return what every page that draws a roadmap needs."""
    roadmap = queries.roadmap_of(cohort, reader=reader)
    return {
        "cohort": cohort,
        "lines": lines_of(roadmap),
        "action": roadmap.action,
        "action_address": address_of(cohort, roadmap.action.leads_to),
        "goals": queries.goals_of(cohort),
    }


@require_safe
@open_to(COORDINATOR)
def cohort(request: MemberRequest, key: str) -> HttpResponse:
    found = cohort_for(request.person, key)
    return show(request, COHORT_PAGE, roadmap_context(found, request.person))
