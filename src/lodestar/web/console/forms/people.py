"""What does an admin look for, and why does somebody's access end?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.people.models import EndReason
from lodestar.domain.people.queries import SHUT_OUT, WITH_ACCOUNT, WITH_ROLE, WITHOUT_ACCOUNT


class PeopleFilterForm(forms.Form):
    """Whom to show of a long list."""

    SHOW = (
        ("", _("Everybody")),
        (WITH_ACCOUNT, _("Who has an account")),
        (WITHOUT_ACCOUNT, _("Who has not joined yet")),
        (WITH_ROLE, _("Who has a role for the association")),
        (SHUT_OUT, _("Whose access has ended")),
    )
    search = forms.CharField(
        label=_("Name or address"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    class_year = forms.IntegerField(
        label=_("Class year"), min_value=1800, max_value=2200, required=False
    )
    show = forms.ChoiceField(label=_("Show"), choices=SHOW, required=False)


class EndAccessForm(forms.Form):
    """A reason that can be kept without speaking of the person."""

    reason = forms.ChoiceField(label=_("Why"), choices=EndReason.choices, widget=forms.RadioSelect)
