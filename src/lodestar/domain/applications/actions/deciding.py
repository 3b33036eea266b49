"""How does the office decide, and how is a place taken so that nobody gets it twice?"""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions.waiting import begin_wait, end_wait
from lodestar.domain.applications.models import Application, Noted, Participant
from lodestar.domain.applications.queries.judging import must_be_known
from lodestar.domain.applications.rules.answers import capacity_of, matched_by
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import overtake, queue_letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.queries import is_coordinator

Status = Application.Status
AT_ONCE = 500
DECIDED = (
    "applications.accepted",
    "applications.waitlisted",
    "applications.declined",
    "applications.waiting",
)


@transaction.atomic
def accept_application(application: Application, *, by: Person, note: str = "") -> Application:
    """Say yes: the applicant becomes a participant. A second yes changes nothing."""
    application, is_fresh = _decide(application, by, Status.ACCEPTED, note)
    if is_fresh:
        admit(application)
        queue_letter("applications.accepted", to=application.person, about=application)
    return application


def accept_applications(applications: Iterable[Application], *, by: Person) -> tuple[int, int]:
    """Say yes to many, each on its own: return how many were accepted and how many could not be."""
    accepted = refused = 0
    for application in applications:
        try:
            accept_application(application, by=by)
            accepted += 1
        except RefusedError:
            refused += 1
    return accepted, refused


@transaction.atomic
def waitlist_application(application: Application, *, by: Person, note: str = "") -> Application:
    """Say: not yet, and we will think of you."""
    application, is_fresh = _decide(application, by, Status.WAITLISTED, note)
    if is_fresh:
        queue_letter("applications.waitlisted", to=application.person, about=application)
    return application


@transaction.atomic
def decline_application(application: Application, *, by: Person, note: str = "") -> Application:
    """Say no, kindly; a person decides this, never the clock."""
    application, is_fresh = _decide(application, by, Status.DECLINED, note)
    if is_fresh:
        queue_letter("applications.declined", to=application.person, about=application)
    return application


def _decide(
    application: Application, by: Person, decision: Status, note: str
) -> tuple[Application, bool]:
    application.cohort.locked()  # before the application, as whoever looks at a whole waitlist does
    application = application.locked()
    if not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only a coordinator of this program decides about applications."))
    if application.status == decision:
        return application, False
    if problem := rules.why_not_decide(application, decision):
        raise RefusedError(problem)
    if decision == Status.ACCEPTED and must_be_known(application):
        raise RefusedError(unknown_in_words(application))
    if application.status == Status.WAITLISTED:
        end_wait(application, was_taken=decision == Status.ACCEPTED)
    application.status = decision
    application.decided_at = now()
    application.decision_note = note.replace("\x00", "").strip()
    application.full_clean()
    application.save()
    if decision == Status.WAITLISTED:
        begin_wait(application)
    Noted.objects.filter(application=application).delete()
    overtake(application, DECIDED)
    record(f"application.{decision}", application, by=by, about=application.person)
    return application, True


def unknown_in_words(application: Application) -> str:
    return _(
        "Nobody has confirmed yet who %(person)s is, and this program asks for it before it accepts anybody. "
        "Vouch for them on their application, or find them on the roll there."
    ) % {"person": application.person}


def admit(application: Application) -> Participant:
    """Make an accepted application the row that matching works on."""
    design = application.cohort.design
    participant = Participant.objects.filter(application=application).first()
    participant = participant or Participant(
        application=application,
        cohort=application.cohort,
        person=application.person,
        role=application.role,
    )
    participant.answers = matched_by(
        design, application.role, application.answers, application.cohort.starts_on
    )
    participant.capacity = capacity_of(
        application.role, application.answers, design.capacity_default, design.capacity_maximum
    )
    participant.left_at = None
    participant.full_clean()
    participant.save()
    return participant


def take_place(participant: Participant) -> None:
    """Take one place, or refuse: one conditional UPDATE, so that the last place goes once."""
    taken = Participant.objects.filter(
        pk=participant.pk, left_at=None, places_taken__lt=F("capacity")
    ).update(places_taken=F("places_taken") + 1)
    if not taken:
        raise RefusedError(
            _("%(person)s has no place left. Nothing was changed.") % {"person": participant.person}
        )


@transaction.atomic
def take_places(participants: Iterable[Participant]) -> None:
    """Take a place for each of these, for one named twice two; all of them, or refuse by name."""
    wanted = Counter(participant.pk for participant in participants)
    for count in sorted(set(wanted.values())):
        keys = sorted(key for key, times in wanted.items() if times == count)
        for first in range(0, len(keys), AT_ONCE):
            _take(keys[first : first + AT_ONCE], count)


def _take(keys: list[int], count: int) -> None:
    """Take so many places with each: the conditional UPDATE of `take_place`, for many rows."""
    people = Participant.objects.filter(pk__in=keys)
    has_room = {"left_at": None, "places_taken__lte": F("capacity") - count}
    with transaction.atomic():
        if people.filter(**has_room).update(places_taken=F("places_taken") + count) == len(keys):
            return
        transaction.set_rollback(True)
    full = people.exclude(**has_room).select_related("person").order_by("pk").first()
    raise RefusedError(
        _("%(person)s has no place left. Nothing was changed.")
        % {"person": full.person if full else _("Somebody")}
    )


@transaction.atomic
def release_places(participants: Iterable[Participant]) -> None:
    """Give a place back with each of these, with one named twice two; never more than were taken."""
    given = Counter(participant.pk for participant in participants)
    for count in sorted(set(given.values())):
        keys = sorted(key for key, times in given.items() if times == count)
        for first in range(0, len(keys), AT_ONCE):
            people = Participant.objects.filter(pk__in=keys[first : first + AT_ONCE])
            people.update(places_taken=Greatest(F("places_taken") - count, 0))


def release_place(participant: Participant) -> None:
    """Give one place back; there is never less than none taken."""
    Participant.objects.filter(pk=participant.pk, places_taken__gt=0).update(
        places_taken=F("places_taken") - 1
    )
