"""What does somebody type to come in, and to be called by their name?"""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from lodestar.domain.people.rules import normalised


class AddressForm(forms.Form):
    """One e-mail address, in the form in which two spellings are equal."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )

    def clean_email(self) -> str:
        email = normalised(self.cleaned_data["email"])
        validate_email(email)
        return email


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("The code from the letter"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class NameForm(forms.Form):
    """What somebody wants to be called."""

    given_name = forms.CharField(
        label=_("First name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Last name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
