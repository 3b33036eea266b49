"""A mail server for the demo: it takes every letter and delivers none."""

import asyncio
import mailbox
import signal
import threading
from pathlib import Path
from types import FrameType
from urllib.request import Request, urlopen

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.management.base import BaseCommand

from lodestar.web.backstage.outbox import folder

SECONDS_TO_WAIT = 10


class Keeper:
    """Keeps each letter as one file of a Maildir."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.box = mailbox.Maildir(path, create=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  named by aiosmtpd
        content = envelope.content or b""
        content = content.encode() if isinstance(content, str) else content
        if any(map(is_answer, envelope.rcpt_tos)):
            return await asyncio.to_thread(bring, content)
        self.box.add(content)
        return "250 kept"


def is_answer(address: str) -> bool:
    """Whether a mail goes to one of the addresses at which letters are answered."""
    name, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    told = address.casefold()
    return bool(domain) and told.startswith(f"{name}+") and told.endswith(f"@{domain}")


def bring(content: bytes) -> str:
    """Bring an answer to the web server as a real mail server would; while that is away, it comes again."""
    request = Request(  # noqa: S310  our own address
        f"{settings.BASE_URL}/m/in/",
        data=content,
        headers={
            "Authorization": f"Bearer {settings.INBOUND_SECRET}",
            "Content-Type": "message/rfc822",
        },
    )
    try:
        with urlopen(request, timeout=SECONDS_TO_WAIT):  # noqa: S310
            return "250 brought"
    except OSError:
        return "451 try again later"


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Take every letter of the demo and keep it under DATA_DIR/mail."

    def handle(self, *_args: object, **_options: object) -> None:
        stopped = threading.Event()

        def stop(_number: int, _frame: FrameType | None) -> None:
            stopped.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        controller = Controller(
            Keeper(folder()), hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT
        )
        controller.start()
        stopped.wait()
        controller.stop()
