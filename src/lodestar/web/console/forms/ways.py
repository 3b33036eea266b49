"""How does a coordinator say by which ways two people find each other?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import WAYS_FACTS
from lodestar.domain.programs.rules.differences import PACE_WORDS
from lodestar.domain.programs.rules.ways import MOST_ASKS, MOST_ON_A_LIST, WINDOW_DAYS


def number(name: str, among: range, help_text: object) -> forms.IntegerField:
    """Return the field of a number within its range; a blank leaves the usual one."""
    return forms.IntegerField(
        label=PACE_WORDS[name],
        min_value=among.start,
        max_value=among.stop - 1,
        help_text=str(help_text),
    )


class WaysForm(forms.Form):
    """Which ways, and their numbers."""

    ways = forms.MultipleChoiceField(
        label=_("How do two people find each other?"),
        choices=Design.Way.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several may go side by side; nobody is proposed twice at once."),
        error_messages={
            "required": _("Choose at least one way in which two people find each other.")
        },
    )
    most_choices = number(
        "most_choices", MOST_ON_A_LIST, _("For people who ask or rank. Six are usual.")
    )
    most_asks = number(
        "most_asks", MOST_ASKS, _("For people who ask: whoever has that many to answer is asked nothing more.")
    )  # fmt: skip
    window_days = number(
        "window_days", WINDOW_DAYS, _("For people who rank. 0 is the day on which matching begins.")
    )
    asks_are_read = forms.BooleanField(
        label=_("The office reads each request before it goes"),
        required=False,
        help_text=_(
            "For people who ask. It keeps rude or empty ones away, and costs a day or two."
        ),
    )

    @classmethod
    def initial_of(cls, design: Design) -> dict[str, object]:
        return {name: getattr(design, name) for name in WAYS_FACTS}
