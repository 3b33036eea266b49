"""The wind tunnel: ask for a forecast, read it, hold two beside each other, hold one against what happened."""

from itertools import chain

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.domain.programs.rules.groups import why_not_played
from lodestar.domain.trials import actions, queries, rules
from lodestar.domain.trials.models import Forecast
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import Context, ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console import forecast_words as words
from lodestar.web.console.forms.trials import ForecastForm

TUNNEL_PAGE = "console/trials/tunnel.html"
FORECAST_PAGE = "console/trials/forecast.html"
BESIDE_PAGE = "console/trials/beside.html"
HAPPENED_PAGE = "console/trials/happened.html"


def tunnel_context(request: MemberRequest, cohort: Cohort, form: ForecastForm) -> Context:
    forecasts = queries.forecasts_for(request.person, cohort)
    rows = [(each, words.rows_of(each.report)[1] if each.report else None) for each in forecasts]
    return {
        "cohort": cohort,
        "form": form,
        "rows": rows,
        "pinned": queries.pinned_forecast(cohort),
        "why_not_played": why_not_played(cohort.design),
        "not_played": rules.not_played(cohort.design),
        "told": told_first(cohort, [each for each, row in rows if row]),
    }


def told_first(cohort: Cohort, ready: list[Forecast]) -> Forecast | None:
    """Return the forecast that speaks for a cohort: the kept one, else the newest of its own people and design."""
    own = (Forecast.Pool.APPLICANTS, cohort.design_id)
    kept = (each for each in ready if each.pinned_at)
    own_ones = (each for each in ready if (each.pool, each.design_id) == own)
    return next(chain(kept, own_ones, ready), None)


@require_GET
@open_to(COORDINATOR)
def tunnel(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    return show(request, TUNNEL_PAGE, tunnel_context(request, cohort, ForecastForm(cohort=cohort)))


@require_POST
@open_to(COORDINATOR)
def run(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    form = ForecastForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return ask_again(request, TUNNEL_PAGE, tunnel_context(request, cohort, form))
    design = queries.design_to_try(cohort, form.cleaned_data["design"])
    forecast = actions.request_forecast(
        cohort, by=request.person, design=design, wish=form.wished(), figures=form.figures()
    )
    return redirect("console:forecast", forecast.public_id)


@require_GET
@open_to(COORDINATOR)
def forecast(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.forecast_for(request.person, key)
    context = {
        "forecast": found,
        "cohort": found.cohort,
        "is_waiting": found.status in Forecast.WAITING,
        "typed_in": words.typed_in(found.report) if found.report else [],
        "can_pin": rules.can_pin(found, queries.first_sent_at(found.cohort)),
        "others": queries.comparable(request.person, found),
        **(findings(found) if found.report else {}),
    }
    return show(request, FORECAST_PAGE, context, fragment="forecast")


def findings(found: Forecast) -> Context:
    report = found.report
    reliefs = words.reliefs_of(report)
    return {
        "report": report,
        "headline": rules.headline(report),
        "rows": words.rows_of(report),
        "binding": [rules.bottleneck_in_words(each) for each in report["bottlenecks"][:3]],
        "fit_before": words.fit_before(queries.fit_before(found.cohort)),
        "stops": rules.stops_in_words(report),
        "reliefs": reliefs[:6],
        "cheapest": reliefs[0] if reliefs else None,
        "strongest": words.strongest_of(reliefs),
        "power": rules.power_in_words(report["power"]),
        "deciding": words.deciding_of(report),
        "rates": words.rates_of(report),
        "half_met_by": rules.days_half_met(report["meeting"]["usual"]),
        "meetings_seen": sum(report["meeting"]["counts"]),
        "meeting_source": rules.source_in_words(report["meeting"]["source"]),
    }


@require_GET
@open_to(COORDINATOR)
def beside(request: MemberRequest, key: str) -> HttpResponse:
    first = queries.forecast_for(request.person, key)
    other = request.GET.get("other")
    if not other:
        return redirect("console:forecast", key)
    second = queries.ready_forecast_in(request.person, first, other)
    found = queries.compared(first, second)
    context = {
        "cohort": first.cohort,
        "first": first,
        "second": second,
        "both": (first, second),
        "found": found,
        "pairings": words.pairings_of(found),
        "headline": words.headline_of(found),
        "changed": words.changed_figures(first.report, second.report),
    }
    return show(request, BESIDE_PAGE, context)


@require_GET
@open_to(COORDINATOR)
def happened(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.forecast_for(request.person, key)
    if not found.pinned_at:
        raise NotFoundError
    is_over = today() > found.cohort.ends_on
    held = queries.forecast_against_actual(found)
    context = {
        "forecast": found,
        "cohort": found.cohort,
        "typed_in": words.typed_in(found.report),
        "is_over": is_over,
        "has_begun": queries.first_sent_at(found.cohort) is not None,
        "kept": words.kept_rows(found, held, is_over=is_over),
        "within": sum(each.verdict == "within" for each in held),
        "known": sum(bool(each.verdict) for each in held),
    }
    return show(request, HAPPENED_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def keep(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.forecast_for(request.person, key)
    actions.pin_forecast(found, by=request.person)
    messages.success(request, _("Kept. What happens will be held against this forecast."))
    return redirect("console:forecast", key)
