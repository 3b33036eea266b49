"""What is the address of a link, and is this address ours?"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.actions import open_link
from lodestar.domain.messaging.models import Letter, Link
from lodestar.web.common.links import absolute

_is_only_looked_at: ContextVar[bool] = ContextVar("is_only_looked_at", default=False)


@contextmanager
def without_links() -> Iterator[None]:
    """Write letters without opening a way in for anybody: every signed address is blank meanwhile."""
    mark = _is_only_looked_at.set(True)
    try:
        yield
    finally:
        _is_only_looked_at.reset(mark)


def are_closed() -> bool:
    """Whether a letter is written for somebody who may not act as its reader."""
    return _is_only_looked_at.get()


def page_url(name: str, *args: object) -> str:
    """Return the full address of one of our pages by its name, as `portal:match`."""
    return absolute(reverse(name, args=args))


def signature_of(link: Link) -> str:
    """Return the keyed hash that binds a link's key to its purpose."""
    return Signer(salt="lodestar.link").signature(f"{link.public_id} {link.purpose}")


def is_signed(link: Link, signature: str) -> bool:
    return constant_time_compare(signature_of(link), signature)


def link_url(link: Link) -> str:
    return page_url("mail:link", link.public_id, signature_of(link))


def stop_url(letter: Letter, now: datetime) -> str:
    """Return where the reader says that they want no more letters of this kind."""
    if letter.person is None or are_closed():
        return ""
    until = now + timedelta(days=400)
    return link_url(open_link("letters.stop", person=letter.person, about=letter, expires_at=until))


def choose_url(letter: Letter, now: datetime) -> str:
    """Return where the reader says how and when they want their letters, without signing in."""
    if letter.person is None or are_closed():
        return ""
    until = now + timedelta(days=400)
    about = letter.person
    return link_url(open_link("letters.choose", person=about, about=about, expires_at=until))


def answer_url(letter: Letter, purpose: str, about: Fact, expires_at: datetime) -> str:
    """Return the signed address at which the reader answers without signing in."""
    if letter.person is None:
        raise ValueError("Only a letter to a person can carry an answer link.")
    if are_closed():
        return ""
    link = open_link(purpose, person=letter.person, about=about, expires_at=expires_at)
    return link_url(link)
