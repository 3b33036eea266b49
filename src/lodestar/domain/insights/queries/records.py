"""What do the records of one cohort hold, as keys and counts?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet, Sum

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.queries import concerns_for
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.mentorships.models import Meeting, Mentorship
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import obstacles_of


@dataclass(frozen=True)
class Records:
    """Counts that the roadmap and its next action are read off."""

    today: date
    contradictions: int
    waiting_applications: int
    mentees: int
    mentors: int
    places: int
    unserved_mentees: int
    runs: Mapping[str, int]
    matches: Mapping[str, int]
    mentorships: int
    running: int
    met: int
    overdue_first_meetings: int
    asked: int
    answered: int
    concerns: int

    @property
    def published_runs(self) -> int:
        return self.runs.get(MatchRun.Status.PUBLISHED, 0)

    @property
    def runs_to_look_at(self) -> int:
        return self.runs.get(MatchRun.Status.SOLVED, 0) + self.runs.get(MatchRun.Status.REVIEWED, 0)

    @property
    def proposed(self) -> int:
        """Pairs that were ever shown to the two."""
        return sum(self.matches.values()) - self.matches.get(Match.Status.DRAFTED, 0)

    @property
    def agreed(self) -> int:
        return self.matches.get(Match.Status.ACCEPTED, 0)

    @property
    def unanswered(self) -> int:
        return sum(self.matches.get(status, 0) for status in Match.WAITING)


def records_of(cohort: Cohort, *, reader: Person) -> Records:
    """Count once what several sentences need; concerns are only those that the reader looks after."""
    on = today()
    mentees = taking_part(cohort, RoleInCohort.MENTEE)
    mentors = taking_part(cohort, RoleInCohort.MENTOR)
    pairs, pulses = mentorships_in(cohort), pulses_in(cohort)
    waiting = Application.objects.filter(cohort=cohort, status=Application.Status.SUBMITTED)
    return Records(
        today=on,
        contradictions=0 if cohort.published_at else len(obstacles_of(cohort, on)),
        waiting_applications=waiting.count(),
        mentees=len(mentees),
        mentors=len(mentors),
        places=Participant.objects.filter(pk__in=mentors).aggregate(n=Sum("capacity"))["n"] or 0,
        unserved_mentees=unserved(cohort),
        runs=Counter(MatchRun.objects.filter(cohort=cohort).values_list("status", flat=True)),
        matches=Counter(Match.objects.filter(run__cohort=cohort).values_list("status", flat=True)),
        mentorships=pairs.count(),
        running=pairs.filter(status__in=Mentorship.RUNNING).count(),
        met=met_in(cohort),
        overdue_first_meetings=overdue(cohort, on),
        asked=pulses.count(),
        answered=pulses.filter(answered_at__isnull=False).count(),
        concerns=concerns_waiting(cohort, reader),
    )


def taking_part(cohort: Cohort, role: RoleInCohort) -> list[int]:
    rows = Participant.objects.filter(cohort=cohort, role=role, left_at=None)
    return list(rows.values_list("pk", flat=True))


def unserved(cohort: Cohort) -> int:
    """Count mentees without a partner or a proposed one."""
    rows = Participant.objects.filter(cohort=cohort, role=RoleInCohort.MENTEE, left_at=None)
    return rows.filter(places_taken__lt=F("capacity")).count()


def overdue(cohort: Cohort, on: date) -> int:
    """Count active pairs whose first meeting should have happened by now."""
    last_day = on - timedelta(days=cohort.design.first_meeting_days)
    active = mentorships_in(cohort).filter(status=Mentorship.Status.ACTIVE, meetings=None)
    return active.filter(began_at__date__lt=last_day).count()


def mentorships_in(cohort: Cohort) -> QuerySet[Mentorship]:
    return Mentorship.objects.filter(match__mentor__cohort=cohort)


def pulses_in(cohort: Cohort) -> QuerySet[Pulse]:
    return Pulse.objects.filter(mentorship__match__mentor__cohort=cohort, asked_at__isnull=False)


def met_in(cohort: Cohort) -> int:
    """Count mentorships with at least one meeting."""
    rows = Meeting.objects.filter(mentorship__match__mentor__cohort=cohort).order_by()
    return rows.values("mentorship").distinct().count()


def concerns_waiting(cohort: Cohort, reader: Person) -> int:
    rows = concerns_for(reader).filter(mentorship__match__mentor__cohort=cohort)
    return rows.filter(status__in=[Concern.Status.NEW, Concern.Status.ACKNOWLEDGED]).count()
