"""What happened in a room, what is worth reading in it, and how one takes it along."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.mentorships import actions, queries, rules
from lodestar.web.common.access import MEMBER, MENTEE, MENTOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.guides import beside, guide_for, shelves
from lodestar.web.portal.timeline_words import told
from lodestar.web.portal.views.papers import handed_out, head_of

TIMELINE_PAGE = "portal/mentorships/timeline.html"
TAKEAWAY_PAGE = "portal/mentorships/takeaway.html"
ON_A_PAGE = 30


@require_safe
@open_to(MENTOR, MENTEE)
def timeline(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    pages = Paginator(queries.touches(found, request.person), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page", "1"))
    context = {
        **head_of(found, request.person),
        "page": page,
        "touches": [told(touch, request.person) for touch in page],
    }
    return show(request, TIMELINE_PAGE, context)


@require_safe
@open_to(MENTOR, MENTEE)
def takeaway(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    context = {
        **head_of(found, request.person),
        "takeaway": queries.latest_takeaway(request.person, found),
    }
    return show(request, TAKEAWAY_PAGE, context, fragment="made")


@require_POST
@open_to(MENTOR, MENTEE)
def request_takeaway(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.request_takeaway(found, by=request.person)
    return redirect(reverse("portal:mentorship-takeaway", args=[found.public_id]))


@require_safe
@open_to(MENTOR, MENTEE)
def takeaway_file(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    made = queries.latest_takeaway(request.person, found)
    if made is None or not made.stored:
        raise NotFoundError
    partner = rules.partner_of(found, request.person)
    name = rules.cleaned(_("You and %(name)s") % {"name": partner.first_name}) + ".zip"
    return handed_out(made.stored, name, "application/zip")


@require_safe
@open_to(MEMBER)
def all_guides(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/guides/guides.html", {"shelves": shelves()})


@require_safe
@open_to(MEMBER)
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    found = guide_for(guide)
    if found is None:
        raise NotFoundError
    page = f"portal/guides/{guide.replace('-', '_')}.html"
    return show(request, page, {"guide": found, "others": beside(found)})
