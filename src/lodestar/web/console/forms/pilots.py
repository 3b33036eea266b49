"""What does a coordinator fill in about a trial run?"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.numbers import in_digits
from lodestar.domain.pilots.models import Finding, Gate, Verdict
from lodestar.domain.pilots.rules import AT_MOST, USUAL, why_not_threshold

CHOOSE = [("", _("Choose"))]


class GatesForm(forms.Form):
    """What a trial run has to reach, one number for each measure; a blank one is no criterion."""

    def __init__(self, *args: Any, kept: Mapping[str, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for measure in Gate.Measure:
            is_most = measure in AT_MOST
            told = _("at most; usual: %(usual)s") if is_most else _("at least; usual: %(usual)s")
            usual = USUAL[measure].normalize()
            self.fields[measure.value] = forms.DecimalField(
                label=measure.label,
                max_digits=5,
                decimal_places=1,
                required=False,
                initial=kept.get(measure.value, None if kept else usual),
                help_text=told % {"usual": in_digits(usual)},
            )

    def thresholds(self) -> dict[str, Decimal]:
        said = self.cleaned_data
        return {name: said[name] for name in Gate.Measure.values if said.get(name) is not None}

    def clean(self) -> dict[str, Any]:
        for name, value in self.thresholds().items():
            if problem := why_not_threshold(name, value):
                self.add_error(name, problem)
        if not self.errors and not self.thresholds():
            self.add_error(
                None, _("Fix at least one number, so that the decision rests on something.")
            )
        return self.cleaned_data


class FindingForm(forms.Form):
    """Something that went wrong, and the stage it belongs to."""

    what = forms.CharField(label=_("What went wrong"), max_length=500)
    stage = forms.ChoiceField(label=_("At which stage"), choices=[*CHOOSE, *Finding.Stage.choices])


class VerdictForm(forms.Form):
    """The decision, and why."""

    outcome = forms.ChoiceField(
        label=_("What is decided"), choices=Verdict.Outcome.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Why"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "It is signed with your name and the numbers of this moment, and stays as it is."
        ),
    )
    all_the_same = forms.BooleanField(
        label=_("Launch it although a criterion is missed or not known yet"), required=False
    )

    def __init__(self, *args: Any, has_doubts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_doubts:
            del self.fields["all_the_same"]


class LaunchForm(forms.Form):
    """What the launch is called."""

    name = forms.CharField(label=_("Name of the cohort"), max_length=120)
