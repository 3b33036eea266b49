"""How does a coordinator put the questions of a form in order, and leave some out?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from lodestar.domain.forms.models import Step
from lodestar.domain.forms.rules import STEPS, USUAL_FORM, Form, Question, in_order, name_of
from lodestar.domain.programs.actions import why_not_leave_out
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import form_of, left_out

UP, DOWN, BEFORE = "up", "down", "before"


class ArrangeForm(forms.Form):
    """The order of the questions, which must be answered, and what one button just did to one of them."""

    required = forms.MultipleChoiceField(required=False)
    move = forms.CharField(required=False, max_length=120)
    remove = forms.CharField(required=False, max_length=60)
    put = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, design: Design, survey: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design, self.survey = design, survey
        self.questions = form_of(design, survey)
        keys = [(question.key, question.key) for question in self.questions]
        self.fields["required"].choices = keys  # type: ignore[attr-defined]

    @property
    def left_out(self) -> list[tuple[str, str]]:
        """Return the usual questions that this form does not ask, by key and name."""
        usual = () if self.survey else USUAL_FORM
        return [(each.key, name_of(each)) for each in left_out(usual, self.questions)]

    def clean(self) -> dict[str, Any]:
        is_settled = self.errors or self.survey
        gone = left_out(self.questions, self.wished()) if not is_settled else []
        if problem := why_not_leave_out(self.design, gone):
            self.add_error(None, problem)
        return self.cleaned_data

    def wished(self) -> tuple[Question, ...]:
        said = self.cleaned_data
        must = set(said.get("required", []))
        kept = [replace(each, is_required=each.key in must) for each in self.questions]
        kept = [each for each in kept if each.key != said.get("remove")]
        kept += [each for each in USUAL_FORM if each.key == said.get("put") and not self.survey]
        key, _colon, how = said.get("move", "").partition(":")
        steps = (Step.WORDS.value,) if self.survey else STEPS
        return in_order(moved(in_order(kept), key, how, steps))


def moved(questions: Form, key: str, how: str, steps: Sequence[str] = STEPS) -> list[Question]:
    """Return the questions with one of them a place up or down, or right before another."""
    found = list(questions)
    place = next((n for n, each in enumerate(found) if each.key == key), -1)
    if place < 0:
        return found
    if how.startswith(f"{BEFORE}:"):
        return _before(found, found[place], how.removeprefix(f"{BEFORE}:"))
    by = {UP: -1, DOWN: 1}.get(how, 0)
    beside = found[place + by] if 0 <= place + by < len(found) else None
    if beside and beside.step == found[place].step:
        found[place], found[place + by] = found[place + by], found[place]
    else:
        step = min(max(steps.index(found[place].step) + by, 0), len(steps) - 1)
        found[place] = replace(found[place], step=steps[step])
    return found


def _before(questions: list[Question], question: Question, key: str) -> list[Question]:
    other = next((each for each in questions if each.key == key), question)
    if other.key == question.key:
        return questions
    rest = [each for each in questions if each.key != question.key]
    place = rest.index(other)
    return [*rest[:place], replace(question, step=other.step), *rest[place:]]
