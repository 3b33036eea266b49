"""How does the office note what it decides, and release all of it together?"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions.deciding import (
    accept_application,
    decline_application,
    waitlist_application,
)
from lodestar.domain.applications.models import Application, Noted
from lodestar.domain.applications.queries.judging import reasons_of
from lodestar.domain.applications.queries.noted import noted_in, state_of_noted
from lodestar.domain.applications.queries.waiting import next_on, places_in
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.common.wake import wake
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import is_coordinator

Decision = Noted.Decision
CARRY_OUT: dict[str, Callable[..., Application]] = {
    Decision.ACCEPTED: accept_application,
    Decision.WAITLISTED: waitlist_application,
    Decision.DECLINED: decline_application,
}


@transaction.atomic
def note_decision(
    application: Application, *, by: Person, decision: str, sentence: str = ""
) -> Noted:
    """Note what the office decides. Nothing is sent, and it may be changed until it is released."""
    application = application.locked()
    if not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only a coordinator of this program decides about applications."))
    if decision not in Decision.values:
        raise RefusedError(_("Choose what you decide: accept, waitlist or decline."))
    if problem := rules.why_not_decide(application, decision):
        raise RefusedError(problem)
    noted = _noted(application) or Noted(application=application)
    if noted.released_at:
        raise RefusedError(_already_released(application))
    noted.decision, noted.by = decision, by
    noted.sentence = sentence.replace("\x00", "").strip()[:500]
    noted.full_clean()
    noted.save()
    record("application.decision_noted", application, by=by, about=application.person, decision=decision)  # fmt: skip
    return noted


def _noted(application: Application) -> Noted | None:
    """Return what is noted as it is now, locked: a release at the same moment either saw it or comes after."""
    return Noted.objects.select_for_update().filter(application=application).first()


def _already_released(application: Application) -> str:
    return _("The decision about %(person)s was released a moment ago. Nothing was changed.") % {
        "person": application.person
    }


def note_decisions(
    applications: Iterable[Application], *, by: Person, decision: str, with_reasons: bool = False
) -> tuple[int, int]:
    """Note the same for many, each on its own; with the reasons by the rules as the sentence of each letter.

    Returns how many were noted, and how many had changed meanwhile.
    """
    chosen = list(applications)
    reasons = reasons_of(chosen) if with_reasons else {}
    noted = refused = 0
    for application in chosen:
        try:
            note_decision(
                application, by=by, decision=decision, sentence=reasons.get(application.pk, "")
            )
            noted += 1
        except RefusedError:
            refused += 1
    return noted, refused


@transaction.atomic
def forget_decision(application: Application, *, by: Person) -> None:
    """Take a noted decision back; the application waits as before."""
    application = application.locked()
    if not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only a coordinator of this program decides about applications."))
    noted = _noted(application)
    if noted is None:
        return
    if noted.released_at:
        raise RefusedError(_already_released(application))
    noted.delete()
    record("application.decision_forgotten", application, by=by, about=application.person)


@transaction.atomic
def take_next(cohort: Cohort, role: str, *, by: Person, expected: str) -> Application:
    """Accept whoever is next on a waitlist, if a place is free, and if it is still whom the office looked at."""
    cohort = cohort.locked()
    if not is_coordinator(by, cohort.program):
        raise RefusedError(_("Only a coordinator of this program decides about applications."))
    if not places_in(cohort).free_for(role):
        raise RefusedError(_("No place is free any more. Nothing was changed."))
    following = next_on(cohort, role)
    if following.public_id != expected:
        raise RefusedError(
            _("Somebody was taken or moved meanwhile: now %(person)s is next. Nothing was changed.")
            % {"person": following.person}
        )
    return accept_application(following, by=by)


@transaction.atomic
def release_decisions(cohort: Cohort, *, by: Person, seen: str = "") -> int:
    """Let all noted decisions of a cohort go, at one moment and once; return how many.

    `seen` is the fingerprint of what the office looked at; without one it is trusted. Each is then carried out
    by a job, with its letter, so that a worker that dies leaves none behind.
    """
    cohort = cohort.locked()
    if not is_coordinator(by, cohort.program):
        raise RefusedError(_("Only a coordinator of this program decides about applications."))
    rows = Noted.objects.filter(application__cohort=cohort, released_at=None)
    list(rows.select_for_update(of=("self",)).values_list("pk"))  # nobody changes one from here on
    waiting = list(noted_in(cohort))
    if waiting and seen not in ("", state_of_noted(waiting)):
        raise RefusedError(
            _(
                "Somebody noted or changed a decision while you looked. Nothing was sent; look again."
            )
        )
    keys = [each.pk for each in waiting]
    count = Noted.objects.filter(pk__in=keys, released_at=None).update(released_at=now(), by=by)
    if count:
        record("decisions.released", cohort, by=by, count=count)
        wake("carry_out_decisions")
    return count


@transaction.atomic
def carry_out(noted: Noted) -> bool:
    """Do what was released and write the letter; what cannot be done is noted again for the office to look at."""
    noted.application.cohort.locked()
    application = noted.application.locked()
    found = Noted.objects.filter(pk=noted.pk, released_at__isnull=False).first()
    if found is None:
        return False
    try:
        with transaction.atomic():
            CARRY_OUT[found.decision](application, by=found.by, note=found.sentence)
    except RefusedError:
        Noted.objects.filter(pk=found.pk).update(released_at=None)
        record("application.decision_stuck", application, about=application.person)
        return False
    Noted.objects.filter(pk=found.pk).delete()
    return True
