"""What is to be done: by whom, until when?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.mentorships.models import Goal, Mentorship
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.people.models import Person
from lodestar.web.portal.forms.mentorships import DayInput

EITHER, ME, PARTNER = "either", "me", "partner"


class TaskForm(forms.Form):
    """One thing to do; on a page with many such forms each has its own names."""

    text = forms.CharField(label=_("What is to be done?"), max_length=200)
    doer = forms.ChoiceField(label=_("By whom?"), required=False, initial=EITHER)
    due_on = forms.DateField(label=_("Until when?"), required=False, widget=DayInput)

    def __init__(self, *args: Any, mentorship: Mentorship, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {ME: person, PARTNER: partner_of(mentorship, person)}
        self.fields["doer"].choices = [  # type: ignore[attr-defined]
            (EITHER, _("Either of you")),
            (ME, _("You")),
            (PARTNER, self.people[PARTNER].first_name),
        ]

    @property
    def told(self) -> dict[str, Any]:
        """Return the task as the action takes it."""
        said = dict(self.cleaned_data)
        return {**said, "doer": self.people.get(said["doer"])}


def prefix_of(goal: Goal | None) -> str:
    """Return the names of the form that adds to a goal, or to what is no step of one."""
    return f"step-{goal.public_id}" if goal else "task"


def task_form(
    mentorship: Mentorship, person: Person, goal: Goal | None = None, said: Any = None
) -> TaskForm:
    return TaskForm(said, prefix=prefix_of(goal), mentorship=mentorship, person=person)
