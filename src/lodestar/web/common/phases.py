"""How are the days of a cohort drawn?"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lodestar.domain.programs.rules import Phases


@dataclass(frozen=True)
class Phase:
    """One turn of a cohort: what happens, on which day, and whether that is past or now."""

    label: str
    on: date
    state: str


def names_of_days() -> dict[str, str]:
    """Return what happens on each day of a cohort."""
    return {
        "opens_on": _("Applications open"),
        "closes_on": _("Last day to apply"),
        "matching_on": _("Matching begins"),
        "starts_on": _("Mentorships start"),
        "ends_on": _("The cohort ends"),
    }


def drawn(phases: Phases, today: date) -> list[Phase]:
    """Return the five turns of a cohort as a timeline."""
    days = [(name, getattr(phases, day)) for day, name in names_of_days().items()]
    begun = [day + timedelta(days=1) if day == phases.closes_on else day for _label, day in days]
    current = sum(day <= today for day in begun) - 1
    states = ["done" if place < current else "" for place in range(len(days))]
    if 0 <= current < len(days) - 1:
        states[current] = "now"
    elif current == len(days) - 1:
        states[current] = "done"
    return [Phase(label, day, state) for (label, day), state in zip(days, states, strict=True)]
