"""What does somebody type who writes in a thread?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import random_id


class MessageForm(forms.Form):
    """A message; its key makes the same form sent twice one message."""

    text = forms.CharField(
        label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    form_key = forms.CharField(max_length=32, widget=forms.HiddenInput, initial=random_id)


def number_in(text: str) -> int:
    """Return a page number from an address; nonsense is the first page."""
    return int(text) if text.isdecimal() and len(text) < 6 else 1
