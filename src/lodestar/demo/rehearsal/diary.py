"""What is written down while a cohort is rehearsed? What happened, which letters went, and what broke."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from lodestar.demo.rehearsal.drawer import emptied
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import address_for
from lodestar.domain.rehearsals.rules import stage_of

Write = Callable[[Letter, str], EmailMessage]
MOST_EVENTS, MOST_ERRORS = 6000, 40
MOST_TEXT = 4_000_000
FAILED = {Letter.Status.HELD: "held", Letter.Status.DEAD: "dead", Letter.Status.QUEUED: "broken"}


@dataclass
class Diary:
    """Keeps entries in the plain form in which the row stores them."""

    write: Write
    keys: dict[int, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    broken: dict[str, dict[str, Any]] = field(default_factory=dict)
    day: date = date.min
    room: str = ""
    text_size: int = 0
    texts_left_out: int = 0
    seen: set[int] = field(default_factory=set)

    def note(self, code: str, who: Iterable[str] = ()) -> None:
        """Write down that something happened to these people today; the same thing is one entry a day."""
        today = self.day.isoformat()
        for event in reversed(self.events):
            if event["day"] != today:
                break
            if event["code"] == code:
                event["who"] += [key for key in who if key not in event["who"]]
                return
        if len(self.events) < MOST_EVENTS:
            self.events.append({"day": today, "code": code, "who": list(who)})

    def broke(self, code: str, stage: str, said: str, who: Iterable[str] = ()) -> None:
        """Write down what did not work, once for each thing that can go wrong."""
        if code not in self.broken and len(self.broken) < MOST_ERRORS:
            self.broken[code] = {
                "code": code, "stage": str(stage), "said": said[:480], "who": list(who),
                "day": self.day.isoformat(),
            }  # fmt: skip

    def collect(self) -> None:
        """Take the letters out of the drawer, and look for those that never got there."""
        mails = {letter_id(mail): mail for mail in emptied()}
        sent = Letter.objects.filter(public_id__in=mails).select_related("person").order_by("pk")
        for letter in sent:
            self.keep(letter, "sent", mails[letter.public_id])
        failed = Letter.objects.filter(status__in=FAILED).exclude(problem="").exclude(pk__in=self.seen)  # fmt: skip
        for letter in failed.select_related("person").order_by("pk"):
            self.seen.add(letter.pk)
            self.keep(letter, FAILED[Letter.Status(letter.status)], self.written(letter))

    def written(self, letter: Letter) -> EmailMessage | None:
        """Return how a letter would have read that was not sent, if it can be written at all."""
        try:
            return self.write(letter, address_for(letter) or "nobody@rehearsal.invalid")
        except Exception:  # why it cannot be written stands in the letter's own row
            return None

    def keep(self, letter: Letter, fate: str, mail: EmailMessage | None) -> None:
        text = str(mail.body) if mail else ""
        self.text_size += len(text)
        if self.text_size > MOST_TEXT:
            text, self.texts_left_out = "", self.texts_left_out + 1
        self.letters.append(
            {
                "day": self.day.isoformat(),
                "to": self.keys.get(letter.person_id or 0, letter.email),
                "kind": letter.kind,
                "fate": fate,
                "why": "" if fate == "sent" else letter.problem,
                "subject": str(mail.subject) if mail else "",
                "text": text,
            }
        )


def letter_id(mail: EmailMessage) -> str:
    """Return the letter's own id, which its Message-ID begins with."""
    return str(mail.extra_headers["Message-ID"]).lstrip("<").partition(".")[0]


class ErrorNotes(logging.Handler):
    """Hears of errors that a job survived, because one bad row must not keep the others waiting."""

    def __init__(self, diary: Diary) -> None:
        super().__init__(level=logging.ERROR)
        self.diary = diary

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "lodestar.mail":
            return  # the letter itself is kept, with what is wrong with it
        error = record.exc_info[1] if record.exc_info else None
        note_error(self.diary, self.diary.room, error or Exception(record.getMessage()))


def note_error(diary: Diary, room: str, error: BaseException) -> None:
    """Write down an error nobody foresaw, where it happened."""
    told = {"what": room.removeprefix("lodestar."), "error": f"{type(error).__name__}: {error}"[:300]}  # fmt: skip
    said = _("Something broke in the software itself, at “%(what)s”: %(error)s. Please tell whoever runs this installation.")  # fmt: skip
    diary.broke(f"error:{room}:{type(error).__name__}", stage_of(room), said % told)
