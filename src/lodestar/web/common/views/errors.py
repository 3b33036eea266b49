"""What does a person read when a page can't be shown?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "common/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "common/not_found.html", status=404)


def failed(_request: HttpRequest) -> HttpResponse:
    """Ask nothing of the database, which may be what failed; hence no request in the context."""
    return HttpResponse(render_to_string("common/failed.html"), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return render(request, "common/forbidden.html", status=403)
