"""Which questions stand on one step of a form, and what was said there?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from lodestar.domain.forms.rules import STEPS, Question, is_answered, visible
from lodestar.web.common.asking.own import Own
from lodestar.web.common.asking.parts import Asking, Part
from lodestar.web.common.asking.usual_parts import USUAL_PARTS, Consent, Name, Offers, Wishes

Answers = Mapping[str, Any]


def part_of(question: Question, asking: Asking) -> Part:
    if question.is_own:
        return Own(question, asking)
    if question.key == "topics":
        return Offers(question, asking) if asking.is_mentor else Wishes(question, asking)
    return USUAL_PARTS[question.key](question, asking)


def parts_of(questions: Sequence[Question], asking: Asking, steps: Sequence[str]) -> list[Part]:
    """Return the parts of some steps: whoever applies gives a name first of all, and the yes to be matched last."""
    asked = [part_of(question, asking) for question in questions if question.step in steps]
    if asking.survey:
        return asked
    first: list[Part] = [Name(asking)] if STEPS[0] in steps else []
    last: list[Part] = [Consent(asking)] if STEPS[-1] in steps else []
    return [*first, *asked, *last]


@dataclass(frozen=True)
class Block:
    """A question as the page shows it; others may follow from what is answered here."""

    part: Part
    rows: list[list[forms.BoundField]]
    is_leading: bool = False

    @property
    def has_errors(self) -> bool:
        return any(field.errors for row in self.rows for field in row)


class StepForm(forms.Form):
    """Some questions; with `partial`, what is still missing may stay so for now."""

    def __init__(
        self,
        typed: QueryDict | None,
        parts: Sequence[Part],
        initial: dict[str, Any],
        *,
        partial: bool = False,
        known: Sequence[str] = (),
    ) -> None:
        super().__init__(typed, initial=initial)
        self.parts, self.partial, self.known = list(parts), partial, known
        for part in parts:
            self.fields.update(part.fields())
        for field in self.fields.values() if partial else ():
            field.required = False

    def clean(self) -> dict[str, Any]:
        for part in self.parts:
            part.check(self, self.partial)
        return self.cleaned_data

    def answers(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for part in self.parts:
            found |= part.answers(self.cleaned_data)
        return found

    def profile(self) -> dict[str, object]:
        """Return what is kept with the person; a text that was taken back is blank."""
        found: dict[str, object] = {}
        for part in self.parts:
            if isinstance(part, Name):
                found |= {name: self.cleaned_data.get(name) or "" for name in part.names}
            elif part.is_kept:
                found |= part.answers(self.cleaned_data)
        return {("title" if name == "function" else name): value for name, value in found.items()}

    def without_errors(self) -> "StepForm":
        """Show what was typed, and say nothing about it yet."""
        self._errors = ErrorDict()
        return self

    def block_of(self, part: Part, leading: set[str]) -> Block:
        rows = [[self[name] for name in row] for row in part.rows() if row]
        return Block(part, rows, part.key in leading)

    def blocks(self) -> list[Block]:
        """Return what is asked; whatever has just been asked for can be named by its key."""
        form = self.parts[0].asking.form if self.parts else ()
        leading = {question.condition.question for question in form if question.condition}
        asked = [part for part in self.parts if part.key not in self.known]
        return [self.block_of(part, leading) for part in asked]

    def known_already(self) -> list[Block]:
        """Return what need not be asked again, because the person told it before."""
        return [self.block_of(part, set()) for part in self.parts if part.key in self.known]

    def known_in_words(self) -> list[str]:
        """Return in a few words each what the person told before."""
        parts = [part for part in self.parts if part.key in self.known]
        return [part.told(self.initial) for part in parts]

    def offered(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return a mentor's topics by their groups."""
        return [
            (group.name, [self[part.places[topic]] for topic in group.topics])
            for part in self.parts
            if isinstance(part, Offers)
            for group in part.groups
        ]

    @property
    def asked(self) -> list[str]:
        """Return the keys of the questions that the page shows, so that it is known which were not there."""
        return [part.key for part in self.parts]


@dataclass(frozen=True)
class Filling:
    """A form that is being filled in: who is asked what, and what was said up to now.

    `answers` are those kept; `known` is what is known from elsewhere, and begins the fields.
    """

    asking: Asking
    steps: Sequence[str]
    answers: Answers
    known: Answers

    def shown(self, answers: Answers) -> list[Question]:
        form = self.asking.form
        asked = visible(form, self.asking.role, answers)
        return [question for question in asked if question.step in self.steps]

    def empty(self) -> StepForm:
        """Return the form as it is first shown."""
        parts = parts_of(self.shown(self._told), self.asking, self.steps)
        return self._form(None, parts)

    def typed(self, said: QueryDict, *, partial: bool = False) -> tuple[StepForm, list[Question]]:
        """Return the form with what was typed, and the questions that follow from it and were not there."""
        shown = self.shown(self._merged(said))
        there = set(said.getlist("asked")) or {question.key for question in shown}
        parts = parts_of([each for each in shown if each.key in there], self.asking, self.steps)
        form = self._form(said, parts, partial=partial)
        return form, [each for each in shown if each.key not in there]

    def looked_at(self, said: QueryDict) -> StepForm:
        """Return the form with what was typed and all that follows from it, without a word on what is wrong."""
        parts = parts_of(self.shown(self._merged(said)), self.asking, self.steps)
        return self._form(said, parts).without_errors()

    def _merged(self, said: QueryDict) -> dict[str, Any]:
        """Return the answers kept, with those over them that can be read off what was typed."""
        form, role = self.asking.form, self.asking.role
        there = set(said.getlist("asked"))
        asked = [
            each
            for each in form
            if each.step in self.steps
            and each.is_asked_of(role)
            and (not there or each.key in there)
        ]
        reading = StepForm(said, parts_of(asked, self.asking, self.steps), {}, partial=True)
        reading.full_clean()
        return dict(self.answers) | reading.answers()

    @property
    def _told(self) -> dict[str, Any]:
        """Return what is known of somebody; what they said here wins."""
        return dict(self.known) | dict(self.answers)

    def _form(
        self, said: QueryDict | None, parts: Sequence[Part], *, partial: bool = False
    ) -> StepForm:
        initial: dict[str, Any] = {}
        for part in parts:
            initial |= part.initial(self._told)
        initial["is_guessed"] = self.known.get("is_guessed", False)
        known = [part.key for part in parts if self._is_known(part, initial)]
        return StepForm(said, parts, initial, partial=partial, known=known)

    def _is_known(self, part: Part, initial: Answers) -> bool:
        """Tell if a lasting answer was told before, and not in this application, where it is still shown."""
        if not (part.is_kept or part.question.is_lasting) or self._has_begun:
            return False
        if part.key in self.known.get("guessed", ()):
            return False
        return bool(part.told(initial)) and (part.key != "name" or bool(initial["family_name"]))

    @property
    def _has_begun(self) -> bool:
        """Tell if one of the lasting questions here was answered in this very application."""
        form = self.asking.form
        lasting = [each for each in form if each.step in self.steps and each.is_lasting]
        return any(is_answered(each, self.answers) for each in lasting)
