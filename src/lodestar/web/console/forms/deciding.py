"""How does the office note a decision, and move somebody on a waitlist?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Noted


class NoteForm(forms.Form):
    """A decision for everybody who is ticked."""

    decision = forms.ChoiceField(choices=Noted.Decision.choices)
    with_reasons = forms.BooleanField(required=False)


class SentenceForm(forms.Form):
    """The sentence that goes into the letter of a noted decision."""

    sentence = forms.CharField(
        label=_("A kind word for the letter"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class MoveForm(forms.Form):
    """Where somebody should stand on the waitlist, and why."""

    place = forms.IntegerField(
        label=_("Place"),
        min_value=1,
        max_value=9999,
        error_messages={
            "required": _("Say which place."),
            "invalid": _("A place is a number from 1 on."),
            "min_value": _("A place is a number from 1 on."),
            "max_value": _("Nobody waits that far back."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why in a sentence: others who wait could ask you.")},
    )
