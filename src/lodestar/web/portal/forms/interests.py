"""What does somebody write in an interest group?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import random_id
from lodestar.domain.community.rules.interests import LONGEST_POST


class PostForm(forms.Form):
    """A post or an answer; the same form sent twice is one."""

    text = forms.CharField(
        label=_("Your words"), max_length=LONGEST_POST, widget=forms.Textarea(attrs={"rows": 3})
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=random_id)


class HideForm(forms.Form):
    """Why a post is hidden."""

    because = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("A sentence: whoever wrote the post reads it."),
    )
