"""How is a pulse answered from its letter?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.feedback import rules
from lodestar.domain.feedback.actions import answer_pulse
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.queries import meetings_since_last, pulse_for
from lodestar.domain.messaging.models import Link
from lodestar.web.common.pulse_words import pulse_title, who_reads, wishes_of
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
        },
    )


def answer(link: Link, answers: QueryDict) -> LinkPage:
    """Store the answer; what was typed stays where something is missing."""
    pulse = pulse_for(link.person, link.about_key)
    names = ("meeting_count", "usefulness", "wish", "text")
    told = {name: typed(answers, name, 2000) for name in names}
    try:
        answer_pulse(
            pulse,
            by=link.person,
            meeting_count=number_in(told["meeting_count"]),
            usefulness=number_in(told["usefulness"]),
            wish=told["wish"],
            text=told["text"],
        )
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


def number_in(text: str) -> int:
    """Return a small number, or -1 where none was typed."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


purpose("pulse.answer", page=pulse_page, act=answer, once=False)
