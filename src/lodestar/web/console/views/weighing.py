"""Weights, objective and floor tried before they hold: their effect, the whole curve, a file of weights."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.programs.models import Cohort
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.weighing import GroupsForm, WeightsFileForm, WeightsForm, name_of
from lodestar.web.console.plots import curve_plot, effect_rows, gap_sentences

WEIGHTS_PAGE = "console/matching/weights.html"
CURVE_PAGE = "console/matching/curve.html"
IMPORT_PAGE = "console/matching/weights_file.html"


def form_of(cohort: Cohort, said: QueryDict) -> WeightsForm:
    """Return the sliders as they were sent; without anything sent, as the design has them."""
    form = WeightsForm(None, design=cohort.design)
    sent = {name: value for name, value in said.items() if name in form.fields}
    own = {name: field.initial or "" for name, field in form.fields.items()}
    own |= {bound.html_name: bound.initial for bound in form.sliders()}
    return WeightsForm(own | sent, design=cohort.design) if sent else form


def weights_context(cohort: Cohort, form: WeightsForm) -> dict[str, Any]:
    is_read = form.is_bound and form.is_valid()
    tried = form.tried() if is_read else queries.NOTHING_TRIED
    problem = rules.why_not_tried(tried, queries.weights_of(cohort.design))
    group = form.cleaned_data.get("group", "") if is_read else ""
    reply = (
        queries.Reply(problem=problem)
        if problem or (form.is_bound and not is_read)
        else queries.reply_to(queries.settings_question(cohort, tried, group))
    )
    weights = form.weights()
    whole = sum(weights.values()) or 1
    sent = {k: str(v) for k, v in form.data.items() if k in form.fields} if form.is_bound else {}
    return {
        "cohort": cohort,
        "form": form,
        "tried": tried,
        "tried_words": rules.tried_in_words(tried.as_data(), queries.weights_of(cohort.design)),
        "shares": [(rules.criterion_in_words(n), w / whole) for n, w in weights.items()],
        "reply": reply,
        "pool": SimpleLazyObject(
            partial(queries.pool_of, cohort)
        ),  # only where a run can be asked for
        "rows": effect_rows(reply.answer),
        "gaps": gap_sentences(reply.answer),
        "moved": rules.moved_in_words(reply.answer["moved"]) if reply.answer else "",
        "sent": sent,
        "query": urlencode(sent),
        "can_adopt": tried.is_any and not rules.why_not_adopt(tried),
    }


@require_GET
@open_to(COORDINATOR)
def weights(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    context = weights_context(cohort, form_of(cohort, request.GET))
    return show(request, WEIGHTS_PAGE, context, fragment="effect")


@require_POST
@open_to(COORDINATOR)
def ask_weights(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    form = form_of(cohort, request.POST)
    if form.is_bound and not form.is_valid():
        return ask_again(request, WEIGHTS_PAGE, weights_context(cohort, form))
    tried = form.tried() if form.is_bound else queries.NOTHING_TRIED
    group = form.cleaned_data.get("group", "") if form.is_bound else ""
    actions.ask(queries.settings_question(cohort, tried, group), by=request.person)
    query = urlencode({k: str(v) for k, v in request.POST.items() if k in form.fields})
    return redirect(f"{reverse('console:matching-weights', args=[key])}?{query}")


@require_POST
@open_to(COORDINATOR)
def adopt(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    form = form_of(cohort, request.POST)
    if not form.is_bound or not form.is_valid():
        return ask_again(request, WEIGHTS_PAGE, weights_context(cohort, form))
    actions.adopt_weights(cohort, form.tried(), by=request.person)
    messages.success(
        request,
        _(
            "The design weighs by this from now on. A cohort that people rely on keeps what it began with."
        ),
    )
    return redirect("console:design-section", cohort.program.public_id, "criteria")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def weights_file(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    form = WeightsFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"cohort": cohort, "form": form, "problems": ()}
    if request.method != "POST":
        return show(request, IMPORT_PAGE, context)
    if not form.is_valid():
        return ask_again(request, IMPORT_PAGE, context)
    criteria = list(cohort.design.criteria.all())
    read = rules.read_weights(
        form.cleaned_data["file"].read(), [criterion.name for criterion in criteria]
    )
    if read.problems:
        return ask_again(request, IMPORT_PAGE, {**context, "problems": read.problems})
    sent = {name_of(c): read.weights.get(c.name, 0) for c in criteria}
    messages.success(
        request, _("These are the weights of the file. Nothing holds before you say so.")
    )
    return redirect(f"{reverse('console:matching-weights', args=[key])}?{urlencode(sent)}")


@require_GET
@open_to(COORDINATOR)
def curve(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    form = GroupsForm(request.GET or None)
    reply = queries.reply_to(queries.curve_question(cohort, form.chosen()))
    context = {
        "cohort": cohort,
        "form": form,
        "group": form.chosen(),
        "reply": reply,
        "plot": curve_plot(reply.answer),
    }
    return show(request, CURVE_PAGE, context, fragment="curve")


@require_POST
@open_to(COORDINATOR)
def ask_curve(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    group = GroupsForm(request.POST).chosen()
    actions.ask(queries.curve_question(cohort, group), by=request.person)
    return redirect(
        f"{reverse('console:matching-curve', args=[key])}?{urlencode({'group': group})}"
    )


def tried_by(cohort: Cohort, said: Mapping[str, Any]) -> rules.Tried:
    """Return what a run is asked for with; whatever cannot be read is the design's own."""
    form = form_of(cohort, said)  # type: ignore[arg-type]
    return form.tried() if form.is_bound and form.is_valid() else queries.NOTHING_TRIED


__all__ = ["adopt", "ask_curve", "ask_weights", "curve", "tried_by", "weights", "weights_file"]
