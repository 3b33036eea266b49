"""A reviewer reads applications without a name; the office sees how far and how alike they are read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.applications.actions import (
    appoint_reviewer,
    ask_one_more,
    give_reading,
    hand_back,
    pass_on,
    release_reviewer,
)
from lodestar.domain.applications.models import Application, Reading
from lodestar.domain.applications.queries import application_for
from lodestar.domain.applications.queries.reading import (
    next_reading,
    open_readings,
    page_of,
    possible_readers,
    reading_for,
    reading_of,
    readings_for,
    turn_for,
)
from lodestar.domain.applications.rules.reading import why_not_give
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import account_behind
from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.queries import cohort_for, program_for, reviewer_for, reviewers_of
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.access import COORDINATOR, REVIEWER, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.programs import CoordinatorForm
from lodestar.web.console.forms.reading import ReaderForm, ReadingForm
from lodestar.web.console.reading_words import agreement_in_words

LIST_PAGE = "console/reading/list.html"
READING_PAGE = "console/reading/reading.html"
REVIEWERS_PAGE = "console/reading/reviewers.html"
READERS_PAGE = "console/reading/readers.html"
A_PAGE = 50


@require_safe
@open_to(REVIEWER)
def readings(request: MemberRequest) -> HttpResponse:
    every = readings_for(request.person)
    waiting = list(open_readings(request.person)[:A_PAGE])
    given = every.filter(status=Reading.Status.GIVEN).order_by("-given_at", "-pk")
    page = Paginator(given, A_PAGE).get_page(request.GET.get("page"))
    context = {"waiting": waiting, "left": open_readings(request.person).count(), "page": page}
    return show(request, LIST_PAGE, context)


def reading_context(
    found: Reading, person: Person, form: ReadingForm | None = None
) -> dict[str, object]:
    shown = page_of(found)
    return {
        "reading": found,
        "cohort": found.application.cohort,
        "program": found.application.cohort.program,
        "role": found.application.get_role_display(),
        "answers": told(shown.role, shown.answers, form_of(found.application.cohort.design)),
        "form": form or ReadingForm(marked=shown.marked, sentence=found.sentence),
        "why_not": why_not_give(found, found.application, person),
        "left": open_readings(person).exclude(pk=found.pk).count(),
    }


@require_safe
@open_to(REVIEWER)
def reading(request: MemberRequest, key: str) -> HttpResponse:
    found = reading_for(request.person, key)
    return show(request, READING_PAGE, reading_context(found, request.person))


@require_POST
@open_to(REVIEWER)
def give(request: MemberRequest, key: str) -> HttpResponse:
    found = reading_for(request.person, key)
    form = ReadingForm(request.POST, marked=page_of(found).marked)
    if not form.is_valid():
        return ask_again(request, READING_PAGE, reading_context(found, request.person, form))
    give_reading(
        found, by=request.person, marks=form.marks(), sentence=form.cleaned_data["sentence"]
    )
    messages.success(request, _("Noted. You can change it until the office decides."))
    following = next_reading(request.person, found)
    return (
        redirect("console:reading", following.public_id)
        if following
        else redirect("console:readings")
    )


@require_POST
@open_to(REVIEWER)
def back(request: MemberRequest, key: str) -> HttpResponse:
    hand_back(reading_for(request.person, key), by=request.person)
    messages.success(request, _("Handed back. Somebody else reads it; nobody asks you why."))
    return redirect("console:readings")


def readers_context(cohort: Cohort) -> dict[str, object]:
    found = reading_of(cohort)
    return {
        "program": cohort.program,
        "cohort": cohort,
        "reading": found,
        "agreement": agreement_in_words(found.agreement),
        "has_rubric": cohort.design.selection.exists(),
        "has_reviewers": reviewers_of(cohort.program).exists(),
    }


@require_safe
@open_to(COORDINATOR)
def readers(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    return show(request, READERS_PAGE, readers_context(cohort))


def back_to(application: Application) -> HttpResponse:
    return redirect(reverse("console:application", args=[application.public_id]) + "#readers")


@require_POST
@open_to(COORDINATOR)
def ask(request: MemberRequest, key: str) -> HttpResponse:
    """Ask one more reader, or give what somebody has not read to another."""
    found = application_for(request.person, key)
    form = ReaderForm(request.POST, people=possible_readers(found))
    if not form.is_valid():
        messages.error(request, _("They cannot read it any more. Choose again."))
        return back_to(found)
    if instead := request.POST.get("instead", ""):
        pass_on(turn_for(found, instead), to=form.chosen(), by=request.person)
    else:
        ask_one_more(found, to=form.chosen(), by=request.person)
    messages.success(request, _("%(person)s reads it now.") % {"person": form.chosen()})
    return back_to(found)


def person_behind(form: CoordinatorForm) -> Person | None:
    """Return who has joined with the address of a form, or say in it that nobody has."""
    account = account_behind(form.cleaned_data["email"]) if form.is_valid() else None
    if form.is_valid() and (account is None or account.person is None):
        form.add_error("email", _("Nobody has joined with this address. Ask them to sign in once."))
    return account.person if account else None


def about_reviewers(program: Program, form: CoordinatorForm) -> dict[str, object]:
    return {"program": program, "reviewers": list(reviewers_of(program)), "form": form}


@require_safe
@open_to(COORDINATOR)
def reviewers(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    return show(request, REVIEWERS_PAGE, about_reviewers(found, CoordinatorForm()))


@require_POST
@open_to(COORDINATOR)
def appoint(request: MemberRequest, key: str) -> HttpResponse:
    found = program_for(request.person, key)
    form = CoordinatorForm(request.POST)
    person = person_behind(form)
    if person is None:
        return ask_again(request, REVIEWERS_PAGE, about_reviewers(found, form))
    appoint_reviewer(found, person=person, by=request.person)
    messages.success(
        request, _("%(name)s now reads applications of this program.") % {"name": person}
    )
    return redirect("console:reviewers", key)


@require_POST
@open_to(COORDINATOR)
def release(request: MemberRequest, key: str) -> HttpResponse:
    reviewer = reviewer_for(request.person, key)
    program = reviewer.program
    release_reviewer(reviewer, by=request.person)
    return redirect("console:reviewers", program.public_id)
