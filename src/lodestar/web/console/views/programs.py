"""A coordinator's programs, where each stands, and who runs them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import Counts, counts_by_cohort
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback.queries import waiting_by_cohort
from lodestar.domain.office.queries import waiting_count
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import account_behind, has_role
from lodestar.domain.pilots.queries.letters import forgotten_letters_for
from lodestar.domain.programs.actions import (
    appoint_coordinator,
    clone_program,
    create_program,
    edit_program,
    release_coordinator,
    word_program,
)
from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.queries import (
    cohort_that_matters,
    coordinator_for,
    coordinators_of,
    latest_design,
    may_create_program,
    program_for,
    programs_for,
)
from lodestar.domain.programs.rules import state_of
from lodestar.web.common.access import ADMIN, COORDINATOR, SAFEGUARDING_LEAD, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.program_words import ProgramWordsForm
from lodestar.web.console.forms.programs import (
    CloneForm,
    CoordinatorForm,
    EditProgramForm,
    NewProgramForm,
)
from lodestar.web.console.views.roadmaps import roadmap_context
from lodestar.web.console.words import help_wanted, next_thing

HOME_PAGE = "console/programs/home.html"
NEW_PAGE = "console/programs/new.html"
PROGRAM_PAGE = "console/programs/program.html"
WORDS_PAGE = "console/programs/words.html"
ABOUT_PAGE = "console/programs/about.html"
DRAFT = Application.Status.DRAFT


@dataclass(frozen=True)
class CohortLine:
    """A cohort in a list: where it stands and what it needs."""

    cohort: Cohort
    state: Cohort.State
    counts: Counts
    next: str
    concerns: int = 0

    @property
    def mentees(self) -> int:
        return self.counts.of(RoleInCohort.MENTEE) - self.counts.of(RoleInCohort.MENTEE, DRAFT)

    @property
    def mentors(self) -> int:
        return self.counts.of(RoleInCohort.MENTOR) - self.counts.of(RoleInCohort.MENTOR, DRAFT)


def lines(cohorts: list[Cohort], reader: Person) -> list[CohortLine]:
    counts, concerns = counts_by_cohort(cohorts), waiting_by_cohort(reader)
    return [line_of(cohort, counts[cohort.pk], concerns.get(cohort.pk, 0)) for cohort in cohorts]


def line_of(cohort: Cohort, counts: Counts, concerns: int) -> CohortLine:
    state = state_of(cohort, today())
    sentence = help_wanted(concerns) if concerns else next_thing(cohort, state, counts)
    return CohortLine(cohort, state, counts, sentence, concerns)


@require_safe
@open_to(COORDINATOR, ADMIN, SAFEGUARDING_LEAD)
def home(request: MemberRequest) -> HttpResponse:
    person = request.person
    programs = list(programs_for(person))
    is_admin, is_lead = (
        has_role(person, kind) for kind in (Role.Kind.ADMIN, Role.Kind.SAFEGUARDING)
    )
    if not (programs or is_admin or is_lead):
        raise NotFoundError
    every = lines([cohort for program in programs for cohort in program.cohorts.all()], person)
    context = {
        "programs": [
            (p, [line for line in every if line.cohort.program_id == p.pk]) for p in programs
        ],
        "first": first_to_do(every),
        "forgotten": forgotten_letters_for(person, now()),
        "inbox_waiting": waiting_count(person),
        "may_create": may_create_program(person),
        "is_admin": is_admin,
        "is_lead": is_lead,
    }
    return show(request, HOME_PAGE, context)


def first_to_do(every: list[CohortLine]) -> CohortLine | None:
    """The one thing that matters now: where people asked for help, else where most wait for an answer."""
    asking = [line for line in every if line.concerns]
    if asking:
        return max(asking, key=lambda line: line.concerns)
    waiting = [
        line for line in every if line.counts.waiting and line.state != Cohort.State.FINISHED
    ]
    return max(waiting, key=lambda line: line.counts.waiting, default=None)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR, ADMIN)
def new(request: MemberRequest) -> HttpResponse:
    if not may_create_program(request.person):
        raise NotFoundError
    form = NewProgramForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, NEW_PAGE, {"form": form})
    if not form.is_valid():
        return ask_again(request, NEW_PAGE, {"form": form})
    program = create_program(by=request.person, **form.cleaned_data)
    messages.success(
        request,
        _("It is begun, with a whole design. Go through its steps and change what you like."),
    )
    return redirect("console:design", program.public_id)


@require_POST
@open_to(COORDINATOR)
def clone(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    form = CloneForm(request.POST, prefix="clone")
    if not form.is_valid():
        return ask_again(request, ABOUT_PAGE, about_context(found, clone_form=form))
    copy = clone_program(found, by=request.person, name=form.cleaned_data["name"])
    messages.success(
        request, _("It is begun, with the same rules. Its days are proposed a year on.")
    )
    return redirect("console:design", copy.public_id)


@require_safe
@open_to(COORDINATOR)
def program(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    cohorts = list(found.cohorts.all())
    matters = cohort_that_matters(found, today())
    context = {
        "program": found,
        "design": latest_design(found),
        "cohorts": lines(cohorts, request.person),
        "state": state_of(matters, today()) if matters else None,
    }
    roadmap = roadmap_context(matters, request.person) if matters else {}
    return show(request, PROGRAM_PAGE, context | roadmap)


def about_context(program: Program, **more: object) -> dict[str, object]:
    return {
        "program": program,
        "coordinators": list(coordinators_of(program)),
        "form": EditProgramForm(initial=EditProgramForm.initial_of(program)),
        "coordinator_form": CoordinatorForm(),
        "clone_form": CloneForm(prefix="clone"),
    } | more


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def about(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    if request.method != "POST":
        return show(request, ABOUT_PAGE, about_context(found))
    form = EditProgramForm(request.POST)
    now = EditProgramForm.initial_of(found)
    if not form.is_valid() or form.is_overtaken(now):
        return ask_again(request, ABOUT_PAGE, about_context(found, form=form))
    changes = form.changes()
    edit_program(found, by=request.person, seen={n: now[n] for n in changes}, **changes)
    messages.success(request, _("Saved."))
    return redirect("console:program-about", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def words(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    form = ProgramWordsForm(request.POST if request.method == "POST" else None, program=found)
    context = {"program": found, "form": form}
    if request.method != "POST":
        return show(request, WORDS_PAGE, context)
    if not form.is_valid():
        return ask_again(request, WORDS_PAGE, context)
    word_program(found, form.words(), by=request.person)
    messages.success(request, _("Saved."))
    return redirect("console:program-words", key)


@require_POST
@open_to(COORDINATOR)
def appoint(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    form = CoordinatorForm(request.POST)
    account = account_behind(form.cleaned_data["email"]) if form.is_valid() else None
    if account is None or account.person is None:
        if form.is_valid():
            form.add_error(
                "email", _("Nobody has joined with this address. Ask them to sign in once.")
            )
        return ask_again(request, ABOUT_PAGE, about_context(found, coordinator_form=form))
    appoint_coordinator(found, person=account.person, by=request.person)
    messages.success(
        request, _("%(name)s now looks after this program too.") % {"name": account.person}
    )
    return redirect("console:program-about", key)


@require_POST
@open_to(COORDINATOR)
def release(request: MemberRequest, key: str) -> HttpResponse:
    coordinator = coordinator_for(request.person, key)
    program = coordinator.program
    release_coordinator(coordinator, by=request.person)
    if coordinator.person_id == request.person.pk:
        return redirect("portal:home")
    return redirect("console:program-about", program.public_id)
