"""How is one question put on a page: its fields, what they begin with, and the answer read off them?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries.reading import fields_read_in
from lodestar.domain.applications.rules.reading import is_read
from lodestar.domain.forms.rules import Form, Question, help_of, label_of
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.asking.seen import seen_in_words

Fields = dict[str, forms.Field]
Said = Mapping[str, Any]
UNSAID = ("language_2", "language_3")  # who reads the first, reads these


@dataclass(frozen=True)
class Asking:
    """Who is asked what: the design, the role, the language in which it is read, and in which survey, if in one."""

    design: Design
    role: str
    language: str = ""
    survey: str = ""

    @property
    def form(self) -> Form:
        return form_of(self.design, self.survey)

    @property
    def is_mentor(self) -> bool:
        return self.role == RoleInCohort.MENTOR

    @cached_property
    def read_by_rubric(self) -> frozenset[str]:
        return fields_read_in(self.design, self.role)

    def seen(self, question: Question) -> str:
        """Return who reads an answer, in words; a survey says it once for all."""
        if self.survey:
            return ""
        read = is_read(question, self.read_by_rubric)
        return seen_in_words(self.design, question, is_read=read)


@dataclass
class Part:
    """A question on the page. `is_kept` says that the answer goes to the profile as well."""

    question: Question
    asking: Asking
    names: tuple[str, ...] = field(default=(), init=False)
    template = "asking/fields.html"
    is_kept = False

    def __post_init__(self) -> None:
        """Say under which names the fields stand."""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def heading(self) -> str:
        """Return the words over several fields, where the program chose its own."""
        return label_of(self.question, self.asking.language) if len(self.names) > 1 else ""

    def rows(self) -> list[tuple[str, ...]]:
        """Return the names of the fields, those together that stand side by side."""
        return [self.names]

    def fields(self) -> Fields:
        raise NotImplementedError

    def initial(self, answers: Said) -> dict[str, object]:
        return {name: answers.get(name) for name in self.names}

    def answers(self, said: Said) -> dict[str, object]:
        return {name: said.get(name) for name in self.names}

    def check(self, form: forms.Form, partial: bool) -> None:
        """Look at what the fields say together."""

    def told(self, initial: Said) -> str:
        """Return the answer in a line, for whoever told it before."""
        return ", ".join(str(initial[name]) for name in self.names if initial.get(name))

    def finished(self, fields: Fields) -> Fields:
        """Give fields the words of the program, and say who reads the answer."""
        first = next(iter(fields.values()))
        language = self.asking.language
        first.help_text = help_of(self.question, language) or first.help_text
        for name, each in fields.items():
            if name not in UNSAID:
                words = [str(each.help_text), self.asking.seen(self.question)]
                each.help_text = " ".join(filter(None, words))
        if len(fields) == 1:
            first.label = label_of(self.question, language) or first.label
        return fields
