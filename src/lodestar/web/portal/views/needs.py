"""What people need and expect: one page, for members and for anybody with its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import STEPS, Question
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
from lodestar.web.common.asking.parts import Asking
from lodestar.web.common.asking.step import Filling, StepForm
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
    known: dict[str, Any] = applying.known_of(person) if person else {}
    said: dict[str, Any] = answer.answers if answer and answer.answers else known
    form.initial = form.initial_from(said)
    form.initial["is_guessed"] = said.get("is_guessed", not said.get("time_zone"))
    form.initial["consent"] = bool(answer and answer.consent_version)
    return form


def own_questions_of(
    request: HttpRequest, survey: NeedsSurvey, answer: NeedsAnswer | None
) -> Filling:
    """Return the questions of the program's own, as they are being filled in."""
    form = rules.own_questions(survey)
    language = applying.language_of(request, form)
    asking = Asking(survey.cohort.design, survey.role, language, Survey.NEEDS)
    return Filling(asking, STEPS, answer.answers if answer else {}, {})


def survey_context(
    request: HttpRequest,
    survey: NeedsSurvey,
    answer: NeedsAnswer | None,
    form: NeedsForm,
    asked: StepForm,
) -> dict[str, object]:
    questions = rules.own_questions(survey)
    language = applying.language_of(request, questions)
    return {
        "own": asked,
        "own_look": request.get_full_path(),
        "minutes": rules.minutes_of(survey.role, questions),
        "must_answer": any(each.is_required for each in questions),
        "languages": applying.languages_to_choose(questions, language),
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
    form, filling = form_for(request, survey, answer), own_questions_of(request, survey, answer)
    if request.method != "POST":
        context = survey_context(request, survey, answer, form, filling.empty())
        return show(request, SURVEY_PAGE, context)
    if "look" in request.POST:
        asked = filling.looked_at(request.POST)
        context = survey_context(request, survey, answer, form, asked)
        return show(request, SURVEY_PAGE, context, fragment="own-questions")
    asked, following = filling.typed(request.POST, partial="later" in request.POST)
    if not (form.is_valid() & asked.is_valid()):
        return ask_again(request, SURVEY_PAGE, survey_context(request, survey, answer, form, asked))
    keep(request, survey, answer, Told(form, asked, following))
    there = f"#question-{following[0].key}" if following else ""
    return redirect(reverse("portal:needs", args=[slug, role]) + there)


@dataclass(frozen=True)
class Told:
    """What was filled in, and the own questions that follow from it and were not there."""

    form: NeedsForm
    asked: StepForm
    following: Sequence[Question]

    @property
    def answers(self) -> dict[str, object]:
        return self.form.answers() | self.asked.answers()


def keep(request: HttpRequest, survey: NeedsSurvey, answer: NeedsAnswer | None, told: Told) -> None:
    """Keep what was said, and send it unless somebody goes on later or something follows from it."""
    by = person_in(request)
    kept = actions.keep_answer(
        survey,
        by=by,
        key=answer.public_id if answer else "",
        said=told.answers,
        has_consent=bool(told.form.cleaned_data.get("consent")),
    )
    if kept.person_id is None:
        request.session[place_in_session(survey)] = kept.public_id
    if "later" in request.POST:
        messages.success(request, later_words(by))
    elif told.following and not kept.sent_at:
        messages.info(
            request, _("From what you said, this follows. All else is kept; send it then.")
        )
    else:
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


@require_POST
@open_to(*EVERYONE)
def language(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """Read the program's own questions in another language from now on."""
    survey_to_answer(slug, role, today())
    request.session[applying.LANGUAGE_OF_FORMS] = request.POST.get("language", "")[:10]
    return redirect("portal:needs", slug, role)


@require_safe
@open_to(*EVERYONE)
def words(request: HttpRequest, field: str) -> HttpResponse:
    """Propose words for what is being typed in a field of the survey."""
    own = topics_asked(request.GET.get("survey", "")) if field == "more" else []
    found = words_like(field, request.GET.get(field, ""), own)
    return show(request, WORDS_PIECE, {"words": found})
