"""A mail server for the demo: it takes every letter and delivers none."""

import mailbox
import signal
import threading
from pathlib import Path
from types import FrameType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.management.base import BaseCommand

from lodestar.web.backstage.outbox import folder


class Keeper:
    """Keeps each letter as one file of a Maildir."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.box = mailbox.Maildir(path, create=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  named by aiosmtpd
        self.box.add(envelope.content or b"")
        return "250 kept"


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
