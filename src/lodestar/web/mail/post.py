"""How does one mail reach the server, and what became of it?"""

import smtplib
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

LETTERS_A_CONNECTION = 100
SECONDS_TO_WAIT = 10
BUSY = 421
DJANGOS_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Fate(Enum):
    """What became of one try."""

    SENT = "sent"
    NOBODY_THERE = "the server did not answer"
    CUT = "cut off before the letter was handed over"
    NOT_NOW = "refused for the moment"
    NEVER = "refused for good"
    NO_SUCH_ADDRESS = "the address was refused for good"
    UNSURE = "cut off after the letter was handed over"


@dataclass(frozen=True)
class Receipt:
    """The fate of one try, and the server's own words."""

    fate: Fate
    problem: str = ""


class NotingSMTP(smtplib.SMTP):
    """Notes when the letter itself begins to travel: from then on a cut leaves us unsure."""

    has_handed_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.has_handed_over = True
        return super().data(msg)


class NotingSMTPS(NotingSMTP, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class NotingBackend(EmailBackend):
    """Django's SMTP backend on a connection that notes."""

    @property
    def connection_class(self) -> type[NotingSMTP]:
        return NotingSMTPS if self.use_ssl else NotingSMTP


def new_connection() -> Any:
    """Return an unopened connection to the server of the settings, noting where it is SMTP."""
    if settings.EMAIL_BACKEND == DJANGOS_SMTP:
        return NotingBackend(timeout=SECONDS_TO_WAIT)
    return get_connection()


class Post:
    """One connection for many letters, opened when first needed and renewed after trouble."""

    def __init__(self) -> None:
        self.connection = new_connection()
        self.sent_count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.hang_up()

    def send(self, mail: EmailMultiAlternatives) -> Receipt:
        if self.sent_count >= LETTERS_A_CONNECTION:
            self.hang_up()
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            return Receipt(Fate.NOBODY_THERE, told(error))
        try:
            self.line.has_handed_over = False
            self.connection.send_messages([mail])
        except (OSError, smtplib.SMTPException, ValueError) as error:
            receipt = Receipt(fate_of(error, self.line.has_handed_over), told(error))
            self.hang_up()
            return receipt
        self.sent_count += 1
        return Receipt(Fate.SENT)

    @property
    def line(self) -> Any:
        """The connection beneath, or a stand-in where the backend has none (in tests)."""
        return getattr(self.connection, "connection", None) or self.connection

    def hang_up(self) -> None:
        """Close quietly; a server that is gone cannot be told goodbye."""
        self.sent_count = 0
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection = new_connection()


def fate_of(error: Exception, has_handed_over: bool) -> Fate:
    """Return what an error means for the letter: its own fault, the server's, or nobody knows."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return fate_of_code(code, for_good=Fate.NO_SUCH_ADDRESS)
    if isinstance(error, smtplib.SMTPSenderRefused):
        # Our own address is refused: a mistake in the settings, which a person can mend.
        return fate_of_code(error.smtp_code, for_good=Fate.NOT_NOW)
    if isinstance(error, smtplib.SMTPResponseException):
        return fate_of_code(error.smtp_code, for_good=Fate.NEVER)
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPNotSupportedError):
        return Fate.UNSURE if has_handed_over else Fate.CUT
    return Fate.NEVER


def fate_of_code(code: int, *, for_good: Fate) -> Fate:
    if code == BUSY:
        return Fate.NOBODY_THERE
    return for_good if code >= 500 else Fate.NOT_NOW


def told(error: Exception) -> str:
    """Return the server's words in one line, without any address in it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {words!r}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {error.smtp_error!r}"
    return f"{type(error).__name__}: {error}"
