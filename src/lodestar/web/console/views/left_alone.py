"""A letter to those without a partner: written by a person, looked at, and sent once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.time import now, today
from lodestar.domain.matching import actions, queries
from lodestar.domain.matching.models import Unmatched
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Cohort
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.letters import preview_of
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.ways import way_in_words
from lodestar.web.console.forms.left_alone import WordsForm

LIST_PAGE = "console/matching/left_alone.html"
LETTER_PAGE = "console/matching/left_alone_letter.html"
SHOWN_NAMES = 12


def form_for(group: queries.Group, cohort: Cohort, said: object = None) -> WordsForm:
    ways = [(way.key, way_in_words(way)) for way in queries.ways_on(cohort, today())]
    told = {"words": group.words, "offers": group.offers}
    return WordsForm(said, ways=ways, initial=told, prefix=group.key.replace(":", "-"))


def list_context(cohort: Cohort, asked_again: WordsForm | None = None) -> dict[str, object]:
    groups = []
    for group in queries.groups_to_write_to(cohort):
        form = form_for(group, cohort)
        if asked_again and asked_again.prefix == form.prefix:
            form = asked_again
        names = [str(row.participant) for row in group.rows]
        groups.append((group, form, names[:SHOWN_NAMES], len(names) - SHOWN_NAMES))
    told = list(queries.written_to(cohort)[:SHOWN_NAMES])
    return {"cohort": cohort, "groups": groups, "told": told}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def left_alone(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    if request.method != "POST":
        return show(request, LIST_PAGE, list_context(cohort))
    group = queries.group_in(cohort, request.POST.get("group", ""))
    if group is None:
        messages.info(request, _("Nobody of these waits for a word any more."))
        return redirect("console:left-alone", key)
    form = form_for(group, cohort, request.POST)
    if not form.is_valid():
        return ask_again(request, LIST_PAGE, list_context(cohort, form))
    actions.word_unmatched(cohort, group.key, by=request.person, **form.cleaned_data)
    return saved(request, LIST_PAGE, {}, then=letter_address(key, group.key))


def letter_address(key: str, group: str) -> str:
    return reverse("console:left-alone-letter", args=[key]) + "?" + urlencode({"group": group})


@require_safe
@open_to(COORDINATOR)
def letter(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    group = queries.group_in(cohort, request.GET.get("group", ""))
    if group is None or not group.rows[0].words:
        return redirect("console:left-alone", key)
    chosen = request.GET.get("of", "")
    row = next((row for row in group.rows if row.public_id == chosen), group.rows[0])
    context = {
        "cohort": cohort,
        "group": group,
        "row": row,
        "preview": preview_of(as_letter(row, request)),
        "others": [each for each in group.rows if each != row][:SHOWN_NAMES],
    }
    return show(request, LETTER_PAGE, context)


def as_letter(row: Unmatched, request: MemberRequest) -> Letter:
    """Return the letter as it would be queued, but no row: nothing goes by being looked at."""
    return Letter(
        kind="matching.unmatched",
        person=row.participant.person,
        about_kind=row._meta.label_lower,
        about_key=row.public_id,
        words={"by": request.person.full_name},
        next_try_at=now(),
    )


@require_POST
@open_to(COORDINATOR)
def send(request: MemberRequest, key: str) -> HttpResponse:
    cohort = queries.cohort_to_match(request.person, key)
    group = request.POST.get("group", "")
    gone = actions.tell_unmatched(cohort, group, by=request.person)
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", gone)
    if cohort.holds_letters:
        said = ngettext(
            "%(n)d letter waits for its release.", "%(n)d letters wait for their release.", gone
        )
    messages.success(request, said % {"n": gone})
    return redirect("console:left-alone", key)
