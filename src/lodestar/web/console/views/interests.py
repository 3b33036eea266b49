"""Interest groups as the office opens and closes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.domain.community.actions.interests import close_group, open_group
from lodestar.domain.community.queries.interests import groups_of_the_office, office_group_for
from lodestar.domain.programs.queries import cohorts_for
from lodestar.web.common.access import ADMIN, COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.interests import OpenForm

PAGE = "console/interests/list.html"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def groups(request: MemberRequest) -> HttpResponse:
    found = groups_of_the_office(request.person)
    cohorts = list(cohorts_for(request.person).order_by("-opens_on", "-pk"))
    form = OpenForm(request.POST if request.method == "POST" else None, cohorts=cohorts)
    context = {"groups": found, "form": form}
    if request.method != "POST":
        return show(request, PAGE, context)
    if not form.is_valid():
        return ask_again(request, PAGE, context)
    group = open_group(by=request.person, **form.cleaned_data)
    messages.success(request, _("It is open, and you moderate it."))
    return redirect("portal:interest-group", group.public_id)


@require_POST
@open_to(ADMIN, COORDINATOR)
def close(request: MemberRequest, key: str) -> HttpResponse:
    close_group(office_group_for(request.person, key), by=request.person)
    messages.success(request, _("It is closed. Its members still read what was written."))
    return redirect("console:interest-groups")
