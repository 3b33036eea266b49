"""What do two people type in their room?"""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.mentorships.models import Mentorship, Wish

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
    """What the two want to reach, and the first step towards it; its names are its own on a page of many forms."""

    prefix = "goal"

    text = forms.CharField(label=_("What do you want to reach?"), max_length=200)
    step = forms.CharField(label=_("The first step"), max_length=200, required=False)
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput)


class EndForm(forms.Form):
    """How it shall end; the partner is told that it did, never why."""

    reason = forms.ChoiceField(
        label=_("What is the main reason?"),
        help_text=_("The program's coordinators read it. Your partner does not."),
        choices=Mentorship.EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose the one that is nearest.")},
    )
    then = forms.ChoiceField(
        label=_("And then?"),
        choices=(
            ("", _("That was all, thank you")),
            (Wish.Kind.NEW.value, _("I would like somebody new in this cohort")),
        ),
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    again = forms.BooleanField(
        label=_("Next time I would like the same partner again"),
        help_text=_("Nobody learns of it, unless your partner wishes it too."),
        required=False,
    )

    def __init__(self, *args: Any, can_have_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_have_new:
            del self.fields["then"]

    @property
    def wishes(self) -> list[Wish.Kind]:
        """What the one who ends it would like now, by the cleaned form."""
        said = self.cleaned_data
        new = [Wish.Kind.NEW] if said.get("then") == Wish.Kind.NEW else []
        return [*new, *([Wish.Kind.AGAIN] if said["again"] else [])]


def meeting_form(on: date) -> MeetingForm:
    """Return the empty form with today's date in it."""
    return MeetingForm(initial={"held_on": on, "minutes": 60, "scope": FOR_ME})
