"""How little does the office see?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, QuerySet

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Meeting, Mentorship, Message
from lodestar.domain.mentorships.queries.pairs import mentorships_with_people
from lodestar.domain.programs.models import Cohort
from lodestar.engine.measures.rates import Share, share_of


@dataclass(frozen=True)
class Signs:
    """What the office may know of a mentorship: counts and dates, never words."""

    mentorship: Mentorship
    meeting_count: int
    first_met_on: date | None
    last_met_on: date | None
    message_count: int
    last_sign_at: date


def mentorships_in(cohort: Cohort) -> QuerySet[Mentorship]:
    """Every mentorship of a cohort, to be counted."""
    return Mentorship.objects.filter(match__mentor__cohort=cohort)


def mentorships_among(cohorts: QuerySet[Cohort]) -> QuerySet[Mentorship]:
    """Every mentorship of some cohorts, to be counted."""
    return Mentorship.objects.filter(match__mentor__cohort__in=cohorts)


def mentorships_that_met(cohort: Cohort) -> QuerySet[Mentorship]:
    """The mentorships of a cohort with at least one meeting, each once."""
    met = Meeting.objects.filter(mentorship__match__mentor__cohort=cohort).order_by()
    return mentorships_in(cohort).filter(pk__in=met.values("mentorship"))


def mentees_of(mentorships: QuerySet[Mentorship]) -> set[int]:
    """The mentees of some mentorships, each once."""
    return set(mentorships.order_by().values_list("match__mentee", flat=True))


def served_share(cohort: Cohort) -> Share:
    """How many mentees have a mentor or had one, of those who take part or left after they had one."""
    served = mentees_of(mentorships_in(cohort))
    here = taking_part(cohort).filter(role=RoleInCohort.MENTEE).values_list("pk", flat=True)
    return share_of(len(served), len(served.union(here)))


def met_share(cohort: Cohort) -> Share:
    """How many of all mentorships ever met, however late."""
    return share_of(mentorships_that_met(cohort).count(), mentorships_in(cohort).count())


def mentorships_of(cohort: Cohort) -> QuerySet[Mentorship]:
    """Every mentorship of a cohort with its people, to be shown."""
    return mentorships_with_people().filter(match__mentor__cohort=cohort)


def signs_of(mentorships: Iterable[Mentorship]) -> list[Signs]:
    """Return counts and dates of each, those silent the longest first."""
    pairs = list(mentorships)
    keys = [mentorship.pk for mentorship in pairs]
    met = {
        row["mentorship"]: row
        for row in Meeting.objects.filter(mentorship__in=keys).order_by().values("mentorship")
        .annotate(count=Count("pk"), first=Min("held_on"), last=Max("held_on"))
    }  # fmt: skip
    written = {
        row["mentorship"]: row
        for row in Message.objects.filter(mentorship__in=keys).order_by().values("mentorship")
        .annotate(count=Count("pk"), last=Max("created_at"))
    }  # fmt: skip
    signs = [_signs(m, met.get(m.pk, {}), written.get(m.pk, {})) for m in pairs]
    return sorted(signs, key=lambda s: (not rules.is_running(s.mentorship), s.last_sign_at))


def _signs(mentorship: Mentorship, met: dict[str, date | int], written: dict[str, object]) -> Signs:
    last_met, last_written = met.get("last"), written.get("last")
    dates = [mentorship.began_at.date()]
    if isinstance(last_met, date):
        dates.append(last_met)
    if isinstance(last_written, datetime):
        dates.append(last_written.date())
    return Signs(
        mentorship,
        meeting_count=int(str(met.get("count", 0))),
        first_met_on=met.get("first"),  # type: ignore[arg-type]
        last_met_on=last_met,  # type: ignore[arg-type]
        message_count=int(str(written.get("count", 0))),
        last_sign_at=max(dates),
    )
