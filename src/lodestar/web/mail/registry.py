"""Which letters and which links does the letter box know?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from django.http import QueryDict

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.models import Letter, Link
from lodestar.web.common.calendar_files import CalendarFile


@dataclass(frozen=True)
class Button:
    """A labelled address; in a letter's text it becomes the label with the address beneath."""

    label: str
    url: str


@dataclass(frozen=True)
class Item:
    """One thing that a daily letter tells: in a line, with what was said, and where to go."""

    line: str
    said: Sequence[str]
    button: Button | None


@dataclass(frozen=True)
class Answers:
    """That one can answer a letter: in which thread the answer lands, and with whom."""

    about: Fact
    whom: str


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
    said: Sequence[str] = ()
    items: Sequence[Item] = ()
    answers: Answers | None = None
    calendar: CalendarFile | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of letter: who writes it, whether it may be refused, and what a crash means."""

    name: str
    write: Callable[[Letter], Written]
    is_optional: bool
    is_held_after_crash: bool
    topic: str = ""

    @property
    def is_for_any_hour(self) -> bool:
        """Whether it goes at night too: what is about somebody's safety can't wait."""
        return self.name in AT_ANY_HOUR


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
Told = Callable[[Link], Sequence[str]]


@dataclass(frozen=True)
class Purpose:
    """What a link is for: `page` answers GET and changes nothing, `act` answers POST.

    `act` returns the page that says what was done. It raises `AskAgain` with a page when the
    answer makes no sense, and RefusedError when the rules say no; the link then stays open. `told` says
    what was answered, to whoever opens a used link again.
    """

    name: str
    page: Page
    act: Act
    is_used_once: bool
    told: Told | None = None


class AskAgain(Exception):  # noqa: N818  an answer, not an error
    """The form has errors; this page says which."""

    def __init__(self, page: LinkPage) -> None:
        super().__init__(page.title)
        self.page = page


def typed(answers: QueryDict, name: str, longest: int) -> str:
    """Return what was typed under a name, without the zeros that PostgreSQL keeps in no text."""
    return str(answers.get(name, "")).replace("\x00", "")[:longest]


MESSAGES, REMINDERS = "messages", "reminders"
AT_ANY_HOUR = ("feedback.safety", "feedback.no_reader")
KINDS: dict[str, Kind] = {}
PURPOSES: dict[str, Purpose] = {}
Writer = Callable[[Letter], Written]


def letter(
    kind: str, *, optional: bool = False, hold_after_crash: bool = False, topic: str = ""
) -> Callable[[Writer], Writer]:
    """Register the function that writes a kind of letter.

    Optional letters carry an unsubscribe link. Those of a `topic` (messages, reminders) come at the pace that their
    reader chose. With `hold_after_crash` a letter that perhaps went
    out waits for a person; without it, it is sent again with the same Message-ID.
    """

    def register(write: Writer) -> Writer:
        KINDS[kind] = Kind(kind, write, optional, hold_after_crash, topic)
        return write

    return register


def purpose(
    name: str, *, page: Page, act: Act, once: bool = True, told: Told | None = None
) -> Purpose:
    """Register the two functions behind a link; `once=False` lets it be answered again and again."""
    PURPOSES[name] = Purpose(name, page, act, once, told)
    return PURPOSES[name]


def kinds_of(topic: str) -> list[str]:
    return sorted(kind.name for kind in KINDS.values() if kind.topic == topic)


def reminder_kinds() -> list[str]:
    return kinds_of(REMINDERS)


def held_kinds() -> frozenset[str]:
    return frozenset(kind.name for kind in KINDS.values() if kind.is_held_after_crash)


def load() -> None:
    """Import every module of letters and purposes, so that each registers what it has."""
    for shelf in ("letters", "purposes"):
        package = import_module(f"lodestar.web.mail.{shelf}")
        for found in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{found.name}")
