"""Which times can be offered, who answers them, and what may become of a planned meeting?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.common.models import random_id
from lodestar.domain.mentorships.models import Appointment, Mentorship, Proposal, Way
from lodestar.domain.mentorships.rules.pairs import may_write
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import day_for, zone_of
from lodestar.engine.calendars.clocks import days_apart, readings

MOST_TIMES = 3
LENGTHS = range(15, 241)
LOOKED_AHEAD = timedelta(days=21)
LEAST_NOTICE = timedelta(hours=4)  # what is offered leaves time to answer
LONGEST_AHEAD = timedelta(days=180)
TOLD_UNTIL = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one of the two offers: up to three moments, for how long, and where."""

    starts: tuple[datetime, ...]
    minutes: int = 60
    way: str = Way.VIDEO
    where: str = ""


def why_not_plan(plan: Plan, now: datetime) -> str:
    """Return why these times can't be offered, or ""."""
    starts = set(plan.starts)
    if not starts:
        return _("Choose at least one time, or type one.")
    if len(starts) > MOST_TIMES:
        return _("Three times are plenty. Take some away, so that it stays easy to answer.")
    if min(starts) <= now:
        return _("One of these times has passed already.")
    if max(starts) > now + LONGEST_AHEAD:
        return _("One of these times is more than half a year ahead. Is the date right?")
    if plan.minutes not in LENGTHS:
        return _("A planned meeting takes between 15 and 240 minutes.")
    return why_not_way(plan.way, plan.where)


def why_not_way(way: str, where: str) -> str:
    """Return what is missing to know where the two meet, or ""."""
    if way not in open_ways():
        return _("Say how you talk: by a link, on the telephone or at a place.")
    if way == Way.LINK and not is_web_address(where):
        return _("Paste the whole address of your meeting, from https:// on.")
    if way == Way.PHONE and not where:
        return _("Say who calls whom, and at which number.")
    if way == Way.PLACE and not where:
        return _("Say where you meet.")
    return ""


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(map(str.isspace, text))


def open_ways() -> list[Way]:
    """Return how two can talk here; a video room only where a host for it is set."""
    return [way for way in Way if way != Way.VIDEO or settings.VIDEO_HOST]


def usual_way() -> Way:
    return open_ways()[0]


def new_room() -> str:
    """Return the address of a video room that nobody guesses."""
    return f"{settings.VIDEO_HOST}/lodestar-{random_id()}{random_id()[:8]}"


def may_answer(proposal: Proposal, person: Person) -> bool:
    """Only the one to whom the times were offered, while they wait and the mentorship is active."""
    waits = proposal.status == Proposal.Status.OPEN and proposal.by_id != person.pk
    return waits and may_write(proposal.mentorship, person)


def why_not_confirm(proposal: Proposal, person: Person, starts_at: datetime, now: datetime) -> str:
    """Return why one of the offered times can't be taken, or ""."""
    if not may_answer(proposal, person):
        return why_answered(proposal)
    if starts_at not in {time.starts_at for time in proposal.times.all()}:
        return _("Choose one of the times that were offered.")
    if starts_at <= now:
        return _("This time has passed. Choose another one, or offer new times.")
    return ""


def why_answered(proposal: Proposal) -> str:
    """Say what became of times that wait for nobody."""
    said = {
        Proposal.Status.CONFIRMED: _("One of these times is confirmed already."),
        Proposal.Status.REFUSED: _("These times are answered: none of them fitted."),
        Proposal.Status.REPLACED: _("Other times have been offered since."),
        Proposal.Status.WITHDRAWN: _("These times were taken back."),
        Proposal.Status.LAPSED: _("These times have passed."),
        Proposal.Status.CLOSED: _("Your mentorship rests or has ended, and these times with it."),
    }
    return said.get(Proposal.Status(proposal.status), _("These times do not wait for your answer."))


def is_lapsed(starts: Iterable[datetime], now: datetime) -> bool:
    """Whether none of the offered times is still ahead."""
    return all(at <= now for at in starts)


def can_change(appointment: Appointment, person: Person, now: datetime) -> bool:
    """Either of the two moves or cancels what has not begun."""
    is_ahead = appointment.status == Appointment.Status.PLANNED and appointment.starts_at > now
    return is_ahead and may_write(appointment.mentorship, person)


def can_tell(appointment: Appointment, person: Person, now: datetime) -> bool:
    """Whether this person can say now that the two met, or that they did not."""
    told = (Appointment.Status.HELD, Appointment.Status.CANCELLED)
    has_begun = appointment.starts_at <= now and appointment.status not in told
    return has_begun and may_write(appointment.mentorship, person)


def why_not_change(appointment: Appointment) -> str:
    if appointment.status == Appointment.Status.CANCELLED:
        return _("This meeting is cancelled already.")
    if appointment.status == Appointment.Status.HELD:
        return _("You have written down that you met.")
    return _("This meeting has begun, or your mentorship rests; it can't be changed any more.")


def kept_day(appointment: Appointment) -> date:
    """Return the one day under which a meeting is kept, though it may be another at each end: the mentor's."""
    mentor = appointment.mentorship.match.mentor.person
    return day_for(mentor, appointment.starts_at)


def own_day(appointment: Appointment, person: Person) -> date:
    """Return the day of a meeting by somebody's own calendar."""
    return day_for(person, appointment.starts_at)


def moment_of(wall: datetime, person: Person) -> datetime | None:
    """Return the moment that somebody's own clock names, or None if it names none or two."""
    found = readings(wall, zone_of(person))
    return found[0] if len(found) == 1 else None


def why_unclear(wall: datetime, person: Person) -> str:
    """Say why a time typed by somebody's own clock names no single moment, or ""."""
    count = len(readings(wall, zone_of(person)))
    if count == 0:
        return _("This time does not exist: your clocks go forward in that night. Choose another.")
    if count > 1:
        return _("This time comes twice: your clocks go back in that night. Choose another.")
    return ""


def days_to_partner(moment: datetime, person: Person, partner: Person) -> int:
    """Return how many days the partner's calendar is ahead of a person's at a moment, or behind."""
    return days_apart(moment, zone_of(person), zone_of(partner))


def both_of(mentorship: Mentorship) -> tuple[Person, Person]:
    """Return the mentor and the mentee."""
    match = mentorship.match
    return match.mentor.person, match.mentee.person
