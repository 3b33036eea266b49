"""How does a person apply, change their mind, and withdraw?"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions.judging import judge_applications
from lodestar.domain.applications.actions.waiting import end_wait
from lodestar.domain.applications.models import Application, Noted
from lodestar.domain.applications.queries import participant_of
from lodestar.domain.applications.queries.judging import JUDGED
from lodestar.domain.applications.rules.answers import (
    answer_names,
    capacity_of,
    cleaned,
    matched_by,
    without_hidden,
)
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging.actions import overtake, queue_letter
from lodestar.domain.people.actions.profile import give_consent
from lodestar.domain.people.models import Consent, Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import is_coordinator
from lodestar.domain.programs.rules.asked import form_of

Status = Application.Status
CONSENT_TEXT = "matching-2"
ABOUT_TAKING_PART = (
    "applications.unfinished", "applications.received", "applications.accepted",
    "applications.waitlisted", "applications.declined", "applications.waiting", "applications.carry_over",
)  # fmt: skip


def require_own(application: Application, by: Person) -> None:
    if application.person_id != by.pk:
        raise RefusedError(_("Only the person who applied can do that."))


@transaction.atomic
def start_application(person: Person, *, cohort: Cohort, role: str) -> Application:
    """Begin an application, or go on with the one already begun; a withdrawn one begins anew."""
    if problem := rules.why_not_apply(cohort, today()) or rules.why_not_role(cohort, role):
        raise RefusedError(problem)
    application, is_new = Application.objects.get_or_create(
        cohort=cohort, person=person, role=role, defaults={"source": "form"}
    )
    application = application.locked()
    if is_new:
        application.full_clean()
        record("application.started", application, by=person, about=person)
    elif application.status == Status.WITHDRAWN:
        application.status = Status.DRAFT
        application.submitted_at = application.decided_at = None
        application.save()
        record("application.started_again", application, by=person, about=person)
    return application


@transaction.atomic
def save_answers(
    application: Application, *, by: Person, answers: Mapping[str, object]
) -> Application:
    """Keep some answers; those not mentioned stay, and blank ones are taken back."""
    application = application.locked()
    require_own(application, by)
    if problem := rules.why_not_edit(application, today()):
        raise RefusedError(problem)
    form = form_of(application.cohort.design)
    said = cleaned(application.role, answers, form)
    kept = {name: value for name, value in application.answers.items() if name not in answers}
    if application.answers == kept | said:
        return application
    application.answers = kept | said
    application.full_clean()
    application.save()
    _keep_with_participant(application)
    if application.status in JUDGED:
        judge_applications([application])
    mentioned = sorted(set(answers) & set(answer_names(application.role, form)))
    record("application.answered", application, by=by, about=by, fields=mentioned)
    return application


def _keep_with_participant(application: Application) -> None:
    """An accepted applicant's answers follow until the cohort closes."""
    participant = participant_of(application)
    if participant is None or application.status != Status.ACCEPTED:
        return
    participant = participant.locked()
    design = application.cohort.design
    participant.answers = matched_by(
        design, application.role, application.answers, application.cohort.starts_on
    )
    participant.capacity = capacity_of(
        application.role, application.answers, design.capacity_default, design.capacity_maximum
    )
    if participant.places_taken > participant.capacity:
        raise RefusedError(
            _("You are already matched with more people than that. Nothing was changed.")
        )
    participant.full_clean()
    participant.save()


@transaction.atomic
def submit_application(application: Application, *, by: Person) -> Application:
    """Send a draft to the office; sending it twice sends it once."""
    application = application.locked()
    require_own(application, by)
    if application.status in (Status.SUBMITTED, Status.ACCEPTED, Status.WAITLISTED):
        return application
    problem = rules.why_not_edit(application, today())
    missing = [problem] if problem else rules.why_not_submit(application, application.person)
    if missing:
        raise RefusedError(" ".join(missing))
    application.status = Status.SUBMITTED
    application.submitted_at = now()
    form = form_of(application.cohort.design)
    application.answers = without_hidden(form, application.role, application.answers)
    application.full_clean()
    application.save()
    judge_applications([application])
    give_consent(
        by,
        by=by,
        use=Consent.Use.MATCHING,
        is_given=True,
        text_version=CONSENT_TEXT,
        channel="application",
    )
    record("application.submitted", application, by=by, about=by, role=application.role)
    overtake(application, ["applications.unfinished"])
    wake("give_out_readings")
    queue_letter("applications.received", to=by, about=application)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, by: Person) -> Application:
    """Take an application back; the office may do so for somebody who asked for it."""
    application.cohort.locked()
    application = application.locked()
    if application.person_id != by.pk and not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only the person who applied, or a coordinator, can do that."))
    if application.status == Status.WITHDRAWN:
        return application
    participant = participant_of(application)
    participant = participant.locked() if participant else None
    if problem := rules.why_not_withdraw(application, participant):
        raise RefusedError(problem)
    if application.status == Status.WAITLISTED:
        end_wait(application, was_taken=False)
    Noted.objects.filter(application=application).delete()
    application.status = Status.WITHDRAWN
    application.full_clean()
    application.save()
    if participant:
        participant.left_at = now()
        participant.save()
    overtake(application, ABOUT_TAKING_PART)
    record("application.withdrawn", application, by=by, about=application.person)
    return application
