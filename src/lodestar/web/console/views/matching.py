"""Matching a cohort: ask for a run, look at it, publish it."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.mentorships.actions import pin_wishes
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.matching import CommentForm, FilterForm
from lodestar.web.console.pictures import (
    IN_A_PART,
    bars_of,
    board_of,
    parts_in,
    strength_in_words,
)
from lodestar.web.console.views.weighing import tried_by

COHORT_PAGE = "console/matching/cohort.html"
RUN_PAGE = "console/matching/run.html"
UNMATCHED_PAGE = "console/matching/unmatched.html"
POOL_PAGE = "console/matching/pool.html"
PICTURE_PAGE = "console/matching/picture.html"
CHANGES_PAGE = "console/matching/changes.html"
ROWS = 50


@require_GET
@open_to(COORDINATOR)
def cohort_matching(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    if cohort.design.makes_groups:
        return redirect("console:groups", key)
    context = {
        "cohort": cohort,
        "office_matches": rules.matches_by_itself(cohort.design),
        "ready": queries.readiness(cohort),
        "waiting": queries.waiting_run(cohort),
        "fresh": queries.fresh_run(cohort),
        "runs": queries.runs_of(cohort),
        "pool": SimpleLazyObject(partial(queries.pool_of, cohort)),
        "pair_rules": queries.pair_rules_of(cohort),
        "counts": queries.answers_of(cohort),
        "seen": SimpleLazyObject(partial(queries.rules_seen, cohort)),  # not for every look at runs
    }
    return show(request, COHORT_PAGE, context, fragment="runs")


@require_POST
@open_to(COORDINATOR)
def request_run(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    pin_wishes(cohort)
    because = str(request.POST.get("because", ""))[:300].replace("\x00", "")
    tried = tried_by(cohort, request.POST)
    actions.request_run(cohort, by=request.person, tried=tried, because=because)
    return redirect("console:matching", key)


@require_GET
@open_to(COORDINATOR)
def pool(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    found = queries.pool_of(cohort)
    page = Paginator(found.lacking, ROWS).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "pool": found,
        "askable": len(found.askable),
        "page": page,
        "ready": queries.readiness(cohort),
    }
    return show(request, POOL_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def ask_pool(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    count = actions.ask_for_answers(cohort, by=request.person, keys=request.POST.getlist("who"))
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", count)
    messages.success(request, said % {"n": count})
    return redirect("console:matching-pool", key)


@require_GET
@open_to(COORDINATOR)
def picture(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    scores = queries.scores_of(run)
    parts = Paginator(range(parts_in(len(scores))), 1)
    part = parts.get_page(request.GET.get("part"))
    first = (part.number - 1) * IN_A_PART
    matches = queries.part_of(run, first, first + IN_A_PART)
    context = {
        "run": run,
        "cohort": run.cohort,
        "part": part,
        "count": len(scores),
        "bars": bars_of(scores, part.number),
        "board": board_of(matches, *queries.fits_known(matches)) if matches else None,
        "rows": [(match, strength_in_words(match.score)) for match in matches],
        "short": rules.shortages_in_words(queries.unmatched_of(run)),
    }
    return show(request, PICTURE_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def replay(request: MemberRequest, key: str) -> HttpResponse:
    actions.replay_run(queries.run_for(request.person, key), by=request.person)
    return redirect(reverse("console:run", args=[key]) + "#replay")


@require_GET
@open_to(COORDINATOR)
def run_page(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    return show(request, RUN_PAGE, run_page_context(request, run), fragment="matches")


def run_page_context(request: MemberRequest, run: MatchRun) -> dict[str, object]:
    form = FilterForm(request.GET)
    wishes = form.cleaned_data if form.is_valid() else {"q": "", "show": ""}
    found = queries.filtered(queries.matches_of(run), wishes["q"], wishes["show"])
    return {
        **run_context(run),
        "can_sign": not rules.why_not_sign(run, request.person) and not run.signed_by_id,
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "query": "&" + urlencode(wishes),
    }


def run_context(run: MatchRun) -> dict[str, object]:
    return {
        "run": run,
        "cohort": run.cohort,
        "is_computing": rules.is_computing(run),
        "can_review": rules.can_review(run),
        "can_publish": rules.can_publish(run),
        "can_discard": rules.can_discard(run),
        "can_take_back": rules.can_take_back(run, now()),
        "why_not_publish": rules.why_not_publish(run, queries.who_could_sign(run)),
        "comments": queries.comments_of(run),
        "replay": (again := queries.last_replay(run)),
        "replay_words": rules.replay_in_words(again.answer if again else {}),
        "tried": rules.tried_in_words(run.tried, queries.weights_of(run.cohort.design)),
        "comment_form": CommentForm(),
        "since": queries.changes_since(run) if rules.waits_for_office(run) else None,
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
