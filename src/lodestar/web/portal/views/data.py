"""A copy of one's own data, and the way out."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.domain.common.time import now
from lodestar.domain.privacy.actions import ask_for_copy, ask_to_leave
from lodestar.domain.privacy.models import DataRequest
from lodestar.domain.privacy.queries import latest_request, what_leaving_does
from lodestar.domain.privacy.rules import GRACE, is_there
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.confidence import to_keep
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest

COPY_PAGE = "portal/privacy/copy.html"
LEAVE_PAGE = "portal/privacy/leave.html"
Kind = DataRequest.Kind


class LeaveForm(forms.Form):
    """One more thought before what cannot be taken back for ever."""

    sure = forms.BooleanField(label=gettext_lazy("I have read what happens, and I want to leave"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def copy(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        ask_for_copy(request.person, by=request.person)
        return saved(request, COPY_PAGE, {}, then="portal:copy")
    latest = latest_request(request.person, Kind.COPY)
    context = {
        "copy": latest,
        "is_there": latest is not None and is_there(latest, now()),
        "is_waiting": latest is not None and latest.status in DataRequest.WAITING,
    }
    return show(request, COPY_PAGE, context)


@never_cache
@require_safe
@open_to(MEMBER)
def copy_file(request: MemberRequest) -> HttpResponse:
    latest = latest_request(request.person, Kind.COPY)
    if latest is None or latest.content is None or not is_there(latest, now()):
        return redirect("portal:copy")
    response = HttpResponse(bytes(latest.content), content_type="application/zip")
    name = _("your-data")
    response["X-Content-Type-Options"] = "nosniff"
    return to_keep(response, f"{name}.zip")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def leave(request: MemberRequest) -> HttpResponse:
    form = LeaveForm(request.POST if request.method == "POST" else None)
    context = {"does": what_leaving_does(request.person), "grace": GRACE.days, "form": form}
    if request.method != "POST":
        return show(request, LEAVE_PAGE, context)
    if not form.is_valid():
        return ask_again(request, LEAVE_PAGE, context)
    leaving = ask_to_leave(request.person, by=request.person)
    page = "portal/privacy/left.html"
    return render(request, page, {"person": None, "due_at": leaving.due_at})
