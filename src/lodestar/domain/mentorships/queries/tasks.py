"""What is there to do, towards which goal, and for whom by tomorrow?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from lodestar.domain.common.find import one
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Goal, Mentorship, Task
from lodestar.domain.mentorships.queries.pairs import own_mentorships
from lodestar.domain.people.models import Person


@dataclass(frozen=True)
class GoalSeen:
    """A goal with its steps in their order."""

    goal: Goal
    steps: list[Task]

    @property
    def progress(self) -> rules.Progress:
        return rules.progress_of(self.steps)

    @property
    def next_step(self) -> Task | None:
        return next((step for step in self.steps if step.is_open), None)


def goals_seen(mentorship: Mentorship) -> list[GoalSeen]:
    """Return every goal with its steps: the open ones first, then those reached, then those set aside."""
    steps: dict[int, list[Task]] = {}
    for step in mentorship.tasks.exclude(goal=None).select_related("doer", "done_by"):
        steps.setdefault(step.goal_id or 0, []).append(step)
    goals = sorted(
        mentorship.goals.all(),
        key=lambda goal: (goal.dropped_at is not None, goal.done_at is not None, goal.pk),
    )
    return [GoalSeen(goal, steps.get(goal.pk, [])) for goal in goals]


def tasks_of(mentorship: Mentorship) -> list[Task]:
    """Return the tasks that are no step of a goal: the open ones by their days, then what is over."""
    tasks = mentorship.tasks.filter(goal=None).select_related("doer", "done_by")
    by_day = tasks.order_by(F("due_on").asc(nulls_last=True), "pk")
    return sorted(by_day, key=lambda task: not task.is_open)


def task_in(mentorship: Mentorship, key: str) -> Task:
    return one(mentorship.tasks.all(), public_id=key)


def tasks_due(on: date) -> QuerySet[Task]:
    """Return what is to be done by a day in active mentorships of two present people."""
    present = {
        "mentorship__match__mentor__person__blocked_at": None,
        "mentorship__match__mentee__person__blocked_at": None,
    }
    rows = Task.objects.filter(due_on=on, done_at=None, dropped_at=None, **present)
    rows = rows.filter(mentorship__status=Mentorship.Status.ACTIVE)
    rows = rows.filter(Q(goal=None) | Q(goal__done_at=None, goal__dropped_at=None))
    return rows.select_related(
        "doer", "mentorship__match__mentor__person", "mentorship__match__mentee__person"
    ).order_by("pk")


def own_due_tasks(person: Person, key: str, until: date) -> list[Task]:
    """Return what one of the two, or either, has to do by a day in one of their mentorships."""
    mentorship = one(own_mentorships(person), public_id=key)
    rows = mentorship.tasks.filter(done_at=None, dropped_at=None, due_on__lte=until)
    return list(rows.filter(Q(doer=None) | Q(doer=person)).order_by("due_on", "pk"))
