"""A member's own matches: who was found, why, an answer, and getting to know each other."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lodestar.domain.common.time import now
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions import (
    accept_match,
    decline_match,
    go_on,
    part,
    write_first_words,
)
from lodestar.domain.mentorships.queries import first_words_of, mentorship_of_match
from lodestar.domain.messaging.queries.threads import ThreadPage
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.reading import note_thread_read
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.common.writing import MessageForm, number_in
from lodestar.web.portal.forms.matching import DeclineForm

MATCH_PAGE = "portal/matching/match.html"
DECLINE_PAGE = "portal/matching/decline.html"
PART_PAGE = "portal/matching/part.html"


def match_context(match: Match, person: Person) -> dict[str, object]:
    partner = rules.other_side(match, person)
    return {
        "match": match,
        "partner": partner.person,
        "partner_line": queries.one_line(match, partner),
        "partner_words": queries.partner_words(match, person),
        "partner_told": told(
            partner.role,
            queries.partner_answers(match, person),
            form_of(match.mentor.cohort.design),
        ),
        "shape": shape_in_words(match.mentor.cohort.design),
        "is_mentor": rules.is_mentor(match, person),
        "reasons": queries.reasons_in_words(match, person),
        "next": rules.next_in_words(match, person),
        "can_answer": rules.can_answer(match, person, now()),
        "is_agreed": rules.is_agreed(match),
        "mentorship": mentorship_of_match(match.public_id, person),
        "ask": queries.ask_of(match) if match.origin == Match.Origin.ASKED else None,
        **exploring_context(match, person),
    }


def exploring_context(match: Match, person: Person, page: str = "1") -> dict[str, object]:
    """Return what the two have between their first yes and their second."""
    if not rules.is_exploring(match):
        return {"is_exploring": False}
    return {
        "is_exploring": True,
        "can_write": rules.may_explore(match, person, now()),
        "can_say_verdict": rules.can_say_verdict(match, person, now()),
        "would_go_on": rules.verdict_of(match, person) == Match.Answer.ACCEPTED,
        "thread": first_words_of(match, number_in(page), person),
        "message_form": MessageForm(),
    }


@require_GET
@open_to(MENTOR, MENTEE)
def match_page(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.match_for(request.person, key)
    words = exploring_context(match, request.person, request.GET.get("page", "1"))
    context = {**match_context(match, request.person), **words}
    if isinstance(thread := words.get("thread"), ThreadPage):
        note_thread_read(request, match, thread)
    return show(request, MATCH_PAGE, context, fragment="answer")


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


@require_POST
@open_to(MENTOR, MENTEE)
def write(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.match_for(request.person, key)
    form = MessageForm(request.POST)
    if not form.is_valid():
        context = {**match_context(match, request.person), "message_form": form}
        return ask_again(request, MATCH_PAGE, context, fragment="thread")
    write_first_words(match, by=request.person, **form.cleaned_data)
    context = match_context(match, request.person)
    then = reverse("portal:match", args=[key]) + "#thread"
    return saved(request, MATCH_PAGE, context, fragment="thread", then=then)


@require_POST
@open_to(MENTOR, MENTEE)
def say_go_on(request: MemberRequest, key: str) -> HttpResponse:
    match = go_on(queries.match_for(request.person, key), by=request.person)
    context = match_context(match, request.person)
    then = reverse("portal:match", args=[key])
    return saved(request, MATCH_PAGE, context, fragment="answer", then=then)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def say_part(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.match_for(request.person, key)
    form = DeclineForm(request.POST or None)
    context = {**match_context(match, request.person), "form": form}
    if request.method != "POST":
        return show(request, PART_PAGE, context)
    if not form.is_valid():
        return ask_again(request, PART_PAGE, context)
    part(match, by=request.person, **form.cleaned_data)
    return saved(request, MATCH_PAGE, context, then=reverse("portal:match", args=[key]))
