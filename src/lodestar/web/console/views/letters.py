"""Letters that wait for a person: perhaps sent, held back, or undeliverable.

An admin sees to whom and why, never what about: that is between the reader and the program.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.messaging import rules
from lodestar.domain.messaging.actions import release_letter
from lodestar.domain.messaging.queries import (
    letter_counts,
    troubled_letter_for,
    troubled_letters_for,
)
from lodestar.web.common.access import ADMIN, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

PAGE = "console/messaging/letters.html"


@require_safe
@open_to(ADMIN)
def letters(request: MemberRequest) -> HttpResponse:
    found = Paginator(troubled_letters_for(request.person), 50).get_page(request.GET.get("page"))
    rows = [{"letter": letter, "can_release": rules.can_release(letter)} for letter in found]
    counts = letter_counts()
    context = {
        "rows": rows,
        "page": found,
        "waiting": counts.get("queued", 0) + counts.get("claimed", 0),
        "sent": counts.get("sent", 0),
    }
    return show(request, PAGE, context)


@require_POST
@open_to(ADMIN)
def release(request: MemberRequest, key: str) -> HttpResponse:
    release_letter(troubled_letter_for(request.person, key), by=request.person)
    messages.success(request, _("The letter is on its way again."))
    return redirect("console:letters")
