"""What does a mentee fill in who asks a mentor, and what a mentor who does not answer at once?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lodestar.domain.matching.rules import LATER_WEEKS

LONGEST = 1000


def words(label: Any, rows: int, **fields: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        **fields,
    )


class NoteForm(forms.Form):
    """What a mentee writes to a mentor."""

    note = words(_("A note to this mentor"), 7, required=False)


class QuestionForm(forms.Form):
    """What a mentor would like to know first."""

    text = words(
        _("Your question"),
        4,
        error_messages={"required": _("Your question is still empty. Write a line, then send it.")},
    )


class ReplyForm(forms.Form):
    """What a mentee answers to a mentor's question."""

    text = words(
        _("Your answer"),
        5,
        error_messages={"required": _("Your answer is still empty. Write a line, then send it.")},
    )


def weeks_in_words() -> list[tuple[int, str]]:
    return [
        (weeks, ngettext("in a week", "in %(count)s weeks", weeks) % {"count": weeks})
        for weeks in LATER_WEEKS
    ]


class LaterForm(forms.Form):
    """From when on a mentor may be asked again, by this mentee or by anybody."""

    weeks = forms.TypedChoiceField(
        label=_("When may they ask you again?"), coerce=int, choices=weeks_in_words, initial=4
    )
    is_pause = forms.BooleanField(
        label=_("Until then I would rather be asked by nobody"),
        required=False,
        help_text=_(
            "Others who wait for your answer are told at once, kindly, and somebody else is asked."
        ),
    )
