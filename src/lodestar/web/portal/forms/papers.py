"""What do two people put into their room: notes and files?"""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lodestar.domain.mentorships.models import RoomFile
from lodestar.domain.mentorships.rules import MOST_BYTES
from lodestar.web.portal.forms.mentorships import FOR_BOTH, FOR_ME


class NoteForm(forms.Form):
    """A note, and for whom it is."""

    text = forms.CharField(
        label=_("Your note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    scope = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=[(FOR_ME, _("Only I")), (FOR_BOTH, _("The two of us"))],
        initial=FOR_ME,
        widget=forms.RadioSelect,
    )

    @property
    def told(self) -> dict[str, Any]:
        return {
            "text": self.cleaned_data["text"],
            "is_shared": self.cleaned_data["scope"] == FOR_BOTH,
        }


class FileForm(forms.Form):
    """One file; what it is shows its content."""

    file = forms.FileField(
        label=_("A file for both of you"),
        max_length=255,
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].help_text = _(
            "PDF, pictures, office documents or plain text, up to %(most)s."
        ) % {"most": filesizeformat(MOST_BYTES)}


class RemoveForm(forms.Form):
    """Why a file is taken out."""

    reason = forms.ChoiceField(choices=RoomFile.Reason.choices)
