"""When is a pulse asked, who may answer it, and who hears of a concern?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.groups.models import Group
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.pulses import FEWEST_DAYS_BETWEEN_PULSES, days_between_pulses

APART = timedelta(days=FEWEST_DAYS_BETWEEN_PULSES)
OPEN_FOR = timedelta(days=21)
REMIND_AFTER = timedelta(days=5)
STAFF_KINDS = [kind for kind in Concern.Kind if kind != Concern.Kind.SAFETY]


@dataclass(frozen=True)
class Asking:
    """A pulse to be asked: of whom, about which pair or group, due when."""

    about: Mentorship | Group
    participant: Participant
    due_on: date


def kept_as(about: Mentorship | Group) -> dict[str, Mentorship | Group]:
    """Return the field in which a pulse or a concern keeps what it is about."""
    return {"group" if isinstance(about, Group) else "mentorship": about}


def last_due_on(design: Design, began_on: date, on: date) -> date | None:
    """Return the latest date up to a day on which a pulse was due, or None before the first."""
    age = (on - began_on).days - design.pulse_first_days
    if age < 0:
        return None
    return on - timedelta(days=age % days_between_pulses(design))


def is_due(due_on: date | None, asked_due_on: date | None) -> bool:
    """Whether a pulse is still to be asked; a day before the last one asked comes too late to be.

    Days move when a design does, and what was asked on the earlier days stays asked.
    """
    return due_on is not None and (asked_due_on is None or due_on > asked_due_on)


def next_due_on(design: Design, began_on: date, asked_due_on: date | None, on: date) -> date:
    """Return the day on which a side is asked next: today, if one is due, else a day ahead.

    Two weeks lie between two pulses, whatever the days of a design that was taken on later.
    """
    earliest = on if asked_due_on is None else max(on, asked_due_on + APART)
    due_on = last_due_on(design, began_on, on)
    if is_due(due_on, asked_due_on):
        return earliest
    if due_on is None:
        return max(earliest, began_on + timedelta(days=design.pulse_first_days))
    return max(earliest, due_on + timedelta(days=days_between_pulses(design)))


def is_asked_too_soon(last_asked_at: datetime | None, moment: datetime) -> bool:
    """Nobody is asked twice within 14 days, however many mentees they have."""
    return last_asked_at is not None and moment - last_asked_at < APART


def is_open(pulse: Pulse) -> bool:
    return pulse.closes_at is not None and now() < pulse.closes_at


def can_answer(pulse: Pulse, person: Person) -> bool:
    """The one who was asked can answer, and correct the answer, until the pulse closes."""
    return pulse.participant.person_id == person.pk and is_open(pulse)


def why_not_answer(meeting_count: int, usefulness: int, wish: str) -> str:
    """Return what is missing in an answer, or ""."""
    if not 0 <= meeting_count <= 99:
        return _("How many times have you met? A number from 0 to 99 is fine.")
    if not 1 <= usefulness <= 5:
        return _("How useful is it so far? Please choose one of the five.")
    if wish not in Pulse.Wish.values:
        return _("Should we do anything? “No, all is well” is an answer too.")
    return ""


def concern_kind_of(wish: str) -> Concern.Kind | None:
    """Return the concern that a wish amounts to."""
    return {
        Pulse.Wish.ADVICE.value: Concern.Kind.ADVICE,
        Pulse.Wish.CONTACT.value: Concern.Kind.CONTACT,
        Pulse.Wish.REMATCH.value: Concern.Kind.REMATCH,
        Pulse.Wish.SAFETY.value: Concern.Kind.SAFETY,
    }.get(wish)


def wish_kept_with(wish: str) -> str:
    """Return what the pulse's own row keeps: that somebody does not feel safe is not told there."""
    return "" if wish == Pulse.Wish.SAFETY else wish


def is_safety(concern: Concern) -> bool:
    return concern.kind == Concern.Kind.SAFETY


def is_waiting(concern: Concern) -> bool:
    return concern.status in Concern.OPEN
