"""How does a coordinator note what they think of an application?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.applications.actions import Mark
from lodestar.domain.applications.models import Assessment
from lodestar.domain.applications.queries import Scored

Level = Assessment.Level


class VouchForm(forms.Form):
    """How a coordinator knows who an applicant is."""

    sentence = forms.CharField(
        label=gettext_lazy("How do you know them?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Kept with your name. They do not read it."),
        error_messages={"required": gettext_lazy("Say in a sentence how you know them.")},
    )


class AssessmentForm(forms.Form):
    """A score and a sentence for each criterion of a rubric, as one reader gives them."""

    def __init__(self, *args: Any, scored: Sequence[Scored], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scored = scored
        for each in scored:
            levels = zip(Level, each.criterion.levels, strict=True)
            own = each.own
            self.fields[self.name_of(each, "score")] = forms.TypedChoiceField(
                label=each.criterion.name,
                choices=[("", _("no score yet")), *((level.value, level_in_words(level, text)) for level, text in levels)],
                coerce=int,
                empty_value=None,
                required=False,
                initial=own.score if own else "",
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[self.name_of(each, "sentence")] = forms.CharField(
                label=_("Why, in a sentence"),
                required=False,
                max_length=300,
                initial=own.sentence if own else "",
            )

    @staticmethod
    def name_of(each: Scored, part: str) -> str:
        return f"{part}_{each.criterion.public_id}"

    def rows(self) -> list[tuple[Scored, forms.BoundField, forms.BoundField]]:
        return [
            (each, self[self.name_of(each, "score")], self[self.name_of(each, "sentence")])
            for each in self.scored
        ]

    def clean(self) -> dict[str, Any]:
        for each in self.scored:
            score, sentence = (self.name_of(each, part) for part in ("score", "sentence"))
            said = self.cleaned_data
            if said.get(sentence) and said.get(score) is None and score in said:
                self.add_error(score, _("Choose a score to go with your sentence."))
        return self.cleaned_data

    def marks(self) -> dict[str, Mark]:
        """Return a mark for each criterion that was in the form."""
        return {
            each.criterion.public_id: Mark(
                self.cleaned_data[self.name_of(each, "score")],
                self.cleaned_data[self.name_of(each, "sentence")],
            )
            for each in self.scored
        }


def level_in_words(level: Level, text: str) -> str:
    return (
        _("%(level)s: %(text)s") % {"level": level.label, "text": text}
        if text
        else str(level.label)
    )
