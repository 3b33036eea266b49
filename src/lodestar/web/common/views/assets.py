"""What do pages need besides words: the association's colours and mark, and the icons."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from lodestar.domain.people import queries
from lodestar.web.common import icons
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.colours import DEFAULT, shades

DAY = 24 * 60 * 60


def colour_tag(_request: HttpRequest) -> str:
    colour = queries.association().colour
    made = f"{colour}{shades(colour, 'light')}{shades(colour, 'dark')}"
    return f'"{sha256(made.encode()).hexdigest()[:16]}"'


def icons_tag(_request: HttpRequest) -> str:
    return f'"{icons.version()}"'


def mark_tag(_request: HttpRequest) -> str | None:
    drawing, _kind = queries.association_mark()
    return f'"{sha256(drawing).hexdigest()[:16]}"' if drawing else None


@require_safe
@open_to(*EVERYONE)
@condition(etag_func=colour_tag)
def association_css(request: HttpRequest) -> HttpResponse:
    colour = queries.association().colour or DEFAULT
    context = {"light": shades(colour, "light"), "dark": shades(colour, "dark")}
    response = render(request, "common/association.css", context, content_type="text/css")
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@require_safe
@open_to(*EVERYONE)
@condition(etag_func=mark_tag)
def association_mark(_request: HttpRequest) -> HttpResponse:
    drawing, kind = queries.association_mark()
    if not drawing:
        raise Http404
    response = HttpResponse(drawing, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@require_safe
@open_to(*EVERYONE)
@condition(etag_func=icons_tag)
def icon_sprite(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(icons.sprite(), content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=365 * DAY, immutable=True)
    return response
