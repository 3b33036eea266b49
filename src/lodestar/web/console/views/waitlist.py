"""Who waits for a place, and who is next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.applications.actions import move_on_waitlist, take_next
from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import application_for
from lodestar.domain.applications.queries.waiting import (
    places_in,
    taken_last_time,
    waitlist_of,
)
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.deciding_words import free_in_words
from lodestar.web.console.forms.deciding import MoveForm
from lodestar.web.console.views.applications import decided_words

WAITLIST_PAGE = "console/deciding/waitlist.html"


def waitlist_context(
    cohort: Cohort, moving: str = "", form: MoveForm | None = None
) -> dict[str, object]:
    places = places_in(cohort)
    lists = []
    for role in (RoleInCohort.MENTEE, RoleInCohort.MENTOR):
        waiting = waitlist_of(cohort, role)
        if waiting:
            free = places.free_for(role)
            last = taken_last_time(cohort, role)
            lists.append((role, waiting, free, free_in_words(role, free, len(waiting)), last))
    return {
        "program": cohort.program,
        "cohort": cohort,
        "lists": lists,
        "moving": moving,
        "form": form or MoveForm(),
    }


@require_safe
@open_to(COORDINATOR)
def waitlist(request: MemberRequest, key: str) -> HttpResponse:
    return show(request, WAITLIST_PAGE, waitlist_context(cohort_for(request.person, key)))


@require_POST
@open_to(COORDINATOR)
def take(request: MemberRequest, key: str) -> HttpResponse:
    cohort, role = cohort_for(request.person, key), request.POST.get("role", "")
    if role not in RoleInCohort.values:
        raise RefusedError(_("Say from which waitlist. Nothing was changed."))
    taken = take_next(cohort, role, by=request.person, expected=request.POST.get("next", ""))
    told = {"person": taken.person, "status": taken.get_status_display()}
    messages.success(request, decided_words(cohort) % told)
    return redirect("console:waitlist", key)


@require_POST
@open_to(COORDINATOR)
def move(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    form = MoveForm(request.POST)
    if not form.is_valid():
        context = waitlist_context(found.cohort, moving=key, form=form)
        return ask_again(request, WAITLIST_PAGE, context)
    move_on_waitlist(found, by=request.person, **form.cleaned_data)
    messages.success(request, _("Moved. Your reason stands beside them."))
    return redirect("console:waitlist", found.cohort.public_id)
