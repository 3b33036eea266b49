"""The rules of a program, one section at a time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import (
    describe_design,
    set_constraints,
    set_criteria,
    set_goals,
    set_topics,
)
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import latest_design, program_for, versions_of
from lodestar.domain.programs.rules import is_in_use, shares_of
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.designs import (
    ConstraintsForm,
    CriteriaForm,
    GoalForms,
    PaceForm,
    TopicsForm,
    goals_initial,
    goals_wished,
)
from lodestar.web.console.words import explanation_of, explanation_of_rule

DESIGN_PAGE = "console/programs/design.html"
VERSIONS_PAGE = "console/programs/versions.html"
Keep = Callable[[Design, Any, Person], Design]

KEEP: dict[str, Keep] = {
    "goals": lambda design, form, by: set_goals(design, by=by, goals=goals_wished(form)),
    "criteria": lambda design, form, by: set_criteria(design, by=by, criteria=form.wished()),
    "constraints": lambda design, form, by: set_constraints(
        design, by=by, constraints=form.wished()
    ),
    "pace": lambda design, form, by: describe_design(design, by=by, **form.cleaned_data),
    "topics": lambda design, form, by: set_topics(design, by=by, groups=form.groups()),
}


def form_of(section: str, design: Design, typed: QueryDict | None) -> Any:
    if section == "goals":
        return GoalForms(typed, initial=goals_initial(design), prefix="goals")
    if section == "criteria":
        return CriteriaForm(typed, design=design)
    if section == "constraints":
        return ConstraintsForm(typed, design=design)
    if section == "pace":
        return PaceForm(typed, instance=design)
    return TopicsForm(typed, initial=TopicsForm.initial_of(design))


def design_context(design: Design, **typed: Any) -> dict[str, object]:
    forms = {section: form_of(section, design, None) for section in KEEP} | typed
    criteria: CriteriaForm = forms["criteria"]
    shares = shares_of([wish.weight for wish in criteria.wishes])
    return forms | {
        "program": design.program,
        "design": design,
        "is_in_use": is_in_use(design, design.cohorts.all()),
        "weights": [
            (field, explanation_of(wish), share, share / 100)
            for (field, wish), share in zip(criteria.rows(), shares, strict=True)
        ],
        "rules": [
            (field, number, explanation_of_rule(kind))
            for field, number, kind in forms["constraints"].rows()
        ],
    }


@require_safe
@open_to(COORDINATOR)
def design(request: MemberRequest, key: str) -> HttpResponse:
    found = latest_design(program_for(request.person, key))
    return show(request, DESIGN_PAGE, design_context(found))


@require_safe
@open_to(COORDINATOR)
def versions(request: MemberRequest, key: str) -> HttpResponse:
    program = program_for(request.person, key)
    context = {"program": program, "stories": versions_of(program)}
    return show(request, VERSIONS_PAGE, context)


@require_POST
@open_to(COORDINATOR)
def section(request: MemberRequest, key: str, section: str) -> HttpResponse:
    found = latest_design(program_for(request.person, key))
    if section not in KEEP:
        raise NotFoundError
    form = form_of(section, found, request.POST)
    if not form.is_valid():
        return ask_again(request, DESIGN_PAGE, design_context(found, **{section: form}))
    kept = KEEP[section](found, form, request.person)
    messages.success(request, saved_words(found, kept))
    return redirect("console:design", key)


def saved_words(before: Design, after: Design) -> str:
    if before.pk == after.pk:
        return _("Saved.")
    return _(
        "Saved as version %(new)d. Cohorts that are already open keep version %(old)d, "
        "so nothing changes for the people in them."
    ) % {"new": after.version, "old": before.version}
