"""How do the goals of the design stand against their targets?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lodestar.domain.feedback.queries import answer_share, usefulness_by_person
from lodestar.domain.groups.queries.numbers import met_share, served_count, served_share
from lodestar.domain.programs.models import Cohort, Goal
from lodestar.engine.measures.rates import Mean, in_percent


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


def goals_of(cohort: Cohort) -> list[GoalNow]:
    """Return each goal with its value now, its interval, and how many it was counted on."""
    found = []
    for goal in cohort.design.goals.order_by("pk"):
        now = METRICS[goal.metric](cohort)
        is_percent = goal.metric.endswith("_share")
        found.append(GoalNow(goal, now.value, now.low, now.high, now.of, is_percent))
    return found


def mentees_served(cohort: Cohort) -> Mean:
    count = served_count(cohort)
    return Mean(count, float(count), None, None)


METRICS: Mapping[str, Callable[[Cohort], Mean]] = {
    Goal.Metric.MENTEES_SERVED: mentees_served,
    Goal.Metric.SERVED_SHARE: lambda cohort: in_percent(served_share(cohort)),
    Goal.Metric.MET_SHARE: lambda cohort: in_percent(met_share(cohort)),
    Goal.Metric.ANSWER_SHARE: lambda cohort: in_percent(answer_share(cohort)),
    Goal.Metric.USEFULNESS: usefulness_by_person,
}
