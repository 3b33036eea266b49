"""Applications and participants."""

from lodestar.domain.applications.models import (
    Application,
    Assessment,
    Participant,
    Reading,
    RoleInCohort,
)
from lodestar.domain.common.time import now
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

MENTEE_ANSWERS = {
    "topics": ["Finding work", "Interviews"],
    "languages": ["en", "sw"],
    "time_zone": "Africa/Nairobi",
    "about": "A plan for my first year, and somebody who tells me the truth.",
    "matching_consent": True,
}
MENTOR_ANSWERS = {
    "topics": {"Finding work": 3, "Interviews": 1},
    "languages": ["en"],
    "time_zone": "Europe/London",
    "about": "I ask questions, and I answer within two days.",
    "capacity": 1,
    "matching_consent": True,
}


def answers_of(role):
    return dict(MENTOR_ANSWERS if role == RoleInCohort.MENTOR else MENTEE_ANSWERS)


def make_application(
    cohort=None,
    person=None,
    *,
    role=RoleInCohort.MENTEE,
    status=Application.Status.SUBMITTED,
    **fields,
):
    fields.setdefault("answers", answers_of(role))
    if status != Application.Status.DRAFT:
        fields.setdefault("submitted_at", now())
    return Application.objects.create(
        cohort=cohort or make_cohort(),
        person=person or make_person(),
        role=role,
        status=status,
        **fields,
    )


def make_assessment(application, criterion, assessor, score=3, sentence=""):
    """Return what one reader noted about an application."""
    return Assessment.objects.create(
        application=application,
        criterion=criterion,
        assessor=assessor,
        score=score,
        sentence=sentence,
        assessed_at=now(),
    )


def make_reading(application, reader, **fields):
    """Return one reader's turn at an application."""
    return Reading.objects.create(application=application, reader=reader, **fields)


def make_participant(cohort=None, person=None, *, role=RoleInCohort.MENTEE, **fields):
    application = make_application(
        cohort, person, role=role, status=Application.Status.ACCEPTED, decided_at=now()
    )
    fields.setdefault("answers", application.answers)
    return Participant.objects.create(
        application=application,
        cohort=application.cohort,
        person=application.person,
        role=role,
        **fields,
    )


def make_mentor(cohort=None, person=None, **fields):
    return make_participant(cohort, person, role=RoleInCohort.MENTOR, **fields)


def make_mentee(cohort=None, person=None, **fields):
    return make_participant(cohort, person, role=RoleInCohort.MENTEE, **fields)
