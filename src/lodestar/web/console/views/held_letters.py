"""The held letters of a trial run: look at them, let them go, or set one aside."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.time import day_of, now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waiting_letters
from lodestar.domain.messaging.rules import is_too_late, letters_wait
from lodestar.domain.pilots.actions import letters as actions
from lodestar.domain.pilots.queries import letters as queries
from lodestar.domain.programs.actions import hold_letters
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.letters import framed, preview_of
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.letter_words import (
    COUNTS_FROM_RELEASE,
    after_release,
    name_of,
)

LETTERS_PAGE = "console/pilots/letters.html"
LETTER_PAGE = "console/pilots/letter.html"
ROWS = 50


@dataclass(frozen=True)
class Day:
    """The letters of one kind that were written on one day, as far as this page shows them."""

    name: str
    day: date
    count: int
    rows: list[tuple[Letter, bool]]


def is_late(letter: Letter) -> bool:
    """Too late to go, unless its days count from the release anyway."""
    return letter.kind not in COUNTS_FROM_RELEASE and is_too_late(letter, now())


def by_day(cohort: Cohort, page: Page[Letter]) -> list[Day]:
    """Put the letters of a page under their kind and day."""
    counts, found = queries.counts_by_day(cohort), dict[tuple[str, date], Day]()
    for letter in page:
        key = (letter.kind, day_of(letter.created_at))
        day = found.setdefault(key, Day(name_of(letter.kind), key[1], counts.get(key, 0), []))
        day.rows.append((letter, is_late(letter)))
    return list(found.values())


def hold_context(cohort: Cohort) -> dict[str, object]:
    """Return what the switch that holds and frees letters needs, on whatever page it stands."""
    count = waiting_letters(cohort).count()
    return {"waiting_count": count, "waiting_words": letters_wait(count)}


@require_safe
@open_to(COORDINATOR)
def letters(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    kind = request.GET.get("kind", "")[:60].replace("\x00", "")
    page = Paginator(queries.letters_that_wait(cohort, kind), ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "cohort": cohort,
        "program": cohort.program,
        "kinds": [(each, name_of(each.kind)) for each in queries.kinds_waiting(cohort)],
        "kind": kind,
        "kind_name": name_of(kind),
        "days": by_day(cohort, page),
        "page": page,
        "query": "&" + urlencode({"kind": kind}) if kind else "",
        "set_aside": [(each, name_of(each.kind)) for each in queries.letters_set_aside(cohort)],
        **hold_context(cohort),
    }
    return show(request, LETTERS_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def release(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    kind = request.POST.get("kind", "")[:60].replace("\x00", "")
    gone = actions.release_letters(cohort, by=request.person, kind=kind)
    messages.success(request, after_release(gone, waiting_letters(cohort).count()))
    return redirect("console:cohort-letters", key)


@require_POST
@open_to(COORDINATOR)
def hold(request: MemberRequest, key: str) -> HttpResponse:
    """Begin to hold letters, or stop; whoever stops says what becomes of those that wait."""
    cohort = cohort_for(request.person, key)
    if request.POST.get("hold") == "on":
        hold_letters(cohort, by=request.person)
        messages.success(request, _("From now on its letters wait here until you release them."))
        return redirect("console:cohort-letters", key)
    releases = request.POST.get("waiting") == "release"
    gone = actions.stop_holding(cohort, by=request.person, releases=releases)
    left = waiting_letters(cohort).count()
    said = _("New letters go at once.")
    if releases or left:
        said += " " + (after_release(gone, left) if releases else letters_wait(left) + ".")
    messages.success(request, said)
    return redirect("console:cohort-letters", key)


def letter_context(letter: Letter, **more: object) -> dict[str, object]:
    cohort = queries.cohort_of(letter)
    return {
        "letter": letter,
        "kind_name": name_of(letter.kind),
        "preview": preview_of(letter),
        "is_late": is_late(letter),
        "counts_from_release": letter.kind in COUNTS_FROM_RELEASE,
        "cohort": cohort,
        "program": cohort.program,
    } | more


@require_safe
@open_to(COORDINATOR)
def letter(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.waiting_letter_for(request.person, key)
    answer = show(request, LETTER_PAGE, letter_context(found))
    answer._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return answer


@require_safe
@open_to(COORDINATOR)
@xframe_options_sameorigin
def letter_html(request: MemberRequest, key: str) -> HttpResponse:
    return framed(preview_of(queries.waiting_letter_for(request.person, key)).html)


@require_POST
@open_to(COORDINATOR)
def release_one(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.waiting_letter_for(request.person, key)
    actions.release_waiting_letter(found, by=request.person)
    messages.success(request, _("The letter to %(name)s is on its way.") % {"name": found.person})
    return redirect("console:cohort-letters", found.batch)


@require_POST
@open_to(COORDINATOR)
def set_aside(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.waiting_letter_for(request.person, key)
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:200]
    if not reason:
        problem = _("Say in a few words why it is not sent; your colleagues will ask.")
        return ask_again(request, LETTER_PAGE, letter_context(found, problem=problem))
    actions.set_letter_aside(found, by=request.person, reason=reason)
    messages.success(
        request, _("Set aside. The letter to %(name)s is not sent.") % {"name": found.person}
    )
    return redirect("console:cohort-letters", found.batch)
