"""The front page and a member's own home."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lodestar.domain.common.time import today
from lodestar.domain.insights.queries import home_of
from lodestar.domain.programs.queries import offers
from lodestar.web.common.access import EVERYONE, MEMBER, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest


@require_safe
@open_to(*EVERYONE)
def welcome(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/people/welcome.html", {"offers": offers(today())})


@require_safe
@open_to(MEMBER)
def home(request: MemberRequest) -> HttpResponse:
    home = home_of(request.person)
    context = {"home": home, "offers": offers(today()) if home.is_empty else []}
    return show(request, "portal/people/home.html", context)
