"""What do those who answer for the office choose?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.people.models import Person


class HandOverForm(forms.Form):
    """Who of the office looks after a thread from now on."""

    to = forms.ChoiceField(label=_("Who looks after it?"))

    def __init__(self, *args: Any, readers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.public_id, each.full_name) for each in readers]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Up to which message somebody has seen a thread that they settle."""

    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
