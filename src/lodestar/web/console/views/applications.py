"""Who applied to a cohort, and what the office answers."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.applications.actions import (
    accept_application,
    accept_applications,
    assess_application,
    decline_application,
    note_decision,
    waitlist_application,
)
from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import (
    DIFFER,
    application_for,
    applications_for,
    chosen_applications,
    counts_of,
    like_named,
    means_for,
    other_applications,
    scored_for,
)
from lodestar.domain.applications.queries.forms import answers_asked_for, changed_under
from lodestar.domain.applications.queries.judging import (
    asks_who_may,
    for_the_office,
    known_person,
    may_be_on_roll,
    reasons_of,
)
from lodestar.domain.applications.queries.noted import noted_in, noted_of
from lodestar.domain.applications.queries.reading import possible_readers, readers_waiting, turns_of
from lodestar.domain.applications.queries.waiting import place_of
from lodestar.domain.applications.rules import can_decide
from lodestar.domain.applications.rules.scoring import UNDECIDED, why_not_assess
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import primary_email, primary_emails
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.formats import csv_download
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.application_rows import application_rows
from lodestar.web.console.forms.applications import AssessmentForm, VouchForm
from lodestar.web.console.forms.reading import ReaderForm

LIST_PAGE = "console/applications/list.html"
APPLICATION_PAGE = "console/applications/application.html"
A_PAGE = 50
FILTERS = ("role", "status", "eligibility", "readers", "search")
Status = Application.Status
DECIDE: dict[str, tuple[Status, Callable[..., Application]]] = {
    "accept": (Status.ACCEPTED, accept_application),
    "waitlist": (Status.WAITLISTED, waitlist_application),
    "decline": (Status.DECLINED, decline_application),
}


def filters_of(said: QueryDict) -> dict[str, str]:
    """Return what the list is narrowed to; anything that is not a choice is left out."""
    role, status, eligibility, readers, search = (said.get(name, "").strip() for name in FILTERS)
    return {
        "role": role if role in RoleInCohort.values else "",
        "status": status if status in Status.values else "",
        "eligibility": eligibility if eligibility in Application.Eligibility.values else "",
        "readers": readers if readers == DIFFER else "",
        "search": search.replace("\x00", "")[:80],
    }


@require_safe
@open_to(COORDINATOR)
def applications(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    filters = filters_of(request.GET)
    found = applications_for(request.person, cohort, **filters)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    has_rubric = cohort.design.selection.exists()
    means = means_for(request.person, page) if has_rubric else {}
    readers = readers_waiting(page) if has_rubric else {}
    context = {
        "program": cohort.program,
        "cohort": cohort,
        "page": page,
        "rows": [(each, means.get(each.pk), readers.get(each.pk)) for each in page],
        "has_rubric": has_rubric,
        "filters": filters,
        "query": "&" + urlencode(filters),
        "counts": counts_of(cohort),
        "roles": RoleInCohort.choices,
        "statuses": [choice for choice in Status.choices if choice[0] != Status.DRAFT],
        "eligibilities": Application.Eligibility.choices,
        "asks": asks_who_may(cohort.design),
        "noted": noted_in(cohort).count(),
        "decidable": (Status.SUBMITTED, Status.WAITLISTED),
    }
    return show(request, LIST_PAGE, context, fragment="list")


@require_safe
@open_to(COORDINATOR)
def applications_file(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    found = applications_for(request.person, cohort, **filters_of(request.GET))
    emails = primary_emails(found.order_by().values("person"))
    return csv_download("applications", application_rows(cohort, found.iterator(A_PAGE), emails))


@require_POST
@open_to(COORDINATOR)
def accept_chosen(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    chosen = chosen_applications(request.person, cohort, request.POST.getlist("chosen"))
    accepted, refused = accept_applications(chosen, by=request.person)
    messages.success(request, bulk_words(accepted, refused) + held_words(cohort, accepted))
    filters = urlencode(filters_of(request.POST))
    return redirect(f"{reverse('console:applications', args=[key])}?{filters}")


def held_words(cohort: Cohort, written: int) -> str:
    """Say that what was just written waits, where a cohort holds its letters."""
    if not (cohort.holds_letters and written):
        return ""
    return " " + _("The letters of this trial run are held until you release them.")


def bulk_words(accepted: int, refused: int) -> str:
    if not accepted and not refused:
        return _("Nobody was ticked, so nothing was changed.")
    said = ngettext(
        "%(count)d person is accepted and gets a letter.",
        "%(count)d people are accepted and get a letter.",
        accepted,
    ) % {"count": accepted}
    if refused:
        said += " " + ngettext(
            "%(count)d had changed meanwhile and was left as it is.",
            "%(count)d had changed meanwhile and were left as they are.",
            refused,
        ) % {"count": refused}
    return said


def application_context(
    found: Application,
    person: Person,
    scoring: AssessmentForm | None = None,
    vouching: VouchForm | None = None,
) -> dict[str, object]:
    return {
        "application": found,
        "scoring": scoring or AssessmentForm(scored=scored_for(person, found)),
        "why_not_assess": why_not_assess(found, person),
        "cohort": found.cohort,
        "program": found.cohort.program,
        "answers": told(found.role, answers_asked_for(found), form_of(found.cohort.design)),
        "changed": changed_under(found),
        "email": primary_email(found.person),
        "judgement": for_the_office(found),
        "known": known_person(found.person),
        "on_roll": may_be_on_roll(found),
        "vouching": vouching or VouchForm(),
        "noted": noted_of(found),
        "waits_at": place_of(found) if found.status == Status.WAITLISTED else None,
        "reasons": reasons_of([found])[found.pk],
        "turns": turns_of(found),
        "reader_form": ReaderForm(people=possible_readers(found))
        if found.status in UNDECIDED
        else None,
        "is_own": found.person_id == person.pk,
        "like_named": like_named(found),
        "others": list(other_applications(found)),
        "decisions": [name for name, (status, _act) in DECIDE.items() if can_decide(found, status)],
    }


@require_safe
@open_to(COORDINATOR)
def application(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    return show(request, APPLICATION_PAGE, application_context(found, request.person))


@require_POST
@open_to(COORDINATOR)
def assess(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    form = AssessmentForm(request.POST, scored=scored_for(request.person, found))
    if not form.is_valid():
        context = application_context(found, request.person, form)
        return ask_again(request, APPLICATION_PAGE, context)
    assess_application(found, by=request.person, marks=form.marks())
    messages.success(
        request, _("Your scores are noted. Others who look after this program see them.")
    )
    return redirect(reverse("console:application", args=[key]) + "#scores")


def decided_words(cohort: Cohort) -> str:
    if cohort.holds_letters:
        return _("%(person)s is now %(status)s. The letter is held until you release it.")
    return _("%(person)s is now %(status)s. A letter is on its way.")


@require_POST
@open_to(COORDINATOR)
def decide(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    decision = request.POST.get("decision", "")
    if decision not in DECIDE:
        raise NotFoundError
    status, act = DECIDE[decision]
    word = request.POST.get("note", "")[:500]
    if "later" in request.POST:
        note_decision(found, by=request.person, decision=status, sentence=word)
        messages.success(request, _("Noted. Nothing is sent before you release it."))
        return redirect("console:decisions", found.cohort.public_id)
    decided = act(found, by=request.person, note=word)
    messages.success(
        request,
        decided_words(decided.cohort)
        % {"person": decided.person, "status": decided.get_status_display()},
    )
    return redirect(
        f"{reverse('console:applications', args=[found.cohort.public_id])}?status=submitted"
    )
