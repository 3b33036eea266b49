"""What does an admin fill in about the association's own words?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.common.wording import LONGEST_WORD, TERMS, USUAL, Vocabulary
from lodestar.domain.people import rules
from lodestar.web.common.languages import offered

NAMES: dict[str, Promise] = {
    "mentor": gettext_lazy("Who gives advice"),
    "mentee": gettext_lazy("Who asks for it"),
    "mentorship": gettext_lazy("What the two have"),
    "program": gettext_lazy("What it all belongs to"),
    "cohort": gettext_lazy("One run of it"),
    "coordinator": gettext_lazy("Who looks after it"),
}


@dataclass(frozen=True)
class Row:
    """One thing that can be called otherwise, with the two fields for it."""

    name: object
    fields: list[forms.BoundField]


class WordingForm(forms.Form):
    """One and many of each word, in each language; what is left blank is called as usual."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = [(code, name) for code, name in offered() if code in USUAL]
        for code, _name in self.languages:
            for term in TERMS:
                for place, usual in enumerate(USUAL[code][term]):
                    self.fields[name_of(code, term, place)] = word_field(usual, is_many=bool(place))

    def rows(self) -> Iterator[tuple[str, str, list[Row]]]:
        """Yield the fields in the order of the page: by language, then by what they name."""
        for code, language in self.languages:
            yield (
                code,
                language,
                [
                    Row(NAMES[term], [self[name_of(code, term, place)] for place in (0, 1)])
                    for term in TERMS
                ],
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for code, _name in self.languages:
            for term in TERMS:
                one, many = (said.get(name_of(code, term, place), "") for place in (0, 1))
                if bool(one) != bool(many):
                    self.add_error(
                        name_of(code, term, int(bool(one))),
                        _("Say both: what one is called, and what several are."),
                    )
        return said

    def vocabulary(self) -> Vocabulary:
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for code, _name in self.languages:
            for term in TERMS:
                one, many = (self.cleaned_data[name_of(code, term, place)] for place in (0, 1))
                if one and (one, many) != USUAL[code][term]:
                    found.setdefault(code, {})[term] = (one, many)
        return found


def word_field(usual: str, *, is_many: bool) -> forms.CharField:
    return forms.CharField(
        label=_("several") if is_many else _("one"),
        max_length=LONGEST_WORD,
        required=False,
        validators=[must_be_word],
        widget=forms.TextInput(
            attrs={"placeholder": usual, "autocomplete": "off", "translate": "no"}
        ),
    )


def must_be_word(text: str) -> None:
    if not rules.is_word(text):
        raise forms.ValidationError(_("Only letters, with spaces, hyphens or apostrophes between."))


def name_of(code: str, term: str, place: int) -> str:
    return f"{code}-{term}-{'many' if place else 'one'}"


def typed_words(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        name_of(code, term, place): word
        for code, terms in vocabulary.items()
        for term, forms_of in terms.items()
        for place, word in enumerate(forms_of)
    }
