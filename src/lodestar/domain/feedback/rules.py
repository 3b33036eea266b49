"""When is a pulse asked, who may answer it, and who hears of a concern?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import day_of, now
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.groups.models import Group
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.pulses import (
    APART,
    closing_on,
    days_between_pulses,
    midpoint_on,
)

OPEN_FOR = timedelta(days=21)
REMIND_AFTER = timedelta(days=5)
REMIND_AGAIN_AFTER = timedelta(days=7)
STAFF_KINDS = [kind for kind in Concern.Kind if kind != Concern.Kind.SAFETY]


RATINGS = range(1, 6)
MUCH = 2


@dataclass(frozen=True)
class Item:
    """One line of a survey to agree with, from 1 (not at all) to 5 (fully); `is_turned` where agreeing is bad news."""

    key: str
    words: object
    is_turned: bool = False


MIDPOINT = (
    Item("agreed", gettext_lazy("We agree on what we are working on.")),
    Item("replies", gettext_lazy("My partner replies in reasonable time.")),
    Item("open", gettext_lazy("I can speak openly.")),
    Item("time", gettext_lazy("We use our time well.")),
    Item("to_do", gettext_lazy("I come away with something to do or to think about.")),
    Item("fits", gettext_lazy("The two of us suit what I hoped for.")),
    Item("goes_on", gettext_lazy("I would like to go on.")),
    Item("chore", gettext_lazy("Lately it has felt like a chore."), is_turned=True),
)
CLOSING = (
    Item("reached", gettext_lazy("We reached what we set out to do.")),
    Item("next_step", gettext_lazy("I know better than before what I do next.")),
    Item("learned", gettext_lazy("I learned something that I would not have learned elsewhere.")),
    Item("supported", gettext_lazy("The program gave us what we needed.")),
    Item("in_touch", gettext_lazy("The two of us will stay in touch.")),
    Item("again", gettext_lazy("I would take part again.")),
    Item("recommends", gettext_lazy("I would recommend it to a friend.")),
)
ITEMS = {Pulse.Kind.MIDPOINT.value: MIDPOINT, Pulse.Kind.CLOSING.value: CLOSING}


def items_of(pulse: Pulse) -> tuple[Item, ...]:
    """Return the lines that a survey asks to be rated; a short question has none."""
    return ITEMS.get(pulse.kind, ())


@dataclass(frozen=True)
class Asking:
    """A pulse to be asked: of whom, about which pair or group, due when."""

    about: Mentorship | Group
    participant: Participant
    due_on: date
    kind: Pulse.Kind = Pulse.Kind.PULSE


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


def due_now(
    mentorship: Mentorship, on: date, asked_due_on: date | None, surveyed: Collection[str]
) -> tuple[Pulse.Kind, date] | None:
    """Return what one side of a mentorship is to be asked now, and since when; None where nothing is.

    The closing survey comes before the mid-point one, and that before a short question; in the two weeks before
    the closing one nothing else is asked. `surveyed` are the kinds that this side was asked already.
    """
    cohort, began_on = mentorship.match.mentor.cohort, day_of(mentorship.began_at)
    closing, middle = closing_on(cohort, began_on), midpoint_on(cohort, began_on)
    is_ending = closing is not None and closing - APART < on <= cohort.ends_on + OPEN_FOR
    if closing and is_ending:
        is_due_now = on >= closing and Pulse.Kind.CLOSING not in surveyed
        return (Pulse.Kind.CLOSING, closing) if is_due_now else None
    if middle and middle <= on <= cohort.ends_on and Pulse.Kind.MIDPOINT not in surveyed:
        return Pulse.Kind.MIDPOINT, middle
    due_on = last_due_on(cohort.design, began_on, on)
    return (Pulse.Kind.PULSE, due_on) if due_on and is_due(due_on, asked_due_on) else None


def most_reminders(pulse: Pulse) -> int:
    """A short question is reminded of once, a survey twice."""
    return 2 if pulse.kind in Pulse.SURVEYS else 1


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


def why_not_ratings(pulse: Pulse, ratings: Mapping[str, int]) -> str:
    """Return what is wrong with ratings, or nothing; whatever was not rated is left open."""
    known = {item.key for item in items_of(pulse)}
    if all(key in known and value in RATINGS for key, value in ratings.items()):
        return ""
    return _("Please choose a number from 1 to 5, or leave a line open.")


def differs_much(mentor: int | None, mentee: int | None) -> bool:
    """Tell if two see a line so differently that a talk about it helps."""
    return mentor is not None and mentee is not None and abs(mentor - mentee) >= MUCH


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
