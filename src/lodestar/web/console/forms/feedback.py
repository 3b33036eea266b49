"""What do those who look after a concern write down?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class CloseForm(forms.Form):
    """One line of what came of it."""

    note = forms.CharField(
        label=_("What came of it?"),
        help_text=_("One line, read only by those who may read the concern itself."),
        max_length=500,
    )
