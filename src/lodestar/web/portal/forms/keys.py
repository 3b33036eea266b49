"""What does somebody fill in about the keys that sign them in?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(forms.Form):
    """A name by which one knows a key again."""

    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        help_text=_("By which you know it again: “my phone”."),
    )
