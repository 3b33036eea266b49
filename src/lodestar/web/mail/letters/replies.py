"""The letters about answers by mail: one from another address, one that was not posted, files left out."""

from datetime import timedelta

from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import IncomingMail, Letter, Link
from lodestar.domain.messaging.queries import incoming_by_key
from lodestar.web.mail.links import answer_url
from lodestar.web.mail.registry import Button, Written, letter
from lodestar.web.mail.threads import Thread, thread_of

CONFIRM_WITHIN = timedelta(days=14)


def about(letter: Letter) -> tuple[IncomingMail, Link, Thread | None]:
    """Return the mail, the link that it used, and the thread, if its reader still has one."""
    mail = incoming_by_key(str(letter.words.get("mail", "")))
    if mail.link is None:
        raise NotFoundError
    try:
        return mail, mail.link, thread_of(mail.link)
    except NotFoundError:
        return mail, mail.link, None


def written(letter: Letter, subject: str, name: str, button: Button | None = None) -> Written:
    _mail, link, thread = about(letter)
    whom = thread.whom if thread else ""
    return Written(
        subject=subject,
        template=f"mail/replies/{name}.txt",
        facts={
            "first_name": link.person.first_name,
            "whom": whom,
            "why": str(letter.words.get("why", "")),
            "files": [name for name in letter.words.get("files", []) if name],
        },
        button=button or (Button(_("Answer on the page"), thread.url) if thread else None),
        why=_("You get this letter because an answer came to an address that only you have."),
    )


@letter("replies.held")
def held(letter: Letter) -> Written:
    """An answer came from an address that we do not know as the reader's."""
    mail, _link, _thread = about(letter)
    url = answer_url(letter, "reply.confirm", mail, now() + CONFIRM_WITHIN)
    button = Button(_("Look at it and decide"), url)
    return written(letter, _("Did you write this answer?"), "held", button)


@letter("replies.refused")
def refused(letter: Letter) -> Written:
    """An answer could not be posted; nothing is lost, for the writer has sent it."""
    return written(letter, _("Your answer was not delivered"), "refused")


@letter("replies.files")
def files(letter: Letter) -> Written:
    """The words were posted, the files were not."""
    return written(letter, _("Your answer is there, without its attachment"), "files")
