"""What do members tell about themselves, outside any application?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.languages import language_code
from lodestar.domain.people.models import Consent, Person
from lodestar.domain.people.queries import latest_studies, present_work
from lodestar.web.common.asking.usual import YouForm

TEXT_VERSION = "news-1"


class ProfileForm(YouForm):
    """Who one is, for partners and for matching."""

    about = forms.CharField(
        label=_("A few lines about you"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def profile(self) -> dict[str, object]:
        return super().profile() | {"about": self.cleaned_data.get("about", "")}


def known_of(person: Person) -> dict[str, Any]:
    """Return what we know of a person in the names of the form."""
    work = present_work(person)
    names = ("given_name", "family_name", "class_year", "city", "country", "time_zone", "about")
    codes = map(language_code, person.languages[:3])  # a list may have told them in words
    spoken = {f"language_{n}": code for n, code in enumerate(codes, 1)}
    return {
        **{name: getattr(person, name) for name in names},
        **spoken,
        "function": work.title,
        "industry": work.industry,
        "field_of_study": latest_studies(person).field,
    }


class NewsForm(forms.Form):
    """A yes or a no to news; needed letters come either way."""

    is_given = forms.TypedChoiceField(
        label=Consent.Use.NEWS.label,
        choices=[("yes", _("Yes, send me news")), ("no", _("No news, please"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
