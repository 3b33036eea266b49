"""What becomes of answers when the form under them changes?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.engine.forms.asking import Answers, missing, says_something, visible
from lodestar.engine.forms.cleaning import cleaned
from lodestar.engine.forms.questions import WITH_OPTIONS, Form, Question, is_own_field


@dataclass(frozen=True, slots=True)
class Held:
    """Answers held against a form: `aside` are those to questions it no longer asks.

    `gone` tells by question which chosen things can no longer be chosen; `wanting` is what must be answered
    and is not. Nothing is ever thrown away by holding.
    """

    aside: Mapping[str, Any]
    gone: Mapping[str, tuple[str, ...]]
    wanting: tuple[Question, ...]

    @property
    def is_whole(self) -> bool:
        return not (self.aside or self.gone or self.wanting)


def held(form: Form, role: str, answers: Answers) -> Held:
    """Hold answers against a form, which may be another than the one they were given to."""
    asked = {question.key: question for question in form if question.is_asked_of(role)}
    aside = {
        name: value
        for name, value in answers.items()
        if is_own_field(name) and name not in asked and says_something(value)
    }
    shown = visible(form, role, answers)
    gone = {each.key: lost for each in shown if (lost := _lost(each, answers.get(each.key)))}
    readable = dict(answers) | {
        each.key: cleaned(each, answers.get(each.key)) for each in shown if each.is_own
    }
    return Held(aside, gone, tuple(missing(form, role, readable)))


def _lost(question: Question, value: object) -> tuple[str, ...]:
    """Return the values that were chosen and cannot be chosen any more."""
    if question.kind not in WITH_OPTIONS or not says_something(value):
        return ()
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(str(each) for each in values if cleaned(question, [each]) in (None, []))
