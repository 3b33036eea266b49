"""When does somebody meet whom: two by two, and in their groups?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodestar.domain.groups.models import Group
from lodestar.domain.groups.queries import group_meetings
from lodestar.domain.groups.rules import USUAL_LENGTH
from lodestar.domain.mentorships.models import Appointment
from lodestar.domain.mentorships.queries import coming_appointments, kept_for_feed
from lodestar.domain.people.models import Person

KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Planned:
    """One meeting of somebody, with one other or with a group; a group says only when it begins."""

    starts_at: datetime
    ends_at: datetime
    appointment: Appointment | None = None
    group: Group | None = None


def meetings_ahead(person: Person, now: datetime) -> list[Planned]:
    """Return what is planned and not over, the earliest first."""
    return merged(coming_appointments(person, now), group_meetings(person, now))


def meetings_kept(person: Person, now: datetime) -> list[Planned]:
    """Return what stands in somebody's own calendar: what is ahead, and what was of late."""
    return merged(kept_for_feed(person, now), group_meetings(person, now - KEPT_FOR))


def merged(appointments: Iterable[Appointment], groups: Iterable[Group]) -> list[Planned]:
    found = [Planned(each.starts_at, each.ends_at, appointment=each) for each in appointments]
    found += [
        Planned(each.meets_at, each.meets_at + USUAL_LENGTH, group=each)
        for each in groups
        if each.meets_at
    ]
    return sorted(found, key=lambda each: each.starts_at)
