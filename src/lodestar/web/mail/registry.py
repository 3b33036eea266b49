"""Which letters and which links does the letter box know?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from django.http import QueryDict

from lodestar.domain.messaging.models import Letter, Link


@dataclass(frozen=True)
class Button:
    """A labelled address; in a letter's text it becomes the label with the address beneath."""

    label: str
    url: str


@dataclass(frozen=True)
class Written:
    """A letter in words: its subject, the template of its paragraphs, and what they mention.

    Facts are words, numbers, dates, or lists and dicts of these, never rows: whatever people
    typed is fenced before it meets the template.
    """

    subject: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    button: Button | None = None
    links: Sequence[Button] = ()
    code: str = ""
    why: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of letter: who writes it, whether it may be refused, and what a crash means."""

    name: str
    write: Callable[[Letter], Written]
    is_optional: bool
    is_held_after_crash: bool


@dataclass(frozen=True)
class LinkPage:
    """What a link's page shows; `choices` are the answers as (value, label), the first is filled."""

    title: str
    sentences: Sequence[str] = ()
    choices: Sequence[tuple[str, str]] = ()
    template: str = "mail/links/ask.html"
    facts: Mapping[str, object] = field(default_factory=dict)


Page = Callable[[Link], LinkPage]
Act = Callable[[Link, QueryDict], LinkPage]


@dataclass(frozen=True)
class Purpose:
    """What a link is for: `page` answers GET and changes nothing, `act` answers POST.

    `act` returns the page that says what was done. It raises `AskAgain` with a page when the
    answer makes no sense, and RefusedError when the rules say no; the link then stays open.
    """

    name: str
    page: Page
    act: Act
    is_used_once: bool


class AskAgain(Exception):  # noqa: N818  an answer, not an error
    """The form has errors; this page says which."""

    def __init__(self, page: LinkPage) -> None:
        super().__init__(page.title)
        self.page = page


def typed(answers: QueryDict, name: str, longest: int) -> str:
    """Return what was typed under a name, without the zeros that PostgreSQL keeps in no text."""
    return str(answers.get(name, "")).replace("\x00", "")[:longest]


KINDS: dict[str, Kind] = {}
PURPOSES: dict[str, Purpose] = {}
Writer = Callable[[Letter], Written]


def letter(
    kind: str, *, optional: bool = False, hold_after_crash: bool = False
) -> Callable[[Writer], Writer]:
    """Register the function that writes a kind of letter.

    Optional letters carry an unsubscribe link. With `hold_after_crash` a letter that perhaps went
    out waits for a person; without it, it is sent again with the same Message-ID.
    """

    def register(write: Writer) -> Writer:
        KINDS[kind] = Kind(kind, write, optional, hold_after_crash)
        return write

    return register


def purpose(name: str, *, page: Page, act: Act, once: bool = True) -> Purpose:
    """Register the two functions behind a link; `once=False` lets it be answered again and again."""
    PURPOSES[name] = Purpose(name, page, act, once)
    return PURPOSES[name]


def held_kinds() -> frozenset[str]:
    return frozenset(kind.name for kind in KINDS.values() if kind.is_held_after_crash)


def load() -> None:
    """Import every module of letters and purposes, so that each registers what it has."""
    for shelf in ("letters", "purposes"):
        package = import_module(f"lodestar.web.mail.{shelf}")
        for found in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{found.name}")
