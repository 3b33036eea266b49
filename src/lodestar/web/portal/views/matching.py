"""A member's own matches: who was found, why, and an answer."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lodestar.domain.common.time import now
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions import accept_match, decline_match
from lodestar.domain.mentorships.queries import mentorship_of_match
from lodestar.domain.people.models import Person
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.portal.forms.matching import DeclineForm

MATCH_PAGE = "portal/matching/match.html"
DECLINE_PAGE = "portal/matching/decline.html"


def match_context(match: Match, person: Person) -> dict[str, object]:
    partner = rules.other_side(match, person)
    return {
        "match": match,
        "partner": partner.person,
        "partner_line": queries.one_line(match, partner),
        "partner_words": queries.partner_words(match, person),
        "partner_told": told(partner.role, queries.partner_answers(match, person)),
        "shape": shape_in_words(match.mentor.cohort.design),
        "is_mentor": rules.is_mentor(match, person),
        "reasons": queries.reasons_in_words(match, person),
        "next": rules.next_in_words(match, person),
        "can_answer": rules.can_answer(match, person, now()),
        "is_agreed": rules.is_agreed(match),
        "mentorship": mentorship_of_match(match.public_id, person),
    }


@require_GET
@open_to(MENTOR, MENTEE)
def match_page(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.match_for(request.person, key)
    return show(request, MATCH_PAGE, match_context(match, request.person), fragment="answer")


@require_POST
@open_to(MENTOR, MENTEE)
def accept(request: MemberRequest, key: str) -> HttpResponse:
    match = accept_match(queries.match_for(request.person, key), by=request.person)
    context = match_context(match, request.person)
    then = reverse("portal:match", args=[key])
    return saved(request, MATCH_PAGE, context, fragment="answer", then=then)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def decline(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.match_for(request.person, key)
    form = DeclineForm(request.POST or None)
    context = {**match_context(match, request.person), "form": form}
    if request.method != "POST":
        return show(request, DECLINE_PAGE, context)
    if not form.is_valid():
        return ask_again(request, DECLINE_PAGE, context)
    decline_match(match, by=request.person, **form.cleaned_data)
    return saved(request, MATCH_PAGE, context, then=reverse("portal:match", args=[key]))
