"""How does somebody say when and how they want their letters? On the page and behind the link of a letter alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.messaging.models import LetterWishes

Pace = LetterWishes.Pace
HOURS = [("", _("Letters may come at any hour")), *((str(n), f"{n:02d}:00") for n in range(24))]


class WishesForm(forms.Form):
    """Messages, reminders, quiet hours, and what others learn of one's reading."""

    messages = forms.ChoiceField(
        label=_("When somebody writes to you"),
        help_text=_(
            "A daily letter comes in the morning, at eight where you are, and tells all of it."
        ),
        choices=[
            (Pace.AT_ONCE, _("A letter at once")),
            (Pace.DAILY, _("One letter a day, together")),
        ],
        widget=forms.RadioSelect,
    )
    has_words = forms.BooleanField(
        label=_("Put the words into the letter"),
        help_text=_(
            "Otherwise it says only that something waits. Choose it if nobody but you reads your mail."
        ),
        required=False,
    )
    reminders = forms.ChoiceField(
        label=_("Friendly reminders"),
        help_text=_(
            "A first date that is overdue, days that come near. Letters that ask for your decision come either way."
        ),
        choices=[
            (Pace.AT_ONCE, _("As they come")),
            (Pace.DAILY, _("One letter a day, together")),
            (Pace.NONE, _("No reminders")),
        ],
        widget=forms.RadioSelect,
    )
    quiet_from = forms.TypedChoiceField(
        label=_("No letters from"), choices=HOURS, required=False, coerce=int, empty_value=None
    )
    quiet_until = forms.TypedChoiceField(
        label=_("until"),
        help_text=_(
            "By the clock where you are. Codes to sign in, and what is about somebody’s safety, come at any hour."
        ),
        choices=HOURS,
        required=False,
        coerce=int,
        empty_value=None,
    )
    shows_reading = forms.BooleanField(
        label=_("Whoever wrote to me sees when I have read it here"),
        help_text=_(
            "Only what you open in the portal counts. Nothing in a letter tells us that you read it."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Take two hours or none."""
        told = super().clean() or {}
        if (told.get("quiet_from") is None) != (told.get("quiet_until") is None):
            self.add_error("quiet_until", _("Choose both hours, or neither."))
        return told


def wishes_form(wishes: LetterWishes, sent: Any = None) -> WishesForm:
    """Return the form with what somebody wishes now, or what they sent."""
    known = {name: getattr(wishes, name) for name in WishesForm.base_fields}
    return WishesForm(sent) if sent is not None else WishesForm(initial=known)
