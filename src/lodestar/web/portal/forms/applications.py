"""What does an applicant fill in beside the form itself?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForAWordForm(forms.Form):
    """Who knows the applicant, by their address."""

    email = forms.EmailField(
        label=_("The address of a member who knows you"),
        max_length=320,
        help_text=_(
            "A classmate, a teacher, somebody of the alumni office. We write to them once."
        ),
    )
