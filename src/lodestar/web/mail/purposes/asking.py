"""What do the links of a request do: a mentor's answer, and a mentee's reply to a question?"""

from collections.abc import Callable
from datetime import timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.matching.actions import ask_back, put_off, reply_to_question
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.matching.queries import (
    ask_of,
    match_for,
    one_line,
    own_ask_for,
    partner_answers,
    reasons_in_words,
)
from lodestar.domain.matching.rules import LATER_WEEKS, next_in_words, why_not_answer
from lodestar.domain.mentorships.actions import accept_match, decline_match
from lodestar.domain.messaging.models import Link
from lodestar.web.common.answers import told_in_lines
from lodestar.web.common.shape import shape_in_words
from lodestar.web.mail.purposes.matching import REASONS, accepted, why
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed

ASKED, REPLY = "mail/asking/asked.html", "mail/asking/reply.html"
QUESTION, LATER = "mail/asking/ask_back.html", "mail/asking/later.html"


def asked_page(link: Link) -> LinkPage:
    """Show who asks, what they wrote and why the two; nothing is answered by looking."""
    match = match_for(link.person, link.about_key)
    mentee = match.mentee
    if problem := why_not_answer(match, link.person, now()):
        return LinkPage(mentee.person.full_name, [problem])
    ask = ask_of(match)
    question = [("ask-question", _("A question first"))] if ask and not ask.questioned_at else []
    return LinkPage(
        _("%(name)s asks you") % {"name": mentee.person.full_name},
        [
            *filter(None, [one_line(match, mentee)]),
            *told_in_lines(mentee.role, partner_answers(match, link.person)),
            next_in_words(match, link.person),
            " ".join(shape_in_words(match.cohort.design)),
        ],
        choices=[
            ("accept", _("Yes, I would like to")),
            *question,
            ("ask-later", _("Not now")),
            ("ask-decline", _("No, thank you")),
        ],
        template=ASKED,
        facts={
            "name": mentee.person.first_name,
            "reasons": reasons_in_words(match, link.person),
            **said_in(ask),
        },
    )


def said_in(ask: Ask | None) -> dict[str, str]:
    names = ("note", "question", "reply")
    return {name: getattr(ask, name) if ask else "" for name in names}


def answer(link: Link, answers: QueryDict) -> LinkPage:
    match = match_for(link.person, link.about_key)
    match answers.get("answer"):
        case "accept":
            return accepted(accept_match(match, by=link.person), link)
        case "decline":
            decline_match(match, by=link.person, **why(answers))
            return thanks()
        case "later":
            return put_off_until(match, link, answers)
        case "question":
            return asked_back(match, link, answers)
        case "ask-decline" | "ask-later" | "ask-question" as wished:
            if problem := why_not_answer(match, link.person, now()):
                raise RefusedError(problem)
            raise AskAgain(ASIDE[wished](match))
    raise AskAgain(asked_page(link))


def decline_page(match: Match) -> LinkPage:
    name = match.mentee.person.first_name
    return LinkPage(
        _("No to %(name)s?") % {"name": name},
        [_("That is fine. Only the coordinators read your reason; %(name)s is not told why, and somebody else is asked at once.")
         % {"name": name}],
        template=REASONS,
        facts={"reasons": [r for r in Match.DeclineReason.choices if r[0] != Match.DeclineReason.LATER]},
    )  # fmt: skip


def later_page(match: Match) -> LinkPage:
    name = match.mentee.person.first_name
    return LinkPage(
        _("Not now, %(name)s?") % {"name": name},
        [_("%(name)s hears that you would be glad to be asked again, and somebody else is asked at once.")
         % {"name": name}],
        template=LATER,
        facts={"weeks": LATER_WEEKS},
    )  # fmt: skip


def question_page(match: Match, problem: str = "") -> LinkPage:
    name = match.mentee.person.first_name
    return LinkPage(
        _("A question to %(name)s") % {"name": name},
        [_("One question, and one answer. The days you have to decide begin anew, once.")],
        template=QUESTION,
        facts={"name": name, "problem": problem},
    )


ASIDE: dict[str, Callable[[Match], LinkPage]] = {
    "ask-decline": decline_page,
    "ask-later": later_page,
    "ask-question": question_page,
}


def put_off_until(match: Match, link: Link, answers: QueryDict) -> LinkPage:
    said = answers.get("weeks", "")
    weeks = int(said) if said.isdecimal() and len(said) < 3 and int(said) in LATER_WEEKS else 4
    put_off(match, by=link.person, until=today() + timedelta(weeks=weeks))
    return thanks()


def asked_back(match: Match, link: Link, answers: QueryDict) -> LinkPage:
    text = typed(answers, "text", 1000)
    ask = ask_of(match)
    if ask is None or not text.strip():
        problem = _("Your question is still empty. Write a line, then send it.")
        raise AskAgain(question_page(match, problem))
    ask_back(ask, by=link.person, text=text)
    return LinkPage(
        _("Your question is on its way"),
        [_("%(name)s answers by letter; then you can say yes, no or “not now”.")
         % {"name": match.mentee.person.first_name}],
    )  # fmt: skip


def thanks() -> LinkPage:
    return LinkPage(
        _("Thank you for telling us"), [_("Somebody else is asked now. You need not do anything.")]
    )


def reply_page(link: Link, problem: str = "", text: str = "") -> LinkPage:
    """Show the question with room for an answer; nothing is sent by looking."""
    ask = own_ask_for(link.person, link.about_key)
    name = ask.choice.mentor.person.first_name
    return LinkPage(
        _("%(name)s would like to know something first") % {"name": name},
        [ask.question],
        choices=[("reply", _("Send"))],
        template=REPLY,
        facts={"name": name, "problem": problem, "text": text},
    )


def reply(link: Link, answers: QueryDict) -> LinkPage:
    text = typed(answers, "text", 1000)
    if not text.strip():
        problem = _("Your answer is still empty. Write a line, then send it.")
        raise AskAgain(reply_page(link, problem, text))
    ask = own_ask_for(link.person, link.about_key)
    if ask.closed_at:
        raise RefusedError(_("This request no longer waits for an answer."))
    reply_to_question(ask, by=link.person, text=text)
    return LinkPage(
        _("Your answer is on its way"),
        [_("%(name)s reads it and then says yes, no or “not now”.")
         % {"name": ask.choice.mentor.person.first_name}],
    )  # fmt: skip


def told_of(link: Link) -> list[str]:
    """Say what was answered: a yes, a no, "not now" or a question, and how it stands now."""
    match = match_for(link.person, link.about_key)
    said = match.mentor_answer
    words = {Match.Answer.ACCEPTED: _("You said yes."), Match.Answer.DECLINED: _("You said no.")}
    later = match.decline_reason == Match.DeclineReason.LATER
    first = (
        _("You said: not now.")
        if later
        else words.get(Match.Answer(said), _("You asked something first."))
    )
    return [first, next_in_words(match, link.person)]


def replied(link: Link) -> list[str]:
    ask = own_ask_for(link.person, link.about_key)
    return [_("You answered: %(reply)s") % {"reply": ask.reply}]


purpose("ask.answer", page=asked_page, act=answer, told=told_of)
purpose("ask.reply", page=reply_page, act=reply, told=replied)
