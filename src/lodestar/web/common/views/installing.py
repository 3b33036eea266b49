"""What does a phone need to keep the portal among its apps, and to say something kind without a line?"""

from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lodestar.domain.people import queries
from lodestar.web.common import icons
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.app_icons import app_icon
from lodestar.web.common.colours import DEFAULT, PAPER, shades

DAY = 24 * 60 * 60
SHORT = 12
ICONS = {"192": (192, False), "512": (512, False), "maskable": (512, True), "touch": (180, True)}
KEPT_FILES = (
    "app.css", "components.css", "print.css", "app.js", "favicon.svg", "django_htmx/htmx-2.min.js",
)  # fmt: skip


@require_safe
@open_to(*EVERYONE)
def manifest(_request: HttpRequest) -> HttpResponse:
    association = queries.association()
    told = {
        "id": "/",
        "name": association.name,
        "short_name": short(association.name),
        "description": _("Mentoring among the alumni of our association"),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER["light"],
        "theme_color": shades(association.colour or DEFAULT, "light").brand,
        "icons": [icon_told(name) for name in ("192", "512", "maskable")],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=60 * 60)
    return response


def short(name: str) -> str:
    """Return a name that fits beneath an icon: its first words, as many as fit.

    >>> short("Halden College Alumni"), short("Donaudampfschifffahrt")
    ('Halden', 'Donaudampfsc')
    """
    fitting = ""
    for word in name.split():
        if len(f"{fitting} {word}".strip()) > SHORT:
            break
        fitting = f"{fitting} {word}".strip()
    return fitting or name[:SHORT]


def icon_told(name: str) -> dict[str, str]:
    side, is_maskable = ICONS[name]
    return {
        "src": reverse(f"common:app-icon-{name}"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": "maskable" if is_maskable else "any",
    }


@require_safe
@open_to(*EVERYONE)
def icon(_request: HttpRequest, name: str) -> HttpResponse:
    side, is_maskable = ICONS[name]
    response = HttpResponse(app_icon(side, maskable=is_maskable), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@require_safe
@open_to(*EVERYONE)
def offline(request: HttpRequest) -> HttpResponse:
    """Return the page that stands in while there is no line: nobody's, and the same for all."""
    return render(request, "common/offline.html", {"person": None, "messages": ()})


@require_safe
@open_to(*EVERYONE)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return what runs beside the pages; it keeps the files of KEPT_FILES and one page, nobody's own."""
    kept = [static(name) for name in KEPT_FILES]
    kept.append(f"{reverse('common:icons')}?{icons.version()}")
    context = {
        "version": version_of(tuple(kept)),
        "kept": kept,
        "offline": reverse("common:offline"),
    }
    kind = "text/javascript"
    response = render(request, "common/service_worker.js", context, content_type=kind)
    patch_cache_control(response, no_cache=True)
    return response


def version_of(kept: tuple[str, ...]) -> str:
    """Return a word that is another as soon as one of the kept files is."""
    return fingerprint(kept) if settings.DEBUG else remembered(kept)


@lru_cache(maxsize=4)
def remembered(kept: tuple[str, ...]) -> str:
    return fingerprint(kept)


def fingerprint(kept: tuple[str, ...]) -> str:
    told = sha256("\n".join(kept).encode())
    for name in KEPT_FILES:
        if found := finders.find(name):
            with open(found, "rb") as file:  # noqa: PTH123  finders tell plain strings
                told.update(file.read())
    return told.hexdigest()[:12]
