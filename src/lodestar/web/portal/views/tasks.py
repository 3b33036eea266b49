"""What the two have to do: steps of their goals, and the rest."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from lodestar.domain.mentorships import actions, queries
from lodestar.domain.mentorships.models import Goal, Mentorship, Task
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.page import ask_again
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.tasks import task_form
from lodestar.web.portal.views.mentorships import ROOM_PAGE, done, room_context


def add_to(request: MemberRequest, mentorship: Mentorship, goal: Goal | None) -> HttpResponse:
    """Read the form of a goal, or of what is no step of one, and set what it says."""
    part = "goals" if goal else "tasks"
    form = task_form(mentorship, request.person, goal, request.POST)
    if not form.is_valid():
        context = (
            room_context(mentorship, request.person, step_form=form)
            if goal
            else room_context(mentorship, request.person, task_form=form)
        )
        return ask_again(request, ROOM_PAGE, context, fragment=part)
    actions.set_task(mentorship, by=request.person, goal=goal, **form.told)
    return done(request, mentorship, part)


@require_POST
@open_to(MENTOR, MENTEE)
def task(request: MemberRequest, key: str) -> HttpResponse:
    return add_to(request, queries.mentorship_for(request.person, key), None)


@require_POST
@open_to(MENTOR, MENTEE)
def step(request: MemberRequest, key: str, goal_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    return add_to(request, found, queries.goal_in(found, goal_key))


def change(
    request: MemberRequest, key: str, task_key: str, act: Callable[..., Task | None]
) -> HttpResponse:
    """Do one thing to a task, and show its list again."""
    found = queries.mentorship_for(request.person, key)
    task = queries.task_in(found, task_key)
    act(task, by=request.person)
    return done(request, found, "goals" if task.goal_id else "tasks")


@require_POST
@open_to(MENTOR, MENTEE)
def finish(request: MemberRequest, key: str, task_key: str) -> HttpResponse:
    return change(request, key, task_key, actions.finish_task)


@require_POST
@open_to(MENTOR, MENTEE)
def take_up(request: MemberRequest, key: str, task_key: str) -> HttpResponse:
    return change(request, key, task_key, actions.take_up_task)


@require_POST
@open_to(MENTOR, MENTEE)
def drop(request: MemberRequest, key: str, task_key: str) -> HttpResponse:
    return change(request, key, task_key, actions.drop_task)


@require_POST
@open_to(MENTOR, MENTEE)
def earlier(request: MemberRequest, key: str, task_key: str) -> HttpResponse:
    return change(request, key, task_key, actions.put_task_earlier)
