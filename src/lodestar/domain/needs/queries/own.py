"""What was answered to a program's own questions: counts of what was chosen, and own words to those who may read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lodestar.domain.applications.queries.forms import once_asked
from lodestar.domain.forms.models import Survey, Use
from lodestar.domain.forms.rules import (
    Form,
    Question,
    Tally,
    answer_in_words,
    is_answered,
    name_of,
    options_of,
    tallied,
)
from lodestar.domain.needs.models import NeedsAnswer
from lodestar.domain.needs.queries.shortages import SMALLEST_SHARED, shared
from lodestar.domain.needs.queries.surveys import answers_to_read, survey_of
from lodestar.domain.needs.rules import own_questions
from lodestar.domain.programs.models import Cohort, Program

MOST_SAID = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What one person wrote, and who it was; nobody where no name was given."""

    by: object
    words: str


@dataclass(frozen=True)
class Result:
    """One question with what was answered: how often each thing was chosen, or the latest words."""

    question: Question
    tally: Tally
    said: Sequence[Said] = ()

    @property
    def name(self) -> str:
        return name_of(self.question)

    @property
    def counts(self) -> list[tuple[str, object]]:
        return counts_told(self.question, self.tally.answered, self.tally.chosen)


def counts_told(
    question: Question, answered: int, chosen: Mapping[str, int]
) -> list[tuple[str, object]]:
    """Return each thing that can be chosen with how often it was; nothing where too few answered.

    Whoever knows the sum cannot find what is hidden: see `hidden_among`.
    """
    if answered < SMALLEST_SHARED:
        return []
    counts = [(words, chosen.get(key, 0)) for key, words in options_of(question)]
    hidden = hidden_among([count for _words, count in counts])
    return [
        (words, hidden_in_words(count) if place in hidden else count)
        for place, (words, count) in enumerate(counts)
    ]


def hidden_in_words(count: int) -> object:
    return _("not told") if count >= SMALLEST_SHARED else shared(1)


def hidden_among(counts: Sequence[int]) -> set[int]:
    """Return the places of counts that are not told, so that none can be found from the rest and the sum.

    With a small one every smaller is hidden too, nought as well; and as long as what is hidden would follow
    from its sum, the next smallest.

    >>> hidden_among([18, 2, 9, 0]), hidden_among([18, 2, 9]), hidden_among([18, 9, 0])
    ({1, 3}, {1, 2}, set())
    """
    if not any(0 < count < SMALLEST_SHARED for count in counts):
        return set()
    smallest_first = sorted(range(len(counts)), key=lambda place: counts[place])
    hidden: set[int] = set()
    for place in smallest_first:
        follows = len(hidden) < 2 or {counts[each] for each in hidden} == {SMALLEST_SHARED - 1}
        if counts[place] < SMALLEST_SHARED or follows:
            hidden.add(place)
    return hidden


def results_of(cohort: Cohort, role: str) -> list[Result]:
    """Return what one side answered to the own questions of its survey, in their order."""
    survey = survey_of(cohort, role)
    form = own_questions(survey) if survey else ()
    asked = [question for question in form if question.is_asked_of(role)]
    if not asked:
        return []
    rows = list(answers_to_read(cohort, role))
    tallies = tallied(form, [(role, row.answers) for row in rows])
    return [
        Result(question, tallies.get(question.key, Tally(0, 0)), said_to(question, rows))
        for question in asked
    ]


def said_to(question: Question, rows: Sequence[NeedsAnswer]) -> list[Said]:
    """Return the latest answers to a question that has nothing to choose from."""
    if question.option_keys:
        return []
    answered = [row for row in rows if is_answered(question, row.answers)]
    return [
        Said(row.person, ", ".join(answer_in_words(question, row.answers[question.key])))
        for row in answered[:MOST_SAID]
    ]


def results_to_share(results: Mapping[str, Sequence[Result]]) -> Iterator[list[object]]:
    """Return what was chosen, by who was asked, to be passed on: no count below five, and nobody's words."""
    yield [_("Asked of"), _("Question"), _("Answer"), _("People")]
    for who, found in results.items():
        for result in (each for each in found if each.question.use == Use.REPORT.value):
            for words, count in result.counts:
                yield [who, result.name, words, count]


def own_questions_once_asked(program: Program) -> Form:
    """Return every own question that the survey of a program asks or asked, so that no answer is lost to sight."""
    return list(once_asked(program, Survey.NEEDS).values())


def answered_last(survey: str, program: Program) -> tuple[Cohort, dict[str, Tally]] | None:
    """Count what was answered in the last cohort that was asked; nothing where a survey was never sent."""
    sent = NeedsAnswer.objects.filter(survey__cohort__program=program, sent_at__isnull=False)
    last = (
        sent.select_related("survey__cohort__design").order_by("-survey__opens_on", "-pk").first()
    )
    if last is None or survey != Survey.NEEDS:
        return None
    cohort: Cohort = last.survey.cohort
    said: list[tuple[str, dict[str, Any]]] = list(
        sent.filter(survey__cohort=cohort).order_by("pk").values_list("survey__role", "answers")
    )
    return cohort, tallied(own_questions(last.survey), said)
