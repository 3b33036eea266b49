"""What does a coordinator fill in who steps into a request?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.matching.models import Match


class ReleaseForm(forms.Form):
    """Why a request is let go."""

    note = forms.CharField(
        label=_("Why, for your colleagues"),
        max_length=500,
        error_messages={"required": _("A short reason helps your colleagues later.")},
    )


class ExtendForm(forms.Form):
    """How many working days more."""

    days = forms.IntegerField(label=_("Working days more"), min_value=1, max_value=20, initial=3)


class AnswerForForm(forms.Form):
    """What a mentor told the office, by telephone for instance."""

    answer = forms.ChoiceField(
        label=_("The mentor told you"),
        choices=[(Match.Answer.ACCEPTED.value, _("yes")), (Match.Answer.DECLINED.value, _("no"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("How you know, for your colleagues"),
        max_length=500,
        error_messages={"required": _("A short reason helps your colleagues later.")},
    )
