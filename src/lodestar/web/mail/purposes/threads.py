"""How does somebody write to the other from a letter's page, without signing in?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.messaging.models import Link
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed
from lodestar.web.mail.threads import thread_of

PAGE = "mail/threads/answer.html"
LONGEST = 4001  # one more than a message holds, so that a longer one is told and not cut


def answer_page(link: Link, text: str = "", problem: str = "") -> LinkPage:
    """Give room for an answer; what was written before stays in the thread, as letters get passed on."""
    whom = thread_of(link).whom
    return LinkPage(
        _("Write to %(name)s") % {"name": whom},
        [_("Your words stand in the thread as soon as you send them.")],
        choices=[("send", _("Send"))],
        template=PAGE,
        facts={"text": text, "problem": problem, "name": whom},
    )


def answer(link: Link, answers: QueryDict) -> LinkPage:
    text, thread = typed(answers, "text", LONGEST), thread_of(link)
    problem = why_not(text)
    if problem:
        raise AskAgain(answer_page(link, text, problem))
    try:
        thread.write(text, f"link-{link.public_id}")  # pressed twice, it is one message
    except RefusedError as error:
        raise RefusedError(_("%(why)s Nothing was sent.") % {"why": error}) from error
    return LinkPage(_("Sent"), [_("Your words are with %(name)s now.") % {"name": thread.whom}])


def why_not(text: str) -> str:
    if not text.strip():
        return _("Your message is still empty. Write a line, then send it.")
    return _("It is longer than 4000 characters; please shorten it.") if len(text) > 4000 else ""


purpose("message.answer", page=answer_page, act=answer)
