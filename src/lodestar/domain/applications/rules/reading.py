"""What does a reader see of an application, and may they score it?"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, Reading
from lodestar.domain.applications.rules.answers import Answers
from lodestar.domain.applications.rules.scoring import why_not_assess
from lodestar.domain.forms.rules import Form, Question, is_own_field
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import SelectionCriterion
from lodestar.domain.programs.rules.asked import BY_NAME
from lodestar.engine.selection.blinding import blinded

NEVER = frozenset({"gender", "gender_matters", "employer", "matching_consent"})
THE_WHOLE = ("topics", "about", "style", "hours_per_month", "capacity", "function", "industry", "field_of_study")  # fmt: skip


def fields_to_read(rubric: Iterable[SelectionCriterion]) -> frozenset[str]:
    """Return the answers that a rubric is read off; "the whole" is what says nothing of who somebody is."""
    found: set[str] = set()
    for criterion in rubric:
        asked = BY_NAME.get(criterion.answer)
        own = (criterion.answer,) if is_own_field(criterion.answer) else ()
        found.update(own or (asked.fields if asked else THE_WHOLE))
    return frozenset(found - NEVER)


def is_read(question: Question, fields: frozenset[str]) -> bool:
    """Tell if readers see the answer to a question: it says so itself, or a rubric is read off it."""
    return question.is_for_reviewers or not fields.isdisjoint(question.fields)


def answers_to_read(
    answers: Mapping[str, object],
    rubric: Sequence[SelectionCriterion],
    person: Person,
    form: Form = (),
) -> Answers:
    """Return what a reader may read, with the writer's names, addresses and numbers taken out of their words.

    That is what the rubric is read off, and what the form asks for reviewers.
    """
    fields = fields_to_read(rubric) | {each.key for each in form if each.is_for_reviewers}
    names = [person.given_name, person.family_name]
    mark = _("[left out]")
    return {
        name: blinded(value, names, mark) if isinstance(value, str) else value
        for name, value in answers.items()
        if name in fields
    }


def why_not_give(reading: Reading, application: Application, person: Person) -> str:
    """Say why a reader cannot score now, or nothing."""
    if reading.reader_id != person.pk or reading.status == Reading.Status.ENDED:
        return _("Somebody else reads this application now. Nothing was changed.")
    return why_not_assess(application, person)
