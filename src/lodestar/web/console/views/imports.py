"""Lists of people: handed in, looked at, taken in, taken back."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.domain.applications import actions as intakes
from lodestar.domain.applications.models import Intake
from lodestar.domain.applications.queries import (
    admitted_by,
    import_for,
    imports_for,
    intake_of,
    intakes_of,
)
from lodestar.domain.common.time import now, today
from lodestar.domain.forms.rules import Question
from lodestar.domain.people import queries, rules
from lodestar.domain.people.actions import imports as actions
from lodestar.domain.people.models import Import, ImportRow, Person, Role
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohorts_for
from lodestar.domain.programs.rules import state_of
from lodestar.web.common.access import ADMIN, COORDINATOR, open_to
from lodestar.web.common.formats import csv_download
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.imports import ColumnsForm, UploadForm, purposes, size_limit
from lodestar.web.console.import_words import (
    field_words,
    headline,
    purpose_words,
    told_by,
    value_words,
    what_happens,
)

LIST_PAGE = "console/imports/list.html"
NEW_PAGE = "console/imports/new.html"
IMPORT_PAGE = "console/imports/import.html"
COLUMNS_PAGE = "console/imports/columns.html"
APPLY_PAGE = "console/imports/apply.html"
UNDO_PAGE = "console/imports/undo.html"
ROWS = 50
Row = ImportRow.Outcome


@require_safe
@open_to(ADMIN, COORDINATOR)
def imports(request: MemberRequest) -> HttpResponse:
    page = Paginator(imports_for(request.person), ROWS).get_page(request.GET.get("page"))
    known = intakes_of(page)
    lines = [(source, purpose_words(known.get(source.pk))) for source in page]
    return show(request, LIST_PAGE, {"page": page, "lines": lines})


def open_cohorts(person: Person) -> list[Cohort]:
    """Return the cohorts into which this person may take people."""
    found = cohorts_for(person).order_by("-opens_on", "-pk")
    return [each for each in found if state_of(each, today()) != Cohort.State.FINISHED]


def upload_form(request: MemberRequest) -> UploadForm:
    cohorts = open_cohorts(request.person)
    is_admin = queries.has_role(request.person, Role.Kind.ADMIN)
    choices = purposes(cohorts, is_admin=is_admin)
    if request.method == "POST":
        return UploadForm(request.POST, request.FILES, choices=choices, cohorts=cohorts)
    initial = {"purpose": request.GET.get("purpose", choices[0][0] if choices else "")}
    return UploadForm(initial=initial, choices=choices, cohorts=cohorts)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def new(request: MemberRequest) -> HttpResponse:
    imports_for(request.person)
    form = upload_form(request)
    context = {"form": form, "limit": size_limit()}
    if request.method != "POST":
        return show(request, NEW_PAGE, context)
    if not form.is_valid():
        return ask_again(request, NEW_PAGE, context)
    chosen = form.cleaned_data["file"]
    source = intakes.upload_list(
        chosen.read(), file_name=chosen.name, purpose=form.wish(), by=request.person
    )
    return redirect("console:import", source.public_id)


def import_context(source: Import, intake: Intake | None) -> dict[str, object]:
    counts = queries.row_counts(source)
    known = source.summary or {}
    return {
        "source": source,
        "intake": intake,
        "purpose": purpose_words(intake),
        "counts": counts,
        "headline": headline(source, counts),
        "is_working": rules.is_working(source),
        "total": sum(known.get(name, 0) for name in ("created", "changed", "unchanged")),
        "can_apply": rules.can_apply(source),
        "can_undo": rules.can_undo(source, now()),
        "can_discard": rules.can_discard(source),
        "undo_until": rules.undo_until(source),
        "brings_nothing": counts.people > 0 and counts.created + counts.changed == 0,
        "columns": known.get("columns", []),
        "used": [column for column in known.get("columns", ()) if column["field"]],
        "notes": known.get("notes", []),
    }


def rows_context(request: MemberRequest, source: Import, shows_before: bool) -> dict[str, object]:
    """Return one page of the rows with one outcome; the first that has any, unless one is asked for."""
    counts = queries.row_counts(source)
    tabs = [(each.value, each.label, getattr(counts, each.value)) for each in Row]
    wished = request.GET.get("show", "")
    filled = [value for value, _label, count in tabs if count]
    outcome = wished if wished in Row.values else (filled or [Row.CREATED.value])[0]
    found = queries.rows_to_show(source, outcome)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    asked = rules.asked_by(source)
    return {
        "tabs": tabs,
        "outcome": outcome,
        "page": page,
        "rows": [row_words(each, asked, shows_before) for each in queries.shown_rows(list(page))],
        "query": f"&show={outcome}#rows",
    }


def row_words(
    shown: queries.ShownRow, asked: Sequence[Question], shows_before: bool
) -> dict[str, object]:
    """Return what the page says of a row; what was known before is for the admins' own roll."""
    words = field_words()
    values = shown.row.values
    changes = [
        {
            "field": words.get(change.field, change.field),
            "before": value_words(change.before) if shows_before else "",
            "is_replaced": change.before is not None,
            "after": value_words(change.after),
        }
        for change in shown.changes
    ]
    name = " ".join(filter(None, [values.get("given_name"), values.get("family_name")]))
    return {"row": shown.row, "name": name, "told": told_by(values, asked), "changes": changes}


@require_safe
@open_to(ADMIN, COORDINATOR)
def import_page(request: MemberRequest, key: str) -> HttpResponse:
    source = import_for(request.person, key)
    intake = intake_of(source)
    context = import_context(source, intake) | progress_context(source, intake)
    has_rows = source.row_count and source.status != Import.Status.DISCARDED
    if has_rows and not rules.is_working(source):
        context |= rows_context(request, source, shows_before=intake is None)
    return show(request, IMPORT_PAGE, context, fragment="import")


def progress_context(source: Import, intake: Intake | None) -> dict[str, object]:
    is_applied = source.status == Import.Status.APPLIED
    is_admitting = is_applied and intake is not None and intake.admitted_at is None
    return {
        "is_admitting": is_admitting,
        "admitted": admitted_by(intake).count() if intake and is_applied else 0,
        "read": queries.rows_read(source) if source.status == Import.Status.UPLOADED else 0,
        "is_moving": is_admitting or rules.is_working(source),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def columns(request: MemberRequest, key: str) -> HttpResponse:
    source = import_for(request.person, key)
    if not rules.can_apply(source):
        return redirect("console:import", key)
    known = source.summary.get("columns", [])
    form = ColumnsForm(request.POST or None, source=source)
    reasons = [rules.why_recognised(column["reason"]) for column in known]
    fields = [form[form.name_of(column)] for column in known]
    context = {
        "source": source,
        "form": form,
        "lines": list(zip(known, reasons, fields, strict=True)),
    }
    if request.method != "POST":
        return show(request, COLUMNS_PAGE, context)
    if not form.is_valid():
        return ask_again(request, COLUMNS_PAGE, context)
    if form.is_changed:
        actions.choose_columns(source, chosen=form.chosen(), by=request.person)
    return saved(request, COLUMNS_PAGE, context, then=reverse("console:import", args=[key]))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def apply(request: MemberRequest, key: str) -> HttpResponse:
    source = import_for(request.person, key)
    intake = intake_of(source)
    if request.method != "POST":
        counts = queries.row_counts(source)
        context = {"source": source, "counts": counts, "can_apply": rules.can_apply(source)}
        return show(request, APPLY_PAGE, {**context, "lines": what_happens(counts, intake)})
    actions.request_import(source, by=request.person)
    return redirect("console:import", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def undo(request: MemberRequest, key: str) -> HttpResponse:
    source = import_for(request.person, key)
    if request.method != "POST":
        context = {
            "source": source,
            "intake": intake_of(source),
            "counts": queries.row_counts(source),
            "can_undo": rules.can_undo(source, now()),
        }
        return show(request, UNDO_PAGE, context)
    actions.request_undo(source, by=request.person)
    return redirect("console:import", key)


@require_http_methods(["POST"])
@open_to(ADMIN, COORDINATOR)
def discard(request: MemberRequest, key: str) -> HttpResponse:
    source = import_for(request.person, key)
    actions.discard_import(source, by=request.person)
    messages.success(request, _("The list is set aside, and its file is gone from here."))
    return redirect("console:imports")


@require_safe
@open_to(ADMIN, COORDINATOR)
def refused(request: MemberRequest, key: str) -> HttpResponse:
    source = import_for(request.person, key)
    return csv_download(f"refused-{source.public_id}", queries.refused_table(source))
