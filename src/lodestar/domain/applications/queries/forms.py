"""What did people answer to the questions of a form, here and before?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lodestar.domain.applications import rules
from lodestar.domain.applications.models import Application
from lodestar.domain.applications.rules.answers import Answers
from lodestar.domain.forms.rules import (
    Question,
    answer_in_words,
    counted,
    held,
    name_of,
    tallied,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.rules.asked import form_of

MOST_LOOKED_AT = 5
MOST_COUNTED = 2000


def told_before(person: Person, cohort: Cohort) -> Answers:
    """Return what somebody answered elsewhere to the same lasting questions, the latest answer first."""
    lasting = [each for each in form_of(cohort.design) if each.is_own and each.is_lasting]
    if not lasting:
        return {}
    sent = Application.objects.filter(person=person, submitted_at__isnull=False)
    earlier = sent.exclude(cohort=cohort).select_related("cohort__design").order_by("-submitted_at")
    found: Answers = {}
    for application in earlier[:MOST_LOOKED_AT]:
        asked = {question.key: question for question in form_of(application.cohort.design)}
        for question in lasting:
            if is_the_same(question, asked.get(question.key)) and question.key not in found:
                found[question.key] = application.answers.get(question.key)
    return {name: value for name, value in found.items() if value is not None}


def is_the_same(one: Question, other: Question | None) -> bool:
    """Two programs ask the same only where they ask it in the same words, in the same way."""
    return other is not None and (one.kind, one.label) == (other.kind, other.label)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a form that changed under an application leaves open, in words.

    `aside` are questions that are no longer asked, with what was answered; `gone` choices that are no longer
    offered; `wanting` what is asked now and was not answered.
    """

    aside: list[tuple[str, str]]
    gone: list[tuple[str, str]]
    wanting: list[tuple[Question, str]]

    @property
    def is_anything(self) -> bool:
        return bool(self.aside or self.gone or self.wanting)


def changed_under(application: Application) -> Changed:
    """Hold an application against the form that its cohort goes by now; nothing is ever thrown away."""
    form, answers = form_of(application.cohort.design), application.answers
    found = held(form, application.role, answers)
    asked = {question.key: question for question in form}
    is_sent = application.submitted_at is not None
    once = once_asked(application.cohort.program) if found.aside else {}
    return Changed(
        aside=[
            (name_of(question), ", ".join(answer_in_words(question, found.aside[key])))
            for key, question in once.items()
            if key in found.aside
        ],
        gone=[(name_of(asked[key]), ", ".join(values)) for key, values in found.gone.items()],
        wanting=[
            (question, name_of(question))
            for question in (rules.wanting(form, application.role, answers) if is_sent else ())
        ],
    )


def once_asked(program: Program, survey: str = "") -> dict[str, Question]:
    """Return the own questions that any version of a program's form asks or asked, as asked last, in that order."""
    found: dict[str, Question] = {}
    for design in program.designs.order_by("-version"):
        for question in form_of(design, survey):
            if question.is_own:
                found.setdefault(question.key, question)
    return found


@dataclass(frozen=True, slots=True)
class Answered:
    """How many answered a question, of how many who were asked, in which cohort; and which choice how often."""

    count: int
    asked: int
    cohort: Cohort
    values: Mapping[str, int] = field(default_factory=dict)


def answered_last(program: Program) -> Mapping[str, Answered]:
    """Count by question who answered it in the last cohort to which people applied."""
    sent = Application.objects.filter(cohort__program=program, submitted_at__isnull=False)
    last = sent.select_related("cohort__design").order_by("-cohort__opens_on", "-pk").first()
    if last is None:
        return {}
    rows = sent.filter(cohort=last.cohort).order_by("pk").values_list("role", "answers")
    return {
        key: Answered(each.answered, each.asked, last.cohort, each.chosen)
        for key, each in tallied(form_of(last.cohort.design), rows[:MOST_COUNTED]).items()
    }


def answers_asked_for(application: Application) -> Answers:
    """Return what was answered to questions that this person is asked; what is hidden or aside is left out."""
    return counted(form_of(application.cohort.design), application.role, application.answers)
