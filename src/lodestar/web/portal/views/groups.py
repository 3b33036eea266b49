"""The groups of a member: an answer, and the room of those who are in."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.time import now
from lodestar.domain.feedback.queries import open_pulses, own_concerns
from lodestar.domain.groups import actions, queries, rules
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.people.rules import clock_of, today_of
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.group_words import group_line
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.shape import shape_in_words
from lodestar.web.common.writing import MessageForm, number_in
from lodestar.web.portal.forms.groups import (
    DateForm,
    GroupDeclineForm,
    GroupGoalForm,
    GroupMeetingForm,
    LeaveForm,
    group_meeting_form,
)

ASKED_PAGE = "portal/groups/asked.html"
DECLINE_PAGE = "portal/groups/decline.html"
ROOM_PAGE = "portal/groups/room.html"
LEAVE_PAGE = "portal/groups/leave.html"


def people_context(member: Member) -> dict[str, object]:
    """Return who is together, as far as this reader may know it."""
    group, roll = member.group, queries.roll_of(member.group)
    may_see = (member.is_present and rules.is_living(group)) or rules.is_in(member)
    people = queries.people_shown(group, roll) if may_see else []
    return {
        "group": group,
        "member": member,
        "cohort": group.cohort,
        "people": [
            (each, group_line(each, queries.shown_in(group)), rules.role_in_words(each))
            for each in people
            if each.participant.person_id != member.participant.person_id
        ],
        "reasons": queries.reasons_in_words(group, roll) if may_see else [],
        "shape": [*shape_in_words(group.cohort.design), rules.led_by_in_words(group.cohort.design)],
        "next": rules.next_in_words(member, roll),
        "can_answer": not rules.why_not_answer(member, now()),
    }


def room_context(member: Member, *, page: str = "1", **forms: Form) -> dict[str, object]:
    group, person = member.group, member.person
    design = group.cohort.design
    inside = queries.roll_of(group).accepted
    return {
        **people_context(member),
        "step": queries.next_step(member, person),
        "coming": queries.coming_to(member),
        "agenda": rules.first_agenda(design, queries.topics_of(group)),
        "expected": design.expected_of(member.participant.role),
        "goals": queries.goals_of(group),
        "concerns": own_concerns(person, group),
        "pulse": open_pulses(person).filter(group=group).first(),
        "meetings": queries.meetings_of(group),
        "thread": queries.thread_of(group, number_in(page)),
        "may_write": rules.may_write(member),
        "zone": clock_of(person),
        "meeting_form": group_meeting_form(inside, today_of(person)),
        "date_form": DateForm(initial={"where": group.meets_where}),
        "goal_form": GroupGoalForm(),
        "message_form": MessageForm(),
        **forms,
    }


def done(request: MemberRequest, group: Group, fragment: str, sentence: str = "") -> HttpResponse:
    """Answer a change: its fragment for htmx, otherwise back to its place in the room."""
    member = queries.room_for(request.person, group.public_id)
    if sentence:
        messages.success(request, sentence)
    then = reverse("portal:group", args=[group.public_id]) + (f"#{fragment}" if fragment else "")
    return saved(request, ROOM_PAGE, room_context(member), fragment=fragment, then=then)


@require_safe
@open_to(MENTOR, MENTEE)
def group(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.member_for(request.person, key)
    if rules.is_in(member):
        context = room_context(member, page=request.GET.get("page", "1"))
        return show(request, ROOM_PAGE, context, fragment="thread")
    return show(request, ASKED_PAGE, people_context(member), fragment="answer")


@require_POST
@open_to(MENTOR, MENTEE)
def accept(request: MemberRequest, key: str) -> HttpResponse:
    actions.accept_group(queries.member_for(request.person, key), by=request.person)
    return redirect("portal:group", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def decline(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.member_for(request.person, key)
    form = GroupDeclineForm(request.POST or None)
    context = {**people_context(member), "form": form}
    if request.method != "POST":
        return show(request, DECLINE_PAGE, context)
    if not form.is_valid():
        return ask_again(request, DECLINE_PAGE, context)
    actions.decline_group(member, by=request.person, **form.cleaned_data)
    return saved(request, ASKED_PAGE, context, then=reverse("portal:group", args=[key]))


@require_POST
@open_to(MENTOR, MENTEE)
def meet(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    form = GroupMeetingForm(request.POST, people=queries.roll_of(member.group).accepted)
    if not form.is_valid():
        context = room_context(member, meeting_form=form)
        return ask_again(request, ROOM_PAGE, context, fragment="meetings")
    actions.log_group_meeting(member, **form.cleaned_data)
    return done(request, member.group, "meetings", _("Good. Your meeting is written down."))


@require_POST
@open_to(MENTOR, MENTEE)
def date(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    form = DateForm(request.POST)
    if not form.is_valid():
        return ask_again(request, ROOM_PAGE, room_context(member, date_form=form))
    moment = form.moment(clock_of(request.person))
    actions.set_next_meeting(member, at=moment, where=form.cleaned_data["where"])
    return done(request, member.group, "", _("The others get a letter with the date."))


@require_POST
@open_to(MENTOR, MENTEE)
def coming(request: MemberRequest, key: str) -> HttpResponse:
    """Say if one comes to the next date."""
    member = queries.room_for(request.person, key)
    actions.say_coming(member, comes=request.POST.get("comes") != "no")
    return done(request, member.group, "", _("Thank you; the others see it here."))


@require_POST
@open_to(MENTOR, MENTEE)
def goal(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    form = GroupGoalForm(request.POST)
    if not form.is_valid():
        context = room_context(member, goal_form=form)
        return ask_again(request, ROOM_PAGE, context, fragment="goals")
    actions.set_group_goal(member, **form.cleaned_data)
    return done(request, member.group, "goals")


@require_POST
@open_to(MENTOR, MENTEE)
def finish_goal(request: MemberRequest, key: str, goal_key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    actions.finish_group_goal(queries.goal_in(member.group, goal_key), member)
    return done(request, member.group, "goals")


@require_POST
@open_to(MENTOR, MENTEE)
def drop_goal(request: MemberRequest, key: str, goal_key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    actions.drop_group_goal(queries.goal_in(member.group, goal_key), member)
    return done(request, member.group, "goals")


@require_POST
@open_to(MENTOR, MENTEE)
def write(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    form = MessageForm(request.POST)
    if not form.is_valid():
        context = room_context(member, message_form=form)
        return ask_again(request, ROOM_PAGE, context, fragment="thread")
    actions.write_to_group(member, **form.cleaned_data)
    return done(request, member.group, "thread")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def leave(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    form = LeaveForm(request.POST or None)
    context = {
        "group": member.group,
        "member": member,
        "form": form if request.method == "POST" else LeaveForm(),
        "can_leave": rules.may_write(member),
    }
    if request.method != "POST":
        return show(request, LEAVE_PAGE, context)
    if not form.is_valid():
        return ask_again(request, LEAVE_PAGE, context)
    actions.leave_group(member, reason=form.cleaned_data["reason"])
    messages.success(request, _("You have left. Thank you for the time you gave the group."))
    return redirect("portal:home")


@require_POST
@open_to(MENTOR, MENTEE)
def end(request: MemberRequest, key: str) -> HttpResponse:
    member = queries.room_for(request.person, key)
    actions.end_group(member.group, by=request.person)
    return done(request, member.group, "", _("It has ended. Everybody is thanked by letter."))
