"""How does a coordinator note what they think of an application?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, Assessment
from lodestar.domain.applications.queries import rubric_of
from lodestar.domain.applications.queries.reading import scores_by_reader
from lodestar.domain.applications.rules.scoring import why_not_assess
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import SelectionCriterion
from lodestar.domain.programs.queries import is_coordinator
from lodestar.engine.selection.agreement import summary_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A score from 1 to 3 with a sentence; None takes an earlier score back."""

    score: int | None
    sentence: str = ""


@transaction.atomic
def assess_application(
    application: Application, *, by: Person, marks: Mapping[str, Mark]
) -> Application:
    """Note one reader's scores by the keys of their criteria; those not named stay as they are."""
    application = application.locked()
    if not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only a coordinator of this program scores applications."))
    if problem := why_not_assess(application, by):
        raise RefusedError(problem)
    rubric = {criterion.public_id: criterion for criterion in rubric_of(application)}
    if not marks.keys() <= rubric.keys():
        raise RefusedError(_("The criteria have changed meanwhile. Look again, and score anew."))
    if changed := keep_marks(application, by, marks):
        record("application.assessed", application, by=by, about=application.person, count=changed)
    return application


def keep_marks(application: Application, by: Person, marks: Mapping[str, Mark]) -> int:
    """Keep a reader's scores by the keys of their criteria and sum up anew; return how many changed."""
    rubric = {criterion.public_id: criterion for criterion in rubric_of(application)}
    changed = sum(_mark(application, rubric[key], by, mark) for key, mark in marks.items())
    if changed:
        summary = summary_of(scores_by_reader(application))
        application.score, application.is_disputed = summary.score, summary.is_disputed
        application.save(update_fields=["score", "is_disputed"])
    return changed


def _mark(application: Application, criterion: SelectionCriterion, by: Person, mark: Mark) -> bool:
    """Keep one score, and tell if anything changed."""
    known = Assessment.objects.filter(application=application, criterion=criterion, assessor=by)
    if mark.score is None:
        return bool(known.delete()[0])
    assessment = known.first() or Assessment(
        application=application, criterion=criterion, assessor=by
    )
    said = mark.sentence.replace("\x00", "").strip()
    if (assessment.score, assessment.sentence) == (mark.score, said) and assessment.pk:
        return False
    assessment.score, assessment.sentence, assessment.assessed_at = mark.score, said, now()
    assessment.full_clean()
    assessment.save()
    return True
