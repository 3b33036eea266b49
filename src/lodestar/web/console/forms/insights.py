"""For how long may people outside read a roadmap?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.insights.rules import LINK_DAYS


class ShareForm(forms.Form):
    """How long a link opens."""

    days = forms.TypedChoiceField(
        label=_("Opens for"),
        choices=[(days, _("%(days)d days") % {"days": days}) for days in LINK_DAYS],
        coerce=int,
        initial=30,
    )
