"""What others see of oneself: chosen, looked at as others do, hidden, paused."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.queries import own_participation_for
from lodestar.domain.applications.rules.places import fewest_places, most_places, why_not_places
from lodestar.domain.applications.rules.showing import is_paused, why_not_pause
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.directory import actions, rules
from lodestar.domain.directory.queries import seen_by_others
from lodestar.domain.matching.actions import change_places
from lodestar.domain.matching.queries.places import places_agreed
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.directory import PauseForm, PlacesForm, ShowingForm
from lodestar.web.portal.views.directory import person_context

SHOWING_PAGE = "portal/directory/showing.html"
LOOK_PAGE = "portal/directory/look.html"


def showing_context(own: Participant, **forms: object) -> dict[str, object]:
    is_mentor = own.role == RoleInCohort.MENTOR
    return {
        "own": own,
        "cohort": own.cohort,
        "is_mentor": is_mentor,
        "is_found": is_mentor and rules.has_directory(own.cohort.design),
        "is_paused": is_paused(own, today()),
        "form": ShowingForm(participant=own),
        "pause_form": PauseForm(initial={"until": PauseForm.proposed(today())}),
        **(places_context(own) if is_mentor else {}),
        **forms,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def showing(request: MemberRequest, key: str) -> HttpResponse:
    own = own_participation_for(request.person, key)
    if request.method != "POST":
        return show(request, SHOWING_PAGE, showing_context(own))
    form = ShowingForm(request.POST, participant=own)
    if not form.is_valid():
        return ask_again(request, SHOWING_PAGE, showing_context(own, form=form))
    own = actions.choose_visibility(own, by=request.person, wished=form.wished())
    messages.success(request, _("Kept. From now on others see of you what you chose."))
    return saved(request, SHOWING_PAGE, showing_context(own), then=address(own))


@require_safe
@open_to(MENTOR, MENTEE)
def look(request: MemberRequest, key: str) -> HttpResponse:
    own = own_participation_for(request.person, key)
    context = {**showing_context(own), **person_context(seen_by_others(own))}
    return show(request, LOOK_PAGE, context)


@require_POST
@open_to(MENTOR, MENTEE)
def hide(request: MemberRequest, key: str) -> HttpResponse:
    own = own_participation_for(request.person, key)
    is_hidden = request.POST.get("hidden") == "yes"
    own = actions.hide(own, by=request.person, is_hidden=is_hidden)
    sentence = (
        _("Nobody finds you in the directory any more. In the program you stay.")
        if is_hidden
        else _("You can be found in the directory again.")
    )
    messages.success(request, sentence)
    return saved(request, SHOWING_PAGE, showing_context(own), then=address(own))


@require_POST
@open_to(MENTOR, MENTEE)
def pause(request: MemberRequest, key: str) -> HttpResponse:
    own = own_participation_for(request.person, key)
    if "resume" in request.POST:
        actions.pause(own, by=request.person, until=None)
        messages.success(request, _("Good to have you back. You are there again from now on."))
        return saved(request, SHOWING_PAGE, {}, then=address(own))
    form = PauseForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    if until is not None and (problem := why_not_pause(until, today())):
        form.add_error("until", problem)
    if until is None or form.errors:
        return ask_again(request, SHOWING_PAGE, showing_context(own, pause_form=form))
    actions.pause(own, by=request.person, until=until)
    day = date_format(until, "j F Y")
    messages.success(request, _("You have a pause until %(day)s. Rest well.") % {"day": day})
    return saved(request, SHOWING_PAGE, {}, then=address(own))


def places_context(own: Participant) -> dict[str, object]:
    agreed = places_agreed(own)
    return {
        "agreed": agreed,
        "proposed": own.places_taken - agreed,
        "places_form": places_form(own, agreed),
    }


def places_form(own: Participant, agreed: int, told: QueryDict | None = None) -> PlacesForm:
    fewest, most = fewest_places(own.cohort.design, agreed), most_places(own)
    return PlacesForm(told, fewest=fewest, most=most, initial={"capacity": own.capacity})


@require_POST
@open_to(MENTOR, MENTEE)
def places(request: MemberRequest, key: str) -> HttpResponse:
    """Take more or fewer mentees from now on."""
    own = own_participation_for(request.person, key)
    if own.role != RoleInCohort.MENTOR:
        raise RefusedError(why_not_places(own, own.capacity, 0))
    form = places_form(own, places_agreed(own), request.POST)
    if not form.is_valid():
        return ask_again(request, SHOWING_PAGE, showing_context(own, places_form=form))
    own = change_places(own, by=request.person, capacity=form.cleaned_data["capacity"])
    sentence = ngettext(
        "Kept. You take %(count)d mentee at most.", "Kept. You take %(count)d mentees at most.", own.capacity
    )  # fmt: skip
    messages.success(request, sentence % {"count": own.capacity})
    return saved(request, SHOWING_PAGE, {}, then=address(own) + "#places")


def address(own: Participant) -> str:
    return reverse("portal:showing", args=[own.public_id])
