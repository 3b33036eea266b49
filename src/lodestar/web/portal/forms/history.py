"""What does somebody fill in about one thing they did or studied?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LineForm(forms.Form):
    """One line, of which something at least is said."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said[name] for name in said if name != "is_current"):
            raise forms.ValidationError(_("Say something about it, or leave the line out."))
        return said


class PositionForm(LineForm):
    """What one works or worked as."""

    title = forms.CharField(label=_("What you do"), max_length=200, required=False)
    employer = forms.CharField(label=_("Where"), max_length=200, required=False)
    industry = forms.CharField(label=_("In which field"), max_length=200, required=False)
    is_current = forms.BooleanField(label=_("I do this now"), required=False, initial=True)


class EducationForm(LineForm):
    """What one studied, and until when."""

    degree = forms.CharField(label=_("Degree"), max_length=120, required=False)
    field = forms.CharField(label=_("What you studied"), max_length=200, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1920, max_value=2100, required=False)


class ZoneForm(forms.Form):
    """A time zone by its name."""

    time_zone = forms.CharField(max_length=64)
