"""Who waits for somebody else because a match did not go ahead, and who would that be?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.programs.models import Cohort
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

PAGE = "console/matching/somebody_else.html"
MOST = 50


def waiting_context(cohort: Cohort) -> dict[str, object]:
    waiting = queries.waiting_for_another(cohort)
    found = queries.replacements_in(cohort, waiting[:MOST])
    rows = [(each, rules.what_happened(each.waiting.after)) for each in found]
    return {"cohort": cohort, "rows": rows, "more": max(0, len(waiting) - MOST)}


@require_safe
@open_to(COORDINATOR)
def somebody_else(request: MemberRequest, key: str) -> HttpResponse:
    return show(request, PAGE, waiting_context(queries.cohort_to_match(request.person, key)))


@require_POST
@open_to(COORDINATOR)
def propose(request: MemberRequest, key: str) -> HttpResponse:
    """Propose to one who waits the mentor that stood on the page, if both still hold."""
    cohort = queries.cohort_to_match(request.person, key)
    key_of_mentee = request.POST.get("mentee", "")
    waiting = [
        each
        for each in queries.waiting_for_another(cohort)
        if each.mentee.public_id == key_of_mentee
    ]
    candidates = queries.replacements_in(cohort, waiting)
    found = next((each for each in candidates if each.mentor), None)
    asked_for = request.POST.get("mentor", "")
    if not found or not found.mentor or found.mentor.public_id != asked_for:
        messages.info(request, _("Things have changed since you looked. Nothing was proposed."))
    elif actions.propose_replacement(found, by=request.person, now=now()):
        messages.success(request, _("It is proposed to both; their letters are written."))
    return redirect("console:somebody-else", key)
