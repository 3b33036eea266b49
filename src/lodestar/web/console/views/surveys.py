"""What both sides said half way and at the end, counted, and the two views of each mentorship beside each other."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lodestar.domain.feedback import queries
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

SURVEYS_PAGE = "console/feedback/surveys.html"
PAIRS = 20


def kind_in(request: MemberRequest) -> Pulse.Kind:
    """Return which survey is looked at; nonsense shows the mid-point."""
    is_closing = request.GET.get("survey", "") == Pulse.Kind.CLOSING
    return Pulse.Kind.CLOSING if is_closing else Pulse.Kind.MIDPOINT


@require_safe
@open_to(COORDINATOR)
def surveys(request: MemberRequest, key: str) -> HttpResponse:
    cohort, kind = cohort_for(request.person, key), kind_in(request)
    views = Paginator(queries.both_views(cohort, kind, request.person), PAIRS)
    context = {
        "cohort": cohort,
        "kind": kind,
        "kinds": [(each.value, each.label) for each in Pulse.SURVEYS],
        "is_asked": cohort.design.asks_closing
        if kind == Pulse.Kind.CLOSING
        else cohort.design.asks_midpoint,
        "sides": queries.survey_of_sides(cohort, kind),
        "page": views.get_page(request.GET.get("page")),
        "query": f"&survey={kind}",
    }
    return show(request, SURVEYS_PAGE, context)
