"""The letters of two people: begun, written to, not met yet, paused, resumed, ended."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.matching.queries import partner_answers, reasons_in_words
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import (
    contact_of_partner,
    mentorship_for,
    words_behind,
)
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import wishes_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.answers import told_in_lines
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import MESSAGES, REMINDERS, Answers, Button, Written, letter
from lodestar.web.mail.words import Verbatim, in_lines, plain

ENDS_WITHIN = timedelta(days=60)
LINKS = {
    "message": ("message.answer",),
    "begun": ("times.first",),
    "unmet": ("times.first", "meeting.log", "message.answer", "mentorship.pause", "mentorship.end"),
    "paused": ("mentorship.resume", "mentorship.end"),
    "resumed": ("message.answer",),
}
CAN_BE_ANSWERED = ("begun", "message", "resumed")


def mentorship_of(letter: Letter) -> tuple[Mentorship, Person]:
    """Return the mentorship as the reader may see it, and the reader."""
    if letter.person is None:
        raise NotFoundError
    return mentorship_for(letter.person, letter.about_key), letter.person


def written(letter: Letter, subject: str, name: str, label: str) -> Written:
    mentorship, reader = mentorship_of(letter)
    partner = rules.partner_of(mentorship, reader)
    return Written(
        subject=subject % {"name": partner.first_name},
        template=f"mail/mentorships/{name}.txt",
        facts=facts_of(mentorship, reader),
        button=Button(label, page_url("portal:mentorship", mentorship.public_id)),
        links=[way_to(purpose, letter, mentorship) for purpose in LINKS.get(name, ())],
        said=in_lines(words_behind(mentorship, reader, letter.words.get("message", "")))
        if name == "message"
        else (),
        answers=Answers(mentorship, partner.first_name) if name in CAN_BE_ANSWERED else None,
    )


def way_to(purpose: str, letter: Letter, mentorship: Mentorship) -> Button:
    """Return the way to one thing that can be done without signing in."""
    labels = {
        "times.first": _("Offer times to meet"),
        "meeting.log": _("We have met already"),
        "message.answer": _("Write an answer without signing in"),
        "mentorship.pause": _("Pause for a while"),
        "mentorship.resume": _("Take it up again"),
        "mentorship.end": _("End it, kindly"),
    }
    return Button(labels[purpose], answer_url(letter, purpose, mentorship, now() + ENDS_WITHIN))


def ending(letter: Letter, mentorship: Mentorship) -> Button:
    """Return the way to a kind end without signing in."""
    until = now() + ENDS_WITHIN
    return Button(_("End it, kindly"), answer_url(letter, "mentorship.end", mentorship, until))


def facts_of(mentorship: Mentorship, reader: Person) -> dict[str, object]:
    partner = rules.partner_of(mentorship, reader)
    return {
        "first_name": reader.first_name,
        "has_words": wishes_of(reader).has_words,
        "partner": partner.full_name,
        "partner_first": partner.first_name,
        "role": rules.role_of(mentorship, partner).label,
        "program": mentorship.match.mentor.cohort.program.called,
        "contact": Verbatim(plain(contact_of_partner(mentorship, reader))),
        "reasons": reasons_in_words(mentorship.match, reader),
        "agenda": rules.first_agenda(mentorship),
        "shape": shape_in_words(mentorship.match.mentor.cohort.design),
        "partner_told": told_in_lines(
            rules.role_of(mentorship, partner),
            partner_answers(mentorship.match, reader),
            form_of(mentorship.match.mentor.cohort.design),
        ),
        "meet_by": date_format(rules.first_meeting_due(mentorship), "j F Y"),
    }


@letter("mentorships.begun")
def begun(letter: Letter) -> Written:
    """Both said yes: how to reach each other, and a first agenda."""
    return written(letter, _("It is a yes: you and %(name)s"), "begun", _("Open your room"))


@letter("mentorships.message", topic=MESSAGES)
def message(letter: Letter) -> Written:
    """Something waits to be read; its words stay in the room."""
    return written(letter, _("%(name)s wrote to you"), "message", _("Read and answer"))


@letter("mentorships.unmet", optional=True, topic=REMINDERS)
def unmet(letter: Letter) -> Written:
    """The first date is overdue."""
    return written(letter, _("You and %(name)s: a first date?"), "unmet", _("Open your room"))


@letter("mentorships.paused")
def paused(letter: Letter) -> Written:
    """The partner needs a rest."""
    return written(letter, _("You and %(name)s: a pause"), "paused", _("Open your room"))


@letter("mentorships.resumed")
def resumed(letter: Letter) -> Written:
    """The partner is back."""
    return written(letter, _("%(name)s is back"), "resumed", _("Open your room"))


@letter("mentorships.ended")
def ended(letter: Letter) -> Written:
    """It is over; why stays with the one who ended it."""
    return written(letter, _("You and %(name)s: thank you"), "ended", _("Read what you have"))
