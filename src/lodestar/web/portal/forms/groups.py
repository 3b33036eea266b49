"""What do the people of a group type?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.groups.models import Member
from lodestar.web.portal.forms.mentorships import DayInput


class GroupDeclineForm(forms.Form):
    """A coded reason and a word for the coordinators, both in confidence."""

    reason = forms.ChoiceField(
        label=_("What is it, mostly?"),
        choices=Member.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one; “I would rather not say” is fine.")},
    )
    note = forms.CharField(
        label=_("A word to the coordinators, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GroupMeetingForm(forms.Form):
    """A meeting: when, how long, who was there, and what everybody may read of it."""

    held_on = forms.DateField(label=_("When did you meet?"), widget=DayInput)
    minutes = forms.IntegerField(
        label=_("For how many minutes?"),
        initial=90,
        min_value=5,
        max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "5"}),
    )
    present = forms.MultipleChoiceField(
        label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("What do you want to remember?"),
        help_text=_("Everybody in the group reads it; the office does not."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(member.public_id, member.person.first_name) for member in people]
        self.fields["present"].choices = choices  # type: ignore[attr-defined]


class DateForm(forms.Form):
    """When and where the group meets next, in the writer's own time zone."""

    on = forms.DateField(label=_("Day"), widget=DayInput)
    at = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    where = forms.CharField(
        label=_("Where"), max_length=200, required=False, help_text=_("A place, or a link.")
    )

    def moment(self, zone: ZoneInfo) -> datetime:
        said = self.cleaned_data
        return datetime.combine(said["on"], said["at"], zone)


class GroupGoalForm(forms.Form):
    """What the group wants to reach."""

    text = forms.CharField(label=_("What do you want to reach?"), max_length=200)
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput)


class LeaveForm(forms.Form):
    """Why somebody leaves; the others are told that they are one fewer, never why."""

    reason = forms.ChoiceField(
        label=_("What is the main reason?"),
        help_text=_("Only the coordinators read it. Leaving it open is fine."),
        choices=Member.Reason.choices,
        initial=Member.Reason.PRIVATE,
        widget=forms.RadioSelect,
    )


def group_meeting_form(people: Sequence[Member], on: date) -> GroupMeetingForm:
    """Return the empty form with today's date in it and everybody ticked."""
    everybody = [member.public_id for member in people]
    return GroupMeetingForm(
        people=people, initial={"held_on": on, "minutes": 90, "present": everybody}
    )
