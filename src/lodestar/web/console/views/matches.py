"""One match or pair at a time, and the board of answers."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Match, PairRule
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.matching import CommentForm, PairForm, ReasonForm, WithdrawForm
from lodestar.web.console.views.arranging import words_in

CARD_PAGE = "console/matching/card.html"
PAIR_PAGE = "console/matching/pair.html"
BOARD_PAGE = "console/matching/board.html"
ROWS = 50


def card_context(match: Match, form: ReasonForm) -> dict[str, object]:
    return {
        "card": queries.card_of(match),
        "match": match,
        "run": match.run,
        "cohort": match.cohort,
        "alternatives": queries.alternatives_of(match),
        "preferences": queries.preferences_of(match),
        "standbys": queries.standbys_for(match) if match.run_id else (),
        "rule": queries.rule_of(match),
        "form": form,
        "can_withdraw": not rules.why_not_withdraw(match),
        "is_untold": rules.is_untold(match, now()),
        "withdraw_form": WithdrawForm(),
        "comments": queries.comments_on(match),
        "comment_form": CommentForm(),
    }


@require_GET
@open_to(COORDINATOR)
def card(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.card_for(request.person, key)
    return show(request, CARD_PAGE, card_context(match, ReasonForm()))


def set_rule(
    kind: str, mentor: Participant, mentee: Participant, by: Person, reason: str
) -> PairRule:
    act = actions.pin_pair if kind == PairRule.Kind.PIN else actions.ban_pair
    return act(mentor, mentee, by=by, reason=reason)


@require_POST
@open_to(COORDINATOR)
def set_match_rule(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.card_for(request.person, key)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return ask_again(request, CARD_PAGE, card_context(match, form))
    wishes = form.cleaned_data
    set_rule(wishes["kind"], match.mentor, match.mentee, request.person, wishes["reason"])
    return redirect("console:match", key)


@require_POST
@open_to(COORDINATOR)
def comment(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.card_for(request.person, key)
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {**card_context(match, ReasonForm()), "comment_form": form}
        return ask_again(request, CARD_PAGE, context)
    actions.comment_on(match.run, by=request.person, text=form.cleaned_data["text"], match=match)
    return redirect(reverse("console:match", args=[key]) + "#comments")


@require_POST
@open_to(COORDINATOR)
def withdraw(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.card_for(request.person, key)
    form = WithdrawForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.withdraw_match(match, by=request.person, note=note)
    return redirect("console:match", key)


def pair_sides(request: MemberRequest, cohort: Cohort) -> list[queries.Side]:
    said = request.POST or request.GET
    return [
        queries.side_to_pair(
            cohort, role, words_in(said, role.value), words_in(request.GET, f"{role}_name")
        )
        for role in (RoleInCohort.MENTEE, RoleInCohort.MENTOR)
    ]


def pair_context(cohort: Cohort, form: PairForm, sides: list[queries.Side]) -> dict[str, object]:
    return {
        "cohort": cohort,
        "form": form,
        "sides": sides,
        "is_searched": any(side.is_searched for side in sides),
        "is_found": all(side.people or not side.is_searched for side in sides),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def new_pair_rule(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    if cohort.design.makes_groups:
        return redirect("console:groups-apart", key)
    sides = pair_sides(request, cohort)
    form = PairForm(request.POST or None, sides=sides)
    context = pair_context(cohort, form, sides)
    if request.method != "POST":
        return show(request, PAIR_PAGE, context)
    if not form.is_valid():
        return ask_again(request, PAIR_PAGE, context)
    wishes = form.cleaned_data
    mentor = queries.participant_in(cohort, wishes["mentor"], RoleInCohort.MENTOR)
    mentee = queries.participant_in(cohort, wishes["mentee"], RoleInCohort.MENTEE)
    set_rule(wishes["kind"], mentor, mentee, request.person, wishes["reason"])
    return saved(request, PAIR_PAGE, context, then=reverse("console:matching", args=[key]))


@require_POST
@open_to(COORDINATOR)
def lift_pair_rule(request: MemberRequest, key: str) -> HttpResponse:
    rule = queries.pair_rule_for(request.person, key)
    actions.lift_pair_rule(rule, by=request.person)
    return redirect("console:matching", rule.cohort.public_id)


@require_GET
@open_to(COORDINATOR)
def board(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    if cohort.design.makes_groups:
        return redirect("console:groups", key)
    state = request.GET.get("state", "")
    found = queries.board(cohort, state)
    context = {
        "cohort": cohort,
        "counts": queries.answers_of(cohort),
        "state": state,
        "waiting": Match.WAITING,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "query": f"&state={state}" if state in Match.Status.values else "",
    }
    return show(request, BOARD_PAGE, context, fragment="matches")
