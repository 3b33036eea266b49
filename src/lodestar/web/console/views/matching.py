"""Matching a cohort: ask for a run, look at it, publish it."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.matching import FilterForm

COHORT_PAGE = "console/matching/cohort.html"
RUN_PAGE = "console/matching/run.html"
UNMATCHED_PAGE = "console/matching/unmatched.html"
CHANGES_PAGE = "console/matching/changes.html"
PUBLISH_PAGE = "console/matching/publish.html"
ROWS = 50


@require_GET
@open_to(COORDINATOR)
def cohort_matching(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    context = {
        "cohort": cohort,
        "ready": queries.readiness(cohort),
        "waiting": queries.waiting_run(cohort),
        "fresh": queries.fresh_run(cohort),
        "runs": queries.runs_of(cohort),
        "pair_rules": queries.pair_rules_of(cohort),
        "counts": queries.answers_of(cohort),
        "seen": SimpleLazyObject(partial(queries.rules_seen, cohort)),  # not for every look at runs
    }
    return show(request, COHORT_PAGE, context, fragment="runs")


@require_POST
@open_to(COORDINATOR)
def request_run(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    actions.request_run(cohort, by=request.person)
    return redirect("console:matching", key)


@require_GET
@open_to(COORDINATOR)
def run_page(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    form = FilterForm(request.GET)
    wishes = form.cleaned_data if form.is_valid() else {"q": "", "show": ""}
    found = queries.filtered(queries.matches_of(run), wishes["q"], wishes["show"])
    context = {
        **run_context(run),
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "query": "&" + urlencode(wishes),
    }
    return show(request, RUN_PAGE, context, fragment="matches")


def run_context(run: MatchRun) -> dict[str, object]:
    return {
        "run": run,
        "cohort": run.cohort,
        "is_computing": rules.is_computing(run),
        "can_review": rules.can_review(run),
        "can_publish": rules.can_publish(run),
        "can_discard": rules.can_discard(run),
        "proof": rules.proof_in_words(run.certificate),
        "is_proven": rules.is_proven(run.certificate),
        "served": rules.served_in_words(run.certificate),
        "numbers": rules.numbers_explained(run.certificate),
        "lottery": rules.lottery_in_words(run.seed),
        "left_count": queries.unmatched_of(run).filter(participant__role="mentee").count(),
        "earlier": queries.earlier_run(run),
    }


@require_GET
@open_to(COORDINATOR)
def unmatched(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    page = Paginator(queries.unmatched_of(run), ROWS).get_page(request.GET.get("page"))
    rows = [(row, *rules.unmatched_in_words(row)) for row in page]
    context = {"run": run, "cohort": run.cohort, "page": page, "rows": rows}
    return show(request, UNMATCHED_PAGE, context)


@require_GET
@open_to(COORDINATOR)
def changes(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    earlier = queries.earlier_run(run)
    found = queries.difference(run, earlier) if earlier else None
    page = Paginator(found.changes if found else (), ROWS).get_page(request.GET.get("page"))
    context = {"run": run, "cohort": run.cohort, "found": found, "page": page}
    return show(request, CHANGES_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def review(request: MemberRequest, key: str) -> HttpResponse:
    actions.mark_reviewed(queries.run_for(request.person, key), by=request.person)
    return redirect("console:run-publish", key)


@require_POST
@open_to(COORDINATOR)
def discard(request: MemberRequest, key: str) -> HttpResponse:
    run = actions.discard_run(queries.run_for(request.person, key), by=request.person)
    return redirect("console:matching", run.cohort.public_id)


def published_words(run: MatchRun) -> str:
    if run.cohort.holds_letters:
        return _("The matches are published. Their letters are held until you release them.")
    return _("The matches are published, and the letters are on their way.")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def publish(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    if request.method != "POST":
        context = {**run_context(run), "preview": queries.preview(run, now())}
        return show(request, PUBLISH_PAGE, {**context, "why_not": rules.why_not_publish(run)})
    actions.publish_run(run, by=request.person)
    messages.success(request, published_words(run))
    then = reverse("console:matching-board", args=[run.cohort.public_id])
    return saved(request, PUBLISH_PAGE, {}, then=then)
