"""At which address does an answer to a letter arrive, and whose is it?"""

import hmac
import re
from base64 import b32encode
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import open_link
from lodestar.domain.messaging.models import Letter, Link
from lodestar.domain.messaging.queries import reply_link
from lodestar.domain.messaging.rules import REPLIES_FOR, REPLY
from lodestar.web.mail.links import are_closed, signature_of

SIGNED_CHARACTERS = 20  # a hundred bits, in letters that no mail server changes
MOST_ADDRESSES = 5
TOLERANCE = timedelta(minutes=5)


def reply_address(letter: Letter, about: Fact) -> str:
    """Return the address at which the reader's answer arrives, or "" where none is set up."""
    if letter.person is None or not settings.INBOUND_ADDRESS or are_closed():
        return ""
    until = now() + REPLIES_FOR
    return address_of(open_link(REPLY, person=letter.person, about=about, expires_at=until))


def address_of(link: Link) -> str:
    name, domain = settings.INBOUND_ADDRESS.rsplit("@", 1)
    return f"{name}+{link.public_id}.{short_signature(link)}@{domain}"


def short_signature(link: Link) -> str:
    """Return the keyed hash of a link in small letters: the name in an address may lose its case."""
    digest = salted_hmac("lodestar.reply", signature_of(link), algorithm="sha256").digest()
    return b32encode(digest).decode().lower()[:SIGNED_CHARACTERS]


def link_behind(addressed: str) -> Link | None:
    """Return the link of the first of our addresses among those a mail was sent to; a forged one is none."""
    if not settings.INBOUND_ADDRESS:
        return None
    name, domain = map(re.escape, settings.INBOUND_ADDRESS.rsplit("@", 1))
    ours = re.compile(
        rf"\b{name}\+([0-9a-z]{{16}})\.([a-z2-7]{{{SIGNED_CHARACTERS}}})@{domain}\b", re.I
    )
    for key, signature in ours.findall(addressed)[:MOST_ADDRESSES]:
        link = reply_link(key.lower())
        if link and hmac.compare_digest(short_signature(link), signature.lower()):
            return link
    return None


def our_marks() -> tuple[str, ...]:
    """Return what stands in our letters alone: our addresses, and the beginning of every signed link."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    reply = [f"{name}+"] if domain else []
    return tuple(filter(None, [sender, f"{settings.BASE_URL}/m/", *reply]))


def is_ours(sender: str) -> bool:
    """Whether a mail comes from ourselves: then it runs in a circle."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].casefold()
    told = sender.casefold()
    name, _at, domain = settings.INBOUND_ADDRESS.casefold().rpartition("@")
    is_reply = bool(domain) and told.endswith(f"@{domain}") and told.split("+")[0] == name
    return (bool(own) and told == own) or is_reply


def is_authentic(body: bytes, *, bearer: str, stamp: str, signature: str) -> bool:
    """Whether whoever brings a mail knows the secret: they say it, or they signed the mail with it."""
    secret = settings.INBOUND_SECRET
    if bearer:
        return hmac.compare_digest(bearer.encode(), secret.encode())
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return False
    if abs(now().timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        return False
    wanted = hmac.new(secret.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
    return hmac.compare_digest(signature.encode(), wanted.encode())
