"""Publishing a run: sign it off, read its letters first, send them, take all of it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.messaging.queries import post_state
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.letters import framed, preview_of
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.matching import CommentForm, FilterForm
from lodestar.web.console.views.matching import RUN_PAGE, run_page_context

PUBLISH_PAGE = "console/matching/publish.html"
LETTERS_PAGE = "console/matching/letters.html"
ROWS = 40


def published_words(run: MatchRun) -> str:
    if run.cohort.holds_letters:
        return _("The matches are published. Their letters are held until you release them.")
    if rules.can_take_back(run, now()):
        return _("The matches are published. Until the letters leave you can take all of it back.")
    return _("The matches are published, and the letters are on their way.")


def publish_context(run: MatchRun) -> dict[str, object]:
    at = now()
    post = post_state(at)
    return {
        "run": run,
        "cohort": run.cohort,
        "preview": queries.preview(run, at),
        "why_not": rules.why_not_publish(run, queries.who_could_sign(run)),
        "minutes": run.cohort.design.undo_minutes,
        "post": post,
        "is_stuck": post.is_stuck(at),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def publish(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    if request.method != "POST":
        return show(request, PUBLISH_PAGE, publish_context(run))
    run = actions.publish_run(run, by=request.person)
    messages.success(request, published_words(run))
    return saved(request, PUBLISH_PAGE, {}, then=reverse("console:run", args=[key]))


@require_POST
@open_to(COORDINATOR)
def take_back(request: MemberRequest, key: str) -> HttpResponse:
    run = actions.take_run_back(queries.run_for(request.person, key), by=request.person)
    messages.success(request, _("All of it is taken back. Nobody was written to."))
    return redirect("console:run", run.public_id)


@require_POST
@open_to(COORDINATOR)
def sign_off(request: MemberRequest, key: str) -> HttpResponse:
    actions.sign_run_off(queries.run_for(request.person, key), by=request.person)
    return redirect("console:run-publish", key)


@require_POST
@open_to(COORDINATOR)
def comment(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {**run_page_context(request, run), "comment_form": form}
        return ask_again(request, RUN_PAGE, context)
    actions.comment_on(run, by=request.person, text=form.cleaned_data["text"])
    return redirect(reverse("console:run", args=[key]) + "#comments")


@require_GET
@open_to(COORDINATOR)
def letters(request: MemberRequest, key: str) -> HttpResponse:
    run = queries.run_for(request.person, key)
    form = FilterForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.matches_to_tell(run, words)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "cohort": run.cohort,
        "page": page,
        "words": words,
        "query": "&" + urlencode({"q": words}) if words else "",
        "sides": queries.SIDES,
        **shown_letter(request, run, list(page)),
    }
    answer = show(request, LETTERS_PAGE, context)
    answer._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return answer


def shown_letter(request: HttpRequest, run: MatchRun, shown: list[Match]) -> dict[str, object]:
    """Return the letter that was chosen in the list, or the first of it."""
    side, chosen = request.GET.get("side") or queries.SIDES[0], request.GET.get("match", "")
    if chosen:
        match = queries.match_to_tell(run, chosen)
    elif shown:
        match = shown[0]
    else:
        return {"letter": None}
    letter = queries.letter_about(match, side, now())
    return {"letter": letter, "side": side, "preview": preview_of(letter.letter)}


@require_safe
@open_to(COORDINATOR)
@xframe_options_sameorigin
def letter_html(request: MemberRequest, key: str) -> HttpResponse:
    match = queries.card_for(request.person, key)
    side = request.GET.get("side") or queries.SIDES[0]
    return framed(preview_of(queries.letter_about(match, side, now()).letter).html)
