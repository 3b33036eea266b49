"""How is a program's own question put on a page?"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lodestar.domain.forms.models import Kind
from lodestar.domain.forms.rules import answer_in_words, label_of, options_of
from lodestar.web.common.asking.parts import Fields, Part, Said

MOST_TO_SEE = 7
MOST_RANKS = 3


class Own(Part):
    """A question in the program's own words."""

    def __post_init__(self) -> None:
        question = self.question
        most = min(question.most or MOST_RANKS, len(question.options))
        ranks = tuple(f"{question.key}_{place}" for place in range(1, most + 1))
        self.names = ranks if question.kind.value == Kind.RANKED else (question.key,)

    @property
    def is_ranked(self) -> bool:
        return self.question.kind.value == Kind.RANKED

    @property
    def label(self) -> str:
        return label_of(self.question, self.asking.language)

    @property
    def options(self) -> list[tuple[str, str]]:
        return options_of(self.question, self.asking.language)

    @property
    def heading(self) -> str:
        return self.label if self.is_ranked else ""

    def rows(self) -> list[tuple[str, ...]]:
        return [(name,) for name in self.names]

    def fields(self) -> Fields:
        if self.is_ranked:
            return self.finished(self._ranks())
        asked = FIELDS[self.question.kind.value](self)
        asked.required = self.question.is_required
        return self.finished({self.key: asked})

    def _ranks(self) -> Fields:
        offered = [("", "–"), *self.options]
        ranks: Fields = {}
        for name in self.names:
            label = _("Then") if ranks else _("Matters most")
            ranks[name] = forms.ChoiceField(label=label, choices=offered, required=False)
        ranks[self.names[0]].required = self.question.is_required
        return ranks

    def finished(self, fields: Fields) -> Fields:
        """Tell who reads a ranking once, over its places."""
        if not self.is_ranked:
            return super().finished(fields)
        first = self.names[0]
        told = super().finished({first: fields[first]})
        told[first].label = _("Matters most")
        return fields | told

    def initial(self, answers: Said) -> dict[str, object]:
        answer = answers.get(self.key)
        if self.is_ranked:
            ranked = answer if isinstance(answer, list) else []
            return dict(zip(self.names, ranked, strict=False))
        return {self.key: answer}

    def answers(self, said: Said) -> dict[str, object]:
        if self.is_ranked:
            told = [said.get(name) for name in self.names]
            return {self.key: [each for each in dict.fromkeys(told) if each]}
        return {self.key: said.get(self.key)}

    def check(self, form: forms.Form, _partial: bool) -> None:
        if self.question.kind.value == Kind.SEVERAL and self.question.most:
            told = form.cleaned_data.get(self.key) or []
            if len(told) > self.question.most:
                sentence = _("Please choose %(most)d at most.") % {"most": self.question.most}
                form.add_error(self.key, sentence)

    def told(self, initial: Said) -> str:
        answer = self.answers(initial)[self.key]
        if not answer:
            return ""
        words = answer_in_words(self.question, answer, self.asking.language)
        return f"{self.label} {', '.join(words)}"


def one_line(_part: Own) -> forms.Field:
    return forms.CharField(max_length=200)


def some_lines(_part: Own) -> forms.Field:
    return forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}))


def one_of(part: Own) -> forms.Field:
    """Few are seen at once; of many one opens a list. Who need not answer can take an answer back."""
    is_short = len(part.options) <= MOST_TO_SEE
    blank = (
        []
        if part.question.is_required and is_short
        else [("", _("No answer") if is_short else "–")]
    )
    widget = forms.RadioSelect if is_short else forms.Select
    return forms.ChoiceField(choices=[*part.options, *blank], widget=widget)


def several_of(part: Own) -> forms.Field:
    return forms.MultipleChoiceField(choices=part.options, widget=forms.CheckboxSelectMultiple)


def a_number(part: Own) -> forms.Field:
    least = 0 if part.question.least is None else part.question.least
    most = 1_000_000 if part.question.most is None else part.question.most
    return forms.IntegerField(min_value=least, max_value=most)


def a_day(_part: Own) -> forms.Field:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


FIELDS: Mapping[str, Any] = {
    Kind.SHORT: one_line,
    Kind.LONG: some_lines,
    Kind.ONE: one_of,
    Kind.YES_NO: one_of,
    Kind.SCALE: one_of,
    Kind.SEVERAL: several_of,
    Kind.NUMBER: a_number,
    Kind.DATE: a_day,
}
