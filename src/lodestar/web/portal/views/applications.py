"""Applying in three steps, and what became of it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions import (
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import (
    own_application_for,
    own_application_in,
    participant_of,
)
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.people.actions.profile import keep_profile
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import (
    cohort_to_show,
    coordinators_of,
    milestones_of,
    public_program,
)
from lodestar.domain.programs.rules import phases_of
from lodestar.web.common import choices
from lodestar.web.common.access import APPLICANT, MEMBER, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.phases import drawn
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.portal import applying
from lodestar.web.portal.applying import STEPS
from lodestar.web.portal.forms.applications import StepForm, YouForm
from lodestar.web.portal.seen_by_partner import seen_in_words, tell_who_sees

STEP_PAGE = "portal/applications/step.html"
APPLICATION_PAGE = "portal/applications/application.html"


def found(person: Person, slug: str, role: str) -> tuple[Cohort, Application | None]:
    cohort = cohort_to_show(public_program(slug), today())
    if cohort is None or role not in RoleInCohort.values:
        raise NotFoundError
    return cohort, own_application_in(person, cohort, role)


def step_context(
    cohort: Cohort, role: str, step: str, form: StepForm, application: Application | None
) -> dict[str, object]:
    return {
        "program": cohort.program,
        "cohort": cohort,
        "role": role,
        "step": step,
        "steps": applying.steps(step),
        "number": STEPS.index(step) + 1,
        "form": form,
        "industries": choices.industries(),
        "before": STEPS[STEPS.index(step) - 1] if step != STEPS[0] else "",
        "is_sent": application is not None and application.submitted_at is not None,
        "is_mentor": role == RoleInCohort.MENTOR,
        "expected": cohort.design.expected_of(role) if step == STEPS[-1] else [],
        "shape": shape_in_words(cohort.design) if step == STEPS[0] else [],
        "seen": seen_in_words(cohort.design, "topics") if step == "topics" else "",
    }


@require_safe
@open_to(MEMBER)
def apply(request: MemberRequest, slug: str, role: str) -> HttpResponse:
    cohort, application = found(request.person, slug, role)
    if application and application.submitted_at and application.status != rules.Status.WITHDRAWN:
        return redirect("portal:application", application.public_id)
    if rules.why_not_apply(cohort, today()):
        return redirect("portal:program", slug)
    return redirect("portal:apply-step", slug, role, applying.first_open_step(application))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def step(request: MemberRequest, slug: str, role: str, step: str) -> HttpResponse:
    cohort, application = found(request.person, slug, role)
    if step not in STEPS:
        raise NotFoundError
    form = applying.form_for(step, cohort, role, application, request)
    tell_who_sees(form, cohort.design)
    context = step_context(cohort, role, step, form, application)
    if request.method != "POST":
        if application is None and rules.why_not_apply(cohort, today()):
            return redirect("portal:program", slug)
        return show(request, STEP_PAGE, context)
    if not form.is_valid():
        return ask_again(request, STEP_PAGE, context)
    application = start_application(request.person, cohort=cohort, role=role)
    keep(application, form, request.person)
    if "later" in request.POST:
        return redirect("portal:home")
    return redirect(after(application, step, slug, request.person))


def keep(application: Application, form: StepForm, person: Person) -> None:
    save_answers(application, by=person, answers=form.answers())
    if isinstance(form, YouForm):
        keep_profile(person, by=person, **form.profile())


def after(application: Application, step: str, slug: str, person: Person) -> str:
    """Where the applicant goes next; after the last step a whole application is sent."""
    if step != STEPS[-1]:
        then = STEPS[STEPS.index(step) + 1]
        return reverse("portal:apply-step", args=[slug, application.role, then])
    own = own_application_for(person, application.public_id)
    if rules.can_submit(own, own.person, today()):
        submit_application(own, by=person)
    return reverse("portal:application", args=[own.public_id])


@require_safe
@open_to(APPLICANT)
def application(request: MemberRequest, key: str) -> HttpResponse:
    own = own_application_for(request.person, key)
    return show(request, APPLICATION_PAGE, application_context(own, request.person))


def application_context(own: Application, person: Person) -> dict[str, object]:
    cohort = own.cohort
    told = milestones_of(cohort, own.role) if own.status in rules.LIVING else []
    ahead = [each for each in told if each.ends_on >= today()]
    return {
        "application": own,
        "cohort": cohort,
        "program": cohort.program,
        "answers": applying.answers_in_words(own),
        "missing": rules.why_not_submit(own, person) if own.status == rules.Status.DRAFT else [],
        "can_edit": rules.can_edit(own, today()),
        "can_submit": rules.can_submit(own, person, today()),
        "expected": cohort.design.expected_of(own.role),
        "can_withdraw": not rules.why_not_withdraw(own, participant_of(own)),
        "open_step": applying.first_open_step(own),
        "phases": drawn(phases_of(cohort), today()),
        "milestones": ahead,
        "has_to_do": any(each.starts_on < cohort.starts_on for each in ahead),
        "is_in": own.status == rules.Status.ACCEPTED,
        "coordinators": [each.person for each in coordinators_of(cohort.program)],
    }


@require_POST
@open_to(APPLICANT)
def submit(request: MemberRequest, key: str) -> HttpResponse:
    own = submit_application(own_application_for(request.person, key), by=request.person)
    return redirect("portal:application", own.public_id)


@require_POST
@open_to(APPLICANT)
def withdraw(request: MemberRequest, key: str) -> HttpResponse:
    own = withdraw_application(own_application_for(request.person, key), by=request.person)
    return redirect("portal:application", own.public_id)
