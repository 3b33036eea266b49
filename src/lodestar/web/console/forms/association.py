"""What does an admin fill in about the association?"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lodestar.domain.people import rules
from lodestar.domain.people.actions.association import Description
from lodestar.domain.people.models import Association
from lodestar.web.common.languages import offered


class AssociationForm(forms.Form):
    """Name, mark, one colour, and where people write to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    colour = forms.CharField(
        label=_("Colour"),
        help_text=_("Pick any; we keep its hue and make it dark or light enough to be read."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    mark = forms.FileField(
        label=_("Mark"),
        help_text=_("A PNG or WebP picture of up to 200 KB, at least 56 pixels tall."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/webp"}),
        required=False,
    )
    drop_mark = forms.BooleanField(label=_("Show the star instead of our mark"), required=False)
    contact_email = forms.EmailField(
        label=_("E-mail address people may write to"),
        help_text=_("Stands at the foot of every page and letter."),
        required=False,
    )
    postal_address = forms.CharField(
        label=_("Postal address"),
        help_text=_("On one line; many countries ask for it in letters."),
        max_length=300,
        required=False,
    )

    reads_in = forms.ChoiceField(
        label=_("Language"),
        help_text=_(
            "For visitors whose browser asks for none that we have, and for letters to people who have "
            "not chosen one."
        ),
        choices=offered,
        required=False,
    )

    has_interest_groups = forms.BooleanField(
        label=_("Interest groups"),
        help_text=_(
            "Members meet and write around a topic, a place or a cohort. You and the coordinators open the "
            "groups; whoever opens one moderates it."
        ),
        required=False,
    )

    def __init__(self, *args: object, association: Association, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not association.mark_type:
            del self.fields["drop_mark"]

    def clean_colour(self) -> str:
        colour = str(self.cleaned_data["colour"])
        if not rules.is_colour(colour):
            raise forms.ValidationError(_("A colour is written like #264e7e."))
        return colour

    def clean_mark(self) -> bytes | None:
        chosen = self.cleaned_data["mark"]
        if not isinstance(chosen, UploadedFile):
            return None
        drawing: bytes = chosen.read(rules.MARK_BYTES + 1)
        if why_not := rules.why_not_mark(drawing):
            raise forms.ValidationError(why_not)
        return drawing

    def description(self) -> Description:
        said = self.cleaned_data
        mark = said["mark"]
        if mark is None and said.get("drop_mark"):
            mark = b""
        return Description(
            name=said["name"],
            colour=said["colour"],
            contact_email=said["contact_email"],
            postal_address=said["postal_address"],
            mark=mark,
            reads_in=said["reads_in"],
            has_interest_groups=said["has_interest_groups"],
        )


def words_of(association: Association) -> dict[str, Any]:
    return {
        "name": association.name,
        "colour": association.colour,
        "contact_email": association.contact_email,
        "postal_address": association.postal_address,
        "has_interest_groups": association.has_interest_groups,
        "reads_in": association.reads_in or settings.LANGUAGE_CODE,
    }
