"""A cohort's ten stages, and what people outside may read of them."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.time import now, today
from lodestar.domain.insights import queries
from lodestar.domain.insights.actions import revoke_link, share_roadmap
from lodestar.domain.insights.models import RoadmapLink
from lodestar.domain.insights.queries import Roadmap, Stage
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.domain.programs.rules import state_of
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.roadmaps import roadmap_file, shared_context
from lodestar.web.console.forms.insights import ShareForm

COHORT_PAGE = "console/insights/cohort.html"
SHARE_PAGE = "console/insights/share.html"


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
        "cohort-new": reverse("console:cohort-new", args=[program.public_id]) + "?trial-run=yes",
        "needs": reverse("console:needs", args=[key]),
        "letters": reverse("console:cohort-letters", args=[key]),
        "pilot": reverse("console:pilot", args=[key]),
        "days": reverse("console:cohort-days", args=[key]),
        "applications": reverse("console:applications", args=[key]),
        "matching": reverse("console:matching", args=[key]),
        "requests": reverse("console:requests", args=[key]),
        "somebody-else": reverse("console:somebody-else", args=[key]),
        "left-alone": reverse("console:left-alone", args=[key]),
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
        "goals": roadmap.goals,
    }


@require_safe
@open_to(COORDINATOR)
def cohort(request: MemberRequest, key: str) -> HttpResponse:
    found = cohort_for(request.person, key)
    is_over = state_of(found, today()) == Cohort.State.FINISHED
    later = {"later_design": None if is_over else queries.later_design(found)}
    return show(request, COHORT_PAGE, roadmap_context(found, request.person) | later)


def share_context(cohort: Cohort, form: ShareForm) -> dict[str, object]:
    links = [(link, address_to_share(link)) for link in queries.live_links(cohort, now())]
    return shared_context(queries.shared_roadmap(cohort)) | {"links": links, "form": form}


def address_to_share(link: RoadmapLink) -> str:
    return f"{settings.BASE_URL}{reverse('portal:roadmap', args=[link.secret])}"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def share(request: MemberRequest, key: str) -> HttpResponse:
    found = cohort_for(request.person, key)
    if request.method != "POST":
        return show(request, SHARE_PAGE, share_context(found, ShareForm()))
    form = ShareForm(request.POST)
    if not form.is_valid():
        return ask_again(request, SHARE_PAGE, share_context(found, form))
    share_roadmap(found, by=request.person, days=form.cleaned_data["days"])
    messages.success(request, _("The link is made. Whoever has it can read the roadmap below."))
    return redirect("console:roadmap-share", key)


@require_POST
@open_to(COORDINATOR)
def revoke(request: MemberRequest, key: str) -> HttpResponse:
    link = revoke_link(queries.link_for(request.person, key), by=request.person)
    messages.success(request, _("The link is closed. Whoever opens it finds nothing."))
    return redirect("console:roadmap-share", link.cohort.public_id)


@require_safe
@open_to(COORDINATOR)
def paper(request: MemberRequest, key: str) -> HttpResponse:
    return roadmap_file(queries.shared_roadmap(cohort_for(request.person, key)))
