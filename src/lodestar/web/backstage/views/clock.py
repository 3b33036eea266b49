"""The demo's clock and limits, for whoever shows it and for tests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.time import now
from lodestar.web.backstage.forms.clock import ClockForm
from lodestar.web.backstage.stagehand import stagehand
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.page import ask_again, show

CLOCK_PAGE = "backstage/clock.html"


def clock_context(form: ClockForm) -> dict[str, object]:
    return {
        "form": form,
        "now": now(),
        "is_moved": stagehand().is_clock_moved(),
        "is_limited": stagehand().are_limits_on(),
    }


@require_safe
@open_to(*EVERYONE)
def clock(request: HttpRequest) -> HttpResponse:
    return show(request, CLOCK_PAGE, clock_context(ClockForm()))


@require_POST
@open_to(*EVERYONE)
def set_clock(request: HttpRequest) -> HttpResponse:
    form = ClockForm(request.POST)
    if not form.is_valid():
        return ask_again(request, CLOCK_PAGE, clock_context(form))
    stagehand().set_clock(form.cleaned_data["moment"])
    return redirect("backstage:clock")


@require_POST
@open_to(*EVERYONE)
def reset_clock(_request: HttpRequest) -> HttpResponse:
    stagehand().reset_clock()
    return redirect("backstage:clock")


@require_POST
@open_to(*EVERYONE)
def set_limits(request: HttpRequest) -> HttpResponse:
    stagehand().set_limits(request.POST.get("limits") == "on")
    return redirect("backstage:clock")
