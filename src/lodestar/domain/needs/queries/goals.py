"""How far has the recruiting come?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.common.find import one
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.needs import rules
from lodestar.domain.needs.models import RecruitmentGoal
from lodestar.domain.needs.queries.demand import says
from lodestar.domain.needs.queries.voices import Voice, living_applications
from lodestar.domain.needs.rules import GoalWish, who
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import is_coordinator

MANY = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """A goal and the mentors who applied since it was set and offer what it asks for.

    `reached_at` is when the last one that it asked for applied; nothing while some are missing.
    """

    goal: RecruitmentGoal
    won: int
    is_late: bool
    reached_at: datetime | None = None

    @property
    def name(self) -> str:
        """Return whom it is about; nothing where any mentor counts."""
        name = who(self.goal.field, self.goal.value, MANY)
        return _("Mentors %(who)s") % {"who": name} if name else ""

    @property
    def share(self) -> float:
        return min(1.0, self.won / self.goal.target)

    @property
    def is_reached(self) -> bool:
        return self.won >= self.goal.target

    @property
    def left(self) -> int:
        return max(0, self.goal.target - self.won)


def plan_of(cohort: Cohort, on: date) -> list[Progress]:
    """Return the goals of a cohort with their progress, those due first at the top."""
    goals = RecruitmentGoal.objects.filter(cohort=cohort, dropped_at=None).select_related("owner")
    mentors = living_applications(cohort).filter(role=RoleInCohort.MENTOR)
    applied = [(each, offer_of(each)) for each in mentors] if goals else []
    return [progress_of(goal, applied, on) for goal in goals]


def progress_of(
    goal: RecruitmentGoal, applied: list[tuple[Application, Voice]], on: date
) -> Progress:
    moments = sorted(
        application.submitted_at
        for application, offer in applied
        if application.submitted_at is not None
        and application.submitted_at >= goal.created_at
        and (not goal.field or says(offer, goal.field, goal.value))
    )
    won = len(moments)
    reached_at = moments[goal.target - 1] if won >= goal.target else None
    return Progress(goal, won, won < goal.target and goal.due_on < on, reached_at)


def offer_of(application: Application) -> Voice:
    return Voice(
        key=application.public_id,
        role=application.role,
        person=None,
        has_applied=True,
        places=1,
        answers=application.answers,
        read=answers_of(application.answers),
    )


def goal_for(person: Person, key: str) -> RecruitmentGoal:
    """Return a goal that still stands, of a program that this person coordinates."""
    return one(
        RecruitmentGoal.objects.select_related("cohort__program", "owner"),
        public_id=key,
        dropped_at=None,
        cohort__program__coordinators__person=person,
    )


def goal_in(cohort: Cohort, key: str) -> RecruitmentGoal:
    """Return a goal of a cohort that still stands; whoever asks has the cohort in hand already."""
    goals = RecruitmentGoal.objects.select_related("owner")
    return one(goals, public_id=key, dropped_at=None, cohort=cohort)


def why_not_plan(
    cohort: Cohort, wish: GoalWish, on: date, changes: RecruitmentGoal | None = None
) -> str:
    """Say why this cannot be planned, or nothing: the wish alone, and beside the goals that stand."""
    if problem := rules.why_not_plan(cohort, wish, on, changes):
        return problem
    if not is_coordinator(wish.owner, cohort.program):
        return _("Choose somebody who coordinates this program.")
    same = RecruitmentGoal.objects.filter(
        cohort=cohort, field=wish.field, value=wish.value, dropped_at=None
    )
    return rules.why_not_twice(same.select_related("owner").first(), changes)
