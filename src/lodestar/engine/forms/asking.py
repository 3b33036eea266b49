"""Which questions is somebody asked, given what they answered so far, and what is still missing?"""

from collections.abc import Mapping
from typing import Any

from lodestar.engine.answers.values import plain, values_of
from lodestar.engine.forms.questions import BOTH, Condition, Form, Kind, Question, is_own_field

Answers = Mapping[str, Any]
ROLES = ("mentee", "mentor")

# About how many seconds somebody needs on a phone; of the usual ones, by name.
SECONDS: Mapping[str, int] = {
    Kind.SHORT: 15, Kind.LONG: 75, Kind.ONE: 8, Kind.SEVERAL: 15, Kind.RANKED: 30, Kind.SCALE: 6,
    Kind.NUMBER: 8, Kind.DATE: 10, Kind.YES_NO: 4,
    "topics": 45, "about": 75, "work": 15, "place": 10, "time_zone": 5, "languages": 8,
}  # fmt: skip
OTHERWISE = 8


def says_something(value: object) -> bool:
    """Nought is an answer; a blank and a box left open are none."""
    return value is not False and value not in ("", None, [], {}, ())


def visible(form: Form, role: str, answers: Answers) -> list[Question]:
    """Return what somebody is asked: what is for their role, and whose condition holds.

    A condition looks only at what is asked before it, so that no form can go round in a circle; what is
    not asked itself, leads to nothing.
    """
    shown: dict[str, Question] = {}
    for question in form:
        if question.is_asked_of(role) and holds(question.condition, shown, answers):
            shown[question.key] = question
    return list(shown.values())


def holds(condition: Condition | None, before: Mapping[str, Question], answers: Answers) -> bool:
    """Tell if an answer to one of the questions asked before is, or contains, one of the values."""
    if condition is None:
        return True
    question = before.get(condition.question)
    if question is None:
        return False
    told = {plain(value) for value in values_of(_answer_of(question, answers))}
    return bool(told & {plain(value) for value in condition.values})


def _answer_of(question: Question, answers: Answers) -> Any:
    answer = answers.get(question.fields[0])
    return answer if isinstance(answer, str | int | float | list | tuple | Mapping) else None


def is_answered(question: Question, answers: Answers) -> bool:
    return any(says_something(answers.get(name)) for name in question.fields)


def missing(form: Form, role: str, answers: Answers) -> list[Question]:
    """Return what somebody is asked, must answer, and has not."""
    asked = visible(form, role, answers)
    return [each for each in asked if each.is_required and not is_answered(each, answers)]


def counted(form: Form, role: str, answers: Answers) -> dict[str, Any]:
    """Return the answers that count: none to a question that this person is not asked.

    What a file or another form told besides (a time zone, an employer) stays, as long as no question of
    this form hides it.
    """
    shown = visible(form, role, answers)
    asked = {name for question in shown for name in question.fields}
    hidden = {name for question in form for name in question.fields if question.condition} - asked
    return {
        name: value
        for name, value in answers.items()
        if name not in hidden and (name in asked or not is_own_field(name))
    }


def possible(form: Form, role: str) -> set[str]:
    """Return the keys of what somebody of a role could ever be asked, whatever they answer."""
    found: dict[str, Question] = {}
    for question in form:
        if question.is_asked_of(role) and can_hold(question.condition, found):
            found[question.key] = question
    return set(found)


def can_hold(condition: Condition | None, before: Mapping[str, Question]) -> bool:
    """Tell if some answer to the questions before would make a condition hold."""
    if condition is None:
        return True
    question = before.get(condition.question)
    if question is None or not question.can_lead:
        return False
    return not question.is_own or bool(set(question.option_keys) & set(condition.values))


def roles_of(question: Question) -> tuple[str, ...]:
    return ROLES if question.role == BOTH else (question.role,)


def seconds_of(form: Form, role: str) -> int:
    """Return about how long somebody takes for a form who is asked everything."""
    asked = [question for question in form if question.is_asked_of(role)]
    return sum(SECONDS.get(each.kind if each.is_own else each.key, OTHERWISE) for each in asked)
