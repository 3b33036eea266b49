"""Which alumni would fill the gaps, and how far has the recruiting come?"""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.time import today
from lodestar.domain.needs import actions, queries, rules
from lodestar.domain.needs.models import NeedsReport, RecruitmentGoal
from lodestar.domain.needs.queries import Recruit, hundredths
from lodestar.domain.needs.rules import FIELDS
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for, coordinators_of
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.formats import csv_download
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.needs import FindForm, GoalForm, kind_of

ALUMNI_PAGE = "console/needs/alumni.html"
PLAN_PAGE = "console/needs/plan.html"
ROWS = 50
LONGEST = 200
FEW = 4
MANY = 2
IN_A_PLACE = ("time_zone", "country")


@require_safe
@open_to(COORDINATOR)
def alumni(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    report = queries.latest_report(cohort)
    field, value = gap_in(request)
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.named_so(recruits(report, field, value), words)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    gap = {"field": field, "value": value} if field else {}
    context = {
        "cohort": cohort,
        "report": report,
        "form": form,
        "page": page,
        "rows": [(each, most_of(filled_in_words(each)), hundredths(each.points)) for each in page],
        "alike": rules.served_alike(each.serves for each in found),
        "first": queries.first_of(report) if report and not field and not words else [],
        "field": field,
        "value": value,
        "who": rules.who(field, value, MANY),
        "gap": urlencode(gap),
        "query": "&" + urlencode({**gap, "q": words}),
    }
    return show(request, ALUMNI_PAGE, context, fragment="list")


def gap_in(request: MemberRequest) -> tuple[str, str]:
    """Return the gap that is asked about; half a gap, or one that nobody can have, is none."""
    field, value = request.GET.get("field", ""), request.GET.get("value", "")
    value = value.replace("\0", "")[:LONGEST]
    return (field, value) if field in FIELDS and value.strip() else ("", "")


def recruits(report: NeedsReport | None, field: str, value: str) -> list[Recruit]:
    return queries.recruits_of(report, field, value) if report else []


def filled_in_words(recruit: Recruit) -> list[str]:
    """Return what somebody would fill, that first of which the most is short, each word once.

    A clock or a country that a place names already says nothing more.
    """
    told = [(field, rules.value_in_words(field, value)) for field, value in recruit.fills]
    places = {part for field, word in told if field == "place" for part in word.split(", ")}
    return list(
        dict.fromkeys(word for field, word in told if field not in IN_A_PLACE or word not in places)
    )


def most_of(words: list[str]) -> tuple[list[str], int]:
    """Return the first few, and how many more there are."""
    return words[:FEW], len(words[FEW:])


@require_safe
@open_to(COORDINATOR)
def alumni_file(request: MemberRequest, key: str) -> HttpResponse:
    report = queries.latest_report(cohort_for(request.person, key))
    return csv_download("alumni-to-ask", alumni_rows(recruits(report, *gap_in(request))))


def alumni_rows(found: list[Recruit]) -> Iterator[list[object]]:
    """Whom to ask in order, by the association's own number.

    People on the roll gave their address to the association, not to this program, so it is not told.
    """
    yield [
        "order", "alumni_id", "given_name", "family_name", "class_year", "job_title", "employer",
        "industry", "city", "country", "fills", "one_place_serves", "fit_it_adds", "has_address",
    ]  # fmt: skip
    for order, each in enumerate(found, 1):
        person, work = each.person, each.work
        yield [
            order, person.external_id, person.given_name, person.family_name, person.class_year,
            work.title, work.employer, work.industry, person.city, person.country,
            "; ".join(filled_in_words(each)), each.serves, hundredths(each.points),
            "yes" if each.is_reachable else "no",
        ]  # fmt: skip


def goal_form(request: MemberRequest, cohort: Cohort, changes: RecruitmentGoal | None) -> GoalForm:
    """Return the form, begun with the goal that is changed, or the gap that led here."""
    report = queries.latest_report(cohort)
    field, value = gap_in(request)
    typed = request.POST if request.method == "POST" else None
    initial = {
        "kind": kind_of(field, value),
        "target": request.GET.get("target", ""),
        "owner": request.person.public_id,
        "due_on": max(today(), cohort.closes_on),
    }
    return GoalForm(
        typed,
        initial=GoalForm.initial_of(changes) if changes else initial,
        shortages=queries.shortages_of(report) if report else [],
        people=[each.person for each in coordinators_of(cohort.program)],
        keeps_kind=changes is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def plan(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    changed = request.GET.get("goal", "")
    changes = queries.goal_in(cohort, changed) if changed else None
    form = goal_form(request, cohort, changes)
    context = {"cohort": cohort, "form": form, "changes": changes}
    if request.method != "POST":
        return show(request, PLAN_PAGE, context)
    if form.is_valid() and (problem := queries.why_not_plan(cohort, form.wish(), today(), changes)):
        form.add_error(None, problem)
    if not form.is_valid():
        return ask_again(request, PLAN_PAGE, context)
    actions.set_goal(cohort, form.wish(), by=request.person, changes=changes)
    messages.success(request, planned_in_words(changes))
    return redirect("console:needs", key)


def planned_in_words(changes: RecruitmentGoal | None) -> str:
    if changes:
        return _("Changed. Those won before still count.")
    return _("Planned. Its bar fills by itself as mentors apply.")


@require_POST
@open_to(COORDINATOR)
def drop(request: MemberRequest, key: str) -> HttpResponse:
    goal = actions.drop_goal(queries.goal_for(request.person, key), by=request.person)
    messages.success(request, _("Let go. What was won by it stays."))
    return redirect("console:needs", goal.cohort.public_id)
