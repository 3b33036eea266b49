"""News from the association and its programs, for whom it is meant."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from lodestar.domain.community.queries.news import news_for, piece_to_read
from lodestar.web.common.access import MEMBER, MENTEE, MENTOR, open_to
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest

A_PAGE = 20


@require_safe
@open_to(MEMBER)
def news(request: MemberRequest) -> HttpResponse:
    page = Paginator(news_for(request.person), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "portal/news/list.html", {"page": page})


@require_safe
@open_to(MENTOR, MENTEE)
def piece(request: MemberRequest, key: str) -> HttpResponse:
    """A piece for everybody is any member's to read; one of a program, its mentors' and mentees'."""
    found = piece_to_read(request.person, key)
    return show(request, "portal/news/piece.html", {"piece": found})
