"""The letters round a meeting: times offered, planned, moved, called off, tomorrow, and did you meet?"""

from datetime import timedelta

from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import queries
from lodestar.domain.mentorships.models import Appointment, Proposal
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import primary_email
from lodestar.domain.people.rules import zone_of
from lodestar.web.common.calendar_files import CalendarFile, invitation
from lodestar.web.common.invited import invited_to
from lodestar.web.common.meeting_words import entry_for, told_to
from lodestar.web.common.two_clocks import both_in_words, moment_in_words, zones_in_words
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import Button, Written, letter
from lodestar.web.mail.words import Verbatim, plain

TOLD_WITHIN = timedelta(days=14)


def reader_of(letter: Letter) -> Person:
    if letter.person is None:
        raise NotFoundError
    return letter.person


def proposal_of(letter: Letter) -> tuple[Proposal, Person, Person]:
    reader = reader_of(letter)
    proposal = queries.proposal_for(reader, letter.about_key)
    return proposal, reader, partner_of(proposal.mentorship, reader)


def appointment_of(letter: Letter) -> tuple[Appointment, Person]:
    reader = reader_of(letter)
    return queries.appointment_for(reader, letter.about_key), reader


@letter("mentorships.times")
def times(letter: Letter) -> Written:
    """The partner offers times: each by both clocks, and one way to answer."""
    proposal, reader, partner = proposal_of(letter)
    moments = [time.starts_at for time in proposal.times.all()]
    moved = proposal.moves
    return Written(
        subject=_("%(name)s offers times to meet") % {"name": partner.first_name},
        template="mail/appointments/times.txt",
        facts={
            "first_name": reader.first_name,
            "partner": partner.full_name,
            "partner_first": partner.first_name,
            "minutes": proposal.minutes,
            "times": [ours(both_in_words(at, reader, partner)) for at in moments],
            "moved": ours(both_in_words(moved.starts_at, reader, partner)) if moved else "",
            "zones": ours(zones_in_words(reader, partner)),
        },
        button=Button(
            _("Confirm one, or offer others"),
            answer_url(letter, "times.answer", proposal, max(moments)),
        ),
        links=[room(proposal)],
    )


@letter("mentorships.none_fits")
def none_fits(letter: Letter) -> Written:
    """None of the reader's times fits."""
    proposal, reader, partner = proposal_of(letter)
    return Written(
        subject=_("None of your times suits %(name)s") % {"name": partner.first_name},
        template="mail/appointments/none_fits.txt",
        facts={"first_name": reader.first_name, "partner_first": partner.first_name},
        button=Button(
            _("Offer other times"),
            answer_url(letter, "times.offer", proposal, now() + TOLD_WITHIN),
        ),
        links=[room(proposal)],
    )


def room(proposal: Proposal) -> Button:
    return Button(_("Open your room"), page_url("portal:mentorship", proposal.mentorship.public_id))


def ours(text: str) -> Verbatim:
    """Return a sentence with clocks in it, which is no address, though it has colons."""
    return Verbatim(plain(text))


def facts_of(appointment: Appointment, reader: Person) -> dict[str, object]:
    told = told_to(appointment, reader)
    return {
        "first_name": reader.first_name,
        "partner": told.partner.full_name,
        "partner_first": told.partner.first_name,
        "when": ours(told.when),
        "minutes": appointment.minutes,
        "where": told.where,
        "link": Verbatim(plain(told.link)) if appointment.way == "video" else told.link,
        "agenda": told.agenda,
        "zones": ours(zones_in_words(reader, told.partner)),
    }


def enclosed(appointment: Appointment, reader: Person) -> CalendarFile:
    page = page_url("portal:meeting", appointment.public_id)
    invited = invited_to(reader, primary_email(reader))
    return invitation(entry_for(appointment, reader, page), zone=zone_of(reader), invited=invited)


def written(letter: Letter, subject: str, name: str, *, links: bool = False) -> Written:
    """Return a letter about a planned meeting with the invitation as it stands now."""
    appointment, reader = appointment_of(letter)
    partner = partner_of(appointment.mentorship, reader)
    said = {"name": partner.first_name, "when": moment_in_words(appointment.starts_at, reader)}
    changing = Button(
        _("Move it, or call it off"),
        answer_url(letter, "meeting.change", appointment, appointment.starts_at),
    )
    return Written(
        subject=subject % said,
        template=f"mail/appointments/{name}.txt",
        facts=facts_of(appointment, reader),
        button=Button(_("Look at the meeting"), page_url("portal:meeting", appointment.public_id)),
        links=[changing] if links else (),
        calendar=enclosed(appointment, reader),
    )


@letter("mentorships.planned")
def planned(letter: Letter) -> Written:
    """A time is confirmed; the invitation is enclosed."""
    return written(letter, _("You and %(name)s: %(when)s"), "planned", links=True)


@letter("mentorships.moved")
def moved(letter: Letter) -> Written:
    """Its time or place changed; the invitation replaces the one before."""
    return written(letter, _("Changed: you and %(name)s, %(when)s"), "moved", links=True)


@letter("mentorships.cancelled")
def cancelled(letter: Letter) -> Written:
    """It is off, and calendars take it out. Who called it off is said only where one of the two did."""
    appointment, reader = appointment_of(letter)
    by = appointment.cancelled_by
    made = written(letter, _("Called off: you and %(name)s, %(when)s"), "cancelled")
    who = "" if by is None else "reader" if by.pk == reader.pk else "partner"
    facts = {**made.facts, "who": Verbatim(who)}
    return Written(made.subject, made.template, facts, button=made.button, calendar=made.calendar)


@letter("mentorships.tomorrow")
def tomorrow(letter: Letter) -> Written:
    """The day before: when, where, and what it is about."""
    made = written(letter, _("Soon: you and %(name)s, %(when)s"), "tomorrow", links=True)
    return Written(made.subject, made.template, made.facts, button=made.button, links=made.links)


@letter("mentorships.met")
def met(letter: Letter) -> Written:
    """After it: one tap says that the two met, another that they did not."""
    appointment, reader = appointment_of(letter)
    partner = partner_of(appointment.mentorship, reader)
    until = now() + TOLD_WITHIN
    return Written(
        subject=_("Did you and %(name)s meet?") % {"name": partner.first_name},
        template="mail/appointments/met.txt",
        facts=facts_of(appointment, reader),
        button=Button(_("We met"), answer_url(letter, "meeting.met", appointment, until)),
        links=[
            Button(
                _("We did not, find a new time"),
                answer_url(letter, "meeting.missed", appointment, until),
            )
        ],
    )
