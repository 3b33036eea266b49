"""What does somebody tell us about how it goes?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.feedback.actions import Answer, More
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.rules import RATINGS, items_of
from lodestar.web.common.pulse_words import to_partner_label, wishes_of

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


class ScaleField(forms.TypedChoiceField):
    """A line to agree with from 1 to 5, side by side on a phone too; it may be left open."""

    is_scale = True

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(number, str(number)) for number in RATINGS],
            coerce=int,
            empty_value=None,
            required=False,
            help_text=_("1 is not at all, 5 is fully."),
            widget=forms.RadioSelect,
            **options,
        )


class SurveyForm(PulseForm):
    """A longer look: lines to agree with, words to the office, and in the middle words to the partner."""

    remarks = forms.CharField(
        label=_("What should the program keep, and what should it change?"),
        help_text=_("The coordinators read it with your name."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to_partner = forms.CharField(
        help_text=_(
            "Goes to them at once, as a message from you, and only once. Leave it empty if there is nothing."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, pulse: Pulse, **kwargs: Any) -> None:
        super().__init__(*args, pulse=pulse, **kwargs)
        self.items = items_of(pulse)
        for item in self.items:
            self.fields[f"rated_{item.key}"] = ScaleField(
                label=item.words, initial=pulse.ratings.get(item.key)
            )
        if label := to_partner_label(pulse, pulse.participant.person):
            self.fields["to_partner"].label = label
        else:
            del self.fields["to_partner"]
        self.order_fields(
            ["meeting_count", "usefulness", *(f"rated_{item.key}" for item in self.items)]
        )

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(said["meeting_count"], said["usefulness"], said["wish"], said["text"])

    def more(self) -> More:
        said = self.cleaned_data
        rated = {item.key: said.get(f"rated_{item.key}") for item in self.items}
        return More(
            {key: value for key, value in rated.items() if value},
            said["remarks"],
            said.get("to_partner", ""),
        )


def form_for(pulse: Pulse, said: Any = None, **options: Any) -> PulseForm:
    """Return the form of a short question, or of a longer survey."""
    kind = SurveyForm if pulse.kind in Pulse.SURVEYS else PulseForm
    return kind(said, pulse=pulse, **options)


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
