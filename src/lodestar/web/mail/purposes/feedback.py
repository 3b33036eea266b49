"""How is a pulse answered from its letter?"""

from dataclasses import asdict

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.feedback import rules
from lodestar.domain.feedback.actions import Answer, More, answer_pulse, answer_survey
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.queries import meetings_since_last, pulse_for
from lodestar.domain.feedback.rules import Item, items_of
from lodestar.domain.messaging.models import Link
from lodestar.web.common.pulse_words import (
    pulse_title,
    to_partner_label,
    who_reads,
    wishes_of,
)
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed

USEFUL = range(1, 6)


def pulse_page(link: Link) -> LinkPage:
    """Show the three questions; earlier answers stay hidden, as letters get passed on."""
    pulse = pulse_for(link.person, link.about_key)
    if not rules.can_answer(pulse, link.person):
        return LinkPage(
            _("This question is closed"),
            [_("Nothing is lost: we ask again in some weeks.")],
            template="mail/links/done.html",
        )
    return questions(pulse, link, {"meeting_count": str(meetings_since_last(pulse))})


def questions(pulse: Pulse, link: Link, told: dict[str, str], problem: str = "") -> LinkPage:
    return LinkPage(
        pulse_title(pulse, link.person),
        template="mail/feedback/answer.html",
        facts={
            "who_reads": who_reads(pulse, link.person),
            "typed": told,
            "problem": problem,
            "useful": [str(number) for number in USEFUL],
            "wishes": wishes_of(pulse),
            "items": [
                {"key": i.key, "words": i.words, "rated": told.get(rated(i), "")}
                for i in items_of(pulse)
            ],
            "to_partner": to_partner_label(pulse, link.person),
        },
    )


def answer(link: Link, answers: QueryDict) -> LinkPage:
    """Store the answer; what was typed stays where something is missing."""
    pulse = pulse_for(link.person, link.about_key)
    items = items_of(pulse)
    names = ("meeting_count", "usefulness", "wish", "text", "remarks", "to_partner")
    told = {name: typed(answers, name, 2000) for name in (*names, *map(rated, items))}
    said = Answer(
        number_in(told["meeting_count"]),
        number_in(told["usefulness"]),
        told["wish"],
        told["text"],
    )
    try:
        if items:
            ratings = {
                item.key: number_in(told[rated(item)]) for item in items if told[rated(item)]
            }
            more = More(ratings, told["remarks"], told["to_partner"])
            answer_survey(pulse, by=link.person, answer=said, more=more)
        else:
            answer_pulse(pulse, by=link.person, **asdict(said))
    except RefusedError as error:
        if not rules.can_answer(pulse, link.person):
            raise
        raise AskAgain(questions(pulse, link, told, str(error))) from error
    return LinkPage(
        _("Thank you"),
        [
            _("Your answer is in. You can change it with the same link until the question closes."),
            _("If something needs a person, somebody writes to you."),
        ],
        template="mail/links/done.html",
    )


def rated(item: Item) -> str:
    """Return under which name a line is rated in the form."""
    return f"rated_{item.key}"


def number_in(text: str) -> int:
    """Return a small number, or -1 where none was typed."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


purpose("pulse.answer", page=pulse_page, act=answer, once=False)
