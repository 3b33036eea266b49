"""When two people meet: times offered and answered, and the page of a planned meeting."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import actions, queries, rules
from lodestar.domain.mentorships.models import Appointment, Mentorship, Proposal
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import primary_email
from lodestar.domain.people.rules import zone_of
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.calendar_files import invitation
from lodestar.web.common.confidence import to_keep
from lodestar.web.common.invited import invited_to
from lodestar.web.common.links import absolute
from lodestar.web.common.meeting_words import entry_for, is_over, told_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.planning import LENGTHS, TimesForm, WayForm, between, moment_in
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.two_clocks import both_in_words, zones_in_words
from lodestar.web.portal.forms.appointments import AgendaForm, agenda_form

TIMES_PAGE = "portal/mentorships/times.html"
MEETING_PAGE = "portal/mentorships/meeting.html"


def planning_context(mentorship: Mentorship, person: Person) -> dict[str, object]:
    """Return what the room shows of times that wait and meetings that are planned."""
    partner = rules.partner_of(mentorship, person)
    latest = queries.latest_proposal(mentorship)
    return {
        "proposal": latest if latest and latest.status == Proposal.Status.OPEN else None,
        "told_proposal": latest if latest and is_worth_telling(latest, person) else None,
        "is_own_proposal": bool(latest and latest.by_id == person.pk),
        "offered": offered(latest, person, partner) if latest else [],
        "planned": [told_to(each, person) for each in queries.planned_in(mentorship)],
        "zones": zones_in_words(person, partner),
        "now": now(),
    }


def is_worth_telling(proposal: Proposal, person: Person) -> bool:
    """Whether what became of the last offer still matters to this person: it was theirs, or nobody answered."""
    if proposal.status == Proposal.Status.REFUSED:
        return proposal.by_id == person.pk
    return proposal.status == Proposal.Status.LAPSED


def offered(proposal: Proposal, person: Person, partner: Person) -> list[tuple[str, str, bool]]:
    """Return each offered time as its value, its words, and whether it is still ahead."""
    at = now()
    return [
        (time.starts_at.isoformat(), both_in_words(time.starts_at, person, partner), time.starts_at > at)
        for time in proposal.times.all()
    ]  # fmt: skip


def room(mentorship: Mentorship) -> str:
    return reverse("portal:mentorship", args=[mentorship.public_id]) + "#planned"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def times(request: MemberRequest, key: str) -> HttpResponse:
    """Offer times for a meeting to come."""
    return offer(request, queries.mentorship_for(request.person, key))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def move(request: MemberRequest, key: str) -> HttpResponse:
    """Offer other times for a meeting that is planned."""
    appointment = queries.appointment_for(request.person, key)
    if not planning.can_change(appointment, request.person, now()):
        raise RefusedError(planning.why_not_change(appointment))
    return offer(request, appointment.mentorship, appointment)


def offer(
    request: MemberRequest, mentorship: Mentorship, moves: Appointment | None = None
) -> HttpResponse:
    person = request.person
    if not rules.may_write(mentorship, person):
        raise RefusedError(rules.why_not_read_only(mentorship))
    is_post = request.method == "POST"
    looked = between(mentorship, person, (request.POST if is_post else request.GET).get("minutes", ""), moves)  # fmt: skip
    form = TimesForm(request.POST if is_post else None, between=looked)
    context = times_context(form, mentorship, person)
    if not is_post:
        return show(request, TIMES_PAGE, context)
    if not form.is_valid():
        return ask_again(request, TIMES_PAGE, context)
    answered = answered_in(request, mentorship)
    proposal = actions.propose_times(mentorship, form.plan, by=person, answering=answered, moves=moves)  # fmt: skip
    messages.info(request, sent_in_words(proposal, person))
    return saved(request, TIMES_PAGE, context, then=room(mentorship))


def times_context(form: TimesForm, mentorship: Mentorship, person: Person) -> dict[str, object]:
    partner = rules.partner_of(mentorship, person)
    current = queries.open_proposal(mentorship)
    return {
        "mentorship": mentorship,
        "partner": partner,
        "form": form,
        "zones": zones_in_words(person, partner),
        "lengths": LENGTHS,
        "answering": current if current and current.by_id != person.pk else None,
        "moves": told_to(form.between.moves, person) if form.between.moves else None,
    }


def answered_in(request: MemberRequest, mentorship: Mentorship) -> Proposal | None:
    """Return the partner's times that the form was shown beside, if it was; it answers these and no others."""
    current = queries.open_proposal(mentorship)
    is_same = current is not None and request.POST.get("answering") == current.public_id
    return current if is_same else None


def sent_in_words(proposal: Proposal, person: Person) -> str:
    name = rules.partner_of(proposal.mentorship, person).first_name
    if proposal.by_id == person.pk:
        return _("Sent. %(name)s gets a letter and can answer from it.") % {"name": name}
    return _("%(name)s was quicker and has just offered times. Answer those first; nothing of yours was sent.") % {"name": name}  # fmt: skip


@require_POST
@open_to(MENTOR, MENTEE)
def answer(request: MemberRequest, key: str) -> HttpResponse:
    """Confirm one of the times that wait, say that none fits, or take one's own back."""
    mentorship = queries.mentorship_for(request.person, key)
    proposal = queries.open_proposal(mentorship)
    if proposal is None or request.POST.get("proposal") != proposal.public_id:
        raise RefusedError(_("These times do not wait any more. Look at your room again; nothing was changed."))  # fmt: skip
    said, name = request.POST.get("answer"), rules.partner_of(mentorship, request.person).first_name
    if said == "none":
        actions.refuse_times(proposal, by=request.person)
        messages.info(request, _("%(name)s hears that none of them fits.") % {"name": name})
    elif said == "take-back":
        actions.withdraw_times(proposal, by=request.person)
    else:
        at = moment_in(request.POST.get("time", ""))
        if at is None:
            raise RefusedError(_("Choose the time that suits you, then confirm it."))
        actions.confirm_time(proposal, by=request.person, starts_at=at)
        messages.success(request, _("It is settled. You both get an invitation for your calendars."))  # fmt: skip
    return redirect(room(mentorship))


def meeting_context(appointment: Appointment, person: Person, **forms: Form) -> dict[str, object]:
    at = now()
    known = {
        "way": appointment.way,
        "where": appointment.where if appointment.way != "video" else "",
    }
    return {
        "appointment": appointment,
        "mentorship": appointment.mentorship,
        "told": told_to(appointment, person),
        "partner": rules.partner_of(appointment.mentorship, person),
        "zones": zones_in_words(person, rules.partner_of(appointment.mentorship, person)),
        "can_change": planning.can_change(appointment, person, at),
        "can_tell": planning.can_tell(appointment, person, at),
        "is_over": is_over(appointment, at),
        "agenda_form": agenda_form(appointment),
        "way_form": WayForm(initial=known),
        **forms,
    }


def to_meeting(appointment: Appointment) -> HttpResponse:
    return redirect("portal:meeting", key=appointment.public_id)


@require_safe
@open_to(MENTOR, MENTEE)
def meeting(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.appointment_for(request.person, key)
    return show(request, MEETING_PAGE, meeting_context(found, request.person))


@require_POST
@open_to(MENTOR, MENTEE)
def agenda(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.appointment_for(request.person, key)
    form = AgendaForm(request.POST)
    if not form.is_valid():
        context = meeting_context(found, request.person, agenda_form=form)
        return ask_again(request, MEETING_PAGE, context)
    actions.set_agenda(found, by=request.person, **form.told)
    messages.success(request, _("Kept. Both of you get it with the reminder the day before."))
    return to_meeting(found)


@require_POST
@open_to(MENTOR, MENTEE)
def place(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.appointment_for(request.person, key)
    form = WayForm(request.POST)
    if not form.is_valid():
        context = meeting_context(found, request.person, way_form=form)
        return ask_again(request, MEETING_PAGE, context)
    actions.change_place(found, by=request.person, **form.cleaned_data)
    messages.success(request, _("Kept. Both of you get the changed invitation."))
    return to_meeting(found)


@require_POST
@open_to(MENTOR, MENTEE)
def cancel(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.appointment_for(request.person, key)
    actions.cancel_appointment(found, by=request.person)
    messages.info(request, _("It is off. Both of you get a letter that takes it out of your calendars."))  # fmt: skip
    return redirect(room(found.mentorship))


@require_POST
@open_to(MENTOR, MENTEE)
def told(request: MemberRequest, key: str) -> HttpResponse:
    """Say how it went: we met, or we did not and look for a new time."""
    found = queries.appointment_for(request.person, key)
    if request.POST.get("answer") == "missed":
        actions.say_missed(found, by=request.person)
        return redirect("portal:mentorship-times", key=found.mentorship.public_id)
    actions.say_met(found, by=request.person)
    messages.success(request, _("Good. Your meeting is written down."))
    return redirect(reverse("portal:mentorship", args=[found.mentorship.public_id]) + "#meetings")


@require_safe
@open_to(MENTOR, MENTEE)
def file(request: MemberRequest, key: str) -> HttpResponse:
    """Return the meeting as a file for a calendar that reads no letters."""
    found, person = queries.appointment_for(request.person, key), request.person
    page = absolute(reverse("portal:meeting", args=[key]))
    made = invitation(
        entry_for(found, person, page),
        zone=zone_of(person),
        invited=invited_to(person, primary_email(person)),
    )
    response = HttpResponse(made.text, content_type=f"text/calendar; charset=utf-8; method={made.method}")  # fmt: skip
    return to_keep(response, "meeting.ics")
