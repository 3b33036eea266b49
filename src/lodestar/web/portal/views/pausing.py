"""A pause from everything that one takes part in."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lodestar.domain.applications.queries import own_participations
from lodestar.domain.applications.rules.showing import is_paused, why_not_pause
from lodestar.domain.common.time import today
from lodestar.domain.directory.actions import pause_everywhere
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.directory import PauseForm

PAUSE_PAGE = "portal/people/pause.html"


def pause_context(request: MemberRequest, form: PauseForm | None = None) -> dict[str, object]:
    own = list(own_participations(request.person))
    away = [each.paused_until for each in own if is_paused(each, today())]
    return {
        "own": own,
        "until": max(filter(None, away), default=None),
        "is_everywhere": bool(own) and len(away) == len(own),
        "form": form or PauseForm(initial={"until": PauseForm.proposed(today())}),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def pause(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, PAUSE_PAGE, pause_context(request))
    if "resume" in request.POST:
        pause_everywhere(request.person, by=request.person, until=None)
        messages.success(request, _("Good to have you back. You are there again everywhere."))
        return saved(request, PAUSE_PAGE, {}, then="portal:pause")
    form = PauseForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    if until is not None and (problem := why_not_pause(until, today())):
        form.add_error("until", problem)
    if until is None or form.errors:
        return ask_again(request, PAUSE_PAGE, pause_context(request, form))
    pause_everywhere(request.person, by=request.person, until=until)
    day = date_format(until, "j F Y")
    messages.success(request, _("You have a pause until %(day)s. Rest well.") % {"day": day})
    return saved(request, PAUSE_PAGE, {}, then="portal:pause")
