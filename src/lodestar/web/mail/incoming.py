"""What becomes of the mails that come in?"""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from lodestar.domain.common.claims import each_claimed
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import Clock
from lodestar.domain.messaging import actions, queries, rules
from lodestar.domain.messaging.models import IncomingMail, Link
from lodestar.web.mail.reading.cutting import new_words
from lodestar.web.mail.reading.mime import Arrived, read
from lodestar.web.mail.replies import is_ours, link_behind, our_marks
from lodestar.web.mail.threads import Thread, thread_of

Status = IncomingMail.Status
logger = logging.getLogger("lodestar.mail")


def read_incoming(now: datetime) -> int:
    """Read every mail that waits, one claim after the other, and answer each of them once."""
    return each_claimed(actions.claim_incoming, read_one, now)


def read_one(mail: IncomingMail, _clock: Clock) -> None:
    arrived = read(bytes(mail.raw or b""))
    link = link_behind(arrived.addressed)
    if why := why_dropped(arrived, link):
        actions.answer_incoming(mail, Status.DROPPED, why=why)
    elif link is not None:
        answer(mail, arrived, link)


def why_dropped(arrived: Arrived, link: Link | None) -> str:
    """Return why nobody is answered at all: machines that answer each other never end."""
    if arrived.by_machine:
        return f"written by a machine ({arrived.by_machine})"
    if is_ours(arrived.sender) or not arrived.sender:
        return "from nobody, or from ourselves"
    if link is None:
        return "to no address of ours"
    return "its person has no access" if link.person.blocked_at else ""


def answer(mail: IncomingMail, arrived: Arrived, link: Link) -> None:
    """Post the new words where they belong, hold them, or tell their person why neither was done."""
    text = new_words(arrived.text, our_marks())
    thread, why = open_thread(mail, link)
    if thread is None or (why := why or why_not_post(text)):
        refuse(mail, link, why, thread)
    elif not queries.writes_from(link.person, arrived.sender):
        hold(mail, arrived, link, text)
    else:
        post(mail, arrived, link, text, thread)


def open_thread(mail: IncomingMail, link: Link) -> tuple[Thread | None, str]:
    """Return the thread behind a link, and why it can't be written in from a mail."""
    over = _("The letter you answered is too old, or what it was about is over.")
    try:
        thread = thread_of(link)
    except NotFoundError:
        return None, over
    return thread, "" if rules.is_live(link, mail.created_at) else over


def why_not_post(text: str) -> str:
    if not text:
        return _("We found no words in it besides what was quoted.")
    if len(text) > rules.LONGEST_REPLY:
        return _("It is longer than the 4000 characters that a message can hold.")
    return ""


def refuse(mail: IncomingMail, link: Link, why: str, thread: Thread | None) -> None:
    """Tell the person, at their own address, that nothing was posted and why."""
    if actions.answer_incoming(mail, Status.REFUSED, why=why, link=link):
        tell("replies.refused", mail, link, why=why, url=thread.url if thread else "")


def hold(mail: IncomingMail, arrived: Arrived, link: Link, text: str) -> None:
    """Keep what came from an address that is not theirs until they say, on the page, that they wrote it."""
    kept = {"link": link, "text": text, "sender": arrived.sender[:320]}
    if actions.answer_incoming(mail, Status.HELD, why="from another address", **kept):
        tell("replies.held", mail, link)


def post(mail: IncomingMail, arrived: Arrived, link: Link, text: str, thread: Thread) -> None:
    try:
        is_posted = actions.post_reply(mail, link, lambda: thread.write(text, form_key(mail)))
    except RefusedError as error:
        refuse(mail, link, str(error), thread)
        return
    if is_posted and (arrived.files or mail.is_cut):
        tell("replies.files", mail, link, files=list(arrived.files))


def form_key(mail: IncomingMail) -> str:
    """Return the key under which a mail is one message, however often it is posted."""
    return f"mail-{mail.public_id}"


def tell(kind: str, mail: IncomingMail, link: Link, **words: object) -> None:
    """Queue a letter about a mail to the person whose address it used; one a mail, and none of it quoted."""
    actions.queue_letter(
        kind,
        to=link.person,
        unique_key=f"{kind}:{mail.public_id}",
        words={"mail": mail.public_id, **words},
    )
