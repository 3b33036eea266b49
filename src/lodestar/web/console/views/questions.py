"""What a program asks, in its application form or a survey: one question at a time, and the whole as on a phone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.forms.rules import (
    STEPS,
    Question,
    condition_in_words,
    languages_of,
    name_of,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import set_form, set_survey
from lodestar.domain.programs.models import Audience, Design
from lodestar.domain.programs.queries import (
    contradictions_in,
    latest_design,
    planned_on,
    program_for,
    state_of_step,
)
from lodestar.domain.programs.rules import is_in_use
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common import choices
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.asking.parts import Asking
from lodestar.web.common.asking.step import Filling
from lodestar.web.common.page import ask_again, saved, show, wants_fragment
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.design_words import title_of
from lodestar.web.console.form_words import ASKING, Reading, asked_always, chosen_last, what_it_does
from lodestar.web.console.forms.questions import QuestionForm
from lodestar.web.console.views.designs import (
    changed_meanwhile,
    refusals_of,
    saved_words,
    was_changed_meanwhile,
)

QUESTION_PAGE = "console/programs/design/question.html"
PREVIEW_PAGE = "console/programs/design/preview.html"
NEW = "new"


def survey_in(section: str) -> str:
    """Return the survey whose own questions a step of a design holds; none for the application form."""
    if section not in ASKING:
        raise NotFoundError
    return ASKING[section]


def question_named(design: Design, section: str, name: str) -> Question | None:
    """Return a question of a design by its key; nothing for a new one."""
    if name == NEW:
        return None
    form = form_of(design, survey_in(section))
    found = next((each for each in form if each.key == name), None)
    if found is None:
        raise NotFoundError
    return found


def question_context(
    design: Design, section: str, name: str, form: QuestionForm
) -> dict[str, object]:
    found = question_named(design, section, name)
    reading = Reading.of(design, survey_in(section))
    told = contradictions_in(design, planned_on(design), today()) if found else []
    here = [
        each for each in told if each.where == section and found and name_of(found) in each.sentence
    ]
    return {
        "program": design.program,
        "design": design,
        "section": section,
        "section_title": title_of(section),
        "survey": survey_in(section),
        "form": form,
        "question": found,
        "name": name,
        "title": name_of(found) if found else _("A new question"),
        "is_in_use": is_in_use(design, design.cohorts.all()),
        "does": what_it_does(found, reading) if found else [],
        "chosen": chosen_last(found, reading) if found else [],
        "contradictions": here,
        "seen": state_of_step(design, section),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def question(request: MemberRequest, key: str, section: str, question: str) -> HttpResponse:
    survey = survey_in(section)
    design = latest_design(program_for(request.person, key))
    found, step = question_named(design, section, question), request.GET.get("step", "")
    asked: dict[str, Any] = {"design": design, "question": found, "step": step, "survey": survey}
    if request.method != "POST":
        context = question_context(design, section, question, QuestionForm(**asked))
        return show(request, QUESTION_PAGE, context)
    form = QuestionForm(request.POST, **asked)
    refusals = [] if form.is_valid() else refusals_of(form)
    seen = {}
    if was_changed_meanwhile(design, section, request.POST):
        refusals, seen = [changed_meanwhile()], {"seen": request.POST["seen"]}
    if refusals:
        context = question_context(design, section, question, form) | {"refusals": refusals} | seen
        return ask_again(request, QUESTION_PAGE, context, fragment="effect")
    named, kept = form.key(), keep(design, form, request.person)
    if not wants_fragment(request):
        messages.success(request, saved_words(design, kept))
    context = question_context(kept, section, named, form) | {"was_saved": True}
    then = after(request, key, section, named)
    return saved(request, QUESTION_PAGE, context, fragment="effect", then=then)


def keep(design: Design, form: QuestionForm, by: Person) -> Design:
    if form.survey:
        return set_survey(design, by=by, survey=form.survey, questions=form.wished())
    return set_form(design, by=by, questions=form.wished(), shown=form.who_reads())


def after(request: MemberRequest, key: str, section: str, named: str) -> str:
    """Go back to the list, or stay for one more choice or language."""
    if "stay" in request.POST:
        return reverse("console:design-question", args=[key, section, named])
    return reverse("console:design-section", args=[key, section]) + f"#row-{named}"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def preview(request: MemberRequest, key: str, section: str, role: str) -> HttpResponse:
    """Show the whole form as somebody sees it on a phone. It can be filled in, and keeps nothing."""
    survey = survey_in(section)
    design = latest_design(program_for(request.person, key))
    if role not in Audience.Role.values:
        raise NotFoundError
    offered = languages_of(form_of(design, survey))
    language = request.GET.get("in", "")
    asking = Asking(design, role, language if language in offered else "", survey)
    filling = Filling(asking, STEPS, {}, {"languages": ["en"]})
    form = filling.looked_at(request.POST) if request.method == "POST" else filling.empty()
    questions = [each for each in asking.form if each.is_asked_of(role)]
    context = {
        "program": design.program,
        "design": design,
        "section": section,
        "section_title": title_of(section),
        "survey": survey,
        "usual": asked_always(survey, role),
        "role": role,
        "form": form,
        "look": request.get_full_path(),
        "industries": choices.industries(),
        "languages": [(code, choices.own_name(code)) for code in offered],
        "language": asking.language,
        "branches": [
            (name_of(each), condition_in_words(each, asking.form))
            for each in questions
            if each.condition
        ],
    }
    return show(request, PREVIEW_PAGE, context, fragment="questions")
