"""What do people who take part have ahead, and who is reminded of it?"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.applications.queries import REMIND_DAYS_BEFORE, taking_part
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Milestone
from lodestar.domain.programs.queries import milestones_of
from lodestar.domain.programs.rules.milestones import Dated, is_for

COME_TO = (Milestone.Kind.EVENT, Milestone.Kind.PREPARATION)


@dataclass(frozen=True, slots=True)
class Coming:
    """A milestone that somebody has ahead, because they take part in a cohort."""

    participant: Participant
    dated: Dated

    @property
    def milestone(self) -> Milestone:
        return self.dated.milestone

    @property
    def starts_on(self) -> date:
        return self.dated.starts_on

    @property
    def ends_on(self) -> date:
        return self.dated.ends_on

    @property
    def cohort(self) -> Cohort:
        return self.participant.cohort


def coming_for(person: Person, on: date) -> list[Coming]:
    """Return what is not over yet of all that somebody takes part in, the earliest first."""
    mine = Participant.objects.filter(
        person=person, left_at=None, cohort__ends_on__gte=on, cohort__published_at__isnull=False
    )
    joined = mine.select_related("application", "cohort__program", "cohort__design")
    found = [
        Coming(participant, dated)
        for participant in joined.prefetch_related("cohort__design__milestones")
        for dated in milestones_of(participant.cohort, participant.role)
        if dated.ends_on >= on
    ]
    return sorted(found, key=lambda each: each.starts_on)


def coming_one_for(application: Application, name: str, on: date) -> Coming:
    """Return the milestone of this name that an applicant has ahead; a later design has it in a row of its own."""
    for each in coming_for(application.person, on):
        if (each.participant.application_id, each.milestone.name) == (application.pk, name):
            return each
    raise NotFoundError


def milestones_to_remind(on: date) -> list[tuple[Cohort, Dated]]:
    """Return what people come to within three days: events and the preparation of mentors."""
    last = on + timedelta(days=REMIND_DAYS_BEFORE)
    cohorts = Cohort.objects.filter(
        published_at__isnull=False, opens_on__lte=last, ends_on__gte=on
    ).select_related("design")
    return [
        (cohort, each)
        for cohort in cohorts.prefetch_related("design__milestones").order_by("pk")
        for each in milestones_of(cohort)
        if each.milestone.kind in COME_TO and on <= each.starts_on <= last
    ]


def participants_meant(cohort: Cohort, milestone: Milestone) -> QuerySet[Participant]:
    """Return who takes part in a cohort, is there, and is meant by one of its milestones."""
    here = taking_part(cohort).filter(person__blocked_at=None)
    here = here.exclude(paused_until__gt=today())
    roles = [role for role in RoleInCohort.values if is_for(milestone, role)]
    people = here.filter(role__in=roles).select_related("person", "application__cohort")
    return people.order_by("pk")
