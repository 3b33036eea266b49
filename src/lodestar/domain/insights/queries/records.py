"""What do the records of one cohort hold, as keys and counts?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import F, Sum

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.common.time import today
from lodestar.domain.feedback.queries import answer_share, waiting_by_cohort
from lodestar.domain.insights.queries.goals import GoalNow, goals_of
from lodestar.domain.insights.rules import tellable
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.matching.queries import RuleSeen, rules_seen
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import (
    mentees_of,
    mentorships_in,
    mentorships_that_met,
    served_share,
)
from lodestar.domain.messaging.queries import waiting_letters
from lodestar.domain.people.models import Account, Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import obstacles_of


@dataclass(frozen=True)
class Told:
    """What people outside may hear; None where a number would point at fewer than five."""

    mentees: int | None
    mentors: int | None
    served: int | None
    met: int | None
    asked: int | None
    answered: int | None


@dataclass(frozen=True)
class Records:
    """Counts that the roadmap and its next action are read off.

    `all_mentees` are those who take part or had a mentor, `served` those of them who had one, and
    `served_met` those of these who met; `people` and `joined` are persons of either role. `stranding`
    is the rule that leaves most people with nobody, while nothing is published, for the office alone.
    """

    today: date
    contradictions: int
    held_letters: int
    waiting_applications: int
    mentees: int
    mentors: int
    places: int
    people: int
    joined: int
    unserved_mentees: int
    unmet_topics: Sequence[str]
    all_mentees: int
    served: int
    served_met: int
    runs: Mapping[str, int]
    matches: Mapping[str, int]
    mentorships: int
    running: int
    met: int
    overdue_first_meetings: int
    stranding: RuleSeen | None
    asked: int
    answered: int
    concerns: int
    goals: Sequence[GoalNow]

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

    @cached_property
    def told(self) -> Told:
        mentees, served, met = tellable([self.all_mentees, self.served, self.served_met])
        asked, answered = tellable([self.asked, self.answered])
        return Told(mentees, tellable([self.mentors])[0], served, met, asked, answered)


def records_of(cohort: Cohort, *, reader: Person | None) -> Records:
    """Count once what several sentences need.

    Concerns are only those that the reader looks after; nobody in particular looks after none.
    """
    on = today()
    here = taking_part(cohort)
    mentees, mentors = (
        here.filter(role=role).count() for role in (RoleInCohort.MENTEE, RoleInCohort.MENTOR)
    )
    pairs, met = mentorships_in(cohort), mentorships_that_met(cohort)
    served, answered = served_share(cohort), answer_share(cohort)
    waiting = Application.objects.filter(cohort=cohort, status=Application.Status.SUBMITTED)
    people = people_in(cohort)
    runs = Counter(MatchRun.objects.filter(cohort=cohort).values_list("status", flat=True))
    is_before = not runs[MatchRun.Status.PUBLISHED] and on <= cohort.ends_on
    return Records(
        today=on,
        contradictions=0 if cohort.published_at else len(obstacles_of(cohort, on)),
        held_letters=waiting_letters(cohort).count(),
        waiting_applications=waiting.count(),
        mentees=mentees,
        mentors=mentors,
        places=here.filter(role=RoleInCohort.MENTOR).aggregate(n=Sum("capacity"))["n"] or 0,
        people=len(people),
        joined=Account.objects.filter(person__in=people).count(),
        unserved_mentees=unserved(cohort),
        unmet_topics=unmet_topics(cohort),
        all_mentees=served.of,
        served=served.count,
        served_met=len(mentees_of(met)),
        runs=runs,
        matches=Counter(Match.objects.filter(run__cohort=cohort).values_list("status", flat=True)),
        mentorships=pairs.count(),
        running=pairs.filter(status__in=Mentorship.RUNNING).count(),
        met=met.count(),
        overdue_first_meetings=overdue(cohort, on),
        stranding=worst_rule(cohort) if reader and is_before and mentees and mentors else None,
        asked=answered.of,
        answered=answered.count,
        concerns=waiting_by_cohort(reader).get(cohort.pk, 0) if reader else 0,
        goals=goals_of(cohort),
    )


def worst_rule(cohort: Cohort) -> RuleSeen | None:
    """Return the rule that leaves most people with nobody, if one does."""
    seen = rules_seen(cohort)
    return next(iter(seen.stranding), None) if seen else None


def people_in(cohort: Cohort) -> set[int]:
    """Return the persons who take part, in one role or in both."""
    return set(taking_part(cohort).order_by().values_list("person", flat=True))


def unmet_topics(cohort: Cohort) -> list[str]:
    """Return what accepted mentees wish for and no accepted mentor offers, the most wished for first."""
    wished: Counter[str] = Counter()
    offered: set[str] = set()
    here = taking_part(cohort).order_by("pk")
    for role, topics in here.values_list("role", "answers__topics"):
        if role == RoleInCohort.MENTEE:
            wished.update(names_in(topics))
        else:
            offered.update(names_in(topics))
    return [topic for topic, _count in wished.most_common() if topic not in offered]


def names_in(topics: object) -> Iterable[str]:
    """Return the topics of an answer: a list of wishes, or offers with their strengths."""
    return [str(topic) for topic in topics] if isinstance(topics, list | dict) else []


def unserved(cohort: Cohort) -> int:
    """Count mentees who have no partner, no proposed one, and completed no mentorship."""
    rows = taking_part(cohort).filter(role=RoleInCohort.MENTEE)
    completed = mentorships_in(cohort).filter(status=Mentorship.Status.COMPLETED)
    free = rows.filter(places_taken__lt=F("capacity"))
    return free.exclude(pk__in=completed.values("match__mentee")).count()


def overdue(cohort: Cohort, on: date) -> int:
    """Count active pairs whose first meeting should have happened by now."""
    last_day = on - timedelta(days=cohort.design.first_meeting_days)
    active = mentorships_in(cohort).filter(status=Mentorship.Status.ACTIVE, meetings=None)
    return active.filter(began_at__date__lt=last_day).count()
