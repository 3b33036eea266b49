"""The room of two people."""

from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.feedback.queries import open_pulses, own_concerns
from lodestar.domain.matching.queries import (
    answers_shown,
    one_line,
    partner_answers,
    partner_words,
    reasons_in_words,
)
from lodestar.domain.mentorships import actions, queries, rules
from lodestar.domain.mentorships.models import Mentorship, Message, Wish
from lodestar.domain.messaging.queries.threads import ThreadPage
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of
from lodestar.domain.programs.queries import milestones_of
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.milestones import Dated
from lodestar.domain.programs.rules.ways import only_ask
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.answers import told
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.reading import note_thread_read
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.common.writing import MessageForm, number_in
from lodestar.web.portal.forms.mentorships import (
    EndForm,
    GoalForm,
    MeetingForm,
    meeting_form,
)
from lodestar.web.portal.forms.tasks import task_form
from lodestar.web.portal.guides import shelf_of
from lodestar.web.portal.views.agreements import agreement_context
from lodestar.web.portal.views.appointments import planning_context

ROOM_PAGE = "portal/mentorships/mentorship.html"
MOST_COMING = 3
END_PAGE = "portal/mentorships/end.html"


def room_context(
    mentorship: Mentorship, person: Person, *, page: str = "1", **forms: Form
) -> dict[str, object]:
    return {
        **people_context(mentorship, person),
        **after_context(mentorship, person),
        **agreement_context(mentorship, person),
        **planning_context(mentorship, person),
        "step": queries.next_step(mentorship, person),
        "coming": coming_in(mentorship, person),
        "pulse": open_pulses(person).filter(mentorship=mentorship).first(),
        **work_context(mentorship, person, forms.pop("step_form", None)),
        "meetings": queries.meetings_seen_by(person, mentorship),
        "shelf": shelf_of(
            queries.stage_of(mentorship, today_of(person)),
            is_mentor=mentorship.match.mentor.person == person,
        ),
        "thread": queries.thread_of(mentorship, number_in(page), person),
        "concerns": own_concerns(person, mentorship),
        "meeting_form": meeting_form(today_of(person)),
        "goal_form": GoalForm(),
        "message_form": MessageForm(),
        "task_form": task_form(mentorship, person),
        **forms,
    }


def work_context(mentorship: Mentorship, person: Person, typed: Form | None) -> dict[str, object]:
    """Return goals, each with the form for one more step, and what else there is to do."""
    goals, tasks = queries.goals_seen(mentorship), queries.tasks_of(mentorship)
    forms = [task_form(mentorship, person, seen.goal) for seen in goals]
    shown = [typed if typed and typed.prefix == form.prefix else form for form in forms]
    return {
        "goals": list(zip(goals, shown, strict=True)),
        "dropped_goals": [seen.goal for seen in goals if seen.goal.dropped_at],
        "open_tasks": [task for task in tasks if task.is_open],
        "closed_tasks": [task for task in tasks if not task.is_open],
    }


def coming_in(mentorship: Mentorship, person: Person) -> list[Dated]:
    """Return what is still ahead of somebody in the cohort of a mentorship that goes on."""
    if not rules.is_running(mentorship):
        return []
    own = rules.role_of(mentorship, person)
    planned = milestones_of(mentorship.match.mentor.cohort, own)
    return [each for each in planned if each.ends_on >= today_of(person)][:MOST_COMING]


def people_context(mentorship: Mentorship, person: Person) -> dict[str, object]:
    match, role = mentorship.match, rules.role_of(mentorship, person)
    partner_side = match.mentee if role == "mentor" else match.mentor
    return {
        "mentorship": mentorship,
        "partner": rules.partner_of(mentorship, person),
        "partner_role": partner_side.get_role_display(),
        "partner_line": one_line(match, partner_side),
        "partner_words": partner_words(match, person),
        "partner_told": told(
            partner_side.role, partner_answers(match, person), form_of(match.mentor.cohort.design)
        ),
        "shows_zone": "time_zone" in answers_shown(match, partner_side),
        "shape": shape_in_words(match.mentor.cohort.design),
        "contact": queries.contact_of_partner(mentorship, person),
        "reasons": reasons_in_words(match, person),
        "agenda": rules.first_agenda(mentorship),
        "today": today_of(person),
        "may_write": rules.may_write(mentorship, person),
        "can_resume": rules.can_resume(mentorship, person),
        "can_end": rules.can_end(mentorship, person),
        "why_closed": rules.why_not_read_only(mentorship),
    }


def room_address(mentorship: Mentorship, anchor: str = "") -> str:
    return reverse("portal:mentorship", args=[mentorship.public_id]) + anchor


def done(
    request: MemberRequest, mentorship: Mentorship, fragment: str, sentence: str = ""
) -> HttpResponse:
    """Answer a change: its fragment for htmx, otherwise back to its place in the room."""
    fresh = queries.mentorship_for(request.person, mentorship.public_id)
    if sentence:
        messages.success(request, sentence)
    return saved(
        request,
        ROOM_PAGE,
        room_context(fresh, request.person),
        fragment=fragment,
        then=room_address(mentorship, f"#{fragment}" if fragment else ""),
    )


@require_safe
@open_to(MENTOR, MENTEE)
def mentorship(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    context = room_context(found, request.person, page=request.GET.get("page", "1"))
    note_thread_read(request, found, cast(ThreadPage[Message], context["thread"]))
    return show(request, ROOM_PAGE, context, fragment="thread")


@require_POST
@open_to(MENTOR, MENTEE)
def meet(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    form = MeetingForm(request.POST)
    if not form.is_valid():
        context = room_context(found, request.person, meeting_form=form)
        return ask_again(request, ROOM_PAGE, context, fragment="meetings")
    actions.log_meeting(found, by=request.person, **form.told)  # type: ignore[arg-type]
    return done(request, found, "meetings", _("Good. Your meeting is written down."))


@require_POST
@open_to(MENTOR, MENTEE)
def met_today(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.log_meeting(found, by=request.person, held_on=today_of(request.person))
    return done(request, found, "meetings", _("Good. Today's meeting is written down."))


@require_POST
@open_to(MENTOR, MENTEE)
def goal(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    form = GoalForm(request.POST)
    if not form.is_valid():
        context = room_context(found, request.person, goal_form=form)
        return ask_again(request, ROOM_PAGE, context, fragment="goals")
    actions.set_goal(found, by=request.person, **form.cleaned_data)
    return done(request, found, "goals")


@require_POST
@open_to(MENTOR, MENTEE)
def finish_goal(request: MemberRequest, key: str, goal_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.finish_goal(queries.goal_in(found, goal_key), by=request.person)
    return done(request, found, "goals")


@require_POST
@open_to(MENTOR, MENTEE)
def drop_goal(request: MemberRequest, key: str, goal_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.drop_goal(queries.goal_in(found, goal_key), by=request.person)
    return done(request, found, "goals")


@require_POST
@open_to(MENTOR, MENTEE)
def write(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    form = MessageForm(request.POST)
    if not form.is_valid():
        context = room_context(found, request.person, message_form=form)
        return ask_again(request, ROOM_PAGE, context, fragment="thread")
    actions.write_message(found, by=request.person, **form.cleaned_data)
    return done(request, found, "thread")


@require_POST
@open_to(MENTOR, MENTEE)
def pause(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.pause_mentorship(found, by=request.person)
    return done(request, found, "", _("It rests now. Either of you can take it up again here."))


@require_POST
@open_to(MENTOR, MENTEE)
def resume(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.resume_mentorship(found, by=request.person)
    return done(request, found, "", _("Welcome back. Everything is open again."))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def end(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    cohort = found.match.mentor.cohort
    is_listed = today_of(request.person) <= cohort.ends_on and not only_ask(cohort.design)
    form = EndForm(request.POST or None, can_have_new=is_listed)
    context = {**people_context(found, request.person), "form": form}
    if request.method != "POST":
        return show(request, END_PAGE, context)
    if not form.is_valid():
        return ask_again(request, END_PAGE, context)
    reason = Mentorship.EndReason(form.cleaned_data["reason"])
    actions.end_mentorship(found, by=request.person, reason=reason, wishes=form.wishes)
    return done(request, found, "", _("It has ended. Thank you for the time you gave each other."))


@require_POST
@open_to(MENTOR, MENTEE)
def wish(request: MemberRequest, key: str) -> HttpResponse:
    """Say what one would like after it, or take that back."""
    found = queries.mentorship_for(request.person, key)
    kind = Wish.Kind.AGAIN if request.POST.get("kind") == Wish.Kind.AGAIN else Wish.Kind.NEW
    change = actions.take_back_wish if "take-back" in request.POST else actions.wish_for
    change(found, kind, by=request.person)
    return done(request, found, "after")


def after_context(mentorship: Mentorship, person: Person) -> dict[str, object]:
    """Return what one of the two can wish for once it has ended."""
    if rules.is_running(mentorship):
        return {"is_over": False}
    on = today_of(person)
    return {
        "is_over": True,
        "is_mentor": mentorship.match.mentor.person_id == person.pk,
        "own_wishes": queries.own_wishes(mentorship, person),
        "finds_themselves": rules.finds_themselves(mentorship, person, on),
        "can_have_new": not rules.why_not_wish(mentorship, person, Wish.Kind.NEW, on),
        "wish_each_other": queries.wish_each_other(mentorship),
    }
