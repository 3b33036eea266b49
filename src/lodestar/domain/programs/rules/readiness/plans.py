"""What is looked at before a cohort opens, and how is a contradiction told?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lodestar.domain.forms.rules import Question
from lodestar.domain.programs.models import (
    Audience,
    Cohort,
    Constraint,
    Criterion,
    Design,
    EligibilityRule,
    Goal,
    Milestone,
    Program,
    SelectionCriterion,
)
from lodestar.domain.programs.rules import phases_of, shares_of
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.milestones import Dated, dated


class Where(StrEnum):
    """On which page a contradiction is mended; those of a design name its step."""

    PROGRAM = "program"
    COHORT = "cohort"
    GOALS = "goals"
    AUDIENCE = "audience"
    CRITERIA = "criteria"
    CONSTRAINTS = "constraints"
    PACE = "pace"
    MILESTONES = "milestones"
    TOPICS = "topics"
    EXPECTATIONS = "expectations"
    SHAPE = "shape"
    ELIGIBILITY = "eligibility"
    GROUPS = "groups"
    SELECTION = "selection"
    VISIBILITY = "visibility"
    WAYS = "ways"
    FORM = "form"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing that contradicts another, and the smallest mend.

    One that `blocks` stands in the way of opening; any other is worth a thought, and may stay.
    """

    code: str
    sentence: str
    mend: str
    where: Where
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is decided about a cohort before it opens.

    `cohort` is None while only the design is there. `counted` says by role how many people of the roll may be in
    the audience: those inside, and those of whom the roll does not know; nothing where the roll is not imported.
    """

    design: Design
    cohort: Cohort | None = None
    program: Program | None = None
    goals: Sequence[Goal] = ()
    criteria: Sequence[Criterion] = ()
    constraints: Sequence[Constraint] = ()
    audiences: Sequence[Audience] = ()
    counted: dict[str, int] = field(default_factory=dict)
    coordinators: Sequence[object] = ()
    others: Sequence[Cohort] = ()
    milestones: Sequence[Milestone] = ()
    selection: Sequence[SelectionCriterion] = ()
    eligibility: Sequence[EligibilityRule] = ()
    on_roll: int | None = None

    @property
    def running_days(self) -> int:
        """How long the mentorships last; 0 where nobody knows yet, or the days are out of order."""
        if self.cohort is None:
            return 0
        return max(0, (self.cohort.ends_on - self.cohort.starts_on).days)

    @property
    def dated(self) -> list[Dated]:
        """The milestones on their days; none while nobody knows the days of the cohort."""
        return dated(self.milestones, phases_of(self.cohort)) if self.cohort else []

    @property
    def meets_once(self) -> bool:
        return self.design.format == Design.Format.FLASH

    @property
    def form(self) -> tuple[Question, ...]:
        return form_of(self.design)

    @property
    def has_mentors(self) -> bool:
        return self.design.has_mentors

    @property
    def weighed(self) -> list[Criterion]:
        return [criterion for criterion in self.criteria if criterion.weight > 0]

    def has_rule(self, kind: Constraint.Kind) -> bool:
        return any(rule.kind == kind for rule in self.constraints)

    def audience(self, role: str) -> Audience | None:
        return next((one for one in self.audiences if one.role == role), None)


def with_shares(weighed: Sequence[Criterion]) -> list[tuple[Criterion, int]]:
    """Return some criteria with their shares of 100 among themselves."""
    return list(zip(weighed, shares_of([c.weight for c in weighed]), strict=True))


Told = tuple[str, str]
Find = Callable[[Plan, date], Iterator[Told]]


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which a plan can contradict itself: yields (sentence, mend) for each case."""

    code: str
    where: Where
    blocks: bool
    find: Find

    def of(self, plan: Plan, on: date) -> Iterator[Contradiction]:
        for sentence, mend in self.find(plan, on):
            yield Contradiction(self.code, sentence, mend, self.where, self.blocks)


def stops(where: Where) -> Callable[[Find], Check]:
    """Make a check whose cases stand in the way of opening; its code is the function's name."""
    return lambda find: Check(find.__name__, where, True, find)


def advises(where: Where) -> Callable[[Find], Check]:
    """Make a check whose cases are worth a thought; its code is the function's name."""
    return lambda find: Check(find.__name__, where, False, find)
