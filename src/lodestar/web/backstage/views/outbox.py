"""The demo's outbox: every letter that would have gone out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from lodestar.web.backstage.outbox import kept_letter, kept_letters
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.letters import framed
from lodestar.web.common.page import show


@require_safe
@open_to(*EVERYONE)
def outbox(request: HttpRequest) -> HttpResponse:
    address = request.GET.get("address", "")[:254]
    context = {"letters": kept_letters(address), "address": address}
    return show(request, "backstage/outbox.html", context)


@require_safe
@open_to(*EVERYONE)
def letter(request: HttpRequest, name: str) -> HttpResponse:
    answer = show(request, "backstage/outbox_letter.html", {"letter": kept_letter(name)})
    answer._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return answer


@require_safe
@open_to(*EVERYONE)
@xframe_options_sameorigin
def letter_html(_request: HttpRequest, name: str) -> HttpResponse:
    return framed(kept_letter(name).html)
