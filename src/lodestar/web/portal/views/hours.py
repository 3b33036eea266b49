"""A member's free hours and days away."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.domain.common.time import now, today
from lodestar.domain.people.actions import hours as actions
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import away_for, days_away_of
from lodestar.domain.people.rules import free_spans, today_of, why_not_away, zone_of
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.hours import AwayForm, HoursForm, filled, spans_of, with_usual

HOURS_PAGE = "portal/people/hours.html"


def hours_context(person: Person, **forms: Form) -> dict[str, object]:
    zone = zone_of(person)
    return {
        "zone": zone,
        "is_guessed": zone != person.time_zone,
        "clock": clock_in(zone),
        "form": HoursForm(initial=filled(spans_of(person.free_hours.all()))),
        "away": days_away_of(person, today(zone)),
        "away_form": AwayForm(),
        **forms,
    }


def clock_in(zone: str) -> datetime:
    """Return what the reader's own clock shows now, to see at a glance whether the zone is right."""
    return now().astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def hours(request: MemberRequest) -> HttpResponse:
    person = request.person
    if request.method != "POST":
        told = with_usual(spans_of(person.free_hours.all()), request.GET.get("fill", ""))
        form = HoursForm(initial=filled(told))
        return show(request, HOURS_PAGE, hours_context(person, form=form))
    form = HoursForm(request.POST)
    if not form.is_valid():
        return ask_again(request, HOURS_PAGE, hours_context(person, form=form))
    actions.keep_free_hours(person, free_spans(form.told()), by=person)
    messages.success(request, _("Kept. Times that suit you both are offered from now on."))
    return saved(request, HOURS_PAGE, hours_context(person), then="portal:hours")


@require_POST
@open_to(MEMBER)
def away(request: MemberRequest) -> HttpResponse:
    person = request.person
    if "drop" in request.POST:
        actions.drop_days_away(away_for(person, request.POST["drop"]), by=person)
        return saved(request, HOURS_PAGE, hours_context(person), then="portal:hours")
    form = AwayForm(request.POST)
    if form.is_valid():
        problem = why_not_away(**form.cleaned_data, on=today_of(person))
        if problem:
            form.add_error("last_on", problem)
    if not form.is_valid():
        return ask_again(request, HOURS_PAGE, hours_context(person, away_form=form))
    actions.add_days_away(person, by=person, **form.cleaned_data)
    return saved(request, HOURS_PAGE, hours_context(person), then="portal:hours")
