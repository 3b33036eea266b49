"""Which letters has the demo's mail server kept?"""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

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
    )


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
