"""Which days of which cohorts concern somebody: who takes part, who applies, who looks after them?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import own_applications
from lodestar.domain.applications.queries.coming import coming_for
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Milestone
from lodestar.domain.programs.queries import cohorts_for, milestones_of
from lodestar.domain.programs.rules import DAYS
from lodestar.domain.programs.rules.milestones import Dated

Status = Application.Status
# What each still has ahead in a cohort: who writes, who waits for an answer, who is in.
CONCERNED = {
    Status.DRAFT: ("closes_on",),
    Status.SUBMITTED: ("matching_on", "starts_on"),
    Status.WAITLISTED: ("matching_on", "starts_on"),
    Status.ACCEPTED: ("matching_on", "starts_on", "ends_on"),
}


@dataclass(frozen=True, slots=True)
class CohortDay:
    """A day, or several, of a cohort: one of its turns by name, or a milestone."""

    cohort: Cohort
    starts_on: date
    ends_on: date
    turn: str = ""
    milestone: Milestone | None = None


def days_for(person: Person, on: date) -> list[CohortDay]:
    """Return every day that is not over and concerns somebody, each once, the earliest first."""
    office = list(cohorts_for(person).filter(ends_on__gte=on))
    found = {
        (each.cohort.pk, each.turn, each.milestone.pk if each.milestone else 0): each
        for each in [*own_days(person, on), *days_of_the_office(office, on)]
    }
    return sorted(found.values(), key=lambda each: (each.starts_on, each.cohort.pk, each.turn))


def own_days(person: Person, on: date) -> Iterator[CohortDay]:
    """Yield what concerns somebody who applies or takes part."""
    for each in coming_for(person, on):
        yield of_milestone(each.cohort, each.dated)
    published = own_applications(person).filter(cohort__published_at__isnull=False)
    for application in published.filter(cohort__ends_on__gte=on):
        turns = CONCERNED.get(Status(application.status), ())
        yield from turns_of(application.cohort, turns, on)


def days_of_the_office(cohorts: list[Cohort], on: date) -> Iterator[CohortDay]:
    """Yield every day of the cohorts that somebody looks after."""
    for cohort in cohorts:
        yield from turns_of(cohort, DAYS, on)
        for dated in milestones_of(cohort):
            if dated.ends_on >= on:
                yield of_milestone(cohort, dated)


def turns_of(cohort: Cohort, turns: tuple[str, ...], on: date) -> Iterator[CohortDay]:
    for turn in turns:
        day: date = getattr(cohort, turn)
        if day >= on:
            yield CohortDay(cohort, day, day, turn=turn)


def of_milestone(cohort: Cohort, dated: Dated) -> CohortDay:
    return CohortDay(cohort, dated.starts_on, dated.ends_on, milestone=dated.milestone)
