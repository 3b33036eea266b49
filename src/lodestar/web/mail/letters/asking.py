"""The letters about asking a mentor. They tell nobody's rank, and no other person on a list but the next."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.queries import own_application_for, participant_of
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.matching.queries import ask_by_key, ask_of, open_ask_of
from lodestar.domain.matching.rules import other_side
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.rules.ways import Way, last_day_of_window, uses
from lodestar.web.mail.letters.matching import about, facts_of, page_link
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import Button, Written, letter

ROOM = "mail/asking"


@letter("matching.asked")
def asked(letter: Letter) -> Written:
    """Who asks, what they wrote, why the two could suit each other, and four ways to answer."""
    match, person = about(letter)
    name = other_side(match, person).person.full_name
    return Written(
        subject=_("%(name)s asks whether you would be their mentor") % {"name": name},
        template=f"{ROOM}/asked.txt",
        facts=facts_of(match, person) | words_of(match),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.ask_reminder")
def ask_reminder(letter: Letter) -> Written:
    """A friendly word to a mentor who has not answered yet."""
    match, person = about(letter)
    facts = facts_of(match, person)
    return Written(
        subject=_("%(name)s would be glad of your answer by %(day)s")
        % {"name": facts["partner_first_name"], "day": facts["day"]},
        template=f"{ROOM}/reminder.txt",
        facts=facts | words_of(match),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.ask_reply")
def ask_reply(letter: Letter) -> Written:
    """What the mentee answered to the mentor's question."""
    match, person = about(letter)
    facts = facts_of(match, person)
    return Written(
        subject=_("%(name)s has answered your question") % {"name": facts["partner_first_name"]},
        template=f"{ROOM}/reply.txt",
        facts=facts | words_of(match),
        button=answer_button(letter, match),
        links=[page_link(match)],
    )


@letter("matching.ask_over")
def ask_over(letter: Letter) -> Written:
    """To a mentor: there is nothing left to answer, and no harm done."""
    match, person = about(letter)
    facts = facts_of(match, person)
    return Written(
        subject=_("Nothing left to answer: the request of %(name)s")
        % {"name": facts["partner_first_name"]},
        template=f"{ROOM}/over.txt",
        facts=facts,
        links=[Button(_("Your page in the portal"), page_url("portal:home"))],
    )


@letter("matching.ask_question")
def ask_question(letter: Letter) -> Written:
    """To a mentee: the mentor would like to know something first."""
    match, person = about(letter)
    ask = ask_of(match)
    facts = facts_of(match, person)
    url = answer_url(letter, "ask.reply", ask, match.reply_by) if ask and match.reply_by else ""
    return Written(
        subject=_("%(name)s would like to know something first")
        % {"name": facts["partner_first_name"]},
        template=f"{ROOM}/question.txt",
        facts=facts | words_of(match),
        button=Button(_("Read and reply"), url),
        links=[list_link(ask)] if ask else [],
    )


@letter("matching.ask_went_on")
def ask_went_on(letter: Letter) -> Written:
    """To a mentee: what came of a request, without blame, and what happens next."""
    ask = ask_by_key(letter.about_key)
    following = open_ask_of(ask.mentee)
    facts: dict[str, object] = {
        "first_name": ask.mentee.person.first_name,
        "program": ask.mentee.cohort.program.called,
        "mentor": ask.choice.mentor.person.full_name,
        "mentor_first_name": ask.choice.mentor.person.first_name,
        "closing": ask.closing,
        "again": date_format(ask.again_on, "j F") if ask.again_on else "",
        "next": following.choice.mentor.person.full_name if following else "",
        "next_first_name": following.choice.mentor.person.first_name if following else "",
        "is_read_first": bool(following and not following.match_id),
        "day": day_of(following),
    }
    subject = (
        _("%(next)s is asked now") if following else _("%(mentor)s cannot; you can ask somebody else")
    )  # fmt: skip
    return Written(
        subject=subject % facts,
        template=f"{ROOM}/went_on.txt",
        facts=facts,
        button=Button(_("Look at your list"), list_url(ask)),
    )


@letter("matching.list_empty", optional=True)
def list_empty(letter: Letter) -> Written:
    """To a mentee: until when a list counts, and what happens without one."""
    if letter.person is None:
        raise NotFoundError
    mentee = participant_of(own_application_for(letter.person, letter.about_key))
    if mentee is None:
        raise NotFoundError
    cohort, design = mentee.cohort, mentee.cohort.design
    last = last_day_of_window(cohort)
    facts = {
        "first_name": letter.person.first_name,
        "program": cohort.program.called,
        "day": date_format(last, "l, j F") if last else "",
        "most": design.most_choices,
        "fills": uses(design, Way.OFFICE),
        "asks": uses(design, Way.ASK),
    }
    return Written(
        subject=_("Your list in %(program)s is still empty") % facts,
        template=f"{ROOM}/list_empty.txt",
        facts=facts,
        button=Button(_("See who is there"), page_url("portal:choices", mentee.public_id)),
    )


def answer_button(letter: Letter, match: Match) -> Button:
    until = match.reply_by or now()
    return Button(_("Read and answer"), answer_url(letter, "ask.answer", match, until))


def words_of(match: Match) -> dict[str, object]:
    """Return what the two wrote to each other about a request."""
    ask = ask_of(match)
    if ask is None:
        return {"note": "", "question": "", "reply": ""}
    return {"note": ask.note, "question": ask.question, "reply": ask.reply}


def day_of(ask: Ask | None) -> str:
    match = ask.match if ask else None
    return date_format(match.reply_by, "l, j F") if match and match.reply_by else ""


def list_url(ask: Ask) -> str:
    return page_url("portal:choices", ask.mentee.public_id)


def list_link(ask: Ask) -> Button:
    return Button(_("Your list in the portal"), list_url(ask))
