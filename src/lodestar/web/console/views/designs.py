"""The rules of a program, one step at a time."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import NEVER_REQUIRED
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import (
    describe_design,
    set_audiences,
    set_constraints,
    set_criteria,
    set_eligibility,
    set_expectations,
    set_form,
    set_goals,
    set_groups,
    set_milestones,
    set_selection,
    set_shape,
    set_survey,
    set_topics,
    set_visibility,
    set_ways,
)
from lodestar.domain.programs.models import Audience, Cohort, Design
from lodestar.domain.programs.queries import (
    contradictions_in,
    latest_design,
    planned_on,
    program_for,
    state_of_step,
    versions_of,
)
from lodestar.domain.programs.rules import is_in_use, phases_of, shares_of, state_of
from lodestar.domain.programs.rules.readiness import Contradiction
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again, saved, show, wants_fragment
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.design_words import (
    effects_of,
    lead_of,
    steps_of,
    summary_of,
    title_of,
)
from lodestar.web.console.form_words import ASKING, Reading, asked_always, pages_of
from lodestar.web.console.forms.arranging import ArrangeForm
from lodestar.web.console.forms.designs import (
    AudienceForm,
    ConstraintsForm,
    CriteriaForm,
    ExpectationsForm,
    GoalForms,
    PaceForm,
    TopicsForm,
    goals_initial,
    goals_wished,
)
from lodestar.web.console.forms.eligibility import EligibilityForm
from lodestar.web.console.forms.groups import GroupsForm
from lodestar.web.console.forms.milestones import MilestoneForms, MilestoneRows, milestones_initial
from lodestar.web.console.forms.selection import SelectionForm
from lodestar.web.console.forms.shape import ShapeForm, VisibilityForm
from lodestar.web.console.forms.ways import WaysForm
from lodestar.web.console.words import explanation_of, explanation_of_rule

DESIGN_PAGE = "console/programs/design.html"
STEP_PAGE = "console/programs/design/step.html"
VERSIONS_PAGE = "console/programs/versions.html"
Keep = Callable[[Design, Any, Person], Design]


def keep_survey(design: Design, form: ArrangeForm, by: Person) -> Design:
    return set_survey(design, by=by, survey=form.survey, questions=form.wished())


KEEP: dict[str, Keep] = {
    "audience": lambda design, form, by: set_audiences(design, by=by, audiences=form.wished()),
    "expectations": lambda design, form, by: set_expectations(design, by=by, **form.cleaned_data),
    "goals": lambda design, form, by: set_goals(design, by=by, goals=goals_wished(form)),
    "criteria": lambda design, form, by: set_criteria(design, by=by, criteria=form.wished()),
    "constraints": lambda design, form, by: set_constraints(
        design, by=by, constraints=form.wished()
    ),
    "milestones": lambda design, form, by: set_milestones(design, by=by, milestones=form.wished()),
    "pace": lambda design, form, by: describe_design(design, by=by, **form.cleaned_data),
    "topics": lambda design, form, by: set_topics(design, by=by, groups=form.groups()),
    "shape": lambda design, form, by: set_shape(design, by=by, **form.cleaned_data),
    "ways": lambda design, form, by: set_ways(design, by=by, **form.cleaned_data),
    "groups": lambda design, form, by: set_groups(design, by=by, wish=form.wished()),
    "selection": lambda design, form, by: set_selection(design, by=by, selection=form.wished()),
    "eligibility": lambda design, form, by: set_eligibility(design, by=by, wishes=form.wished()),
    "form": lambda design, form, by: set_form(design, by=by, questions=form.wished()),
    "visibility": lambda design, form, by: set_visibility(design, by=by, shown=form.cleaned_data),
    **dict.fromkeys(Survey.values, keep_survey),
}


OF_THE_DESIGN: dict[str, Any] = {
    "audience": AudienceForm,
    "criteria": CriteriaForm,
    "constraints": ConstraintsForm,
    "eligibility": EligibilityForm,
    "form": ArrangeForm,
    "groups": GroupsForm,
    "selection": SelectionForm,
    "visibility": VisibilityForm,
    **{survey.value: partial(ArrangeForm, survey=survey.value) for survey in Survey},
}
WITH_INITIAL: dict[str, Any] = {
    "expectations": ExpectationsForm,
    "shape": ShapeForm,
    "topics": TopicsForm,
    "ways": WaysForm,
}


def form_of(section: str, design: Design, typed: QueryDict | None) -> Any:
    if section == "goals":
        return GoalForms(typed, initial=goals_initial(design), prefix="goals")
    if section == "milestones":
        kept = milestones_initial(design) if typed is None else None
        return MilestoneForms(typed, initial=kept, prefix="milestones")
    if section == "pace":
        return PaceForm(typed, instance=design)
    if section in OF_THE_DESIGN:
        return OF_THE_DESIGN[section](typed, design=design)
    form = WITH_INITIAL[section]
    return form(typed, initial=form.initial_of(design))


@dataclass(frozen=True)
class Step:
    """One step of a design: what it decides, and which come before and after it."""

    key: str
    title: str
    lead: str
    before: str
    next: str

    @property
    def template(self) -> str:
        """Return the page of a step; whatever asks something is put together in one way."""
        name = "form" if self.key in ASKING else self.key
        return f"console/programs/design/_{name}.html"


@dataclass(frozen=True)
class Mark:
    """A step in the line of all steps."""

    label: str
    state: str


@dataclass(frozen=True)
class Line:
    """A step in the overview: what is decided, and what contradicts itself there."""

    key: str
    title: str
    summary: str
    obstacles: int
    thoughts: int

    @property
    def state(self) -> str:
        return "now" if self.obstacles else "done"


def step_of(key: str, design: Design) -> Step:
    steps = steps_of(design)
    place = steps.index(key)
    before, after = steps[place - 1] if place else "", (*steps, "")[place + 1]
    return Step(key, title_of(key), lead_of(key), before, after)


def marks_of(key: str, design: Design) -> list[Mark]:
    steps = steps_of(design)
    place = steps.index(key)
    states = ["done"] * place + ["now"] + ["ahead"] * (len(steps) - place - 1)
    return [Mark(title_of(name), state) for name, state in zip(steps, states, strict=True)]


def rows_of(section: str, form: Any, planned: Cohort | None) -> dict[str, object]:
    """Return what the rows of a form need beside it."""
    if section == "milestones":
        return {"rows": form.rows(phases_of(planned) if planned else None), "planned": planned}
    if section == "criteria":
        shares = shares_of(form.weights())
        rows = zip(form.rows(), shares, strict=True)
        return {"weights": [(f, explanation_of(wish), s, s / 100) for (f, wish), s in rows]}
    if section in ASKING:
        survey = ASKING[section]
        reading = Reading.of(form.design, survey)
        both = [(role.label, asked_always(survey, role)) for role in reversed(Audience.Role)]
        pages = pages_of(reading.form, reading, NEVER_REQUIRED)
        return {"pages": pages, "section": section, "survey": survey, "usual": both}
    if section == "constraints":
        return {
            "rules": [(f, number, explanation_of_rule(kind)) for f, number, kind in form.rows()]
        }
    return {}


def step_context(design: Design, section: str, form: Any = None) -> dict[str, object]:
    form = form or form_of(section, design, None)
    planned = planned_on(design)
    found = contradictions_in(design, planned, today())
    here = [each for each in found if each.where == section]
    return rows_of(section, form, planned) | {
        "program": design.program,
        "design": design,
        "form": form,
        "step": step_of(section, design),
        "steps": marks_of(section, design),
        "is_in_use": is_in_use(design, design.cohorts.all()),
        "effects": effects_of(section, design, planned),
        "contradictions": here,
        "is_blocked": any(each.blocks for each in here),
        "seen": state_of_step(design, section),
    }


@require_safe
@open_to(COORDINATOR)
def design(request: MemberRequest, key: str) -> HttpResponse:
    found = latest_design(program_for(request.person, key))
    planned = planned_on(found)
    told = contradictions_in(found, planned, today())
    context = {
        "program": found.program,
        "design": found,
        "planned": planned,
        "is_in_use": is_in_use(found, found.cohorts.all()),
        "obstacles": [each for each in told if each.blocks],
        "thoughts": [each for each in told if not each.blocks],
        "overview": [line_of(name, found, planned, told) for name in steps_of(found)],
    }
    return show(request, DESIGN_PAGE, context)


def line_of(
    name: str, design: Design, planned: Cohort | None, told: Sequence[Contradiction]
) -> Line:
    here = Counter(each.blocks for each in told if each.where == name)
    return Line(name, title_of(name), summary_of(name, design, planned), here[True], here[False])


@require_safe
@open_to(COORDINATOR)
def versions(request: MemberRequest, key: str) -> HttpResponse:
    program = program_for(request.person, key)
    stories, on = versions_of(program), today()
    cohorts = [cohort for story in stories for cohort in story.cohorts]
    going = {c.pk for c in cohorts if state_of(c, on) != Cohort.State.FINISHED}
    context = {"program": program, "stories": stories, "going": going}
    return show(request, VERSIONS_PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(COORDINATOR)
def section(request: MemberRequest, key: str, section: str) -> HttpResponse:
    found = latest_design(program_for(request.person, key))
    if section not in steps_of(found):
        raise NotFoundError
    if request.method != "POST":
        return show(request, STEP_PAGE, step_context(found, section))
    form = form_of(section, found, request.POST)
    refusals = [] if form.is_valid() else refusals_of(form)
    seen = {}
    if was_changed_meanwhile(found, section, request.POST):
        refusals, seen = [changed_meanwhile()], {"seen": request.POST["seen"]}
    if refusals:
        context = step_context(found, section, form) | {"refusals": refusals} | seen
        return ask_again(request, STEP_PAGE, context, fragment="effect")
    kept = KEEP[section](found, form, request.person)
    if not wants_fragment(request):
        messages.success(request, saved_words(found, kept))
    context = step_context(kept, section, form) | {"was_saved": True}
    then = staying(request) or after(section, kept)
    return saved(request, STEP_PAGE, context, fragment="effect", then=then)


def staying(request: MemberRequest) -> str:
    """Return the address of the step itself where a button of one of its rows was pressed."""
    said = request.POST
    named = said.get("move", "").partition(":")[0] or said.get("put", "")
    if named:
        return f"{request.path}#row-{named}"
    return request.path if {"stay", "remove"} & said.keys() else ""


def was_changed_meanwhile(design: Design, section: str, said: QueryDict) -> bool:
    """Tell if somebody else saved this step since the form was shown; a form that does not say is trusted."""
    return said.get("seen") not in (None, "", state_of_step(design, section))


def changed_meanwhile() -> str:
    return _(
        "Somebody else changed this step while you were at it, so nothing was saved. What you typed still stands here: "
        "open the step in a second window, put yours beside theirs, and save there."
    )


def after(section: str, design: Design) -> str:
    """Return the address of the next step, or of the whole design after the last."""
    key, following = design.program.public_id, step_of(section, design).next
    return (
        reverse("console:design-section", args=[key, following])
        if following
        else reverse("console:design", args=[key])
    )


def refusals_of(form: Any) -> list[str]:
    """Return every sentence of a form, or of a set of forms, that is not right yet."""
    if isinstance(form, MilestoneRows):
        return form.refusals()
    parts = form.forms if isinstance(form, BaseFormSet) else [form]
    return [
        f"{part.fields[name].label} · {sentence}" if name in part.fields else str(sentence)
        for part in parts
        for name, told in part.errors.items()
        for sentence in told
    ]


def saved_words(before: Design, after: Design) -> str:
    if before.pk == after.pk:
        return _("Saved.")
    return _(
        "Saved as version %(new)d. Cohorts that are already open keep version %(old)d, "
        "so nothing changes for the people in them."
    ) % {"new": after.version, "old": before.version}
