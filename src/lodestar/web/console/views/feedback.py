"""What was told in confidence, for those alone who look after it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.feedback import actions, queries, rules
from lodestar.domain.feedback.models import Concern
from lodestar.domain.mentorships.actions import hold_mentorship, release_mentorship
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Person
from lodestar.web.common.access import COORDINATOR, SAFEGUARDING_LEAD, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.feedback import CloseForm

LIST_PAGE = "console/feedback/concerns.html"
CONCERN_PAGE = "console/feedback/concern.html"
PAGE_SIZE = 30
Step = Callable[..., Concern]
STEPS: dict[str, Step] = {
    "acknowledge": actions.acknowledge_concern,
    "act": actions.act_on_concern,
}


def list_context(
    request: MemberRequest, found: QuerySet[Concern], *, is_safety: bool
) -> dict[str, object]:
    waiting = found.filter(status__in=Concern.OPEN)
    closed = found.filter(status=Concern.Status.CLOSED)
    page = Paginator(closed, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"waiting": waiting, "closed": page, "is_safety": is_safety}


def concern_context(concern: Concern, person: Person, *, is_safety: bool) -> dict[str, object]:
    return {
        "concern": concern,
        "about": concern.about,
        "mentorship": concern.mentorship,
        "is_waiting": rules.is_waiting(concern),
        "is_safety": is_safety,
        "reader": person,
        "form": CloseForm(),
    }


@never_cache
@require_safe
@open_to(COORDINATOR)
def concerns(request: MemberRequest) -> HttpResponse:
    queries.refuse_unless_coordinator(request.person)
    found = queries.concerns_for(request.person)
    return show(request, LIST_PAGE, list_context(request, found, is_safety=False))


@never_cache
@require_safe
@open_to(SAFEGUARDING_LEAD)
def safety(request: MemberRequest) -> HttpResponse:
    queries.refuse_unless_lead(request.person)
    found = queries.safety_reports_for(request.person)
    return show(request, LIST_PAGE, list_context(request, found, is_safety=True))


@never_cache
@require_safe
@open_to(COORDINATOR)
def concern(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.concern_for(request.person, key)
    actions.note_reading(found, by=request.person)
    context = concern_context(found, request.person, is_safety=False)
    return show(request, CONCERN_PAGE, context)


@never_cache
@require_safe
@open_to(SAFEGUARDING_LEAD)
def report(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.safety_report_for(request.person, key)
    actions.note_reading(found, by=request.person)
    context = concern_context(found, request.person, is_safety=True)
    return show(request, CONCERN_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def move_concern(request: MemberRequest, key: str, step: str) -> HttpResponse:
    found = queries.concern_for(request.person, key)
    return moved(request, found, step, is_safety=False)


@require_POST
@open_to(SAFEGUARDING_LEAD)
def move_report(request: MemberRequest, key: str, step: str) -> HttpResponse:
    found = queries.safety_report_for(request.person, key)
    return moved(request, found, step, is_safety=True)


def moved(request: MemberRequest, found: Concern, step: str, *, is_safety: bool) -> HttpResponse:
    """Take a concern one step on, and go back to it."""
    if step == "close":
        form = CloseForm(request.POST)
        if not form.is_valid():
            context = concern_context(found, request.person, is_safety=is_safety)
            return ask_again(request, CONCERN_PAGE, {**context, "form": form})
        actions.close_concern(found, by=request.person, note=form.cleaned_data["note"])
    else:
        STEPS[step](found, by=request.person)
    messages.success(request, _("Written down."))
    return redirect("console:report" if is_safety else "console:concern", found.public_id)


def pair_of(concern: Concern) -> Mentorship:
    """Return the pair that a report is about; a group is not paused as a whole."""
    if concern.mentorship is None:
        raise NotFoundError
    return concern.mentorship


@require_POST
@open_to(SAFEGUARDING_LEAD)
def hold(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.safety_report_for(request.person, key)
    hold_mentorship(pair_of(found), by=request.person)
    messages.success(request, _("The mentorship is paused. Neither of the two learns who asked."))
    return redirect("console:report", key)


@require_POST
@open_to(SAFEGUARDING_LEAD)
def release(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.safety_report_for(request.person, key)
    release_mentorship(pair_of(found), by=request.person)
    messages.success(request, _("The two can take it up again when they wish."))
    return redirect("console:report", key)
