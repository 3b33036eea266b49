"""What a mentor who was asked can say besides yes and no: a question first, or not now."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from lodestar.domain.applications.actions import pause_participant
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.people.models import Person
from lodestar.web.common.access import MENTOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.asking import LaterForm, QuestionForm
from lodestar.web.portal.views.matching import match_context

QUESTION_PAGE = "portal/asking/question.html"
LATER_PAGE = "portal/asking/later.html"


def asked_of(person: Person, key: str) -> tuple[Match, Ask]:
    """Return what this mentor was asked; a match that nobody asked for is not found here."""
    match = queries.match_for(person, key)
    ask = queries.ask_of(match)
    if ask is None or not rules.is_mentor(match, person):
        raise NotFoundError
    return match, ask


def context_of(match: Match, person: Person, form: Any) -> dict[str, object]:
    return {**match_context(match, person), "form": form}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR)
def question(request: MemberRequest, key: str) -> HttpResponse:
    match, ask = asked_of(request.person, key)
    form = QuestionForm(request.POST or None)
    if request.method != "POST":
        return show(request, QUESTION_PAGE, context_of(match, request.person, form))
    if not form.is_valid():
        return ask_again(request, QUESTION_PAGE, context_of(match, request.person, form))
    actions.ask_back(ask, by=request.person, text=form.cleaned_data["text"])
    return redirect("portal:match", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR)
def later(request: MemberRequest, key: str) -> HttpResponse:
    match, _ask = asked_of(request.person, key)
    form = LaterForm(request.POST or None)
    if request.method != "POST":
        return show(request, LATER_PAGE, context_of(match, request.person, form))
    if not form.is_valid():
        return ask_again(request, LATER_PAGE, context_of(match, request.person, form))
    until = today() + timedelta(weeks=form.cleaned_data["weeks"])
    actions.put_off(match, by=request.person, until=until)
    if form.cleaned_data["is_pause"]:
        pause_participant(match.mentor, by=request.person, until=until)
    return redirect("portal:match", key)
