"""How does a design come to ask what it asks?"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import (
    USUAL_FORM,
    Question,
    as_data,
    in_order,
    name_of,
    why_not_form,
    why_not_survey,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions.designs import editable
from lodestar.domain.programs.actions.shape import NEVER_SHOWN
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import form_of, left_out, what_needs


@transaction.atomic
def set_form(
    design: Design,
    *,
    by: Person,
    questions: Sequence[Question],
    shown: Mapping[str, str] | None = None,
) -> Design:
    """Replace what the application form asks; with `shown`, say too from when on a partner reads it."""
    shown = shown or {}
    if not set(shown.values()) <= set(Design.Shown.values):
        raise RefusedError(NEVER_SHOWN)
    questions = in_order(questions)
    if problem := why_not_form(questions):
        raise RefusedError(problem)
    design = editable(design, by)
    if problem := why_not_leave_out(design, left_out(form_of(design), questions)):
        raise RefusedError(problem)
    is_usual = questions == USUAL_FORM
    design.form = [] if is_usual else as_data(questions)
    design.visibility = design.visibility | dict(shown)
    design.full_clean()
    design.save()
    record("design.form_set", design, by=by, count=len(questions))
    return design


@transaction.atomic
def set_survey(design: Design, *, by: Person, survey: str, questions: Sequence[Question]) -> Design:
    """Replace what a survey asks beside its usual questions."""
    if survey not in Survey.values:
        raise RefusedError(_("There is no such survey."))
    if problem := why_not_survey(questions):
        raise RefusedError(problem)
    design = editable(design, by)
    design.surveys = design.surveys | {survey: as_data(questions)}
    design.full_clean()
    design.save()
    record("design.survey_set", design, by=by, survey=survey, count=len(questions))
    return design


def why_not_leave_out(design: Design, questions: Iterable[Question]) -> str:
    """Say what would lose its answers if these questions went, or nothing."""
    parts = (
        design.criteria.all(), design.constraints.order_by("pk"), design.selection.all(),
        design.eligibility.all(),
    )  # fmt: skip
    for question in questions:
        if needing := what_needs(question, *parts):
            return _("“%(question)s” stays: %(what)s needs it. Change that first.") % {
                "question": name_of(question),
                "what": get_text_list(needing, _("and")),
            }
    return ""
