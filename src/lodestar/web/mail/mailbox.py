"""How are answers fetched from a mailbox, where no mail server brings them?"""

import imaplib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings

from lodestar.domain.messaging.actions import take_in
from lodestar.web.mail.reading.mime import key_of

SECONDS_TO_WAIT = 10
MAILS_A_LOOK = 50
MOST_BYTES = 30 * 1024 * 1024
BEGINNING = 256 * 1024  # of a mail that is too large: its words stand before its files
PORT, TLS_PORT = 143, 993
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
TROUBLE = (OSError, imaplib.IMAP4.error, ValueError)
logger = logging.getLogger("lodestar.mail")


class MailboxError(Exception):
    """The mailbox does not answer as it should; the words say how."""


@dataclass(frozen=True)
class Place:
    """Where the mailbox is, from a setting like imaps://user:password@host/INBOX."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool


def place() -> Place | None:
    """Return where to look, or None where nothing is set."""
    if not settings.INBOUND_IMAP_URL:
        return None
    told = urlsplit(settings.INBOUND_IMAP_URL)
    is_tls = told.scheme != "imap"
    return Place(
        told.hostname or "localhost",
        told.port or (TLS_PORT if is_tls else PORT),
        unquote(told.username or ""),
        unquote(told.password or ""),
        unquote(told.path.strip("/")) or "INBOX",
        is_tls,
    )


def poll_mailbox(_now: datetime) -> int:
    """Take in what has not been seen yet, and mark it as seen once it is a row; return how many were new.

    A mailbox that is away is told by the log and by `lodestar doctor`; what lies in it waits.
    """
    where = place()
    if where is None:
        return 0
    count = 0
    try:
        with opened(where) as box:
            for uid in unseen(box)[:MAILS_A_LOOK]:
                fetch(box, uid)
                count += 1
    except MailboxError as error:
        logger.warning("the mailbox for answers does not answer: %s", error)
    return count


@contextmanager
def opened(where: Place) -> Iterator[imaplib.IMAP4]:
    """Open the folder; whatever goes wrong on the line is one kind of error."""
    box: imaplib.IMAP4 | None = None
    try:
        kind = imaplib.IMAP4_SSL if where.is_tls else imaplib.IMAP4
        box = kind(where.host, where.port, timeout=SECONDS_TO_WAIT)
        box.login(where.user, where.password)
        said, words = box.select(f'"{where.folder}"')
        if said != "OK":
            raise MailboxError(f"there is no folder {where.folder}: {words!r}")
        yield box
    except TROUBLE as error:
        raise MailboxError(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        if box is not None:
            with suppress(*TROUBLE):
                box.logout()
            with suppress(*TROUBLE):
                box.shutdown()


def unseen(box: imaplib.IMAP4) -> list[str]:
    _said, found = box.uid("SEARCH", "UNSEEN")
    return (found[0] or b"").decode().split() if found else []


def fetch(box: imaplib.IMAP4, uid: str) -> None:
    """Take in one mail, or the beginning of one that is too large; only then mark it as seen."""
    _said, told = box.uid("FETCH", uid, "(RFC822.SIZE)")
    size = SIZE.search(told[0] if told and isinstance(told[0], bytes) else b"")
    is_cut = bool(size) and int(size[1]) > MOST_BYTES if size else False
    wanted = f"(BODY.PEEK[]<0.{BEGINNING}>)" if is_cut else "(BODY.PEEK[])"
    _said, parts = box.uid("FETCH", uid, wanted)
    raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    if raw:
        take_in(raw, key=key_of(raw), source="imap", is_cut=is_cut)
    box.uid("STORE", uid, "+FLAGS", r"(\Seen)")


def why_away() -> str:
    """Return what is wrong with the mailbox now, or "" where it answers or none is set."""
    where = place()
    if where is None:
        return ""
    try:
        with opened(where):
            return ""
    except MailboxError as error:
        return str(error)
