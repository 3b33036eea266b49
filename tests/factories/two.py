"""A mentor and a mentee and the match between them, without a database."""

from datetime import UTC, datetime, timedelta

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Match
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design

Status, Answer = Match.Status, Match.Answer
MENTOR, MENTEE = RoleInCohort.MENTOR, RoleInCohort.MENTEE
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RUTH = Person(pk=1, created_at=NOON, given_name="Ruth", family_name="Okafor")
AMINA = Person(pk=2, created_at=NOON, given_name="Amina", family_name="Odhiambo")
EVE = Person(pk=3, created_at=NOON, given_name="Eve", family_name="Else")


def make(status=Status.PROPOSED, mentor=Answer.WAITING, mentee=Answer.WAITING, **fields):
    fields.setdefault("reply_by", NOON + timedelta(days=5))
    design = Design(created_at=NOON, exploring_days=fields.pop("exploring_days", 0))
    return Match(
        mentor=Participant(
            person=RUTH, role=MENTOR, created_at=NOON, cohort=Cohort(design=design, created_at=NOON)
        ),
        mentee=Participant(person=AMINA, role=MENTEE, created_at=NOON),
        status=status,
        mentor_answer=mentor,
        mentee_answer=mentee,
        created_at=NOON,
        **fields,
    )
