"""What is this program, and is it ready?"""

from lodestar.domain.programs.models.choosing import Audience, EligibilityRule, SelectionCriterion
from lodestar.domain.programs.models.cohorts import Cohort, Milestone
from lodestar.domain.programs.models.designs import Design, Goal
from lodestar.domain.programs.models.programs import Coordinator, Program, Reviewer
from lodestar.domain.programs.models.weighing import Constraint, Criterion

__all__ = [
    "Audience",
    "Cohort",
    "Constraint",
    "Coordinator",
    "Criterion",
    "Design",
    "EligibilityRule",
    "Goal",
    "Milestone",
    "Program",
    "Reviewer",
    "SelectionCriterion",
]
