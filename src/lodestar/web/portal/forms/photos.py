"""What does somebody choose who shows their face?"""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lodestar.domain.people.models import Photo
from lodestar.domain.people.rules.photos import PHOTO_BYTES, Portrait, read_photo


class PhotoForm(forms.Form):
    """A picture, decoded while it is checked: what comes out is ours, not the file's."""

    photo = forms.FileField(
        label=_("Choose a picture"),
        help_text=_(
            "JPEG, PNG or WebP, up to 10 MB. We cut a square from its middle and forget the rest, where it was taken too."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        allow_empty_file=True,
    )

    def clean_photo(self) -> Portrait | None:
        chosen = self.cleaned_data["photo"]
        told = chosen.read(PHOTO_BYTES + 1) if isinstance(chosen, UploadedFile) else b""
        portrait, why_not = read_photo(told)
        if why_not:
            raise forms.ValidationError(why_not)
        return portrait


class WordsForm(forms.Form):
    """What can be seen, for those who can't see it, and who sees it."""

    words = forms.CharField(
        label=_("In words"),
        max_length=200,
        required=False,
        help_text=_("For people who cannot see it: “Ruth in a garden, laughing”."),
    )
    shown = forms.ChoiceField(
        label=_("Who sees it"), choices=Photo.Shown.choices, widget=forms.RadioSelect
    )
