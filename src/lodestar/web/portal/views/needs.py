"""What people need and expect: one page, for members and for anybody with its address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.needs import actions, rules
from lodestar.domain.needs.models import NeedsAnswer, NeedsSurvey
from lodestar.domain.needs.queries import (
    kinds_of_work,
    own_answer,
    survey_to_answer,
    topics_asked,
    words_like,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.defaults import topic_groups
from lodestar.web.common import choices
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.portal import applying
from lodestar.web.portal.forms.needs import NeedsForm

SURVEY_PAGE = "portal/needs/survey.html"
WORDS_PIECE = "portal/needs/_words.html"


def person_in(request: HttpRequest) -> Person | None:
    return getattr(request, "person", None)


def place_in_session(survey: NeedsSurvey) -> str:
    return f"needs-{survey.public_id}"


def own(request: HttpRequest, survey: NeedsSurvey) -> NeedsAnswer | None:
    key = request.session.get(place_in_session(survey), "")
    return own_answer(survey, person_in(request), key)


def form_for(request: HttpRequest, survey: NeedsSurvey, answer: NeedsAnswer | None) -> NeedsForm:
    """Return the form, filled with what was typed, said before, or is known of a member."""
    design = survey.cohort.design
    more: dict[str, Any] = {
        "groups": topic_groups(design.topics),
        "maximum": design.capacity_maximum,
        "role": survey.role,
        "survey": survey.public_id,
        "partial": "later" in request.POST,
    }
    form = NeedsForm(request.POST if request.method == "POST" else None, **more)
    person = person_in(request)
    known: dict[str, Any] = applying.known(person, {}) if person else {}
    known |= {"languages": [known[n] for n in ("language_1", "language_2") if known.get(n)]}
    said: dict[str, Any] = answer.answers if answer and answer.answers else known
    form.initial = form.initial_from(said)
    form.initial["is_guessed"] = said.get("is_guessed", not said.get("time_zone"))
    form.initial["consent"] = bool(answer and answer.consent_version)
    return form


def survey_context(
    request: HttpRequest, survey: NeedsSurvey, answer: NeedsAnswer | None, form: NeedsForm
) -> dict[str, object]:
    return {
        "survey": survey,
        "program": survey.cohort.program,
        "cohort": survey.cohort,
        "answer": answer,
        "form": form,
        "is_mentor": survey.role == RoleInCohort.MENTOR,
        "why_not": rules.why_not_answer(survey, today()),
        "must_sign_in": "" if person_in(request) else rules.why_not_nameless(survey),
        "industries": choices.industries(),
        "kinds_of_work": kinds_of_work(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*EVERYONE)
def needs(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    survey = survey_to_answer(slug, role, today())
    answer = own(request, survey)
    form = form_for(request, survey, answer)
    context = survey_context(request, survey, answer, form)
    if request.method != "POST":
        return show(request, SURVEY_PAGE, context)
    if not form.is_valid():
        return ask_again(request, SURVEY_PAGE, context)
    keep(request, survey, answer, form)
    return redirect("portal:needs", slug, role)


def keep(
    request: HttpRequest, survey: NeedsSurvey, answer: NeedsAnswer | None, form: NeedsForm
) -> None:
    """Keep what was said, and send it unless somebody goes on later."""
    by = person_in(request)
    kept = actions.keep_answer(
        survey,
        by=by,
        key=answer.public_id if answer else "",
        said=form.answers(),
        has_consent=bool(form.cleaned_data.get("consent")),
    )
    if kept.person_id is None:
        request.session[place_in_session(survey)] = kept.public_id
    if "later" in request.POST:
        messages.success(request, later_words(by))
        return
    actions.send_answer(kept, by=by)
    messages.success(request, _("Thank you, it is counted."))


def later_words(by: Person | None) -> str:
    if by:
        return _("Kept. Come back to this page whenever you like.")
    return _("Kept. Come back to this page in this browser, within thirty days.")


@require_POST
@open_to(*EVERYONE)
def take_back(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    survey = survey_to_answer(slug, role, today())
    answer = own(request, survey)
    if answer:
        actions.take_back_answer(answer, by=person_in(request))
        messages.success(request, _("Taken back: nothing of it is kept or counted."))
    return redirect("portal:needs", slug, role)


@require_safe
@open_to(*EVERYONE)
def words(request: HttpRequest, field: str) -> HttpResponse:
    """Propose words for what is being typed in a field of the survey."""
    own = topics_asked(request.GET.get("survey", "")) if field == "more" else []
    found = words_like(field, request.GET.get(field, ""), own)
    return show(request, WORDS_PIECE, {"words": found})
