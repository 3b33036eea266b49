"""Where does the program stand?"""

from collections.abc import Sequence
from dataclasses import dataclass

from lodestar.domain.insights.queries.goals import GoalNow
from lodestar.domain.insights.queries.next_action import NextAction, next_best_action
from lodestar.domain.insights.queries.records import records_of
from lodestar.domain.insights.queries.stages import STAGES, Stage
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


@dataclass(frozen=True)
class Roadmap:
    """The ten stages of a cohort, and the one thing that helps it most today."""

    cohort: Cohort
    stages: list[Stage]
    action: NextAction
    goals: Sequence[GoalNow]

    def is_here(self, stage: Stage) -> bool:
        """Say whether the one thing to do belongs to this stage."""
        return stage.key == self.action.stage


def roadmap_of(cohort: Cohort, *, reader: Person | None) -> Roadmap:
    """Read every stage off the records; without a reader, as somebody outside may know it."""
    records = records_of(cohort, reader=reader)
    stages = [stage(cohort, records) for stage in STAGES]
    return Roadmap(cohort, stages, next_best_action(cohort, records), records.goals)
