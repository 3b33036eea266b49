"""What a cohort's people want, what is short, and who is asked."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import USUAL_FORM, name_of
from lodestar.domain.needs import actions, queries, rules
from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.needs.queries import Progress, Result
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.formats import csv_download
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.needs import AskForm, MapForm

NEEDS_PAGE = "console/needs/needs.html"
PEOPLE_PAGE = "console/needs/people.html"
ASK_PAGE = "console/needs/ask.html"
ANSWERS_PAGE = "console/needs/answers.html"
ANSWERS = 20


@require_safe
@open_to(COORDINATOR)
def needs(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    form = MapForm(request.GET or None, initial={"rows": "topics", "by": "clock"})
    rows, by = form.wished()
    voices, plan = queries.voices_of(cohort), queries.plan_of(cohort, today())
    context = {
        "cohort": cohort,
        "form": form,
        "map": queries.heat_map(voices, rows, by),
        "fields": (rules.field_in_words(rows), rules.field_in_words(by)),
        "has_voices": bool(voices),
        "why_not": queries.why_not_request(cohort, voices),
        "has_pairs": queries.paired_mentees(cohort) > 0,
        "too_late": rules.why_not_begin(cohort, today()),
        "plan": plan,
        "asked": both_sides(request, cohort),
        "results": own_results(cohort),
        "waiting": queries.waiting_report(cohort),
        "failed": queries.failed_report(cohort),
        **report_context(queries.latest_report(cohort), plan),
    }
    return show(request, NEEDS_PAGE, context, fragment="map")


def report_context(report: NeedsReport | None, plan: list[Progress]) -> dict[str, object]:
    if report is None:
        return {"report": None}
    shortages = queries.shortages_of(report, plan)
    settled = queries.settled_since(report, plan)
    shown = shortages[: queries.SHOWN]
    return {
        "report": report,
        "headline": rules.headline(report.result, settled),
        "standing": rules.standing(report.result),
        "reasons": rules.why_headline(report.result, settled),
        "shortages": shown,
        "alike": rules.served_alike(each.serves for each in shown),
        "anyone": bool(shown) and report.result.get("anyone_serves", 0) >= shown[0].serves,
        "is_ranked": any(each.firsts for each in shown),
        "binding": next((each for each in shortages if each.serves), None),
        "relief": queries.relief_of(report),
        "served_then": queries.served_with_relief(report),
        "since": queries.since(report),
    }


def both_sides(request: MemberRequest, cohort: Cohort) -> list[tuple[str, str, object, str]]:
    """Return for both sides: role, its word, how the survey stands, and the address to pass on."""
    found = queries.asked_in(cohort, today())
    sides = (
        (RoleInCohort.MENTEE, _("Mentees: what they need")),
        (RoleInCohort.MENTOR, _("Mentors: what they expect")),
    )
    return [
        (role.value, label, found.get(role), request.build_absolute_uri(address_of(cohort, role)))
        for role, label in sides
    ]


def own_results(cohort: Cohort) -> list[tuple[str, str, list[Result]]]:
    """Return what both sides answered to the program's own questions, as (role, who, results)."""
    sides = ((RoleInCohort.MENTEE, _("Mentees")), (RoleInCohort.MENTOR, _("Mentors")))
    told = [(role.value, who, queries.results_of(cohort, role)) for role, who in sides]
    return [side for side in told if side[2]]


def address_of(cohort: Cohort, role: str) -> str:
    return reverse("portal:needs", args=[cohort.program.slug, role])


@require_POST
@open_to(COORDINATOR)
def compute(request: MemberRequest, key: str) -> HttpResponse:
    actions.request_report(cohort_for(request.person, key), by=request.person)
    return redirect("console:needs", key)


@require_safe
@open_to(COORDINATOR)
def people(request: MemberRequest, key: str) -> HttpResponse:
    """Who is behind one cell: those who want it, and those who offer it."""
    cohort = cohort_for(request.person, key)
    asked = {name: request.GET.get(name, "") for name in ("rows", "row", "by", "column")}
    if asked["rows"] not in queries.ROWS or asked["by"] not in (*queries.COLUMNS, ""):
        raise NotFoundError
    cell = (asked["rows"], asked["row"]), (asked["by"], asked["column"])
    found = queries.people_in(queries.voices_of(cohort), *cell)
    named = [rules.value_in_words(field, value) for field, value in cell if field]
    context = {
        "cohort": cohort,
        "cell": named,
        "back": urlencode({name: asked[name] for name in ("rows", "by") if asked[name]}),
        "mentees": queries.mentees_in(found),
        "mentors": queries.mentors_in(found),
    }
    return show(request, PEOPLE_PAGE, context)


@require_safe
@open_to(COORDINATOR)
def values_file(request: MemberRequest, key: str) -> HttpResponse:
    report = queries.latest_report(cohort_for(request.person, key))
    return csv_download("needs", queries.shared_table(report) if report else [])


@require_safe
@open_to(COORDINATOR)
def own_file(request: MemberRequest, key: str) -> HttpResponse:
    """What was chosen in answer to the program's own questions, to be passed on."""
    told = own_results(cohort_for(request.person, key))
    rows = queries.results_to_share({who: found for _role, who, found in told})
    return csv_download("own-questions", rows)


@require_safe
@open_to(COORDINATOR)
def answers(request: MemberRequest, key: str, role: str) -> HttpResponse:
    """What one side wrote, answer by answer."""
    cohort = cohort_for(request.person, key)
    if role not in RoleInCohort.values:
        raise NotFoundError
    page = Paginator(queries.answers_to_read(cohort, role), ANSWERS).get_page(
        request.GET.get("page")
    )
    form = [*USUAL_FORM, *queries.own_questions_once_asked(cohort.program)]
    rows = [(answer, told(role, answer.answers, form)) for answer in page]
    return show(request, ANSWERS_PAGE, {"cohort": cohort, "role": role, "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def ask(request: MemberRequest, key: str, role: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    if role not in RoleInCohort.values:
        raise NotFoundError
    survey = queries.survey_of(cohort, role)
    form = AskForm(request.POST or None, initial=AskForm.initial_of(survey, cohort, today()))
    questions = form_of(cohort.design, Survey.NEEDS)
    context = {
        "cohort": cohort,
        "role": role,
        "form": form,
        "survey": survey,
        "own": [name_of(each) for each in questions if each.is_asked_of(role)],
        "minutes": rules.minutes_of(role, questions),
    }
    if request.method != "POST":
        return show(request, ASK_PAGE, context)
    if form.is_valid() and (problem := rules.why_not_ask(cohort, form.days(), today(), survey)):
        form.add_error(None, problem)
    if not form.is_valid():
        return ask_again(request, ASK_PAGE, context)
    named = {"takes_nameless": form.cleaned_data["takes_nameless"]}
    actions.ask(cohort, role=role, days=form.days(), by=request.person, **named)
    messages.success(request, saved_in_words(*form.days()))
    return redirect("console:needs", key)


def saved_in_words(opens_on: date, closes_on: date) -> str:
    """Say what the days chosen mean from today on."""
    if closes_on < today():
        return _("Saved. It stays closed; what was answered is kept.")
    if opens_on > today():
        return _("Saved. Pass the address on; it opens and closes by itself.")
    return _("Saved. It is open: pass the address on; it closes by itself.")
