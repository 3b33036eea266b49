"""Which times suit both, what is planned, and what is due about it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from lodestar.domain.common.find import one
from lodestar.domain.matching.queries.sides import involving
from lodestar.domain.mentorships.models import Appointment, Mentorship, Proposal
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.mentorships.rules.pairs import partner_of
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import diary_of
from lodestar.domain.people.rules import zone_of
from lodestar.engine.calendars.free_time import Wanted, common_starts, spread

A_DAY = 3
MOST_OFFERED = 24
REMINDED_BEFORE = timedelta(hours=24)
REMINDED_UNTIL = timedelta(hours=1)
ASKED_FOR = timedelta(days=3)
LONGEST_MEETING = timedelta(minutes=planning.LENGTHS.stop)
TO_MATCH = "mentorship__match__"
PEOPLE = (
    "mentorship__match__mentor__person", "mentorship__match__mentee__person",
    "mentorship__match__mentor__cohort__program", "mentorship__match__mentor__cohort__design",
)  # fmt: skip


@dataclass(frozen=True)
class Offers:
    """Times to choose from, and whose free hours they come from: both, mine, theirs, or nobody's."""

    starts: list[datetime]
    basis: str


def appointments() -> QuerySet[Appointment]:
    return Appointment.objects.select_related(*PEOPLE)


def proposals() -> QuerySet[Proposal]:
    joined = Proposal.objects.select_related("by", "moves", "became", *PEOPLE)
    return joined.prefetch_related("times")


def own_appointments(person: Person) -> QuerySet[Appointment]:
    return appointments().filter(involving(person, TO_MATCH))


def appointment_for(person: Person, key: str) -> Appointment:
    """Return one of the person's own planned, held or cancelled meetings."""
    return one(own_appointments(person), public_id=key)


def proposal_for(person: Person, key: str) -> Proposal:
    return one(proposals().filter(involving(person, TO_MATCH)), public_id=key)


def open_proposal(mentorship: Mentorship) -> Proposal | None:
    return proposals().filter(mentorship=mentorship, status=Proposal.Status.OPEN).first()


def latest_proposal(mentorship: Mentorship) -> Proposal | None:
    return proposals().filter(mentorship=mentorship).order_by("-pk").first()


def planned_in(mentorship: Mentorship) -> QuerySet[Appointment]:
    """Return what is planned or was planned and nobody has told about yet, the earliest first."""
    return appointments().filter(mentorship=mentorship, status=Appointment.Status.PLANNED)


def coming_appointments(person: Person, now: datetime) -> QuerySet[Appointment]:
    """Return what is planned and not over, of all mentorships of a person."""
    planned = own_appointments(person).filter(status=Appointment.Status.PLANNED, ends_at__gt=now)
    return planned.order_by("starts_at", "pk")


def taken_spans(
    people: Iterable[Person], begins_at: datetime, ends_at: datetime, but: Appointment | None = None
) -> tuple[tuple[datetime, datetime], ...]:
    """Return when any of some people has a planned meeting already, with whomever."""
    of_any = Q()
    for person in people:
        of_any |= involving(person, TO_MATCH)
    rows = Appointment.objects.filter(of_any, status=Appointment.Status.PLANNED)
    rows = rows.filter(starts_at__lt=ends_at, ends_at__gt=begins_at)
    rows = rows.exclude(pk=but.pk) if but else rows
    return tuple(rows.values_list("starts_at", "ends_at"))


def offers_for(
    mentorship: Mentorship, person: Person, now: datetime, minutes: int = 60,
    but: Appointment | None = None,
) -> Offers:  # fmt: skip
    """Return times of the next three weeks that suit both as far as they told, on half hours of the person's clock."""
    partner = partner_of(mentorship, person)
    mine, theirs = diary_of(person), diary_of(partner)
    told = [diary for diary in (mine, theirs) if diary.spans]
    basis = {(True, True): "both", (True, False): "mine", (False, True): "theirs"}.get(
        (bool(mine.spans), bool(theirs.spans)), "nobody"
    )
    if not told:
        return Offers([], basis)
    begins_at, ends_at = now + planning.LEAST_NOTICE, now + planning.LOOKED_AHEAD
    taken = taken_spans((person, partner), begins_at, ends_at + LONGEST_MEETING, but)
    starts = common_starts(told, Wanted(begins_at, ends_at, minutes, taken))
    chosen = spread(starts, zone_of(person), minutes=minutes, a_day=A_DAY)
    return Offers(chosen[:MOST_OFFERED], basis)


def appointments_to_remind(now: datetime) -> QuerySet[Appointment]:
    """Return what begins within a day and of which nobody was reminded."""
    soon = appointments().filter(
        status=Appointment.Status.PLANNED,
        reminded_at=None,
        starts_at__lte=now + REMINDED_BEFORE,
        starts_at__gt=now + REMINDED_UNTIL,
    )
    return soon.filter(mentorship__status=Mentorship.Status.ACTIVE)


def appointments_to_ask(now: datetime) -> QuerySet[Appointment]:
    """Return what should be over by now and nobody has been asked about; not what is long past."""
    over = appointments().filter(
        status=Appointment.Status.PLANNED,
        asked_at=None,
        ends_at__lte=now,
        ends_at__gt=now - ASKED_FOR,
    )
    return over.filter(mentorship__status=Mentorship.Status.ACTIVE)


def lapsed_proposals(now: datetime) -> QuerySet[Proposal]:
    """Return open proposals of which no time is ahead any more."""
    rows = Proposal.objects.filter(status=Proposal.Status.OPEN)
    return rows.annotate(last_at=Max("times__starts_at")).filter(last_at__lte=now)


def on_day_of(mentorship: Mentorship, person: Person, day: date) -> Appointment | None:
    """Return the meeting that was planned for a day of somebody's own calendar, unless it was cancelled."""
    rows = appointments().filter(mentorship=mentorship)
    rows = rows.exclude(status=Appointment.Status.CANCELLED).order_by("starts_at")
    return next((each for each in rows if planning.own_day(each, person) == day), None)


def told_by(mentorship: Mentorship, held_on: date, now: datetime) -> list[Appointment]:
    """Return what was planned for the day of a logged meeting, has begun, and is told by it."""
    untold = (Appointment.Status.PLANNED, Appointment.Status.MISSED)
    rows = appointments().filter(mentorship=mentorship, status__in=untold, starts_at__lte=now)
    return [each for each in rows if planning.kept_day(each) == held_on]


def kept_for_feed(person: Person, now: datetime) -> QuerySet[Appointment]:
    """Return what stands in a person's own calendar: what is planned, and what was held of late."""
    shown = (Appointment.Status.PLANNED, Appointment.Status.HELD)
    rows = own_appointments(person).filter(status__in=shown)
    return rows.filter(ends_at__gt=now - timedelta(days=90)).order_by("starts_at", "pk")
