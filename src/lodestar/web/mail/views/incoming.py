"""Where a mail server or a mail provider brings the answers that came by mail."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lodestar.domain.messaging.actions import take_in
from lodestar.web.common.access import LINK_HOLDER, open_to
from lodestar.web.mail.reading.mime import key_of
from lodestar.web.mail.replies import is_authentic

MOST_BYTES = 30 * 1024 * 1024
BEARER = "Bearer "


# Exempt from the form token: a mail server has no cookie; it shows the secret, or signs with it.
@csrf_exempt
@require_POST
@open_to(LINK_HOLDER)
def incoming(request: HttpRequest) -> HttpResponse:
    """Take one raw mail (RFC 5322) and answer once it is a row; whoever lost the answer brings it again."""
    if not settings.INBOUND_SECRET:
        return HttpResponse(status=404)
    bearer = request.headers.get("Authorization", "")
    if bearer and not is_known(b"", request):
        return HttpResponse(status=401)
    raw = request.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return HttpResponse(status=413)
    if not raw.strip():
        return HttpResponse(status=400)
    if not is_known(raw, request):
        return HttpResponse(status=401)
    take_in(raw, key=key_of(raw), source="webhook")
    return HttpResponse(status=204)


def is_known(raw: bytes, request: HttpRequest) -> bool:
    return is_authentic(
        raw,
        bearer=request.headers.get("Authorization", "").removeprefix(BEARER),
        stamp=request.headers.get("X-Inbound-Timestamp", ""),
        signature=request.headers.get("X-Inbound-Signature", ""),
    )
