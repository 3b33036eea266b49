"""Applying in three steps, and what became of it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions import (
    ask_for_vouching,
    save_answers,
    start_application,
    submit_application,
    take_along,
    wish_carrying,
    withdraw_application,
)
from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import (
    own_application_for,
    own_application_in,
    participant_of,
)
from lodestar.domain.applications.queries.forms import changed_under
from lodestar.domain.applications.queries.judging import (
    for_the_applicant,
    must_be_known,
    words_asked_by,
)
from lodestar.domain.applications.queries.waiting import carried_to, place_of, wait_of
from lodestar.domain.applications.rules.waiting import last_time_in_words, place_in_words
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.forms.rules import Question
from lodestar.domain.matching.queries import Way, ways_told
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
from lodestar.web.common.asking.step import Filling, StepForm
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.phases import drawn
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.common.ways import way_in_words
from lodestar.web.portal import applying
from lodestar.web.portal.forms.applications import AskForAWordForm

STEP_PAGE = "portal/applications/step.html"
UNDECIDED = (rules.Status.DRAFT, rules.Status.SUBMITTED, rules.Status.WAITLISTED)
APPLICATION_PAGE = "portal/applications/application.html"


def found(person: Person, slug: str, role: str) -> tuple[Cohort, Application | None]:
    cohort = cohort_to_show(public_program(slug), today())
    if cohort is None or role not in RoleInCohort.values:
        raise NotFoundError
    return cohort, own_application_in(person, cohort, role)


def step_context(
    filling: Filling, cohort: Cohort, form: StepForm, application: Application | None
) -> dict[str, object]:
    role, step = filling.asking.role, filling.steps[0]
    steps = applying.steps_of(cohort, role)
    address = reverse("portal:apply-step", args=[cohort.program.slug, role, step])
    return {
        "program": cohort.program,
        "cohort": cohort,
        "role": role,
        "step": step,
        "steps": applying.marks_of(steps, step),
        "form": form,
        "look": address,
        "industries": choices.industries(),
        "before": steps[steps.index(step) - 1] if step != steps[0] else "",
        "is_last": step == steps[-1],
        "is_sent": application is not None and application.submitted_at is not None,
        "is_mentor": role == RoleInCohort.MENTOR,
        "expected": cohort.design.expected_of(role) if step == steps[-1] else [],
        "shape": shape_in_words(cohort.design) if step == steps[0] else [],
        "languages": applying.languages_to_choose(filling.asking.form, filling.asking.language),
    }


@require_safe
@open_to(MEMBER)
def apply(request: MemberRequest, slug: str, role: str) -> HttpResponse:
    cohort, application = found(request.person, slug, role)
    if application and application.submitted_at and application.status != rules.Status.WITHDRAWN:
        return redirect("portal:application", application.public_id)
    if rules.why_not_apply(cohort, today()):
        return redirect("portal:program", slug)
    step = applying.first_open_step(cohort, role, application)
    return redirect("portal:apply-step", slug, role, step)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def step(request: MemberRequest, slug: str, role: str, step: str) -> HttpResponse:
    cohort, application = found(request.person, slug, role)
    if step not in applying.steps_of(cohort, role):
        raise NotFoundError
    if request.method != "POST" and application is None and rules.why_not_apply(cohort, today()):
        return redirect("portal:program", slug)
    filling = applying.filling_of(step, cohort, role, application, request)
    if request.method != "POST" or "look" in request.POST:
        form = filling.looked_at(request.POST) if request.POST else filling.empty()
        context = step_context(filling, cohort, form, application)
        return show(request, STEP_PAGE, context, fragment="questions")
    form, following = filling.typed(request.POST, partial="later" in request.POST)
    if not form.is_valid():
        context = step_context(filling, cohort, form, application)
        return ask_again(request, STEP_PAGE, context)
    application = start_application(request.person, cohort=cohort, role=role)
    keep(application, form, request.person)
    return redirect(after(application, step, following, request))


def keep(application: Application, form: StepForm, person: Person) -> None:
    save_answers(application, by=person, answers=form.answers())
    if profile := form.profile():
        keep_profile(person, by=person, **profile)


def after(
    application: Application, step: str, following: Sequence[Question], request: MemberRequest
) -> str:
    """Where the applicant goes next; after the last step a whole application is sent."""
    cohort, role = application.cohort, application.role
    if "later" in request.POST:
        return reverse("portal:home")
    here = [cohort.program.slug, role]
    if following:
        messages.info(request, _("From what you said, this follows. All else is kept."))
        return reverse("portal:apply-step", args=[*here, step]) + f"#question-{following[0].key}"
    steps = applying.steps_of(cohort, role)
    if step != steps[-1]:
        return reverse("portal:apply-step", args=[*here, steps[steps.index(step) + 1]])
    own = own_application_for(request.person, application.public_id)
    if rules.can_submit(own, own.person, today()):
        submit_application(own, by=request.person)
    return reverse("portal:application", args=[own.public_id])


@require_POST
@open_to(MEMBER)
def language(request: MemberRequest, slug: str, role: str, step: str) -> HttpResponse:
    """Read the form in another language from now on."""
    cohort, _application = found(request.person, slug, role)
    if step not in applying.steps_of(cohort, role):
        raise NotFoundError
    request.session[applying.LANGUAGE_OF_FORMS] = request.POST.get("language", "")[:10]
    return redirect("portal:apply-step", slug, role, step)


@require_safe
@open_to(APPLICANT)
def application(request: MemberRequest, key: str) -> HttpResponse:
    own = own_application_for(request.person, key)
    return show(request, APPLICATION_PAGE, application_context(own, request.person))


def application_context(
    own: Application, person: Person, vouching: AskForAWordForm | None = None
) -> dict[str, object]:
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
        "open_step": applying.first_open_step(cohort, own.role, own),
        "changed": changed_under(own) if own.status in rules.LIVING else None,
        "phases": drawn(phases_of(cohort), today()),
        "milestones": ahead,
        "has_to_do": any(each.starts_on < cohort.starts_on for each in ahead),
        "is_in": own.status == rules.Status.ACCEPTED,
        "coordinators": [each.person for each in coordinators_of(cohort.program)],
        "eligibility": for_the_applicant(own) if own.status in UNDECIDED else None,
        "asks_for_a_word": own.status in UNDECIDED and must_be_known(own),
        "vouching": vouching or AskForAWordForm(),
        "asked": words_asked_by(person),
        "ways": ways_of(own),
    } | waiting_context(own)


def ways_of(own: Application) -> list[tuple[Way, str]]:
    """Return what somebody was told that they can do next while they have nobody."""
    participant = participant_of(own) if own.status == rules.Status.ACCEPTED else None
    ways = ways_told(participant, today()) if participant else []
    return [(way, way_in_words(way)) for way in ways]


def waiting_context(own: Application) -> dict[str, object]:
    """Return what somebody on a waitlist, or carried over from one, reads of it."""
    if own.status == rules.Status.CARRIED:
        return {"carried_to": carried_to(own)}
    place = place_of(own) if own.status == rules.Status.WAITLISTED else None
    if place is None:
        return {}
    wait = wait_of(own)
    return {
        "place": place_in_words(place.place, place.of),
        "last_time": last_time_in_words(place.taken_last_time),
        "carrying": wait if wait and wait.carry_offered_at else None,
    }


@require_POST
@open_to(APPLICANT)
def carry(request: MemberRequest, key: str) -> HttpResponse:
    own = own_application_for(request.person, key)
    new = wish_carrying(own, by=request.person)
    messages.success(request, _("Noted. Nothing is asked again."))
    return redirect("portal:application", (new or own).public_id)


@require_POST
@open_to(APPLICANT)
def go_along(request: MemberRequest, key: str) -> HttpResponse:
    new = take_along(own_application_for(request.person, key), by=request.person)
    messages.success(request, _("Noted. Nothing is asked again."))
    return redirect("portal:application", new.public_id)


@require_POST
@open_to(APPLICANT)
def ask_for_a_word(request: MemberRequest, key: str) -> HttpResponse:
    own = own_application_for(request.person, key)
    form = AskForAWordForm(request.POST)
    if not form.is_valid():
        context = application_context(own, request.person, vouching=form)
        return ask_again(request, APPLICATION_PAGE, context)
    ask_for_vouching(own, by=request.person, email=form.cleaned_data["email"])
    messages.success(
        request,
        _("If this is the address of a member, we have asked them. They answer from the letter."),
    )
    return redirect("portal:application", own.public_id)


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
