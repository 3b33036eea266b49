"""How does a view answer? In one of three ways."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

Context = Mapping[str, object]


def wants_fragment(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def answer(
    request: HttpRequest, page: str, context: Context, *, fragment: str | None, status: int = 200
) -> HttpResponse:
    name = f"{page}#{fragment}" if fragment and wants_fragment(request) else page
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def show(
    request: HttpRequest, page: str, context: Context, *, fragment: str | None = None
) -> HttpResponse:
    """A page was asked for."""
    return answer(request, page, context, fragment=fragment)


def saved(
    request: HttpRequest, page: str, context: Context, *, fragment: str | None = None, then: str
) -> HttpResponse:
    """A change was made: the fresh fragment for htmx, a redirect for everyone else."""
    if fragment and wants_fragment(request):
        return answer(request, page, context, fragment=fragment)
    return redirect(then)


def ask_again(
    request: HttpRequest, page: str, context: Context, *, fragment: str | None = None
) -> HttpResponse:
    """The form has errors; what was typed stays."""
    return answer(request, page, context, fragment=fragment, status=422)
