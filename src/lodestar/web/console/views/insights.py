"""A cohort's numbers, and its pairs as counts and dates."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.insights import queries
from lodestar.domain.insights.queries import Funnel, Share
from lodestar.domain.matching.rules import why_not_rematch
from lodestar.domain.mentorships.actions import request_rematch
from lodestar.domain.mentorships.queries import waiting_for_new
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.formats import csv_download
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

NUMBERS_PAGE = "console/insights/numbers.html"
PAIRS_PAGE = "console/insights/pairs.html"


def role_in(request: MemberRequest) -> RoleInCohort:
    """Return whose way is shown; nonsense shows the mentees'."""
    wished = request.GET.get("role", "")
    return RoleInCohort.MENTOR if wished == RoleInCohort.MENTOR else RoleInCohort.MENTEE


@require_safe
@open_to(COORDINATOR)
def numbers(request: MemberRequest, key: str) -> HttpResponse:
    found = cohort_for(request.person, key)
    role = role_in(request)
    context = {
        "cohort": found,
        "role": role,
        "funnel": queries.funnel(found, role),
        "goals": queries.goals_of(found),
        "answers": queries.answers_for_numbers(found, role),
    }
    return show(request, NUMBERS_PAGE, context, fragment="funnel")


@require_safe
@open_to(COORDINATOR)
def numbers_file(request: MemberRequest, key: str) -> HttpResponse:
    found = cohort_for(request.person, key)
    role = role_in(request)
    return csv_download(f"funnel-{role}s", funnel_rows(queries.funnel(found, role)))


def funnel_rows(funnel: Funnel) -> Iterator[list[object]]:
    yield ["step", "definition", "count", "lost", "share_of_previous", "low", "high"]
    for step in funnel.steps:
        yield [step.label, step.definition, step.count, step.lost, *interval_of(step.of_previous)]


def interval_of(share: Share | None) -> list[object]:
    """Return a share with its interval, or three empty cells where there are too few to say."""
    if share is None or share.value is None:
        return ["", "", ""]
    return [share.value, share.low, share.high]


@require_safe
@open_to(COORDINATOR)
def mentorships(request: MemberRequest, key: str) -> HttpResponse:
    found = cohort_for(request.person, key)
    if found.design.makes_groups:
        return redirect("console:groups", key)
    waiting = waiting_for_new(found)
    mentees = [each for each in waiting if each.participant.role == RoleInCohort.MENTEE]
    context = {
        "cohort": found,
        "rows": queries.pairs_of(found),
        "waiting": waiting,
        "why_not_rematch": why_not_rematch(found, len(mentees), today()),
    }
    return show(request, PAIRS_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def rematch(request: MemberRequest, key: str) -> HttpResponse:
    """Ask for a run of those who wait for somebody new; every pair that works stays as it is."""
    request_rematch(cohort_for(request.person, key), by=request.person)
    return redirect("console:matching", key)
