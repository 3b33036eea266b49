"""The demo's outbox: every letter that would have gone out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.web.backstage.outbox import kept_letter, kept_letters, send_answer
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.letters import framed
from lodestar.web.common.page import show


@require_safe
@open_to(*EVERYONE)
def outbox(request: HttpRequest) -> HttpResponse:
    address = request.GET.get("address", "")[:254]
    context = {"letters": kept_letters(address), "address": address}
    return show(request, "backstage/outbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*EVERYONE)
def letter(request: HttpRequest, name: str) -> HttpResponse:
    kept = kept_letter(name)
    text = request.POST.get("text", "").strip()
    if request.method == "POST" and kept.reply_to and text:
        send_answer(kept, text)
        messages.success(request, _("Sent, as the reader’s mail program would."))
        return redirect("backstage:letter", name)
    answer = show(request, "backstage/outbox_letter.html", {"letter": kept})
    answer._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return answer


@require_safe
@open_to(*EVERYONE)
@xframe_options_sameorigin
def letter_html(_request: HttpRequest, name: str) -> HttpResponse:
    return framed(kept_letter(name).html)
