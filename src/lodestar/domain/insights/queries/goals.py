"""How do the goals of the design stand against their targets?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.insights.queries.records import (
    met_in,
    pulses_in,
    taking_part,
    with_mentor,
)
from lodestar.domain.mentorships.queries import mentorships_in
from lodestar.domain.programs.models import Cohort, Goal
from lodestar.engine.measures.rates import mean_of, share_of


@dataclass(frozen=True)
class GoalNow:
    """A goal and where it stands; `now` is None while there are too few to say."""

    goal: Goal
    now: float | None
    low: float | None
    high: float | None
    of: int
    is_percent: bool

    @property
    def is_reached(self) -> bool:
        return self.now is not None and self.now >= float(self.goal.target)


@dataclass(frozen=True)
class Standing:
    """A value with its interval and how many it was counted on."""

    now: float | None
    low: float | None
    high: float | None
    of: int


def goals_of(cohort: Cohort) -> list[GoalNow]:
    """Return each goal with its value now, its interval, and how many it was counted on."""
    found = []
    for goal in cohort.design.goals.order_by("pk"):
        standing = METRICS[goal.metric](cohort)
        is_percent = goal.metric.endswith("_share")
        found.append(
            GoalNow(goal, standing.now, standing.low, standing.high, standing.of, is_percent)
        )
    return found


def in_percent(count: int, of: int) -> Standing:
    share = share_of(count, of)
    if share.value is None:
        return Standing(None, None, None, of)
    return Standing(100 * share.value, 100 * share.low, 100 * share.high, of)


def mentees_served(cohort: Cohort) -> Standing:
    count = served(cohort)
    return Standing(float(count), None, None, count)


def served_share(cohort: Cohort) -> Standing:
    return in_percent(served(cohort), len(everyone(cohort)))


def met_share(cohort: Cohort) -> Standing:
    return in_percent(met_in(cohort), mentorships_in(cohort).count())


def answer_share(cohort: Cohort) -> Standing:
    asked = pulses_in(cohort)
    return in_percent(asked.filter(answered_at__isnull=False).count(), asked.count())


def usefulness(cohort: Cohort) -> Standing:
    """Rate the usefulness by each person's latest answer, so that nobody counts twice."""
    answers = pulses_in(cohort).filter(usefulness__isnull=False).order_by("due_on", "pk")
    latest = dict(answers.values_list("participant_id", "usefulness"))
    mean = mean_of([float(rating) for rating in latest.values() if rating], lowest=1, highest=5)
    return Standing(mean.value, mean.low, mean.high, mean.of)


def everyone(cohort: Cohort) -> set[int]:
    """Return the mentees who take part, and those who left after they had a mentor."""
    served = with_mentor(mentorships_in(cohort))
    return set(taking_part(cohort, RoleInCohort.MENTEE)) | served


def served(cohort: Cohort) -> int:
    return len(with_mentor(mentorships_in(cohort)))


METRICS: Mapping[str, Callable[[Cohort], Standing]] = {
    Goal.Metric.MENTEES_SERVED: mentees_served,
    Goal.Metric.SERVED_SHARE: served_share,
    Goal.Metric.MET_SHARE: met_share,
    Goal.Metric.ANSWER_SHARE: answer_share,
    Goal.Metric.USEFULNESS: usefulness,
}
