"""What is in a mail that came in: from whom, to which of our addresses, which words, which files?"""

import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256

from lodestar.web.mail.reading.markup import text_of

ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
BY_MACHINES = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
DAEMONS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
TELLING = ("X-Autoreply", "X-Autorespond", "X-Autorespond-From", "List-Id", "X-Loop", "X-Failed-Recipients")  # fmt: skip
NOT_FILES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}  # fmt: skip
MOST_FILES = 20
SHOWING_NOTHING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
JOINING = "\n\t\u200d\u200c"  # what parts lines, and what makes one sign of several


@dataclass(frozen=True)
class Arrived:
    """A mail, read."""

    sender: str
    addressed: str
    text: str
    files: tuple[str, ...]
    by_machine: str  # the sign by which one knows, or ""


def read(raw: bytes) -> Arrived:
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    return Arrived(
        sender=parseaddr(header(message, "From"))[1],
        addressed=addressed(message),
        text=words_of(message),
        files=tuple(files_of(message)),
        by_machine=sign_of_a_machine(message),
    )


def addressed(message: Message) -> str:
    """Return every heading that may hold one of our addresses."""
    return "\n".join(str(v) for name in ADDRESSED for v in message.get_all(name, []))[:20_000]


def key_of(raw: bytes) -> str:
    """Return the same key for a mail by whatever way it comes; its way adds headings on top."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    name = header(message, "Message-ID").strip()
    told = [name, addressed_by(message)] if name else [
        *(header(message, part) for part in ("From", "To", "Date", "Subject")),
        words_of(message),
    ]  # fmt: skip
    return sha256("\n".join(told).encode(errors="replace")).hexdigest()


def addressed_by(message: Message) -> str:
    """Return whom the writer wrote to: a name used twice for two addresses is two mails."""
    return f"{header(message, 'To')} {header(message, 'Cc')}".strip().casefold()


def header(message: Message, name: str) -> str:
    """Return one heading in words; one that makes no sense is empty."""
    with suppress(ValueError, LookupError, UnicodeError, IndexError, TypeError):
        return str(make_header(decode_header(str(message.get(name, "")))))
    return ""


def sign_of_a_machine(message: Message) -> str:
    """Return what shows that no person wrote it, so that no two machines ever talk to each other."""
    submitted = header(message, "Auto-Submitted").split(";")[0].strip().casefold()
    if submitted not in ("", "no"):
        return f"Auto-Submitted: {submitted[:40]}"
    if header(message, "Precedence").strip().casefold() in BY_MACHINES:
        return "Precedence"
    if header(message, "Return-Path").strip() == "<>":
        return "Return-Path: <>"
    if message.get_content_type() == "multipart/report":
        return "multipart/report"
    if DAEMONS.match(parseaddr(header(message, "From"))[1]):
        return "From"
    return next((name for name in TELLING if message.get(name) is not None), "")


def words_of(message: Message) -> str:
    """Return the plain words of a mail; where it has only HTML, the words of that."""
    parts = list(own_parts(message))
    plain = [text_in(part) for part in parts if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return tidy("\n".join(plain))
    pages = [text_of(text_in(p)) for p in parts if p.get_content_type() == "text/html"]
    return tidy("\n".join(pages))


def own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts that are read, not those of an attached mail, and no file."""
    if message.get_content_type() == "message/rfc822" or is_file(message):
        return
    if not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from own_parts(part)


def is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def files_of(message: Message) -> list[str]:
    """Return the names of what was attached; pictures of a signature are no files."""
    found = []
    for part in message.walk():
        is_named = bool(part.get_filename()) and not part.get("Content-ID")
        if (is_file(part) or is_named) and part.get_content_type() not in NOT_FILES:
            found.append(name_of(part))
    return found[:MOST_FILES]


def name_of(part: Message) -> str:
    with suppress(ValueError, LookupError, UnicodeError, IndexError, TypeError):
        return str(make_header(decode_header(str(part.get_filename() or ""))))[:120]
    return ""


def text_in(part: Message) -> str:
    """Return the text of one part in whatever alphabet it says, or claims."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        text = content.decode(charset)
    except (LookupError, UnicodeError):
        text = content.decode("utf-8", errors="replace")
    return unfolded(text) if part.get_param("format") == "flowed" else text


def unfolded(text: str) -> str:
    """Return flowed text with the lines that a mail program broke put together again (RFC 3676)."""
    told: list[str] = []
    goes_on = False
    for line in text.splitlines():
        is_signature, is_quoted = line == "-- ", line.startswith(">")
        if goes_on and not is_signature and not is_quoted:
            told[-1] += line
        else:
            told.append(line)
        goes_on = line.endswith(" ") and not is_signature and not is_quoted
    return "\n".join(told)


def tidy(text: str) -> str:
    """Return text without characters that show nothing, in lines, with no wide gaps."""
    told = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in told if c in JOINING or shows(c))
    return re.sub(r"\n{3,}", "\n\n", kept)


def shows(character: str) -> bool:
    return unicodedata.category(character) not in SHOWING_NOTHING
