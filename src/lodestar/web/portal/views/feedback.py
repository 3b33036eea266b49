"""A member's own pulses, and what they tell in confidence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.domain.feedback import actions, queries, rules
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.groups.models import Group
from lodestar.domain.groups.queries import room_for
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorship_for
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.people.models import Person
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.pulse_words import how_long, pulse_title, who_reads
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.feedback import (
    ConcernForm,
    GroupConcernForm,
    PulseForm,
    SurveyForm,
    form_for,
)

PULSE_PAGE = "portal/feedback/pulse.html"
CONCERN_PAGE = "portal/feedback/concern.html"
GROUP_CONCERN_PAGE = "portal/groups/concern.html"
TOLD = gettext_lazy(
    "Thank you for telling us. Somebody looks at it and answers you; nobody else is told."
)


def pulse_context(pulse: Pulse, person: Person, form: PulseForm) -> dict[str, object]:
    return {
        "pulse": pulse,
        "title": pulse_title(pulse, person),
        "how_long": how_long(pulse),
        "who_reads": who_reads(pulse, person),
        "room": room(pulse.about),
        "form": form,
        "can_answer": rules.can_answer(pulse, person),
    }


def answers_so_far(pulse: Pulse, tapped: str = "") -> dict[str, object]:
    """Return what the form begins with: the answer to correct, or what they logged and tapped."""
    if pulse.answered_at is None:
        return {"meeting_count": queries.meetings_since_last(pulse), "usefulness": tapped}
    return {
        "meeting_count": pulse.meeting_count,
        "usefulness": pulse.usefulness,
        "wish": pulse.wish,
        "remarks": pulse.remarks,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def pulse(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.pulse_for(request.person, key)
    if request.method != "POST":
        form = form_for(found, initial=answers_so_far(found, request.GET.get("useful", "")))
        return show(request, PULSE_PAGE, pulse_context(found, request.person, form))
    form = form_for(found, request.POST)
    if not form.is_valid():
        return ask_again(request, PULSE_PAGE, pulse_context(found, request.person, form))
    if isinstance(form, SurveyForm):
        found = actions.answer_survey(
            found, by=request.person, answer=form.answer(), more=form.more()
        )
    else:
        found = actions.answer_pulse(found, by=request.person, **form.cleaned_data)
    messages.success(request, _("Thank you. You can change your answer until the question closes."))
    context = pulse_context(found, request.person, form)
    return saved(request, PULSE_PAGE, context, then=room(found.about))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def concern(request: MemberRequest, key: str) -> HttpResponse:
    mentorship = mentorship_for(request.person, key)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    context = {
        "mentorship": mentorship,
        "partner": partner_of(mentorship, request.person),
        "form": form,
    }
    if request.method != "POST":
        return show(request, CONCERN_PAGE, context)
    if not form.is_valid():
        return ask_again(request, CONCERN_PAGE, context)
    kind = Concern.Kind(form.cleaned_data["kind"])
    actions.raise_concern(mentorship, by=request.person, kind=kind, text=form.cleaned_data["text"])
    return told(request, mentorship)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def group_concern(request: MemberRequest, key: str) -> HttpResponse:
    group = room_for(request.person, key).group
    form = GroupConcernForm(request.POST if request.method == "POST" else None)
    context = {"group": group, "form": form}
    if request.method != "POST":
        return show(request, GROUP_CONCERN_PAGE, context)
    if not form.is_valid():
        return ask_again(request, GROUP_CONCERN_PAGE, context)
    kind = Concern.Kind(form.cleaned_data["kind"])
    actions.raise_concern(group, by=request.person, kind=kind, text=form.cleaned_data["text"])
    return told(request, group)


@require_POST
@open_to(MENTOR, MENTEE)
def silence(request: MemberRequest, key: str) -> HttpResponse:
    mentorship = mentorship_for(request.person, key)
    actions.raise_concern(mentorship, by=request.person, kind=Concern.Kind.SILENCE)
    return told(request, mentorship)


def told(request: MemberRequest, about: Mentorship | Group) -> HttpResponse:
    messages.success(request, TOLD)
    return redirect(room(about))


def room(about: Mentorship | Group) -> str:
    name = "portal:group" if isinstance(about, Group) else "portal:mentorship"
    return reverse(name, args=[about.public_id])
