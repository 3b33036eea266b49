"""What does somebody say who opens an interest group?"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.community.models import InterestGroup
from lodestar.domain.programs.models import Cohort

Kind = InterestGroup.Kind


class OpenForm(forms.Form):
    """A name, what it is for, and who may join."""

    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=_("What its people share"), choices=Kind.choices)
    cohort = forms.ChoiceField(
        label=_("Which cohort"),
        required=False,
        help_text=_("Then only its mentors and mentees may join; otherwise everybody may."),
    )

    def __init__(self, *args: Any, cohorts: list[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohorts = {each.public_id: each for each in cohorts}
        choices = [(key, f"{each.program}, {each.name}") for key, each in self.cohorts.items()]
        cast(forms.ChoiceField, self.fields["cohort"]).choices = [("", "–"), *choices]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        is_of_cohort = said.get("kind") == Kind.COHORT
        if is_of_cohort and not said.get("cohort") and "cohort" not in self.errors:
            self.add_error("cohort", _("Say which cohort."))
        said["cohort"] = self.cohorts.get(said.get("cohort", "")) if is_of_cohort else None
        return said
