"""What do two people type in their room?"""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import random_id
from lodestar.domain.mentorships.models import Mentorship

FOR_ME, FOR_BOTH = "me", "both"


class DayInput(forms.DateInput):
    """The browser's own picker of days."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MeetingForm(forms.Form):
    """A meeting in three fields; the note and for whom it is are the third."""

    held_on = forms.DateField(label=_("When did you meet?"), widget=DayInput)
    minutes = forms.IntegerField(
        label=_("For how many minutes?"),
        initial=60,
        min_value=5,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "5"}),
    )
    note = forms.CharField(
        label=_("What do you want to remember?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scope = forms.ChoiceField(
        label=_("Who reads the note?"),
        choices=[(FOR_ME, _("Only I")), (FOR_BOTH, _("The two of us"))],
        initial=FOR_ME,
        widget=forms.RadioSelect,
    )

    @property
    def told(self) -> dict[str, object]:
        """Return the meeting as the action takes it."""
        told = dict(self.cleaned_data)
        told["is_shared"] = told.pop("scope") == FOR_BOTH
        return told


class GoalForm(forms.Form):
    """What the two want to reach, and the first step towards it."""

    text = forms.CharField(label=_("What do you want to reach?"), max_length=200)
    step = forms.CharField(label=_("The first step"), max_length=200, required=False)
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput)


class MessageForm(forms.Form):
    """A message; its key makes the same form sent twice one message."""

    text = forms.CharField(
        label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    form_key = forms.CharField(max_length=32, widget=forms.HiddenInput, initial=random_id)


class EndForm(forms.Form):
    """Why it ends; the partner is told that it did, never why."""

    reason = forms.ChoiceField(
        label=_("What is the main reason?"),
        help_text=_("Only counted, to make the program better. Your partner does not see it."),
        choices=Mentorship.EndReason.choices,
        widget=forms.RadioSelect,
    )


def meeting_form(on: date) -> MeetingForm:
    """Return the empty form with today's date in it."""
    return MeetingForm(initial={"held_on": on, "minutes": 60, "scope": FOR_ME})
