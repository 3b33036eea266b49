"""Whom somebody wants no contact with: at once, everywhere, and the other is told nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.feedback.actions import block_and_report
from lodestar.domain.mentorships.actions import block_person
from lodestar.domain.mentorships.queries import mentorship_for
from lodestar.domain.people.actions.blocking import lift_block
from lodestar.domain.people.queries import own_blocks
from lodestar.web.common.access import MEMBER, MENTEE, MENTOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.views.directory import found

BLOCKED_PAGE = "portal/people/blocked.html"


@never_cache
@require_safe
@open_to(MEMBER)
def blocked(request: MemberRequest) -> HttpResponse:
    return show(request, BLOCKED_PAGE, {"blocks": own_blocks(request.person)})


@require_POST
@open_to(MENTOR, MENTEE)
def block_partner(request: MemberRequest, key: str) -> HttpResponse:
    mentorship = mentorship_for(request.person, key)
    block_and_report(mentorship, by=request.person, text=request.POST.get("text", "")[:2000])
    messages.success(
        request,
        _("Done. You two can’t reach each other here any more, and the safeguarding lead has your report."),
    )  # fmt: skip
    return redirect("portal:blocked")


@require_POST
@open_to(MENTEE)
def block_found(request: MemberRequest, key: str) -> HttpResponse:
    _reader, seen = found(request, key)
    block_person(seen.person, by=request.person)
    messages.success(request, _("Done. You two don’t find each other any more."))
    return redirect("portal:blocked")


@require_POST
@open_to(MEMBER)
def lift(request: MemberRequest) -> HttpResponse:
    """Take a block back; one that is not theirs is passed over as if it had been taken back already."""
    for block in own_blocks(request.person).filter(public_id=request.POST.get("block", "")[:16]):
        lift_block(block, by=request.person)
    messages.success(request, _("Taken back. What was paused stays so until the safeguarding lead lets it go."))  # fmt: skip
    return redirect("portal:blocked")
