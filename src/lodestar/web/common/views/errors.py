"""What does a person read when a page can't be shown?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "common/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "common/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "common/failed.html", status=500)
