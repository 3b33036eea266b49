"""What came of matching in a cohort, told alike for pairs and for groups?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.groups import queries as groups
from lodestar.domain.groups.models import FormingRun, Group
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import (
    mentees_of,
    mentorships_in,
    mentorships_that_met,
)
from lodestar.domain.programs.models import Cohort

# A proposed group stands where a match does: it waits, it has begun, or it did not come about.
AS_MATCH = {
    Group.Status.DRAFTED: Match.Status.DRAFTED,
    Group.Status.PROPOSED: Match.Status.PROPOSED,
    Group.Status.RUNNING: Match.Status.ACCEPTED,
    Group.Status.ENDED: Match.Status.ACCEPTED,
    Group.Status.DISSOLVED: Match.Status.WITHDRAWN,
}


@dataclass(frozen=True)
class Company:
    """Counts of what was computed, proposed, begun and met; `short` are groups that need the office."""

    runs: Mapping[str, int]
    matches: Mapping[str, int]
    begun: int
    running: int
    met: int
    served_met: int
    overdue: int
    unserved: int
    short: int = 0


def company_of(cohort: Cohort, on: date) -> Company:
    return groups_of(cohort) if cohort.design.makes_groups else pairs_of(cohort, on)


def pairs_of(cohort: Cohort, on: date) -> Company:
    pairs, met = mentorships_in(cohort), mentorships_that_met(cohort)
    completed = pairs.filter(status=Mentorship.Status.COMPLETED)
    matches = Match.objects.filter(mentor__cohort=cohort).values_list("status", flat=True)
    return Company(
        runs=Counter(MatchRun.objects.filter(cohort=cohort).values_list("status", flat=True)),
        matches=Counter(matches),
        begun=pairs.count(),
        running=pairs.filter(status__in=Mentorship.RUNNING).count(),
        met=met.count(),
        served_met=len(mentees_of(met)),
        overdue=overdue(cohort, on),
        unserved=unserved(cohort, completed.values("match__mentee")),
    )


def groups_of(cohort: Cohort) -> Company:
    began, met = groups.began_in(cohort), groups.met_in(cohort)
    matches: Counter[str] = Counter()
    for status in groups.groups_in(cohort).values_list("status", flat=True):
        matches[AS_MATCH[Group.Status(status)]] += 1
    return Company(
        runs=Counter(FormingRun.objects.filter(cohort=cohort).values_list("status", flat=True)),
        matches=matches,
        begun=began.count(),
        running=began.filter(status=Group.Status.RUNNING).count(),
        met=met.count(),
        served_met=len(groups.served_in(met)),
        overdue=groups.overdue(cohort),
        unserved=unserved(cohort, groups.served_in(began.filter(status=Group.Status.ENDED))),
        short=len(groups.short_groups(cohort)),
    )


def unserved(cohort: Cohort, done: "QuerySet[Any, Any] | set[int]") -> int:
    """Count mentees who have nobody, nobody proposed, and nothing completed."""
    rows = taking_part(cohort).filter(role=RoleInCohort.MENTEE)
    return rows.filter(places_taken__lt=F("capacity")).exclude(pk__in=done).count()


def overdue(cohort: Cohort, on: date) -> int:
    """Count active pairs whose first meeting should have happened by now."""
    last_day = on - timedelta(days=cohort.design.first_meeting_days)
    active = mentorships_in(cohort).filter(status=Mentorship.Status.ACTIVE, meetings=None)
    return active.filter(began_at__date__lt=last_day).count()
