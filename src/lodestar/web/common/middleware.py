"""Who is asking, and what do they hear when a room says no?"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.people.actions.devices import see_device
from lodestar.domain.people.queries import association
from lodestar.domain.people.rules import clock_of
from lodestar.web.common.languages import language_for, reading

SPEECHLESS = ("/livez", "/readyz")  # must answer when the database does not
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
        if person:
            note_day(request)
        with timezone.override(clock_of(person) if person else None):
            return self.get_response(request)


def note_day(request: HttpRequest) -> None:
    """Note once a day that this device is in use; a visit costs no more than a look into its session."""
    day = today()
    if request.session.get("seen_on", day.isoformat()) != day.isoformat():
        request.session["seen_on"] = day.isoformat()
        see_device(str(request.session.get("device", "")), on=day)


def has_run_out(request: HttpRequest) -> bool:
    """Whether the sign-in is too old, by the clock that all parts share."""
    signed_in_at = request.session.setdefault("signed_in_at", now().timestamp())
    return bool(now().timestamp() - signed_in_at > settings.SESSION_COOKIE_AGE)


class LanguageMiddleware:
    """Speaks with each reader in their own language, and says in which it did."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in SPEECHLESS:
            return self.get_response(request)
        request.association = SimpleLazyObject(association)  # type: ignore[attr-defined]
        language = language_for(request)
        request.LANGUAGE_CODE = language
        with reading(language, lambda: request.association.vocabulary):  # type: ignore[attr-defined]
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        patch_vary_headers(answer, ["Accept-Language", "Cookie"])
        return answer


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
