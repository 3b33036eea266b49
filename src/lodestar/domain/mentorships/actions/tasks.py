"""How is something to do set, done, put earlier and set aside?"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.common import end_once, open_to
from lodestar.domain.mentorships.models import Goal, Mentorship, Task
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of

DUE = "mentorships.task_due"


@transaction.atomic
def set_task(
    mentorship: Mentorship,
    *,
    by: Person,
    text: str,
    goal: Goal | None = None,
    doer: Person | None = None,
    due_on: date | None = None,
) -> Task:
    """Set what is to be done, by one of the two or either; the same words again change who and when."""
    mentorship = open_to(mentorship, by)
    refuse_nonsense(mentorship, by, text, doer, due_on)
    if goal is not None and not goal.locked().is_open:
        raise RefusedError(_("This goal is closed. Set it again if it matters after all."))
    same = mentorship.tasks.filter(goal=goal, done_at=None, dropped_at=None)
    task = same.filter(text=text.strip()).first()
    if task is None:
        last = same.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        task = Task(mentorship=mentorship, goal=goal, set_by=by, position=position)
    task.text, task.doer, task.due_on = text.strip(), doer, due_on
    task.full_clean()
    task.save()
    record("task.set", task, by=by)
    return task


def refuse_nonsense(
    mentorship: Mentorship, by: Person, text: str, doer: Person | None, due_on: date | None
) -> None:
    if not text.strip():
        raise RefusedError(_("Please write what is to be done, in a few words."))
    if doer is not None and not rules.is_party(mentorship, doer):
        raise RefusedError(_("Only the two of you can have something to do here."))
    if problem := rules.why_not_due(due_on, today_of(by)):
        raise RefusedError(problem)


@transaction.atomic
def finish_task(task: Task, *, by: Person) -> Task:
    """Say that it is done; pressed twice, or by both, it keeps the first moment."""
    open_to(task.mentorship, by)
    aside = _("This was set aside. Set it again if it matters after all.")
    return end_once(task.locked(), "done_at", "task.finished", by=by, unless=aside, done_by=by)


@transaction.atomic
def take_up_task(task: Task, *, by: Person) -> Task:
    """Say that it is not done after all, or matters again."""
    open_to(task.mentorship, by)
    task = task.locked()
    if not task.is_open:
        task.done_at = task.done_by = task.dropped_at = None
        task.save()
        record("task.taken_up", task, by=by)
    return task


@transaction.atomic
def drop_task(task: Task, *, by: Person) -> Task:
    """Set aside what matters no longer."""
    open_to(task.mentorship, by)
    done = _("This is done already; it stays on your list.")
    return end_once(task.locked(), "dropped_at", "task.dropped", by=by, unless=done)


@transaction.atomic
def put_task_earlier(task: Task, *, by: Person) -> None:
    """Let a step change places with the open one before it; the first one stays."""
    mentorship = open_to(task.mentorship, by)
    rows = mentorship.tasks.filter(goal=task.goal, done_at=None, dropped_at=None)
    keys = list(rows.values_list("pk", flat=True))
    place = keys.index(task.pk) if task.pk in keys else 0
    if place == 0:
        return
    keys[place - 1], keys[place] = keys[place], keys[place - 1]
    for position, pk in enumerate(keys):
        rows.filter(pk=pk).update(position=position)
    record("task.moved", task, by=by)


@transaction.atomic
def remind_task(task: Task) -> bool:
    """Remind whoever has something to do by a day, once for all that is due on it."""
    match = task.mentorship.match
    for person in (match.mentor.person, match.mentee.person):
        if rules.is_for(task, person):
            remind_of_day(task.mentorship, person, task.due_on)
    return True


def remind_of_day(mentorship: Mentorship, person: Person, due_on: date | None) -> None:
    if due_on is None:
        return
    after = make_aware(datetime.combine(due_on + timedelta(days=1), time()))
    queue_letter(
        DUE,
        to=person,
        about=mentorship,
        unique_key=f"{DUE}:{mentorship.public_id}:{person.public_id}:{due_on}",
        expires_at=after,
        at_once=True,
    )
