"""What does somebody type to set the demo's clock?"""

import re
from datetime import UTC, datetime, timedelta

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.time import now

STEP = re.compile(r"([+-]\s*\d{1,4})\s*(minute|hour|day|week)s?", re.IGNORECASE)


def moment(typed: str) -> datetime | None:
    """Read `+7 days`, `-3 hours`, or a moment as `2027-01-15 18:00`; None for anything else.

    >>> moment("2027-01-15 18:00").isoformat()
    '2027-01-15T18:00:00+00:00'
    >>> moment("soon") is None
    True
    """
    if step := STEP.fullmatch(typed):
        return now() + timedelta(**{f"{step[2].lower()}s": int(step[1].replace(" ", ""))})
    try:
        found = parse_datetime(typed) or parse_datetime(f"{typed}T00:00")
    except ValueError:
        return None
    return found and (found if found.tzinfo else found.replace(tzinfo=UTC))


class ClockForm(forms.Form):
    """A moment, or a step from now."""

    moment = forms.CharField(
        label=_("New time"),
        max_length=40,
        help_text=_("A moment such as 2027-01-15 18:00 (in UTC), or a step such as +7 days."),
    )

    def clean_moment(self) -> datetime:
        found = moment(self.cleaned_data["moment"].strip())
        if found is None or not 2000 <= found.year <= 2100:
            raise forms.ValidationError(
                _("Type a moment such as 2027-01-15 18:00, or a step such as +7 days.")
            )
        return found
