"""The groups of a cohort: where each stands, and what the office can do for one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.groups import actions, queries, rules
from lodestar.domain.groups.models import Group
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.views.forming import chosen_in

COHORT_PAGE = "console/groups/cohort.html"
GROUP_PAGE = "console/groups/group.html"


@require_safe
@open_to(COORDINATOR)
def cohort_groups(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    context = {
        "cohort": cohort,
        "why_no_groups": rules.why_not_groups(cohort.design),
        "ready": queries.readiness(cohort),
        "waiting": queries.waiting_run(cohort),
        "fresh": queries.fresh_run(cohort),
        "runs": queries.runs_of(cohort),
        "rows": queries.rows_of(cohort),
        "short": queries.short_groups(cohort),
        "apart": queries.apart_in(cohort),
    }
    return show(request, COHORT_PAGE, context, fragment="formings")


@require_safe
@open_to(COORDINATOR)
def group(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_of_office(request.person, key)
    mends = queries.mends_of(found)
    roll = mends.group.roll
    row = next((r for r in queries.rows_of(found.cohort) if r.group.pk == found.pk), None)
    context = {
        "group": found,
        "cohort": found.cohort,
        "seen": mends.group,
        "row": row,
        "candidates": mends.candidates if rules.is_living(found) else [],
        "targets": mends.targets,
        "can_let_go": not rules.why_not_dissolve(found),
        "can_begin": found.status == Group.Status.PROPOSED
        and len(roll.accepted) >= rules.FEWEST_TO_BEGIN
        and not roll.lacks_mentor,
        "can_end": rules.is_running(found),
    }
    return show(request, GROUP_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def invite(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_of_office(request.person, key)
    person = queries.participant_in(found.cohort, chosen_in(request.POST, "person"))
    actions.invite_person(found, person, by=request.person)
    messages.success(request, _("%(name)s is asked by letter.") % {"name": person})
    return redirect("console:group", key)


@require_POST
@open_to(COORDINATOR)
def merge(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_of_office(request.person, key)
    into = queries.group_of_office(request.person, chosen_in(request.POST, "into"))
    actions.merge_groups(found, into, by=request.person)
    messages.success(request, _("Everybody of it is asked into %(group)s.") % {"group": into})
    return redirect("console:group", into.public_id)


@require_POST
@open_to(COORDINATOR)
def let_go(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_of_office(request.person, key)
    actions.dissolve_group(found, by=request.person)
    messages.success(request, _("Everybody of it is told kindly, and is free for another group."))
    return redirect("console:groups", found.cohort.public_id)


@require_POST
@open_to(COORDINATOR)
def begin(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_of_office(request.person, key)
    actions.begin_smaller(found, by=request.person)
    messages.success(request, _("The group has begun, and everybody in it is told."))
    return redirect("console:group", key)


@require_POST
@open_to(COORDINATOR)
def end(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.group_of_office(request.person, key)
    actions.end_group(found, by=request.person)
    messages.success(request, _("The group has ended, and everybody in it is thanked."))
    return redirect("console:group", key)
