"""Moving a cohort that people rely on to a later version of its design."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lodestar.domain.common.time import today
from lodestar.domain.insights.actions import move_cohort_to
from lodestar.domain.insights.queries import later_design, move_of
from lodestar.domain.programs.queries import cohort_for
from lodestar.domain.programs.rules import state_of
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

MOVE_PAGE = "console/insights/move.html"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def move(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    design = later_design(cohort)
    if request.method == "POST" and design:
        seen = request.POST.get("seen", "")
        moved = move_cohort_to(cohort, design, by=request.person, seen=seen)
        words = _("“%(name)s” goes by version %(number)d now.")
        told = {"name": moved.name, "number": moved.design.version}
        messages.success(request, words % told)
        return redirect("console:cohort", key)
    context = {
        "program": cohort.program,
        "cohort": cohort,
        "state": state_of(cohort, today()),
        "move": move_of(cohort, design) if design else None,
    }
    return show(request, MOVE_PAGE, context)
