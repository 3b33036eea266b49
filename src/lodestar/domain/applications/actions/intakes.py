"""How do the people of a list become accepted applications, and how is that taken back?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions.deciding import admit
from lodestar.domain.applications.models import Application, Intake, Participant
from lodestar.domain.applications.queries import admitted_by, rows_to_admit, source_of
from lodestar.domain.applications.rules.answers import (
    Answers,
    answers_of_row,
    cleaned,
    own_questions,
    without_hidden,
)
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.pace import let_others_write
from lodestar.domain.common.time import now
from lodestar.domain.common.wake import wake
from lodestar.domain.people.actions.imports import upload_import
from lodestar.domain.people.models import Import, Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import is_coordinator
from lodestar.domain.programs.rules.asked import form_of

BATCH = 50
SAME_UPLOAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a list is for: the alumni roll, or, with a cohort, its mentors or mentees."""

    cohort: Cohort | None = None
    role: str = ""


@transaction.atomic
def upload_list(content: bytes, *, file_name: str, purpose: Purpose, by: Person) -> Import:
    """Keep a file for its purpose; the same file sent twice in one go is one list."""
    if not may_upload(by, purpose):
        raise NotFoundError
    if same := unused_upload(content, file_name, purpose, by):
        return same
    asked = own_questions(purpose.cohort, purpose.role) if purpose.cohort else ()
    source = upload_import(content, file_name=file_name, by=by, asked=asked)
    if purpose.cohort is not None:
        request_intake(source, cohort=purpose.cohort, role=purpose.role, by=by)
    return source


def may_upload(person: Person, purpose: Purpose) -> bool:
    if purpose.cohort is None:
        return has_role(person, Role.Kind.ADMIN)
    return is_coordinator(person, purpose.cohort.program)


def unused_upload(content: bytes, file_name: str, purpose: Purpose, by: Person) -> Import | None:
    """Return the same list of the same person for the same purpose, if it still waits."""
    waiting = Import.objects.filter(
        uploaded_by=by,
        file_name=file_name[-255:],
        status__in=(Import.Status.UPLOADED, Import.Status.STAGED),
        created_at__gte=now() - SAME_UPLOAD,
    )
    for source in waiting.order_by("-pk")[:5]:
        intake = Intake.objects.filter(source=source).first()
        meant = (intake.cohort_id, intake.role) if intake else (None, "")
        wished = (purpose.cohort.pk if purpose.cohort else None, purpose.role)
        if meant == wished and bytes(source.content or b"") == content:
            return source
    return None


@transaction.atomic
def request_intake(source: Import, *, cohort: Cohort, role: str, by: Person) -> Intake:
    """Ask that the people of an import also take part in a cohort, once the import is applied."""
    if not is_coordinator(by, cohort.program):
        raise RefusedError(_("Only a coordinator of the program takes people into its cohort."))
    intake, is_new = Intake.objects.get_or_create(
        source=source, defaults={"cohort": cohort, "role": role}
    )
    if (intake.cohort_id, intake.role) != (cohort.pk, role):
        raise RefusedError(_("This list is already meant for another cohort or role."))
    if is_new:
        intake.full_clean()
        record("intake.requested", intake, by=by, role=role)
    wake("admit_intakes")
    return intake


def admit_intake(intake: Intake) -> int:
    """Make everybody of an applied import a participant, in batches; return how many are new.

    A worker killed in between loses nothing: whoever already applied is not taken again.
    """
    count = 0
    while taken := _admit_batch(intake):
        count += taken
        let_others_write()
    with transaction.atomic():
        intake = intake.locked()
        if intake.admitted_at is None and is_applied(intake.source):
            intake.admitted_at = now()
            intake.save()
            record("intake.admitted", intake, count=count)
    return count


def is_applied(source: Import) -> bool:
    return source.locked().status == Import.Status.APPLIED


@transaction.atomic
def _admit_batch(intake: Intake) -> int:
    """Take the next rows, unless the import is being taken back meanwhile."""
    if not is_applied(intake.source):
        return 0
    by_person = {row.person_id: row for row in rows_to_admit(intake)[:BATCH]}
    for row in by_person.values():
        if row.person is not None:
            _admit_person(intake, row.person, row.values)
    return len(by_person)


def _admit_person(intake: Intake, person: Person, values: Mapping[str, object]) -> Application:
    moment = now()
    said: Answers = answers_of_row(person, values)
    form = form_of(intake.cohort.design)
    told = cleaned(intake.role, said, form)
    application, is_new = Application.objects.get_or_create(
        cohort=intake.cohort,
        person=person,
        role=intake.role,
        defaults={
            "status": Application.Status.ACCEPTED,
            "answers": without_hidden(form, intake.role, told),
            "source": source_of(intake),
            "submitted_at": moment,
            "decided_at": moment,
        },
    )
    if is_new:
        admit(application)
        record("application.admitted", application, about=person, role=intake.role)
    return application


def undo_intake(intake: Intake) -> int:
    """Take back what an intake brought, but nothing that anybody has touched since."""
    taken_back = sum(_take_back(application) for application in admitted_by(intake))
    with transaction.atomic():
        intake = intake.locked()
        intake.undone_at = now()
        intake.save()
        record("intake.undone", intake, count=taken_back)
    return taken_back


def _take_back(application: Application) -> bool:
    try:
        with transaction.atomic():
            return _delete_untouched(application)
    except ProtectedError:
        return False


def _delete_untouched(application: Application) -> bool:
    application = application.locked()
    participant = Participant.objects.filter(application=application).first()
    if application.status != Application.Status.ACCEPTED:
        return False
    if participant:
        if participant.locked().places_taken:
            return False
        participant.delete()
    record("application.taken_back", application, about=application.person)
    application.delete()
    return True
