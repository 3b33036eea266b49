"""How are times offered and confirmed, and meetings told of, from a letter?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.mentorships import actions, queries, rules
from lodestar.domain.mentorships.models import Appointment, Mentorship, Proposal
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.messaging.models import Link
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of
from lodestar.web.common.meeting_words import told_to
from lodestar.web.common.planning import TimesForm, between, moment_in
from lodestar.web.common.two_clocks import both_in_words, zones_in_words
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose

TIMES, MET_ON = "mail/appointments/times.html", "mail/appointments/met_on.html"
OFFER = "offer"


def times_page(
    title: str,
    sentences: Sequence[str],
    form: TimesForm,
    *,
    buttons: Sequence[tuple[str, str]] = (),
    offered: Sequence[tuple[str, str]] = (),
) -> LinkPage:
    """Return a page with times to tick and type; `offered` are those to confirm, `buttons` what else can be done."""
    looked = form.between
    facts: Mapping[str, Any] = {
        "form": form,
        "zones": zones_in_words(looked.person, looked.partner),
        "offered": offered,
        "buttons": buttons,
        "name": looked.partner.first_name,
    }
    return LinkPage(title, sentences, template=TIMES, facts=facts)


def times_form(
    mentorship: Mentorship, person: Person, answers: QueryDict | None = None,
    moves: Appointment | None = None,
) -> TimesForm:  # fmt: skip
    minutes = answers.get("minutes", "") if answers else ""
    return TimesForm(answers, between=between(mentorship, person, minutes, moves))


def sent(proposal: Proposal, person: Person) -> LinkPage:
    name = rules.partner_of(proposal.mentorship, person).first_name
    if proposal.by_id == person.pk:
        return LinkPage(
            _("Your times are on their way"),
            [_("%(name)s gets a letter and can answer from it.") % {"name": name}],
        )
    return LinkPage(
        _("%(name)s was quicker") % {"name": name},
        [
            _("%(name)s has just offered times to you, and nothing of yours was sent. A letter with a way to answer is on its way to you.")
            % {"name": name}
        ],
    )  # fmt: skip


def closed_page(mentorship: Mentorship, person: Person, sentence: str = "") -> LinkPage:
    """Say why nothing can be done here any more."""
    name = rules.partner_of(mentorship, person).first_name
    why = rules.why_not_read_only(mentorship) or sentence
    return LinkPage(_("You and %(name)s") % {"name": name}, [why])


def answer_page(link: Link) -> LinkPage:
    """Show the times of the other, each by both clocks; looking confirms nothing."""
    proposal = queries.proposal_for(link.person, link.about_key)
    if not planning.may_answer(proposal, link.person):
        return closed_page(proposal.mentorship, link.person, planning.why_answered(proposal))
    return answer_form(proposal, times_form(proposal.mentorship, link.person, None, proposal.moves))


def answer_form(proposal: Proposal, form: TimesForm) -> LinkPage:
    person, partner, at = form.between.person, form.between.partner, now()
    ahead = [t.starts_at for t in proposal.times.all() if t.starts_at > at]
    sentences = [_("%(minutes)s minutes. Choose one time, then confirm it.") % {"minutes": proposal.minutes}]  # fmt: skip
    if proposal.moves:
        when = both_in_words(proposal.moves.starts_at, person, partner)
        sentences.append(_("Your planned meeting stays where it is until then: %(when)s.") % {"when": when})  # fmt: skip
    return times_page(
        _("%(name)s offers you times to meet") % {"name": partner.first_name},
        sentences,
        form,
        offered=[(at.isoformat(), both_in_words(at, person, partner)) for at in ahead],
        buttons=[("none", _("None fits"))],
    )


def answer_times(link: Link, answers: QueryDict) -> LinkPage:
    proposal, person = queries.proposal_for(link.person, link.about_key), link.person
    said = answers.get("answer")
    if said == "none":
        actions.refuse_times(proposal, by=person)
        name = rules.partner_of(proposal.mentorship, person).first_name
        return LinkPage(_("Thank you"), [_("%(name)s hears that none of them fits.") % {"name": name}])  # fmt: skip
    if said == OFFER:
        form = times_form(proposal.mentorship, person, answers, proposal.moves)
        if not form.is_valid():
            raise AskAgain(answer_form(proposal, form))
        made = actions.propose_times(proposal.mentorship, form.plan, by=person, answering=proposal)
        return sent(made, person)
    at = moment_in(str(answers.get("time", "")))
    if said != "confirm" or at is None:
        raise AskAgain(answer_page(link))
    return settled(actions.confirm_time(proposal, by=person, starts_at=at), person)


def settled(appointment: Appointment, person: Person) -> LinkPage:
    when = told_to(appointment, person).when
    return LinkPage(_("It is settled"), [when, _("You both get an invitation for your calendars.")])


def answer_told(link: Link) -> list[str]:
    proposal = queries.proposal_for(link.person, link.about_key)
    if proposal.became:
        partner = rules.partner_of(proposal.mentorship, link.person)
        return [both_in_words(proposal.became.starts_at, link.person, partner)]
    return [planning.why_answered(proposal)]


def offer_page(link: Link) -> LinkPage:
    """Offer other times after none fitted; what was offered since is answered first."""
    proposal = queries.proposal_for(link.person, link.about_key)
    mentorship, person = proposal.mentorship, link.person
    if not rules.may_write(mentorship, person):
        return closed_page(mentorship, person)
    form = times_form(mentorship, person, None, movable(proposal, person))
    return times_page(_("Other times to meet"), [], form)


def movable(proposal: Proposal, person: Person) -> Appointment | None:
    """Return the planned meeting that these times were to move, if it can still be moved."""
    moves = proposal.moves
    return moves if moves and planning.can_change(moves, person, now()) else None


def offer(link: Link, answers: QueryDict) -> LinkPage:
    proposal, person = queries.proposal_for(link.person, link.about_key), link.person
    moves = movable(proposal, person)
    form = times_form(proposal.mentorship, person, answers, moves)
    if not form.is_valid():
        raise AskAgain(times_page(_("Other times to meet"), [], form))
    made = actions.propose_times(proposal.mentorship, form.plan, by=person, moves=moves)
    return sent(made, person)


def change_page(link: Link) -> LinkPage:
    """Move a planned meeting, or call it off."""
    appointment, person = queries.appointment_for(link.person, link.about_key), link.person
    if not planning.can_change(appointment, person, now()):
        return closed_page(appointment.mentorship, person, planning.why_not_change(appointment))
    return change_form(appointment, times_form(appointment.mentorship, person, None, appointment))


def change_form(appointment: Appointment, form: TimesForm) -> LinkPage:
    told = told_to(appointment, form.between.person)
    return times_page(
        _("You and %(name)s") % {"name": told.partner.first_name},
        [
            told.when,
            _("Offer other times: the meeting stays where it is until one is confirmed. Or call it off."),
        ],
        form,
        buttons=[("cancel", _("Call it off"))],
    )  # fmt: skip


def change(link: Link, answers: QueryDict) -> LinkPage:
    appointment, person = queries.appointment_for(link.person, link.about_key), link.person
    if answers.get("answer") == "cancel":
        actions.cancel_appointment(appointment, by=person)
        return LinkPage(_("It is off"), [_("Both of you get a letter that takes it out of your calendars.")])  # fmt: skip
    form = times_form(appointment.mentorship, person, answers, appointment)
    if answers.get("answer") != OFFER or not form.is_valid():
        raise AskAgain(change_form(appointment, form))
    made = actions.propose_times(appointment.mentorship, form.plan, by=person, moves=appointment)
    return sent(made, person)


def met_page(link: Link) -> LinkPage:
    """One button says that the two met."""
    appointment, person = queries.appointment_for(link.person, link.about_key), link.person
    if appointment.meeting:
        return LinkPage(_("It is written down"), [written_down()])
    if not planning.can_tell(appointment, person, now()):
        return closed_page(appointment.mentorship, person, planning.why_not_change(appointment))
    told = told_to(appointment, person)
    return LinkPage(
        _("You and %(name)s met") % {"name": told.partner.first_name},
        [told.when, _("One tap writes it down for you both.")],
        choices=[("met", _("We met"))],
    )


def met(link: Link, answers: QueryDict) -> LinkPage:
    appointment = queries.appointment_for(link.person, link.about_key)
    if answers.get("answer") != "met":
        raise AskAgain(met_page(link))
    actions.say_met(appointment, by=link.person)
    return LinkPage(_("It is written down"), [_("Good that you met.")])


def written_down() -> str:
    return _("You have written down that you met.")


def met_told(_link: Link) -> list[str]:
    return [written_down()]


def missed_page(link: Link) -> LinkPage:
    """Say that it did not take place, and offer new times in the same step."""
    appointment, person = queries.appointment_for(link.person, link.about_key), link.person
    if appointment.meeting:
        return LinkPage(_("It is written down"), [written_down()])
    may = planning.can_tell(appointment, person, now())
    if not may:
        return closed_page(appointment.mentorship, person, planning.why_not_change(appointment))
    return missed_form(times_form(appointment.mentorship, person))


def missed_form(form: TimesForm) -> LinkPage:
    name = form.between.partner.first_name
    return times_page(
        _("You and %(name)s did not meet") % {"name": name},
        [_("It happens. Offer %(name)s new times right here, or only say that it did not take place.") % {"name": name}],
        form,
        buttons=[("missed", _("We did not meet; no new time yet"))],
    )  # fmt: skip


def missed(link: Link, answers: QueryDict) -> LinkPage:
    appointment, person = queries.appointment_for(link.person, link.about_key), link.person
    if answers.get("answer") == "missed":
        actions.say_missed(appointment, by=person)
        return LinkPage(_("Thank you"), [_("Nobody asks about this meeting again.")])
    form = times_form(appointment.mentorship, person, answers)
    if answers.get("answer") != OFFER or not form.is_valid():
        raise AskAgain(missed_form(form))
    actions.say_missed(appointment, by=person)
    made = actions.propose_times(appointment.mentorship, form.plan, by=person)
    return sent(made, person)


def first_page(link: Link) -> LinkPage:
    """Offer times to meet; what the partner offered meanwhile is answered first, by their letter."""
    mentorship = queries.mentorship_for(link.person, link.about_key)
    if not rules.may_write(mentorship, link.person):
        return closed_page(mentorship, link.person)
    name = rules.partner_of(mentorship, link.person).first_name
    title = _("You and %(name)s: times to meet") % {"name": name}
    return times_page(title, [], times_form(mentorship, link.person))


def offer_first(link: Link, answers: QueryDict) -> LinkPage:
    mentorship = queries.mentorship_for(link.person, link.about_key)
    form = times_form(mentorship, link.person, answers)
    if not form.is_valid():
        raise AskAgain(times_page(_("Times to meet"), [], form))
    return sent(actions.propose_times(mentorship, form.plan, by=link.person), link.person)


def log_page(link: Link) -> LinkPage:
    """Ask on which day they met; looking writes nothing down."""
    mentorship = queries.mentorship_for(link.person, link.about_key)
    if not rules.may_write(mentorship, link.person):
        return closed_page(mentorship, link.person)
    name = rules.partner_of(mentorship, link.person).first_name
    return LinkPage(
        _("You and %(name)s have met: when?") % {"name": name},
        [_("It is written down for you both.")],
        template=MET_ON,
        facts={"today": today_of(link.person)},
    )


def log(link: Link, answers: QueryDict) -> LinkPage:
    mentorship = queries.mentorship_for(link.person, link.about_key)
    day = parse_date(str(answers.get("held_on", ""))[:10])
    if answers.get("answer") != "met" or day is None:
        raise AskAgain(log_page(link))
    actions.log_meeting(mentorship, by=link.person, held_on=day)
    return LinkPage(_("It is written down"), [_("Good that you met.")])


purpose("times.first", page=first_page, act=offer_first)
purpose("meeting.log", page=log_page, act=log)
purpose("times.answer", page=answer_page, act=answer_times, told=answer_told)
purpose("times.offer", page=offer_page, act=offer)
purpose("meeting.change", page=change_page, act=change)
purpose("meeting.met", page=met_page, act=met, told=met_told)
purpose("meeting.missed", page=missed_page, act=missed)
