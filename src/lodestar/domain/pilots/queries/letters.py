"""Which letters of a cohort wait for their release, and since when?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate

from lodestar.domain.common.find import one
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waiting_letters
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohorts_for

FORGOTTEN_AFTER = timedelta(days=3)
LATEST = 20
Status = Letter.Status


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """The letters of one kind that wait in a cohort: how many, and since when."""

    kind: str
    count: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A cohort whose letters wait for longer than they should."""

    cohort: Cohort
    count: int
    days: int


def kinds_waiting(cohort: Cohort) -> list[WaitingKind]:
    """Return what waits by kind, in the order in which the first of each was written."""
    rows = waiting_letters(cohort).order_by().values_list("kind")
    counted = rows.annotate(n=Count("pk"), first=Min("created_at"))
    return [WaitingKind(*row) for row in counted.order_by("first", "kind")]


def counts_by_day(cohort: Cohort) -> dict[tuple[str, date], int]:
    """Return how many letters wait by kind and the day on which they were written."""
    rows = waiting_letters(cohort).order_by()
    days = rows.annotate(day=TruncDate("created_at", tzinfo=ZoneInfo(settings.TIME_ZONE)))
    counted = days.values_list("kind", "day").annotate(n=Count("pk"))
    return {(kind, day): count for kind, day, count in counted}


def letters_that_wait(cohort: Cohort, kind: str = "") -> QuerySet[Letter]:
    """Return the letters that wait, those of one kind together and the longest waiting first."""
    waiting = waiting_letters(cohort)
    waiting = waiting.filter(kind=kind) if kind else waiting
    return waiting.order_by("kind", "created_at", "pk")


def letters_set_aside(cohort: Cohort) -> QuerySet[Letter]:
    """Return the latest letters that somebody, or what happened since, kept from going."""
    dropped = Letter.objects.filter(batch=cohort.public_id, status=Status.DROPPED)
    return dropped.select_related("person").order_by("-pk")[:LATEST]


def waiting_letter_for(person: Person, key: str) -> Letter:
    """Return a letter that waits in a cohort of a program which this person coordinates."""
    mine = cohorts_for(person).values("public_id")
    waiting = Letter.objects.filter(status=Status.WAITING, batch__in=mine)
    return one(waiting.select_related("person"), public_id=key)


def cohort_of(letter: Letter) -> Cohort:
    """Return the cohort to which a letter belongs."""
    return one(Cohort.objects.select_related("program", "design"), public_id=letter.batch)


def forgotten_letters_for(person: Person, now: datetime) -> list[Forgotten]:
    """Return the cohorts of a person's programs in which a letter has waited for three days or more."""
    cohorts = {cohort.public_id: cohort for cohort in cohorts_for(person)}
    waiting = Letter.objects.filter(status=Status.WAITING, batch__in=cohorts)
    rows = waiting.order_by().values_list("batch")
    counted = rows.annotate(n=Count("pk"), first=Min("created_at")).order_by("first")
    return [
        Forgotten(cohorts[batch], count, (now - first).days)
        for batch, count, first in counted
        if now - first >= FORGOTTEN_AFTER
    ]
