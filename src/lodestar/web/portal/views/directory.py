"""Looking around: who is there, who suits, and what one keeps in mind."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.directory import queries
from lodestar.domain.directory.queries import Reader, Seen
from lodestar.domain.matching import queries as matching
from lodestar.domain.matching.actions import bookmark
from lodestar.web.common.access import MENTEE, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.portal.forms.directory import NoteForm, WishForm
from lodestar.web.portal.pace import MOST_PAGES, MOST_PEOPLE, is_too_much, slowly
from lodestar.web.portal.views.accounts import safe_path

DIRECTORY_PAGE = "portal/directory/directory.html"
PERSON_PAGE = "portal/directory/person.html"
NOTE = "portal/directory/_note.html"
TOLD_ELSEWHERE = ("about",)
LONGEST_NUMBER = 4


def reader_in(request: MemberRequest) -> tuple[Reader, list[Reader]]:
    """Return as whom somebody looks, in the cohort of the address or their latest, and the others."""
    readers = queries.looking(request.person, today())
    wanted = request.GET.get("in", "")
    chosen = [each for each in readers if wanted in ("", each.participant.cohort.public_id)]
    if not chosen:
        raise NotFoundError
    return chosen[0], readers


def page_in(text: str) -> int:
    """Return a page number from an address; nonsense is the first page."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 1


def address_with(request: MemberRequest, **changes: str) -> str:
    """Return what stands behind the question mark, changed; blank things are left out."""
    kept = {name: request.GET.get(name, "") for name in (*WishForm.base_fields, "in")}
    return urlencode({name: value for name, value in (kept | changes).items() if value})


@require_safe
@open_to(MENTEE)
def directory(request: MemberRequest) -> HttpResponse:
    reader, readers = reader_in(request)
    if is_too_much(request.person, "pages", MOST_PAGES):
        return slowly(request)
    form = WishForm(request.GET)
    wish = form.wish()
    results = queries.found_by(reader, wish, page=page_in(request.GET.get("page", "")))
    form.offer(results.choices, has_zone=bool(reader.zone))
    cohort = reader.participant.cohort
    context = {
        "form": form,
        "wish": wish,
        "results": results,
        "cohort": cohort,
        "own": reader.participant,
        "readers": readers,
        "shape": shape_in_words(cohort.design),
        "pages": address_with(request),
        "shows": [(show, address_with(request, show=show)) for show in queries.SHOWS],
        "all_of_it": urlencode({"in": cohort.public_id}),
        "path": request.get_full_path(),
    }
    return show(request, DIRECTORY_PAGE, context, fragment="results")


def found(request: MemberRequest, key: str) -> tuple[Reader, Seen]:
    """Return somebody whom this member may find in one of their cohorts, and as whom they look."""
    for reader in queries.looking(request.person, today()):
        try:
            return reader, queries.seen_for(reader, key)
        except NotFoundError:
            continue
    raise NotFoundError


def person_context(seen: Seen) -> dict[str, object]:
    answers = {name: said for name, said in seen.answers.items() if name not in TOLD_ELSEWHERE}
    return {
        "seen": seen,
        "told": told(seen.participant.role, answers),
        "employer": seen.answers.get("employer", ""),
        "shape": shape_in_words(seen.participant.cohort.design),
    }


@require_safe
@open_to(MENTEE)
def person(request: MemberRequest, key: str) -> HttpResponse:
    reader, seen = found(request, key)
    if is_too_much(request.person, "people", MOST_PEOPLE):
        return slowly(request)
    context = person_context(seen) | {
        "cohort": reader.participant.cohort,
        "path": request.path,
        "can_ask": matching.can_ask_now(reader.participant, seen.participant, today()),
    }
    return show(request, PERSON_PAGE, context)


@require_POST
@open_to(MENTEE)
def note(request: MemberRequest, key: str) -> HttpResponse:
    reader, seen = found(request, key)
    form = NoteForm(request.POST)
    then = safe_path(request.POST.get("next", "")) or reverse("portal:directory-person", args=[key])
    if not form.is_valid():
        return ask_again(request, NOTE, {"seen": seen, "path": then}, fragment="note")
    kind = form.cleaned_data["kind"]
    bookmark(reader.participant, by=request.person, about=seen.participant, kind=kind)
    _reader, fresh = found(request, key)
    context = {"seen": fresh, "path": then, "is_fresh": True}
    return saved(request, NOTE, context, fragment="note", then=then)
