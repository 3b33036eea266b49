"""How is a recruitment plan made, mended and let go?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.needs import queries
from lodestar.domain.needs.models import RecruitmentGoal
from lodestar.domain.needs.rules import GoalWish
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


@transaction.atomic
def set_goal(
    cohort: Cohort, wish: GoalWish, *, by: Person, changes: RecruitmentGoal | None = None
) -> RecruitmentGoal:
    """Plan to win mentors of one kind, or of any; `changes` is the goal of that kind that is changed."""
    cohort = cohort.locked()
    if problem := queries.why_not_plan(cohort, wish, today(), changes):
        raise RefusedError(problem)
    goal = changes.locked() if changes else RecruitmentGoal(cohort=cohort)
    if goal.dropped_at:
        raise RefusedError(_("Somebody let this goal go meanwhile. Nothing was changed."))
    goal.field, goal.value = wish.field, wish.value
    goal.target, goal.owner = wish.target, wish.owner
    goal.due_on, goal.channel = wish.due_on, wish.channel
    goal.full_clean()
    goal.save()
    about = {"target": wish.target, "due_on": str(wish.due_on)}
    record("recruitment_goal.set", goal, by=by, about=wish.owner, **about)
    return goal


@transaction.atomic
def drop_goal(goal: RecruitmentGoal, *, by: Person) -> RecruitmentGoal:
    """Let a goal go; letting it go twice does nothing more."""
    goal = goal.locked()
    if goal.dropped_at is None:
        goal.dropped_at = now()
        goal.save(update_fields=["dropped_at"])
        record("recruitment_goal.dropped", goal, by=by)
    return goal
