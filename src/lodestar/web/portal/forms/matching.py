"""What does a person fill in who says no to a match?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.matching.models import Match

# "Not now" is an answer of its own, with a day.
NO_REASONS = [r for r in Match.DeclineReason.choices if r[0] != Match.DeclineReason.LATER]


class DeclineForm(forms.Form):
    """A coded reason and a word for the coordinators, both in confidence."""

    reason = forms.ChoiceField(
        label=_("What is it, mostly?"),
        choices=NO_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one; “I would rather not say” is fine.")},
    )
    note = forms.CharField(
        label=_("A word to the coordinators, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
