"""A cohort's roadmap for whoever has its address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lodestar.domain.insights.queries import cohort_behind, shared_roadmap
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.confidence import in_confidence
from lodestar.web.common.page import show
from lodestar.web.common.roadmaps import roadmap_file, shared_context

PAGE = "portal/insights/roadmap.html"


@require_safe
@open_to(*EVERYONE)
def roadmap(request: HttpRequest, secret: str) -> HttpResponse:
    context = shared_context(shared_roadmap(cohort_behind(secret)))
    return in_confidence(show(request, PAGE, context | {"secret": secret}))


@require_safe
@open_to(*EVERYONE)
def roadmap_paper(_request: HttpRequest, secret: str) -> HttpResponse:
    return in_confidence(roadmap_file(shared_roadmap(cohort_behind(secret))))
