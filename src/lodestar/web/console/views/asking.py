"""The requests of a cohort: who waits for whom, how long, and who has nobody left to ask."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.time import today
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Ask
from lodestar.domain.mentorships.actions import answer_for_mentor
from lodestar.domain.programs.rules.ways import (
    Way,
    asking_begins_on,
    is_window_open,
    last_day_of_window,
    uses,
)
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.asking import AnswerForForm, ExtendForm, ReleaseForm

REQUESTS_PAGE = "console/asking/requests.html"
REQUEST_PAGE = "console/asking/request.html"
ROWS, NAMES = 50, 30


@require_safe
@open_to(COORDINATOR)
def requests(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    state = request.GET.get("state", "")
    found = queries.asking_in(cohort, state)
    on = today()
    context = {
        "cohort": cohort,
        "numbers": queries.asking_numbers(cohort),
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "state": state,
        "query": f"&state={state}" if state in ("open", *Ask.Closing.values) else "",
        "without": queries.mentees_without_a_choice(cohort)[:NAMES],
        "asks": uses(cohort.design, Way.ASK),
        "begins": asking_begins_on(cohort),
        "last_day": last_day_of_window(cohort),
        "is_window_open": is_window_open(cohort, on),
        "window_run": queries.window_run_of(cohort),
    }
    return show(request, REQUESTS_PAGE, context, fragment="requests")


@require_POST
@open_to(COORDINATOR)
def put_together(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    actions.put_lists_together(cohort, by=request.person)
    return redirect("console:matching", key)


def request_context(ask: Ask, **forms: Any) -> dict[str, object]:
    return {
        "ask": ask,
        "cohort": ask.mentee.cohort,
        "mentee": ask.mentee.person,
        "mentor": ask.choice.mentor.person,
        "standing": rules.ask_for_office(ask),
        "is_waiting": queries.is_to_be_answered(ask),
        "is_to_read": ask.match_id is None and ask.closed_at is None,
        "release_form": ReleaseForm(),
        "extend_form": ExtendForm(),
        "answer_form": AnswerForForm(),
        **forms,
    }


@require_safe
@open_to(COORDINATOR)
def one_request(request: MemberRequest, key: str) -> HttpResponse:
    ask = queries.ask_for_office(request.person, key)
    return show(request, REQUEST_PAGE, request_context(ask))


@require_POST
@open_to(COORDINATOR)
def pass_on(request: MemberRequest, key: str) -> HttpResponse:
    ask = queries.ask_for_office(request.person, key)
    actions.pass_ask(ask, by=request.person)
    messages.success(request, _("The request is on its way."))
    return redirect("console:request", key)


@require_POST
@open_to(COORDINATOR)
def extend(request: MemberRequest, key: str) -> HttpResponse:
    ask = queries.ask_for_office(request.person, key)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return ask_again(request, REQUEST_PAGE, request_context(ask, extend_form=form))
    actions.extend_ask(ask, by=request.person, days=form.cleaned_data["days"])
    return redirect("console:request", key)


@require_POST
@open_to(COORDINATOR)
def release(request: MemberRequest, key: str) -> HttpResponse:
    ask = queries.ask_for_office(request.person, key)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return ask_again(request, REQUEST_PAGE, request_context(ask, release_form=form))
    actions.release_ask(ask, by=request.person, note=form.cleaned_data["note"])
    return redirect("console:request", key)


@require_POST
@open_to(COORDINATOR)
def answer_for(request: MemberRequest, key: str) -> HttpResponse:
    ask = queries.ask_for_office(request.person, key)
    form = AnswerForForm(request.POST)
    if not form.is_valid():
        return ask_again(request, REQUEST_PAGE, request_context(ask, answer_form=form))
    answer_for_mentor(ask, by=request.person, **form.cleaned_data)
    return redirect("console:request", key)
