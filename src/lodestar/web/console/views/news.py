"""News: written, looked at, published now or later, mended and withdrawn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.time import now
from lodestar.domain.community.actions import news as actions
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.community.queries import news as queries
from lodestar.domain.community.rules import news as rules
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.web.common.access import ADMIN, COORDINATOR, open_to
from lodestar.web.common.letters import Preview, preview_of
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.news import NewsForm, PublishForm, told_of
from lodestar.web.console.news_words import for_whom

LIST_PAGE = "console/news/list.html"
WRITE_PAGE = "console/news/write.html"
PIECE_PAGE = "console/news/piece.html"
A_PAGE = 30


@require_safe
@open_to(ADMIN, COORDINATOR)
def news(request: MemberRequest) -> HttpResponse:
    found = queries.news_written_for(request.person)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(piece, rules.state_of(piece, now()), for_whom(piece)) for piece in page]
    return show(request, LIST_PAGE, {"page": page, "rows": rows})


def form_for(request: MemberRequest, piece: NewsPiece | None, typed: object = None) -> NewsForm:
    known = told_of(piece) if piece else {"language": request.LANGUAGE_CODE}
    is_told = piece is not None and rules.is_told(piece, now())
    places = queries.places_to_write(request.person)
    return NewsForm(typed, initial=known, places=places, piece=piece, is_told=is_told)


def write_context(form: NewsForm, piece: NewsPiece | None) -> dict[str, object]:
    """Return the form, and how many people it would reach as it stands."""
    if "whom" not in form.fields:
        return {"form": form, "piece": piece, "readers": None}
    asked = actions.as_piece(form.wish()) if form.is_bound else piece
    is_chosen = form.is_bound and bool(form.cleaned_data.get("whom"))
    readers = queries.readers_of(asked) if asked and (is_chosen or not form.is_bound) else None
    return {"form": form, "piece": piece, "readers": readers}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def new(request: MemberRequest) -> HttpResponse:
    return written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN, COORDINATOR)
def change(request: MemberRequest, key: str) -> HttpResponse:
    return written(request, queries.piece_for(request.person, key))


def written(request: MemberRequest, piece: NewsPiece | None) -> HttpResponse:
    """Show the form or count for it on GET; keep what was told on POST."""
    is_counting = request.method != "POST" and "whom" in request.GET
    typed = request.POST if request.method == "POST" else request.GET if is_counting else None
    form = form_for(request, piece, typed)
    is_right = form.is_bound and form.is_valid()
    if request.method != "POST":
        return show(request, WRITE_PAGE, write_context(form, piece), fragment="count")
    if not is_right:
        return ask_again(request, WRITE_PAGE, write_context(form, piece))
    if piece is None:
        piece = actions.write_news(form.wish(), by=request.person)
    else:
        actions.change_news(piece, form.wish(), by=request.person)
    return saved(
        request, WRITE_PAGE, {}, then=reverse("console:news-piece", args=[piece.public_id])
    )


def letter_preview(piece: NewsPiece, reader: Person) -> Preview:
    """Return the letter as it would be queued to whoever asks, but no row: nothing goes by being looked at."""
    letter = Letter(
        kind=queries.NEWS,
        person=reader,
        about_kind=piece._meta.label_lower,
        about_key=piece.public_id,
        next_try_at=now(),
    )
    return preview_of(letter)


def piece_context(
    piece: NewsPiece, person: Person, form: PublishForm | None = None
) -> dict[str, object]:
    at = now()
    return {
        "piece": piece,
        "state": rules.state_of(piece, at),
        "whom": for_whom(piece),
        "readers": queries.readers_of(piece),
        "can_publish": rules.can_publish(piece, at),
        "can_put_off": rules.can_put_off(piece, at),
        "can_withdraw": rules.can_withdraw(piece, at),
        "can_change": rules.can_change(piece, at),
        "can_discard": rules.can_discard(piece, at),
        "form": form or PublishForm(),
        "preview": letter_preview(piece, person),
    }


@require_safe
@open_to(ADMIN, COORDINATOR)
def piece(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.piece_for(request.person, key)
    return show(request, PIECE_PAGE, piece_context(found, request.person))


@require_POST
@open_to(ADMIN, COORDINATOR)
def publish(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.piece_for(request.person, key)
    form = PublishForm(request.POST)
    if form.is_valid() and (why_not := rules.why_not_at(form.cleaned_data["at"], now())):
        form.add_error("at", why_not)
    if not form.is_valid():
        return ask_again(request, PIECE_PAGE, piece_context(found, request.person, form))
    found = actions.publish_news(found, by=request.person, **form.cleaned_data)
    is_out = rules.is_told(found, now())
    messages.success(request, _("It is out.") if is_out else _("It comes out at that time."))
    return redirect("console:news-piece", key)


@require_POST
@open_to(ADMIN, COORDINATOR)
def put_off(request: MemberRequest, key: str) -> HttpResponse:
    actions.put_off_news(queries.piece_for(request.person, key), by=request.person)
    messages.success(request, _("It is a draft again."))
    return redirect("console:news-piece", key)


@require_POST
@open_to(ADMIN, COORDINATOR)
def withdraw(request: MemberRequest, key: str) -> HttpResponse:
    actions.withdraw_news(queries.piece_for(request.person, key), by=request.person)
    messages.success(request, _("Nobody reads it any more; letters that had not left stay here."))
    return redirect("console:news-piece", key)


@require_POST
@open_to(ADMIN, COORDINATOR)
def discard(request: MemberRequest, key: str) -> HttpResponse:
    actions.discard_news(queries.piece_for(request.person, key), by=request.person)
    messages.success(request, _("The draft is gone."))
    return redirect("console:news")
