"""Planning a cohort: its days, and its opening."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.domain.common.time import today
from lodestar.domain.programs.actions import (
    change_cohort,
    create_cohort,
    drop_cohort,
    open_cohort,
)
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import (
    cohort_for,
    contradictions_of,
    latest_design,
    program_for,
    proposed_phases,
    proposed_trial_run,
)
from lodestar.domain.programs.rules import (
    Phases,
    phases_of,
    state_of,
    why_not_change_cohort,
    why_not_ordinary,
)
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.calendars import (
    Preview,
    asks_for_preview,
    drawn,
    overtaken_in_words,
    preview_of,
    seen_of,
    shown_again,
    staying_of,
    wished,
)
from lodestar.web.console.forms.programs import CohortForm
from lodestar.web.console.views.held_letters import hold_context

NEW_PAGE = "console/programs/cohort_new.html"
DAYS_PAGE = "console/programs/cohort_days.html"


def new_context(cohort: Cohort, form: CohortForm, phases: Phases | None) -> dict[str, object]:
    return {
        "program": cohort.program,
        "form": form,
        "is_trial_run": form["is_pilot"].value(),
        "timeline": drawn(cohort, phases) if phases else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def new(request: MemberRequest, key: str) -> HttpResponse:
    program = program_for(request.person, key)
    cohort = Cohort(program=program, design=latest_design(program))
    if request.method != "POST":
        is_trial_run = "trial-run" in request.GET
        propose = proposed_trial_run if is_trial_run else proposed_phases
        proposed = propose(program, today())
        form = CohortForm(initial=CohortForm.proposed(proposed) | {"is_pilot": is_trial_run})
        return show(request, NEW_PAGE, new_context(cohort, form, proposed))
    form = CohortForm(request.POST)
    is_fine = form.is_valid()
    if asks_for_preview(request.POST) and form.has_days():
        phases = wished(form, request.POST)
        context = new_context(cohort, shown_again(form, phases), phases)
        preview = {"preview": preview_of(cohort, phases)}
        return show(request, NEW_PAGE, context | preview, fragment="drawn")
    if not is_fine:
        return ask_again(request, NEW_PAGE, new_context(cohort, form, None), fragment="drawn")
    planned = create_cohort(program, by=request.person, **form.kept())
    messages.success(request, _("Planned. Nobody outside sees it until you open it."))
    return redirect("console:cohort-days", planned.public_id)


def contradicting(cohort: Cohort, *, is_planned: bool) -> dict[str, object]:
    """Return what stands in the way of opening, and what is only worth a thought."""
    found = contradictions_of(cohort, today()) if is_planned else []
    return {
        "contradictions": [each for each in found if each.blocks],
        "thoughts": [each for each in found if not each.blocks],
    }


def days_context(
    cohort: Cohort, form: CohortForm, phases: Phases, preview: Preview | None = None
) -> dict[str, object]:
    """Return what the page of days needs; beside a preview nothing is said of the days as they are saved."""
    is_planned = cohort.published_at is None
    return {
        "program": cohort.program,
        "cohort": cohort,
        "state": state_of(cohort, today()),
        "form": form,
        "timeline": drawn(cohort, phases),
        **contradicting(cohort, is_planned=is_planned and preview is None),
        "is_planned": is_planned,
        "preview": preview,
        "seen": seen_of(cohort),
        **hold_context(cohort),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def days(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    staying, saved = staying_of(cohort), phases_of(cohort)
    if request.method != "POST":
        form = CohortForm(initial=CohortForm.initial_of(cohort), staying=staying)
        return show(request, DAYS_PAGE, days_context(cohort, form, saved))
    form = CohortForm(request.POST, staying=staying)
    is_fine = form.is_valid()
    if asks_for_preview(request.POST) and form.has_days():
        phases = wished(form, request.POST)
        preview = preview_of(cohort, phases)
        context = days_context(cohort, shown_again(form, phases), phases, preview)
        context |= {"seen": request.POST.get("seen", "")}
        return show(request, DAYS_PAGE, context, fragment="drawn")
    if is_fine and (problem := why_not_save(cohort, form, request.POST)):
        form.add_error(None, problem)
    if form.is_valid() and (
        problem := why_not_ordinary(cohort, is_pilot=form.cleaned_data["is_pilot"])
    ):
        form.add_error("is_pilot", problem)
    if not form.is_valid():
        context = days_context(cohort, form, saved)
        return ask_again(request, DAYS_PAGE, context, fragment="drawn")
    change_cohort(cohort, by=request.person, **form.kept())
    messages.success(request, _("Saved."))
    return redirect("console:cohort-days", key)


def why_not_save(cohort: Cohort, form: CohortForm, said: QueryDict) -> str:
    return overtaken_in_words(cohort, said) or why_not_change_cohort(cohort, form.phases(), today())


@require_POST
@open_to(COORDINATOR)
def open_to_people(request: MemberRequest, key: str) -> HttpResponse:
    """Open a cohort as it is saved; whoever typed other days is asked to save them first."""
    cohort = cohort_for(request.person, key)
    form = CohortForm(request.POST, staying=staying_of(cohort))
    if "seen" in request.POST and not (form.is_valid() and form.kept() == kept_of(cohort)):
        form.add_error(None, _("What you typed is not saved yet. Save it first, then open."))
        return ask_again(request, DAYS_PAGE, days_context(cohort, form, phases_of(cohort)))
    cohort = open_cohort(cohort, by=request.person)
    messages.success(request, opened_words(cohort))
    return redirect("console:cohort-days", key)


def kept_of(cohort: Cohort) -> dict[str, object]:
    return {"name": cohort.name, "is_pilot": cohort.is_pilot, "phases": phases_of(cohort)}


@require_POST
@open_to(COORDINATOR)
def drop(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    drop_cohort(cohort, by=request.person)
    messages.success(request, _("“%(name)s” is not planned any more.") % {"name": cohort.name})
    return redirect("console:program", cohort.program.public_id)


def opened_words(cohort: Cohort) -> str:
    if state_of(cohort, today()) == Cohort.State.OPEN:
        return _("It is open: people can apply from this moment on.")
    return _("It is announced, and opens by itself on its first day.")
