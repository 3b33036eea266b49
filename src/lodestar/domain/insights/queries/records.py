"""What do the records of one cohort hold, as keys and counts?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Sum

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.common.time import today
from lodestar.domain.feedback.queries import answer_share, waiting_by_cohort
from lodestar.domain.groups.queries.numbers import served_share
from lodestar.domain.insights.queries.company import company_of
from lodestar.domain.insights.queries.goals import GoalNow, goals_of
from lodestar.domain.insights.rules import tellable
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.matching.queries import (
    RuleSeen,
    replacements_in,
    rules_seen,
    unwritten,
    waiting_for_another,
)
from lodestar.domain.matching.rules import matches_by_itself, why_look
from lodestar.domain.mentorships.queries import waiting_for_new
from lodestar.domain.messaging.queries import waiting_letters
from lodestar.domain.people.models import Account, Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import obstacles_of

MOST_LOOKED_AT = 50  # of those who wait longest; enough to say that somebody is there


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
    unwritten: int
    to_look_at: int
    waiting_for_new: int
    unmet_topics: Sequence[str]
    all_mentees: int
    served: int
    served_met: int
    makes_groups: bool
    has_mentors: bool
    short_groups: int
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
    def is_matched(self) -> bool:
        """Whether anybody was proposed to anybody: by the office, or because people asked."""
        return bool(self.published_runs or self.proposed)

    @property
    def agreed(self) -> int:
        return self.matches.get(Match.Status.ACCEPTED, 0)

    @property
    def unanswered(self) -> int:
        return sum(self.matches.get(status, 0) for status in Match.WAITING)

    @property
    def proposal(self) -> str:
        """Return the noun for what is proposed."""
        return "group" if self.makes_groups else "match"

    @property
    def company(self) -> str:
        """Return the noun for what begins with the yeses."""
        return "group" if self.makes_groups else "mentorship"

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
    company = company_of(cohort, on)
    served, answered = served_share(cohort), answer_share(cohort)
    waiting = Application.objects.filter(cohort=cohort, status=Application.Status.SUBMITTED)
    people = people_in(cohort)
    is_before = not company.runs.get(MatchRun.Status.PUBLISHED) and on <= cohort.ends_on
    is_pairs = on <= cohort.ends_on and not cohort.design.makes_groups
    may_strand = reader and is_before and mentees and mentors and not cohort.design.makes_groups
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
        unserved_mentees=company.unserved,
        waiting_for_new=len(waiting_for_new(cohort))
        if is_pairs and matches_by_itself(cohort.design)
        else 0,
        to_look_at=waiting_for_a_look(cohort) if is_pairs else 0,
        unwritten=unwritten(cohort).count() if is_pairs else 0,
        unmet_topics=unmet_topics(cohort),
        all_mentees=served.of,
        served=served.count,
        served_met=company.served_met,
        makes_groups=cohort.design.makes_groups,
        has_mentors=cohort.design.has_mentors,
        short_groups=company.short,
        runs=company.runs,
        matches=company.matches,
        mentorships=company.begun,
        running=company.running,
        met=company.met,
        overdue_first_meetings=company.overdue,
        stranding=worst_rule(cohort) if may_strand else None,
        asked=answered.of,
        answered=answered.count,
        concerns=waiting_by_cohort(reader).get(cohort.pk, 0) if reader else 0,
        goals=goals_of(cohort),
    )


def waiting_for_a_look(cohort: Cohort) -> int:
    """Count for whom there is somebody who is proposed only once a person has looked."""
    waiting = [each for each in waiting_for_another(cohort) if why_look(each, cohort.design)]
    found = replacements_in(cohort, waiting[:MOST_LOOKED_AT])
    return sum(each.mentor is not None for each in found)


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
