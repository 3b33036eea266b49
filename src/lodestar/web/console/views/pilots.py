"""A trial run: what it has to reach, what was found, what was decided, and the launch that follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.mentorships.queries import mentorships_in
from lodestar.domain.people.models import Person
from lodestar.domain.pilots import actions, queries, rules
from lodestar.domain.pilots.models import Finding
from lodestar.domain.programs.models import Cohort
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.pilots import (
    FindingForm,
    GatesForm,
    LaunchForm,
    VerdictForm,
)
from lodestar.web.console.views.held_letters import hold_context

PILOT_PAGE = "console/pilots/pilot.html"
BESIDE_PAGE = "console/pilots/beside.html"


def gates_form(cohort: Cohort, typed: Any = None) -> GatesForm:
    kept = {gate.measure: gate.threshold for gate in queries.gates_of(cohort)}
    return GatesForm(typed, kept=kept)


def pilot_context(cohort: Cohort, person: Person, **typed: Any) -> dict[str, object]:
    verdict = queries.verdict_of(cohort)
    held = rules.held_when_signed(verdict) if verdict else queries.held_of(cohort, today())
    findings = queries.found_in(cohort, person)
    return {
        "cohort": cohort,
        "program": cohort.program,
        "held": held,
        "are_fixed": queries.gates_of(cohort).exists(),
        "why_fixed": rules.why_not_set_gates(cohort, verdict, today()),
        "advice": rules.advice(held),
        "limits": rules.what_it_can_show(
            mentorships_in(cohort).count(), queries.planned_pairs(cohort)
        ),
        "findings": findings,
        "open_count": sum(rules.is_open(each.finding) for each in findings),
        "verdict": verdict,
        "can_launch": verdict is not None and not rules.why_not_launch(cohort, verdict),
        "launch": queries.launch_after(cohort),
        "gates_form": gates_form(cohort),
        "finding_form": FindingForm(prefix="finding"),
        "verdict_form": VerdictForm(prefix="verdict", has_doubts=rules.has_doubts(held)),
        "launch_form": LaunchForm(prefix="launch"),
        **hold_context(cohort),
    } | typed


@require_safe
@open_to(COORDINATOR)
def pilot(request: MemberRequest, key: str) -> HttpResponse:
    return show(
        request, PILOT_PAGE, pilot_context(queries.pilot_for(request.person, key), request.person)
    )


@require_POST
@open_to(COORDINATOR)
def gates(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.pilot_for(request.person, key)
    form = gates_form(cohort, request.POST)
    if not form.is_valid():
        return ask_again(
            request, PILOT_PAGE, pilot_context(cohort, request.person, gates_form=form)
        )
    actions.set_gates(cohort, by=request.person, thresholds=form.thresholds())
    messages.success(request, _("Fixed. After the start nobody moves them any more."))
    return redirect("console:pilot", key)


@require_POST
@open_to(COORDINATOR)
def log(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.pilot_for(request.person, key)
    form = FindingForm(request.POST, prefix="finding")
    if not form.is_valid():
        return ask_again(
            request, PILOT_PAGE, pilot_context(cohort, request.person, finding_form=form)
        )
    actions.log_finding(cohort, by=request.person, **form.cleaned_data)
    messages.success(request, _("Written down."))
    return redirect("console:pilot", key)


def finding_of(request: MemberRequest, key: str) -> Finding:
    return queries.finding_for(request.person, key)


@require_POST
@open_to(COORDINATOR)
def mend(request: MemberRequest, key: str) -> HttpResponse:
    finding = finding_of(request, key)
    actions.mend_finding(finding, by=request.person, mend=request.POST.get("mend", "")[:500])
    messages.success(request, _("Mended. Somebody should try whether it holds."))
    return redirect("console:pilot", finding.cohort.public_id)


@require_POST
@open_to(COORDINATOR)
def check(request: MemberRequest, key: str) -> HttpResponse:
    finding = actions.check_finding(finding_of(request, key), by=request.person)
    messages.success(request, _("Checked: the mend holds."))
    return redirect("console:pilot", finding.cohort.public_id)


@require_POST
@open_to(COORDINATOR)
def decide(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.pilot_for(request.person, key)
    held = queries.held_of(cohort, today())
    form = VerdictForm(request.POST, prefix="verdict", has_doubts=rules.has_doubts(held))
    if not form.is_valid():
        return ask_again(
            request, PILOT_PAGE, pilot_context(cohort, request.person, verdict_form=form)
        )
    try:
        actions.sign_verdict(cohort, by=request.person, **form.cleaned_data)
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return ask_again(
            request, PILOT_PAGE, pilot_context(cohort, request.person, verdict_form=form)
        )
    messages.success(request, _("Signed."))
    return redirect("console:pilot", key)


@require_POST
@open_to(COORDINATOR)
def launch(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.pilot_for(request.person, key)
    form = LaunchForm(request.POST, prefix="launch")
    if not form.is_valid():
        return ask_again(
            request, PILOT_PAGE, pilot_context(cohort, request.person, launch_form=form)
        )
    begun = actions.launch_from(cohort, by=request.person, name=form.cleaned_data["name"])
    messages.success(request, _("Planned on the mended design. Look over its days and open it."))
    return redirect("console:cohort-days", begun.public_id)


@require_safe
@open_to(COORDINATOR)
def beside(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.pilot_for(request.person, key)
    later = queries.launch_after(cohort)
    rows = queries.beside(cohort, later, today()) if later else []
    context = {"cohort": cohort, "program": cohort.program, "launch": later, "rows": rows}
    return show(request, BESIDE_PAGE, context)
