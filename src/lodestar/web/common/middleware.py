"""Who is asking, and what do they hear when a room says no?"""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people.models import Person

Answer = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware:
    """Sets `request.person` and their clock; whoever was blocked since signing in is signed out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user.person if request.user.is_authenticated else None
        if person and (person.blocked_at or has_run_out(request)):
            logout(request)
            person = None
        request.person = person  # type: ignore[attr-defined]
        with timezone.override(zone_of(person)):
            return self.get_response(request)


def zone_of(person: Person | None) -> ZoneInfo | None:
    """Return where the reader's clock stands; nobody's and unknown zones are the association's."""
    try:
        return ZoneInfo(person.time_zone) if person and person.time_zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def has_run_out(request: HttpRequest) -> bool:
    """Whether the sign-in is too old, by the clock that all parts share."""
    signed_in_at = request.session.setdefault("signed_in_at", now().timestamp())
    return bool(now().timestamp() - signed_in_at > settings.SESSION_COOKIE_AGE)


class RefusalMiddleware:
    """Turns NotFoundError into 404, and RefusedError into 409 with its sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotFoundError):
            raise Http404 from error
        if not isinstance(error, RefusedError):
            return None
        page = "common/_notice.html" if request.htmx else "common/refused.html"  # type: ignore[attr-defined]
        answer = render(request, page, {"sentence": str(error)}, status=409)
        if request.htmx:  # type: ignore[attr-defined]
            answer["HX-Retarget"] = "#notices"
            answer["HX-Reswap"] = "innerHTML"
        patch_vary_headers(answer, ["HX-Request"])
        return answer
