"""What does somebody tell us about how it goes?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.web.common.pulse_words import wishes_of

USEFUL = [
    (1, _("1, not yet")),
    (2, _("2, a little")),
    (3, _("3, somewhat")),
    (4, _("4, quite")),
    (5, _("5, very")),
]
USEFUL_SHORT = [
    (1, _("Not yet")),
    (2, _("A little")),
    (3, _("Somewhat")),
    (4, _("Quite")),
    (5, _("Very")),
]


class PulseForm(forms.Form):
    """Three questions, under a minute."""

    meeting_count = forms.IntegerField(
        label=_("How many times have you met since we last asked, or since you began?"),
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    usefulness = forms.TypedChoiceField(
        label=_("How useful is it so far?"), choices=USEFUL, coerce=int, widget=forms.RadioSelect
    )
    wish = forms.ChoiceField(
        label=_("Should we do anything?"), choices=Pulse.Wish.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("If so, what should we know?"),
        help_text=_("It goes with your wish to those who can help, and to nobody else."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, pulse: Pulse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"].choices = wishes_of(pulse)  # type: ignore[attr-defined]


class ConcernForm(forms.Form):
    """What is wrong, in one choice and as many words as one likes."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (Concern.Kind.ADVICE, _("I would like some advice")),
            (Concern.Kind.CONTACT, _("Please contact me")),
            (Concern.Kind.SILENCE, _("My partner is silent")),
            (Concern.Kind.REMATCH, _("I would like another partner")),
            (Concern.Kind.SAFETY, _("I do not feel safe")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class GroupConcernForm(ConcernForm):
    """The same about a group, in which nobody is a partner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (Concern.Kind.ADVICE, _("I would like some advice")),
            (Concern.Kind.CONTACT, _("Please contact me")),
            (Concern.Kind.SILENCE, _("The group has gone silent")),
            (Concern.Kind.REMATCH, _("I would like another group")),
            (Concern.Kind.SAFETY, _("I do not feel safe")),
        ]
