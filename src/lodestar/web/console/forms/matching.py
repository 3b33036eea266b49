"""What does a coordinator fill in about a pair?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.matching.models import PairRule
from lodestar.domain.matching.queries import Side

CHOOSE = [("", _("Choose"))]


class ReasonForm(forms.Form):
    """Together or apart, and why."""

    kind = forms.ChoiceField(
        label=_("In every later run these two are"),
        choices=PairRule.Kind.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Only coordinators read this."),
        error_messages={"required": _("A short reason helps your colleagues later.")},
    )


class PairForm(ReasonForm):
    """A mentor and a mentee of a cohort, to be kept together or apart."""

    mentee = forms.ChoiceField(label=_("Mentee"))
    mentor = forms.ChoiceField(label=_("Mentor"))
    field_order = ("mentee", "mentor", "kind", "reason")

    def __init__(self, *args: Any, sides: Sequence[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in sides:
            people = [(p.public_id, str(p)) for p in side.people]
            field = self.fields[side.role.value]
            field.choices = [*CHOOSE, *people]  # type: ignore[attr-defined]
            field.initial = side.chosen


class WithdrawForm(forms.Form):
    """Why a proposed match is taken back."""

    note = forms.CharField(
        label=_("Why, for your colleagues"),
        max_length=500,
        required=False,
    )


class CommentForm(forms.Form):
    """What a coordinator tells the others."""

    text = forms.CharField(
        label=_("For your colleagues"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only coordinators of this program read it."),
        error_messages={"required": _("Write what your colleagues should know.")},
    )


class FilterForm(forms.Form):
    """Which matches of a long list are looked for."""

    SHOW = (
        ("", _("All matches")),
        ("pinned", _("Pinned")),
        ("thin", _("Few answers to go by")),
        ("later", _("Not the mentee's first")),
    )
    q = forms.CharField(label=_("Name"), max_length=80, required=False)
    show = forms.ChoiceField(label=_("Show"), choices=SHOW, required=False)
