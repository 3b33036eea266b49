"""How does a reader note what they think, and whom does the office ask to read?"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.applications.actions import Mark
from lodestar.domain.applications.models import Assessment
from lodestar.domain.applications.queries.reading import Marked
from lodestar.domain.people.models import Person
from lodestar.web.console.forms.applications import level_in_words

Level = Assessment.Level


class ReadingForm(forms.Form):
    """A level for each criterion and one sentence for all of them."""

    def __init__(
        self, *args: Any, marked: Sequence[Marked], sentence: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.marked = marked
        for each in marked:
            levels = zip(Level, each.criterion.levels, strict=True)
            self.fields[each.criterion.public_id] = forms.TypedChoiceField(
                label=each.criterion.name,
                help_text=each.criterion.meaning,
                choices=[(level.value, level_in_words(level, text)) for level, text in levels],
                coerce=int,
                initial=each.own.score if each.own else None,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a level; the middle one is an answer too.")},
            )
        self.fields["sentence"] = forms.CharField(
            label=_("Why, in a sentence"),
            required=False,
            max_length=300,
            initial=sentence,
            widget=forms.Textarea({"rows": 2}),
            help_text=_("The office reads it. Who applied never does."),
        )

    def marks(self) -> dict[str, Mark]:
        keys = [each.criterion.public_id for each in self.marked]
        return {key: Mark(self.cleaned_data[key]) for key in keys}


class ReaderForm(forms.Form):
    """To whom an application goes."""

    reader = forms.ChoiceField(
        label=gettext_lazy("To whom"),
        error_messages={
            "invalid_choice": gettext_lazy("They cannot read it any more. Choose again.")
        },
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        field = self.fields["reader"]
        field.choices = [(key, person.full_name) for key, person in self.people.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        return self.people[self.cleaned_data["reader"]]
