"""The letters about a proposed match. They hold no scores, and nobody's name but the partner's."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries import (
    match_by_key,
    one_line,
    partner_answers,
    reasons_in_words,
)
from lodestar.domain.matching.rules import is_mentor, other_side
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.web.common.answers import told_in_lines
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import Button, Written, letter


@letter("matching.proposed")
def proposed(letter: Letter) -> Written:
    """Who was found, why, and a way to answer without signing in."""
    match, person = about(letter)
    partner = other_side(match, person).person
    subject = (
        _("We found a mentee for you: %(name)s")
        if is_mentor(match, person)
        else _("We found a mentor for you: %(name)s")
    )
    return Written(
        subject=subject % {"name": partner.full_name},
        template="mail/matching/proposed.txt",
        facts=facts_of(match, person),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.reminder")
def reminder(letter: Letter) -> Written:
    """A friendly word to whoever has not answered yet."""
    match, person = about(letter)
    partner = other_side(match, person).person
    return Written(
        subject=_("%(name)s waits for your answer until %(day)s")
        % {"name": partner.first_name, "day": day_of(match)},
        template="mail/matching/reminder.txt",
        facts=facts_of(match, person),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.closed")
def closed(letter: Letter) -> Written:
    """A match that does not go ahead; why is nobody's business but the office's."""
    match, person = about(letter)
    return Written(
        subject=_("Your match in %(program)s does not go ahead")
        % {"program": match.run.cohort.program.name},
        template="mail/matching/closed.txt",
        facts=facts_of(match, person),
        links=[Button(_("Your page in the portal"), page_url("portal:home"))],
    )


def about(letter: Letter) -> tuple[Match, Person]:
    if letter.person is None:
        raise ValueError("A letter about a match goes to one of its two people.")
    return match_by_key(letter.about_key), letter.person


def facts_of(match: Match, person: Person) -> dict[str, object]:
    partner = other_side(match, person)
    return {
        "first_name": person.first_name,
        "partner": partner.person.full_name,
        "partner_first_name": partner.person.first_name,
        "partner_line": one_line(match, partner),
        "shape": shape_in_words(match.mentor.cohort.design),
        "partner_told": told_in_lines(partner.role, partner_answers(match, person)),
        "is_mentor": is_mentor(match, person),
        "program": match.run.cohort.program.name,
        "reasons": reasons_in_words(match, person),
        "day": day_of(match),
        "is_expired": match.status == Match.Status.EXPIRED,
    }


def day_of(match: Match) -> str:
    return date_format(match.reply_by, "l, j F") if match.reply_by else ""


def answer_button(letter: Letter, match: Match) -> Button:
    until = match.reply_by or now()
    return Button(_("Read and answer"), answer_url(letter, "match.answer", match, until))


def page_link(match: Match) -> Button:
    return Button(_("See it in the portal"), page_url("portal:match", match.public_id))
