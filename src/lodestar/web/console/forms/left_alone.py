"""What does a coordinator write to those who have no partner?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    """The words for one group, and what each of them can do next."""

    words = forms.CharField(
        label=_("Your words"),
        help_text=_(
            "A draft to begin with; make it yours. Their name stands above it, the facts of their own "
            "case and what they can do next beneath, and your name at the end."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please write a few words of your own, or keep the draft.")},
    )
    offers = forms.MultipleChoiceField(
        label=_("What they can do next"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"].choices = ways  # type: ignore[attr-defined]
        if not ways:
            del self.fields["offers"]

    def clean(self) -> dict[str, Any]:
        return {"offers": [], **self.cleaned_data}
