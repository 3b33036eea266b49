"""Who is on a waitlist, in which order, and is a place free for them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, RoleInCohort, Wait
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import is_open
from lodestar.engine.selection.waiting import Waiting, waiting_order

Status = Application.Status
OFFERED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody on a waitlist with their place, the next one first."""

    application: Application
    place: int

    @property
    def wait(self) -> Wait | None:
        return getattr(self.application, "wait", None)

    @property
    def is_moved(self) -> bool:
        return self.wait is not None and self.wait.moved_to is not None

    @property
    def mean(self) -> float | None:
        score = self.application.score
        return None if score is None else score / 100


def waitlist_of(cohort: Cohort, role: str, joining: Iterable[Application] = ()) -> list[Waiter]:
    """Return who waits for a place in a role, in their order; `joining` would wait too."""
    rows = Application.objects.filter(
        cohort=cohort, role=role, status=Status.WAITLISTED, person__blocked_at=None
    )
    found = list(rows.select_related("person", "wait", "carried_from__cohort"))
    found += [each for each in joining if each.role == role]
    by_key = {each.pk: each for each in found}
    order = waiting_order([_engine(each) for each in by_key.values()])
    return [Waiter(by_key[key], place) for place, key in enumerate(order, start=1)]


def _engine(application: Application) -> Waiting:
    wait = getattr(application, "wait", None)
    waits = wait is not None and application.status == Status.WAITLISTED
    return Waiting(
        key=application.pk,
        sent_at=application.submitted_at or application.created_at,
        is_carried=application.carried_from_id is not None,
        score=application.score,
        moved_to=wait.moved_to if waits and wait else None,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a waitlist, of how many, and how many were taken from the last one; None if there was none."""

    place: int
    of: int
    taken_last_time: int | None


def place_of(application: Application, joining: Iterable[Application] = ()) -> Place | None:
    """Return where an applicant stands; None for somebody who does not wait."""
    waiting = waitlist_of(application.cohort, application.role, joining)
    for waiter in waiting:
        if waiter.application.pk == application.pk:
            last = taken_last_time(application.cohort, application.role)
            return Place(waiter.place, len(waiting), last)
    return None


def taken_last_time(cohort: Cohort, role: str) -> int | None:
    """Count who came in from the waitlist of the cohort before; None where nobody waited."""
    before = Cohort.objects.filter(program=cohort.program_id, opens_on__lt=cohort.opens_on)
    last = before.filter(published_at__isnull=False).order_by("-opens_on", "-pk").first()
    waits = Wait.objects.filter(application__cohort=last, application__role=role)
    if last is None or not waits.exists():
        return None
    return waits.filter(was_taken=True).count()


@dataclass(frozen=True, slots=True)
class Places:
    """How many mentees take part, and for how many there is a mentor."""

    mentees: int
    places: int

    def free_for(self, role: str) -> int:
        """Return how many more of a role would find a partner; never less than none."""
        open_places = self.places - self.mentees
        return max(0, open_places if role == RoleInCohort.MENTEE else -open_places)


def places_in(cohort: Cohort) -> Places:
    present = taking_part(cohort)
    mentors = present.filter(role=RoleInCohort.MENTOR).aggregate(places=Sum("capacity"))
    return Places(present.filter(role=RoleInCohort.MENTEE).count(), mentors["places"] or 0)


def next_on(cohort: Cohort, role: str) -> Application:
    """Return who is next, or refuse where nobody waits."""
    waiting = waitlist_of(cohort, role)
    if not waiting:
        raise RefusedError(_("Nobody is on this waitlist any more. Nothing was changed."))
    return waiting[0].application


def waiting_cohorts() -> QuerySet[Cohort]:
    """Return the cohorts in which somebody is on a waitlist."""
    waits = Application.objects.filter(status=Status.WAITLISTED).values("cohort")
    return Cohort.objects.filter(pk__in=waits).order_by("pk")


def waits_to_offer(on: date) -> QuerySet[Wait]:
    """Return who still waits although their cohort has begun, and was not offered to be carried over."""
    return (
        Wait.objects.filter(
            application__status=Status.WAITLISTED,
            application__person__blocked_at=None,
            application__cohort__starts_on__range=(on - OFFERED_FOR, on),
            carry_offered_at=None,
        )
        .select_related("application__cohort__program", "application__person")
        .order_by("pk")
    )


def carry_wishes() -> QuerySet[Wait]:
    """Return who wished to be carried over and waits for the next cohort to open."""
    wishes = Wait.objects.filter(carry_wished_at__isnull=False)
    waiting = wishes.filter(application__status=Status.WAITLISTED)
    return waiting.select_related("application__cohort__program", "application__person").order_by(
        "pk"
    )


def next_cohort(cohort: Cohort, on: date) -> Cohort | None:
    """Return the cohort after this one that takes applications now; of several the one that closes first."""
    later = Cohort.objects.filter(
        program=cohort.program_id, opens_on__gt=cohort.opens_on, published_at__isnull=False
    )
    ready = [each for each in later.order_by("closes_on", "pk") if is_open(each, on)]
    return next((each for each in ready if each.frozen_at is None), None)


def announced_cohort(cohort: Cohort, on: date) -> Cohort | None:
    """Return the next cohort of a program that is open, or announced and not yet open."""
    later = Cohort.objects.filter(
        program=cohort.program_id, opens_on__gt=cohort.opens_on, published_at__isnull=False
    )
    return later.filter(closes_on__gte=on).order_by("opens_on", "pk").first()


def wait_of(application: Application) -> Wait | None:
    return Wait.objects.filter(application=application).first()


def carried_to(application: Application) -> Application | None:
    """Return the application into which this one was carried over."""
    rows = Application.objects.filter(carried_from=application, person=application.person_id)
    return rows.select_related("cohort__program").order_by("pk").first()
