"""How are goals set, reached and set aside?"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.mentorships.actions.common import end_once, open_to
from lodestar.domain.mentorships.actions.tasks import set_task
from lodestar.domain.mentorships.models import (
    Goal,
    Mentorship,
)
from lodestar.domain.people.models import Person


@transaction.atomic
def set_goal(
    mentorship: Mentorship, *, by: Person, text: str, step: str = "", due_on: date | None = None
) -> Goal:
    """Set a goal with its first step; the same words again change its day, and add the step if it is new."""
    mentorship = open_to(mentorship, by)
    if not text.strip():
        raise RefusedError(_("Please write what you want to reach, in a few words."))
    goal = mentorship.goals.filter(text=text.strip(), done_at=None, dropped_at=None).first()
    goal = goal or Goal(mentorship=mentorship, text=text.strip(), set_by=by)
    goal.due_on = due_on
    goal.full_clean()
    goal.save()
    record("goal.set", goal, by=by)
    if step.strip():
        set_task(mentorship, by=by, text=step, goal=goal)
    return goal


@transaction.atomic
def finish_goal(goal: Goal, *, by: Person) -> Goal:
    """Mark a goal as reached; pressed twice, it keeps the first moment."""
    open_to(goal.mentorship, by)
    aside = _("This goal was set aside. Set it again if it matters after all.")
    return end_once(goal.locked(), "done_at", "goal.finished", by=by, unless=aside)


@transaction.atomic
def drop_goal(goal: Goal, *, by: Person) -> Goal:
    """Set a goal aside that matters no longer."""
    open_to(goal.mentorship, by)
    reached = _("This goal is reached already; it stays on your list.")
    return end_once(goal.locked(), "dropped_at", "goal.dropped", by=by, unless=reached)
