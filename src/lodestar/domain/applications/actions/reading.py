"""How do applications go to their readers, and how do they come back?"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions.scoring import Mark, keep_marks
from lodestar.domain.applications.models import Application, Reading
from lodestar.domain.applications.queries import rubric_of
from lodestar.domain.applications.queries.reading import (
    applications_to_give_out,
    engine_readers,
    engine_subjects,
    forsaken_readings,
    loads_of,
    possible_readers,
)
from lodestar.domain.applications.rules.reading import why_not_give
from lodestar.domain.applications.rules.scoring import why_not_assess
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs import actions as programs
from lodestar.domain.programs.models import Cohort, Program, Reviewer
from lodestar.domain.programs.queries import is_coordinator
from lodestar.engine.selection.readers import share_out

Status = Reading.Status


@transaction.atomic
def appoint_reviewer(program: Program, *, person: Person, by: Person) -> Reviewer:
    """Let somebody read for a program; what waits goes to them too at the next look."""
    reviewer = programs.appoint_reviewer(program, person=person, by=by)
    wake("give_out_readings")
    return reviewer


@transaction.atomic
def release_reviewer(reviewer: Reviewer, *, by: Person) -> None:
    """Let somebody read no more; what they had not read goes to others, what they scored stays."""
    programs.release_reviewer(reviewer, by=by)
    end_forsaken()
    wake("give_out_readings")


def end_forsaken() -> int:
    """Take back what is with people who read for the program no more."""
    return Reading.objects.filter(pk__in=forsaken_readings().values("pk")).update(
        status=Status.ENDED
    )


@transaction.atomic
def give_out(cohort: Cohort) -> int:
    """Give each waiting application of a cohort to two readers; return how many readings are new."""
    cohort = cohort.locked()
    waiting = applications_to_give_out(cohort)
    if not waiting:
        return 0
    given = share_out(engine_subjects(waiting), engine_readers(cohort), loads_of(cohort))
    by_key = {each.pk: each for each in waiting}
    made = [
        Reading(application=by_key[key], reader_id=reader)
        for key, readers in given.items()
        for reader in readers
    ]
    Reading.objects.bulk_create(made, batch_size=500)
    if made:
        record("readings.given_out", cohort, count=len(made))
        _tell(cohort, made)
    return len(made)


def _give(application: Application, reader: int) -> Reading:
    reading = Reading(application=application, reader_id=reader)
    reading.full_clean(validate_unique=False)
    reading.save()
    return reading


def _tell(cohort: Cohort, made: list[Reading]) -> None:
    """Write to each reader, once a week at most, that something waits for them."""
    year, week, _day = today().isocalendar()
    first = {reading.reader_id: reading for reading in reversed(made)}
    for reading in first.values():
        queue_letter(
            "applications.to_read",
            to=reading.reader,
            about=reading.application,
            unique_key=f"applications.to_read:{cohort.public_id}:{reading.reader.public_id}:{year}-{week}",
        )


@transaction.atomic
def give_reading(
    reading: Reading, *, by: Person, marks: Mapping[str, Mark], sentence: str = ""
) -> Reading:
    """Keep a reader's scores, all of them, with one sentence; they may change them until it is decided."""
    application = reading.application.locked()
    reading = reading.locked()
    if problem := why_not_give(reading, application, by):
        raise RefusedError(problem)
    rubric = rubric_of(application)
    if {criterion.public_id for criterion in rubric} != set(marks):
        raise RefusedError(_("The criteria have changed meanwhile. Look again, and score anew."))
    if any(mark.score is None for mark in marks.values()):
        raise RefusedError(_("Choose a level for each of them; the middle one is an answer too."))
    keep_marks(application, by, marks)
    reading.status, reading.given_at = Status.GIVEN, now()
    reading.sentence = sentence.replace("\x00", "").strip()[:300]
    reading.full_clean()
    reading.save()
    record("application.read", application, by=by, about=application.person)
    return reading


@transaction.atomic
def hand_back(reading: Reading, *, by: Person) -> Reading:
    """Give an application back unread, because one knows who it is or has no time; somebody else gets it."""
    reading = reading.locked()
    if reading.reader_id != by.pk or reading.status != Status.OPEN:
        raise RefusedError(_("You have given your scores already, so it stays with you."))
    reading.status = Status.ENDED
    reading.save()
    record("application.handed_back", reading.application, by=by)
    wake("give_out_readings")
    return reading


@transaction.atomic
def pass_on(reading: Reading, *, to: Person, by: Person) -> Reading:
    """Give what somebody has not read to another reader."""
    application = _looked_after(reading.application, by)
    reading = reading.locked()
    if reading.status != Status.OPEN:
        raise RefusedError(_("They have given their scores meanwhile. Ask one more instead."))
    reading.status = Status.ENDED
    reading.save()
    return _ask(application, to, by)


@transaction.atomic
def ask_one_more(application: Application, *, to: Person, by: Person) -> Reading:
    """Ask one more reader, for example because two differ."""
    return _ask(_looked_after(application, by), to, by)


def _looked_after(application: Application, by: Person) -> Application:
    application = application.locked()
    if not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only a coordinator of this program can do that."))
    if problem := why_not_assess(application, by):
        raise RefusedError(problem)
    return application


def _ask(application: Application, to: Person, by: Person) -> Reading:
    if to not in possible_readers(application):
        raise RefusedError(
            _(
                "%(person)s has had it, reads for this program no more, or is too close to the applicant."
            )
            % {"person": to}
        )
    reading = _give(application, to.pk)
    record("application.given_to_read", application, by=by, about=to)
    _tell(application.cohort, [reading])
    return reading
