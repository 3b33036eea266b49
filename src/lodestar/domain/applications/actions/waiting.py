"""How is somebody put on a waitlist, moved, taken, and carried over to the next cohort?"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions.judging import judge_applications
from lodestar.domain.applications.models import Application, Participant, RoleInCohort, Wait
from lodestar.domain.applications.queries.waiting import (
    carried_to,
    next_cohort,
    place_of,
    places_in,
    waitlist_of,
)
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging.actions import end_links, queue_letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import coordinators_of, is_coordinator

Status = Application.Status
MOST_MOVED = 9999


def begin_wait(application: Application) -> Wait:
    """Put somebody on the waitlist; whoever was there before begins anew."""
    wait = Wait.objects.filter(application=application).first() or Wait(application=application)
    wait.since, wait.left_at, wait.was_taken = now(), None, False
    wait.moved_to, wait.moved_because = None, ""
    wait.full_clean()
    wait.save()
    place = place_of(application)
    wait.told_place, wait.told_at = place.place if place else None, now()
    wait.save()
    return wait


def end_wait(application: Application, *, was_taken: bool) -> None:
    """Take somebody off the waitlist; whoever the office had placed behind them moves up by one.

    To be called while the application still waits, so that its place is known.
    """
    wait = Wait.objects.filter(application=application, left_at=None).first()
    if wait is None:
        return
    left = place_of(application)
    wait.left_at, wait.was_taken = now(), was_taken
    wait.save()
    if left:
        behind = Wait.objects.filter(
            application__cohort=application.cohort,
            application__role=application.role,
            left_at=None,
            moved_to__gt=left.place,
        )
        behind.update(moved_to=F("moved_to") - 1)


def tell_of_free_places(cohort: Cohort) -> bool:
    """Tell the coordinators that a place is free for somebody on the waitlist: once a week for each who is next."""
    waiting = waitlist_of(cohort, RoleInCohort.MENTEE)
    if not waiting or not places_in(cohort).free_for(RoleInCohort.MENTEE):
        return False
    application, week = waiting[0].application, today().isocalendar()
    about = f"applications.place_free:{application.public_id}:{week.year}-{week.week}"
    for coordinator in coordinators_of(cohort.program):
        who = coordinator.person
        queue_letter(
            "applications.place_free",
            to=who,
            about=application,
            unique_key=f"{about}:{who.public_id}",
            at_once=True,
        )
    return True


def require_office(cohort: Cohort, by: Person) -> None:
    if not is_coordinator(by, cohort.program):
        raise RefusedError(_("Only a coordinator of this program can do that."))


@transaction.atomic
def move_on_waitlist(application: Application, *, by: Person, place: int, reason: str) -> Wait:
    """Place somebody by hand, with a reason that the office reads beside them; the trail says who did it."""
    cohort = application.cohort.locked()
    application = application.locked()
    require_office(cohort, by)
    if application.person_id == by.pk:
        raise RefusedError(_("This is your own application, so somebody else looks after it."))
    if application.status != Status.WAITLISTED:
        raise RefusedError(_("%(person)s is not on the waitlist any more.") % {"person": application.person})  # fmt: skip
    said = reason.replace("\x00", "").strip()[:300]
    if not said:
        raise RefusedError(_("Say why in a sentence: others who wait could ask you."))
    count = len(waitlist_of(cohort, application.role))
    wait = Wait.objects.filter(application=application).first() or begin_wait(application)
    wait.moved_to, wait.moved_because = max(1, min(place, count, MOST_MOVED)), said
    wait.full_clean()
    wait.save()
    record(
        "application.moved_on_waitlist",
        application,
        by=by,
        about=application.person,
        place=wait.moved_to,
    )
    return wait


@transaction.atomic
def tell_place(wait: Wait, place: int) -> Wait:
    """Write to somebody who waits that their place changed by much."""
    wait = wait.locked()
    wait.told_place, wait.told_at = place, now()
    wait.save()
    queue_letter("applications.waiting", to=wait.application.person, about=wait.application)
    return wait


@transaction.atomic
def offer_carrying(wait: Wait) -> bool:
    """Offer somebody who waited in vain to take their application along; once."""
    wait = wait.locked()
    application = wait.application
    if wait.carry_offered_at or application.status != Status.WAITLISTED:
        return False
    wait.carry_offered_at = now()
    wait.save()
    record("application.carrying_offered", application, about=application.person)
    queue_letter("applications.carry_over", to=application.person, about=application)
    return True


@transaction.atomic
def wish_carrying(application: Application, *, by: Person) -> Application | None:
    """Say yes to being carried over; return the new application, or None while no cohort is open yet."""
    application = application.locked()
    if application.person_id != by.pk:
        raise RefusedError(_("Only the person who applied can do that."))
    if application.status == Status.CARRIED:
        return None
    wait = Wait.objects.select_for_update().filter(application=application).first()
    if wait is None or wait.carry_offered_at is None or application.status != Status.WAITLISTED:
        raise RefusedError(
            _("This application is not on a waitlist any more. Nothing was changed.")
        )
    if wait.carry_wished_at is None:
        wait.carry_wished_at = now()
        wait.save()
        record("application.carrying_wished", application, by=by, about=by)
    return carry_over(wait)


@transaction.atomic
def carry_over(wait: Wait) -> Application | None:
    """Let an application that waited go on in the next cohort, if one is open: first in line, and nothing asked again."""
    old = wait.application.locked()
    cohort = next_cohort(old.cohort, today())
    if cohort is None or old.status != Status.WAITLISTED:
        return None
    wait.left_at = now()
    wait.save()
    return carried_into(cohort, old)


@transaction.atomic
def take_along(application: Application, *, by: Person) -> Application:
    """Let somebody who is in, and for whom nobody was found, go on to the next cohort; they leave this one for it."""
    application.cohort.locked()
    application = application.locked()
    if application.person_id != by.pk:
        raise RefusedError(_("Only the person who applied can do that."))
    if application.status == Status.CARRIED and (new := carried_to(application)):
        return new
    cohort = next_cohort(application.cohort, today())
    if cohort is None:
        raise RefusedError(
            _("The next cohort takes no applications just now. Nothing was changed.")
        )
    alone = Participant.objects.filter(application=application, left_at=None, places_taken=0)
    if application.status != Status.ACCEPTED or not alone.update(left_at=now()):
        raise RefusedError(
            _("You have somebody here by now, or somebody to answer. Nothing was changed.")
        )
    return carried_into(cohort, application)


def carried_into(cohort: Cohort, old: Application) -> Application:
    """Return the application with which an old one goes on, ahead of those who are new on the waitlist there."""
    new, _is_new = Application.objects.get_or_create(
        cohort=cohort, person=old.person, role=old.role, defaults={"source": "carried"}
    )
    new = new.locked()
    new.carried_from = old
    if new.status in (Status.DRAFT, Status.WITHDRAWN):
        new.answers = old.answers | new.answers
        new.status, new.submitted_at, new.decided_at = Status.SUBMITTED, now(), None
    new.full_clean()
    new.save()
    judge_applications([new])
    old.status = Status.CARRIED
    old.save()
    record("application.carried_over", new, about=new.person, since=old.public_id)
    end_links(old, now=now())
    queue_letter("applications.carried", to=new.person, about=new)
    wake("give_out_readings")
    return new
