"""Moving people on the board of a run, before anything holds: drafts, swaps, and why not these two."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Inquiry, MatchRun
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest

ARRANGE_PAGE = "console/matching/arrange.html"
MOVE_PAGE = "console/matching/move.html"
WHY_PAGE = "console/matching/why.html"
DESKS, FOUND = 24, 20
LONGEST = 80


def words_in(said: Mapping[str, str], name: str = "q") -> str:
    return str(said.get(name, ""))[:LONGEST].replace("\x00", "").strip()


def arrange_context(request: MemberRequest, run: MatchRun) -> dict[str, Any]:
    words = words_in(request.GET)
    page = Paginator(queries.mentors_in(run, words), DESKS).get_page(request.GET.get("page"))
    changes = list(queries.changes_in(run))
    return {
        "run": run,
        "cohort": run.cohort,
        "words": words,
        "query": "&" + urlencode({"q": words}) if words else "",
        "page": page,
        "desks": queries.desks_of(run, list(page), changes),
        "left": queries.left_in(run),
        "can_move": rules.waits_for_office(run),
        **draft_context(run, changes),
    }


def draft_context(run: MatchRun, changes: list[Any]) -> dict[str, Any]:
    """Return the steps of a draft and what all of them together would do."""
    reply = queries.reply_to(queries.draft_question(run, changes)) if changes else queries.Reply()
    return {
        "changes": changes,
        "drafted": {change.mentee_id for change in changes},
        "reply": reply,
        "cost": cost_of(reply.answer),
        "moves": moves_of(run, reply.answer.get("moved", ())),
    }


def cost_of(answer: Mapping[str, Any]) -> list[str]:
    if not answer:
        return []
    sides = answer["before"], answer["after"]
    names = {"matched": "served", "worst": "worst", "total": "total"}
    return rules.change_in_words({k: [side[name] for side in sides] for k, name in names.items()})


def moves_of(run: MatchRun, moved: Any) -> list[str]:
    """Put names to who would have another mentor."""
    keys = {mentee for mentee, _then, _now in moved}
    keys |= {key for _mentee, then, now in moved for key in (*then, *now)}
    names = queries.names_in(run, list(keys))

    def named(keys: Iterable[str]) -> str:
        return ", ".join(names.get(key, "") for key in keys)

    told = [(names.get(mentee, ""), named(then), named(now)) for mentee, then, now in moved]
    return rules.moves_in_words(told)


@require_GET
@open_to(COORDINATOR)
def arrange(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    return show(request, ARRANGE_PAGE, arrange_context(request, run), fragment="board")


@require_POST
@open_to(COORDINATOR)
def draft(request: MemberRequest, key: str) -> HttpResponse:
    """Add a step to the draft: a move, a swap, or two apart."""
    run, said = queries.run_for(request.person, key), request.POST
    if not words_in(said, "mentee"):
        return arranged(request, run)
    mentee = queries.participant_in(run.cohort, words_in(said, "mentee"), RoleInCohort.MENTEE)
    if other := words_in(said, "other"):
        one, two = queries.match_in(run, mentee.public_id), queries.match_in(run, other)
        actions.draft_swap(run, one, two, by=request.person)
    else:
        mentor = queries.participant_in(run.cohort, words_in(said, "mentor"), RoleInCohort.MENTOR)
        act = actions.draft_apart if said.get("kind") == "ban" else actions.draft_move
        act(run, mentee, mentor, by=request.person)
    return arranged(request, run)


@require_POST
@open_to(COORDINATOR)
def undo(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    actions.undo_step(run, words_in(request.POST, "step"))
    return arranged(request, run)


def arranged(request: MemberRequest, run: MatchRun) -> HttpResponse:
    then = reverse("console:run-arrange", args=[run.public_id])
    return saved(request, ARRANGE_PAGE, arrange_context(request, run), fragment="board", then=then)


@require_POST
@open_to(COORDINATOR)
def keep(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    reason = str(request.POST.get("reason", ""))[:300].replace("\x00", "").strip()
    if not reason:
        problem = _("Please write a short reason, so that your colleagues understand it later.")
        return ask_again(
            request, ARRANGE_PAGE, arrange_context(request, run) | {"problem": problem}
        )
    actions.keep_draft(run, by=request.person, reason=reason)
    messages.success(request, _("Kept. Everything else is being solved again around it."))
    return redirect("console:matching", run.cohort.public_id)


@require_GET
@open_to(COORDINATOR)
def move(request: MemberRequest, key: str) -> HttpResponse:
    """Choose another mentor for one mentee, without a mouse."""
    run = queries.run_for(request.person, key)
    if not words_in(request.GET, "mentee"):
        return redirect("console:run-arrange", key)
    mentee = queries.participant_in(
        run.cohort, words_in(request.GET, "mentee"), RoleInCohort.MENTEE
    )
    match = run.matches.filter(mentee=mentee).select_related("mentor__person", "run").first()
    words = words_in(request.GET)
    found = list(queries.mentors_in(run, words)[:FOUND]) if words else []
    context = {
        "run": run,
        "cohort": run.cohort,
        "mentee": mentee,
        "match": match,
        "alternatives": queries.alternatives_of(match) if match else [],
        "words": words,
        "desks": queries.desks_of(run, found, []),
        "can_move": rules.waits_for_office(run),
    }
    return show(request, MOVE_PAGE, context)


def why_context(run: MatchRun, said: Mapping[str, str]) -> dict[str, Any]:
    sides = [
        queries.side_in_run(run, role, words_in(said, role), words_in(said, f"{role}_name"))
        for role in (RoleInCohort.MENTEE, RoleInCohort.MENTOR)
    ]
    asked = {str(side.role): side.chosen for side in sides}
    context: dict[str, Any] = {
        "run": run,
        "cohort": run.cohort,
        "sides": sides,
        "asked": asked,
        "can_move": rules.waits_for_office(run),
    }
    if not all(asked.values()):
        return context | {"reply": None}
    mentee = queries.participant_in(run.cohort, asked["mentee"], RoleInCohort.MENTEE)
    mentor = queries.participant_in(run.cohort, asked["mentor"], RoleInCohort.MENTOR)
    reply = queries.reply_to(queries.question_about(run, Inquiry.Kind.WHY_NOT, asked))
    moved = [
        (other, [was] if was else [], [will] if will else [])
        for other, was, will in reply.answer.get("displaced", ())
        if other != mentee.public_id
    ]
    return context | {
        "mentee": mentee,
        "mentor": mentor,
        "reply": reply,
        "sentences": rules.why_not_in_words(reply.answer),
        "losers": moves_of(run, moved),
        "points": [
            (rules.criterion_in_words(name), points)
            for name, points in reply.answer.get("contributions", ())
        ],
        "query": urlencode(asked),
    }


@require_GET
@open_to(COORDINATOR)
def why(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    return show(request, WHY_PAGE, why_context(run, request.GET), fragment="answer")


@require_POST
@open_to(COORDINATOR)
def ask_why(request: MemberRequest, key: str) -> HttpResponse:
    """Let a worker answer what is too long for the page: why not these two, or what a draft costs."""
    run = queries.run_for(request.person, key)
    if request.POST.get("about") == "draft":
        changes = list(queries.changes_in(run))
        actions.ask(queries.draft_question(run, changes), by=request.person)
        return redirect("console:run-arrange", key)
    asked = {side: words_in(request.POST, side) for side in ("mentee", "mentor")}
    actions.ask(queries.question_about(run, Inquiry.Kind.WHY_NOT, asked), by=request.person)
    return redirect(f"{reverse('console:run-why', args=[key])}?{urlencode(asked)}")
