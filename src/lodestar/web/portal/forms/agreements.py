"""What do two people write down of what they agree on?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.mentorships.models import LONGEST_CADENCE


def lines(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


class AgreementForm(forms.Form):
    """Five parts in their own words; `seen` is the version from which somebody began to write."""

    goals = lines(_("What do you want to reach?"), 4, _("One goal a line."))
    cadence_days = forms.IntegerField(
        label=_("How many days from one meeting to the next?"),
        help_text=_("About as often as you really can. We go by it before we ask if all is well."),
        min_value=1,
        max_value=LONGEST_CADENCE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    channel = forms.CharField(
        label=_("How do you meet, and how do you write?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    confidentiality = lines(_("What stays between you?"), 5)
    ending = lines(_("How do you end it?"), 4)
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, meets_once: bool = False, cadence_days: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.usual_cadence = cadence_days
        if meets_once:
            del self.fields["cadence_days"]

    @property
    def words(self) -> dict[str, object]:
        """Return the parts as the action takes them; line ends as they are kept."""
        said = {"cadence_days": self.usual_cadence} | self.cleaned_data
        said.pop("seen")
        return {
            name: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
            for name, value in said.items()
        }
