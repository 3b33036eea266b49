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


def drawn(phases: Phases, today: date) -> list[Phase]:
    """Return the five turns of a cohort as a timeline."""
    days = [
        (_("Applications open"), phases.opens_on),
        (_("Last day to apply"), phases.closes_on),
        (_("Matching begins"), phases.matching_on),
        (_("Mentorships start"), phases.starts_on),
        (_("The cohort ends"), phases.ends_on),
    ]
    begun = [day + timedelta(days=1) if day == phases.closes_on else day for _label, day in days]
    current = sum(day <= today for day in begun) - 1
    states = ["done" if place < current else "" for place in range(len(days))]
    if 0 <= current < len(days) - 1:
        states[current] = "now"
    elif current == len(days) - 1:
        states[current] = "done"
    return [Phase(label, day, state) for (label, day), state in zip(days, states, strict=True)]
