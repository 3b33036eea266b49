"""Which letters has the demo's mail server kept?"""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as ReadMessage
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.people.rules import normalised

CODE = re.compile(r"^ {4}(\S+)\r?$", re.MULTILINE)
NAME = re.compile(r"[\w.,=:-]+")


@dataclass(frozen=True)
class Kept:
    """One letter as it arrived."""

    name: str
    subject: str
    to: str
    sent_at: datetime | None
    text: str
    html: str
    reply_to: str = ""

    @property
    def code(self) -> str:
        """The sign-in code in it, if there is one."""
        found = CODE.search(self.text)
        return found[1] if found else ""


def folder() -> Path:
    return Path(settings.DATA_DIR) / "mail"


def files() -> list[Path]:
    """Return the kept files, the newest first."""
    found = [path for place in ("new", "cur") for path in (folder() / place).glob("*")]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def kept_letters(address: str = "", limit: int = 50) -> list[Kept]:
    """Return the newest letters, of one address if it is given (a part of it will do)."""
    wanted, found = normalised(address), []
    for path in files():
        letter = read(path)
        if wanted in normalised(letter.to):
            found.append(letter)
        if len(found) == limit:
            break
    return found


def kept_letter(name: str) -> Kept:
    if NAME.fullmatch(name):
        for place in ("new", "cur"):
            path = folder() / place / name
            if path.is_file():
                return read(path)
    raise NotFoundError


def read(path: Path) -> Kept:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    date = message["Date"]
    return Kept(
        name=path.name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sent_at=date.datetime if date else None,
        text=body(message, "plain"),
        html=body(message, "html"),
        reply_to=answer_address(str(message["Reply-To"] or "")),
    )


def answer_address(told: str) -> str:
    """Return where an answer arrives, if it is one of our own addresses."""
    domain = settings.INBOUND_ADDRESS.rpartition("@")[2]
    address = parseaddr(told)[1]
    return address if domain and address.endswith(f"@{domain}") else ""


def send_answer(letter: Kept, text: str) -> None:
    """Answer a letter as its reader's mail program would, quoting it below."""
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    said = f"On {letter.sent_at:%-d %b %Y}, {settings.DEFAULT_FROM_EMAIL} wrote:"
    mail = EmailMessage(
        subject=f"Re: {letter.subject}",
        body=f"{text}\n\n{said}\n{quoted}\n",
        from_email=letter.to,
        to=[letter.reply_to],
    )
    mail.send()


def body(message: ReadMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
