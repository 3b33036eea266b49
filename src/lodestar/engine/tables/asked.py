"""Which columns of a table answer a program's own questions, and what do their cells say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from lodestar.engine.forms.cleaning import LARGEST, STEPS_OF_A_SCALE, cleaned, known
from lodestar.engine.forms.questions import WITH_OPTIONS, Kind, Question
from lodestar.engine.tables.values import choices_in, clean_lines
from lodestar.engine.tables.vocabulary import plain_heading

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is no answer: the code of a problem, and what its sentences need."""

    code: str
    values: Mapping[str, str | int] = made(default_factory=dict)


def question_named(heading: str, asked: Sequence[Question]) -> Question | None:
    """Return the question that a heading repeats: in its own words, another language's, or by its key."""
    plain = plain_heading(heading)
    if not plain:
        return None
    return next((each for each in asked if plain in names_of(each)), None)


def names_of(question: Question) -> set[str]:
    told = (question.key, question.label, *(said.label for said in question.words.values()))
    return {plain_heading(name) for name in told} - {""}


def answer_in(question: Question, cells: Sequence[str]) -> tuple[object, Fault | None]:
    """Return what some cells answer to a question as it is kept, or why they are no answer; blanks say nothing.

    >>> answer_in(Question("q_runs", Kind.YES_NO), ["Yes"])
    ('yes', None)
    """
    written = [text for cell in cells if (text := clean_lines(cell))]
    if not written:
        return None, None
    if question.kind in WITH_OPTIONS:
        return _chosen(question, written)
    answer = cleaned(question, written[0])
    return answer, _fault(question, written[0]) if answer is None else None


def _chosen(question: Question, cells: Sequence[str]) -> tuple[object, Fault | None]:
    parts = [part for cell in cells for part in _parts(question, cell)]
    strange = next((part for part in parts if known(question, part) is None), None)
    if strange is not None:
        choices = ", ".join(option.label for option in question.options)
        return None, Fault("answer_choice", {"value": _short(strange), "choices": choices})
    count = len({known(question, part) for part in parts})
    most = 1 if question.kind is Kind.ONE else question.most or count
    if count > most:
        return None, Fault("answer_count", {"count": count, "most": most})
    return cleaned(question, parts), None


def _parts(question: Question, cell: str) -> Sequence[str]:
    """Part a cell into what was chosen; a choice may itself have a comma."""
    return (cell,) if known(question, cell) else choices_in([cell])


def _fault(question: Question, text: str) -> Fault:
    told: dict[str, str | int] = {"value": _short(text)}
    if question.kind is Kind.DATE:
        return Fault("answer_day", told)
    if question.kind is Kind.YES_NO:
        return Fault("answer_yes_no", told)
    is_scale = question.kind is Kind.SCALE
    least = 1 if is_scale else question.least or 0
    most = question.most or (STEPS_OF_A_SCALE if is_scale else LARGEST)
    return Fault("answer_number", {**told, "least": least, "most": most})


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_SHOWN else f"{plain[: MOST_SHOWN - 1]}…"
