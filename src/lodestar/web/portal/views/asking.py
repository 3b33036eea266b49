"""A mentee's own list: whom to ask, in which order, and where it stands."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import today
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.ways import Way, last_day_of_window, uses
from lodestar.web.common.access import MENTEE, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.portal.asking_words import list_in_words
from lodestar.web.portal.forms.asking import NoteForm, ReplyForm

LIST_PAGE = "portal/asking/list.html"
ASK_PAGE = "portal/asking/ask.html"
REPLY_PAGE = "portal/asking/reply.html"
ON_A_PAGE = 12


def list_context(mentee: Participant) -> dict[str, object]:
    """Return the list itself, which is also what is exchanged when something on it changes."""
    on, waiting = today(), queries.open_ask_of(mentee)
    rows = queries.list_of(mentee, on)
    return {
        "mentee": mentee,
        "cohort": mentee.cohort,
        "rows": [(row, line_of(row.choice)) for row in rows],
        "waiting": waiting,
        "standing": list_in_words(mentee, waiting, bool(rows), on),
        "asks": uses(mentee.cohort.design, Way.ASK),
        "can_ask": rules.can_ask_somebody(mentee, on),
        "last_day": last_day_of_window(mentee.cohort),
        "closed": rules.why_list_is_closed(mentee.cohort, on),
    }


def line_of(choice: Choice) -> str:
    return queries.one_line(queries.imagined(choice.mentee, choice.mentor, None), choice.mentor)


def candidates(mentee: Participant, number: str | None) -> dict[str, object]:
    """Return a page of the mentors with a free place, the best fit first, each with the reasons in words."""
    chosen = {choice.mentor_id for choice in queries.choices_of(mentee)}
    free = [mentor for mentor in queries.free_mentors(mentee) if mentor.pk not in chosen]
    page = Paginator(queries.by_fit(mentee, free), ON_A_PAGE).get_page(number)
    fits = queries.fits_of(mentee, list(page.object_list), free)
    people = [
        person_of(queries.imagined(mentee, mentor, fits.get(mentor.pk)), mentee.person)
        for mentor in page.object_list
    ]
    return {"page": page, "candidates": people}


def person_of(match: Match, reader: Person) -> dict[str, object]:
    return {
        "mentor": match.mentor,
        "line": queries.one_line(match, match.mentor),
        "reasons": queries.reasons_in_words(match, reader) if match.reasons else [],
    }


@require_safe
@open_to(MENTEE)
def choices(request: MemberRequest, key: str) -> HttpResponse:
    mentee = queries.own_mentee(request.person, key)
    context = list_context(mentee) | candidates(mentee, request.GET.get("page"))
    return show(request, LIST_PAGE, context, fragment="list")


def list_again(request: MemberRequest, mentee: Participant) -> HttpResponse:
    then = reverse("portal:choices", args=[mentee.public_id])
    return saved(request, LIST_PAGE, list_context(mentee), fragment="list", then=then)


@require_POST
@open_to(MENTEE)
def choices_order(request: MemberRequest, key: str) -> HttpResponse:
    """Put the list in the order in which its keys are sent; a button moves one of them by a place as it stands."""
    mentee = queries.own_mentee(request.person, key)
    keys = [key for key in request.POST.getlist("choice")[:100] if key.isalnum()]
    keys = keys or [choice.public_id for choice in queries.choices_of(mentee)]
    for name, by in (("up", -1), ("down", 1)):
        moved = request.POST.get(name, "")
        if moved in keys:
            place = keys.index(moved)
            keys.insert(min(max(0, place + by), len(keys)), keys.pop(place))
    actions.order_choices(mentee, by=request.person, keys=keys)
    return list_again(request, mentee)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTEE)
def ask(request: MemberRequest, key: str) -> HttpResponse:
    """One mentor: who they are, why the two of you, and a note; then ask, or put them on the list."""
    mentee, mentor = queries.mentor_to_ask(request.person, key)
    choice = next((c for c in queries.choices_of(mentee) if c.mentor_id == mentor.pk), None)
    form = NoteForm(request.POST or None, initial={"note": choice.note if choice else ""})
    if request.method != "POST":
        return show(request, ASK_PAGE, ask_context(mentee, mentor, choice, form))
    if not form.is_valid():
        return ask_again(request, ASK_PAGE, ask_context(mentee, mentor, choice, form))
    kept = actions.choose_mentor(
        mentee, mentor, by=request.person, note=form.cleaned_data["note"]
    )  # fmt: skip
    if request.POST.get("do") == "ask":
        actions.ask_mentor(queries.choice_for(request.person, kept.public_id), by=request.person)
        said = _("Your request to %(name)s is on its way.")
    else:
        said = _("%(name)s is on your list.")
    messages.success(request, said % {"name": mentor.person.first_name})
    return redirect("portal:choices", mentee.public_id)


def ask_context(
    mentee: Participant, mentor: Participant, choice: Choice | None, form: NoteForm
) -> dict[str, object]:
    fit = queries.fit_of(mentee, mentor, queries.free_mentors(mentee))
    match = queries.imagined(mentee, mentor, fit)
    asked = rules.last_ask(choice) if choice else None
    return person_of(match, mentee.person) | {
        "mentee": mentee,
        "words": queries.partner_words(match, mentee.person),
        "told": told(mentor.role, queries.partner_answers(match, mentee.person)),
        "shape": shape_in_words(mentee.cohort.design),
        "choice": choice,
        "asked": asked,
        "form": form,
        "asks": uses(mentee.cohort.design, Way.ASK),
        "why_not": queries.why_not_ask_now(mentee, mentor, choice, today()),
        "closed": rules.why_list_is_closed(mentee.cohort, today()),
        "days": mentee.cohort.design.reply_days,
    }


@require_POST
@open_to(MENTEE)
def choice_note(request: MemberRequest, key: str) -> HttpResponse:
    choice = queries.choice_for(request.person, key)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.note_choice(choice, by=request.person, note=form.cleaned_data["note"])
    return list_again(request, choice.mentee)


@require_POST
@open_to(MENTEE)
def choice_drop(request: MemberRequest, key: str) -> HttpResponse:
    choice = queries.choice_for(request.person, key)
    actions.drop_choice(choice, by=request.person)
    return list_again(request, choice.mentee)


@require_POST
@open_to(MENTEE)
def choice_ask(request: MemberRequest, key: str) -> HttpResponse:
    choice = queries.choice_for(request.person, key)
    actions.ask_mentor(choice, by=request.person)
    return list_again(request, choice.mentee)


@require_POST
@open_to(MENTEE)
def request_take_back(request: MemberRequest, key: str) -> HttpResponse:
    asked = queries.own_ask_for(request.person, key)
    actions.take_back_ask(asked, by=request.person)
    return list_again(request, asked.mentee)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTEE)
def request_reply(request: MemberRequest, key: str) -> HttpResponse:
    """Answer what the mentor would like to know first."""
    asked = queries.own_ask_for(request.person, key)
    form = ReplyForm(request.POST or None)
    if request.method != "POST":
        return show(request, REPLY_PAGE, reply_context(asked, form))
    if not form.is_valid():
        return ask_again(request, REPLY_PAGE, reply_context(asked, form))
    actions.reply_to_question(asked, by=request.person, text=form.cleaned_data["text"])
    messages.success(request, _("Your answer is on its way."))
    return redirect("portal:choices", asked.mentee.public_id)


def reply_context(asked: Ask, form: ReplyForm) -> dict[str, object]:
    return {
        "ask": asked,
        "mentor": asked.choice.mentor,
        "form": form,
        "standing": rules.ask_in_words(asked),
        "can_reply": bool(asked.questioned_at and not asked.replied_at and not asked.closed_at),
    }
