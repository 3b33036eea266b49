"""What in a design and its cohort contradicts itself, and how is it mended?

Each check has a code, a page on which it is mended, and a line in docs/contradictions.md.
"""

from datetime import date

from lodestar.domain.programs.rules.readiness import (
    choosing,
    days,
    eligible,
    forms,
    goals,
    groups,
    matching,
    milestones,
    pace,
    people,
    shape,
    surveys,
    ways,
)
from lodestar.domain.programs.rules.readiness.matching import ASKED_FIELDS
from lodestar.domain.programs.rules.readiness.plans import Check, Contradiction, Plan, Where

CHECKS: tuple[Check, ...] = (
    *people.CHECKS,
    *days.CHECKS,
    *goals.CHECKS,
    *matching.CHECKS,
    *pace.CHECKS,
    *milestones.CHECKS,
    *shape.CHECKS,
    *choosing.CHECKS,
    *eligible.CHECKS,
    *ways.CHECKS,
    *forms.CHECKS,
    *surveys.CHECKS,
    *groups.CHECKS,
)

__all__ = [
    "ASKED_FIELDS",
    "CHECKS",
    "Contradiction",
    "Plan",
    "Where",
    "what_contradicts",
]


def what_contradicts(plan: Plan, on: date) -> list[Contradiction]:
    """List everything that contradicts itself, what stands in the way first."""
    found = [each for check in CHECKS for each in check.of(plan, on)]
    return sorted(found, key=lambda each: not each.blocks)
