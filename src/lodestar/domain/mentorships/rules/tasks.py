"""How far are the steps of a goal, and what is wrong with a date?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.mentorships.models import Task
from lodestar.domain.people.models import Person

LONGEST_AHEAD = timedelta(days=800)


@dataclass(frozen=True)
class Progress:
    """How many steps are done, of those that were not set aside."""

    done: int
    total: int

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0

    @property
    def in_words(self) -> str:
        if self.done == self.total:
            return ngettext("The one step is done", "All %(total)d steps are done", self.total) % {
                "total": self.total
            }
        return ngettext(
            "%(done)d of %(total)d step done", "%(done)d of %(total)d steps done", self.total
        ) % {"done": self.done, "total": self.total}


def progress_of(steps: Iterable[Task]) -> Progress:
    """Count the steps of a goal.

    >>> progress_of([Task(), Task(dropped_at=1), Task(done_at=1)])
    Progress(done=1, total=2)
    """
    kept = [step for step in steps if step.dropped_at is None]
    return Progress(sum(step.done_at is not None for step in kept), len(kept))


def is_for(task: Task, person: Person) -> bool:
    """Whether a task is this person's to do; what is nobody's is for either."""
    return task.doer_id in (None, person.pk)


def is_late(task: Task, on: date) -> bool:
    return task.is_open and task.due_on is not None and task.due_on < on


def why_not_due(due_on: date | None, on: date) -> str:
    """Return what is wrong with the day until which something shall be done, or ""."""
    if due_on is None:
        return ""
    if due_on < on:
        return _("This day is past. Choose one ahead, or none.")
    if due_on > on + LONGEST_AHEAD:
        return _("This is more than two years ahead. Is the year right?")
    return ""
