"""Where does a page of a thread begin, and how far has somebody read it?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import QuerySet

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.models import LetterWishes, ReadMark, Writing
from lodestar.domain.messaging.queries import wishes_of
from lodestar.domain.people.models import Person

PAGE_SIZE = 20
MOST_IN_A_LETTER = 5
W = TypeVar("W", bound=Writing)


@dataclass(frozen=True)
class ThreadPage(Generic[W]):
    """One page of messages, the newest last, and where older and newer ones begin."""

    messages: list[W]
    total: int
    older_page: int | None
    newer_page: int | None
    read_key: int = 0  # the newest own message that the other side has read
    read_at: datetime | None = None
    read_by: Person | None = None


def thread_page(written: QuerySet[W], page: int) -> ThreadPage[W]:
    """Return a page of what was written in a thread, counted from its newest end."""
    total = written.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    newest_first = written.select_related("author").order_by("-pk")
    messages = list(newest_first[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])[::-1]
    return ThreadPage(
        messages,
        total,
        older_page=page + 1 if page < last else None,
        newer_page=page - 1 if page > 1 else None,
    )


def with_reading(
    thread: ThreadPage[W], about: Fact, own_side: Iterable[Person], others: Iterable[Person]
) -> ThreadPage[W]:
    """Add which messages of one side on its newest page the other has read, as far as they let it be known."""
    mark, sides = furthest_mark(others, about), {person.pk for person in own_side}
    if mark is None or thread.newer_page is not None:
        return thread
    own = [m.pk for m in thread.messages if m.author_id in sides and m.pk <= mark.up_to]
    if not own:
        return thread
    return replace(thread, read_key=own[-1], read_at=mark.read_at, read_by=mark.person)


def newest_read(thread: ThreadPage[W], own_side: Iterable[Person]) -> int:
    """Return the newest message of the others that somebody has read who saw this page, or 0 for an older page."""
    sides = {person.pk for person in own_side}
    theirs = [m.pk for m in thread.messages if m.author_id not in sides]
    return theirs[-1] if theirs and thread.newer_page is None else 0


def words_behind(theirs: QuerySet[W], own: QuerySet[W], reader: Person, key: str = "") -> list[str]:
    """Return what a letter to the reader is about: the one message, or what the others wrote since their own side did.

    Only for readers who wish to have the words in their letters.
    """
    if not wishes_of(reader).has_words:
        return []
    if key:
        return list(theirs.filter(public_id=key).values_list("text", flat=True))
    newest = own.order_by("-pk").values_list("pk", flat=True).first() or 0
    since = theirs.filter(pk__gt=newest).order_by("-pk")
    return list(since.values_list("text", flat=True)[:MOST_IN_A_LETTER])[::-1]


def furthest_mark(people: Iterable[Person], about: Fact) -> ReadMark | None:
    """Return how far the one of some people has read who came furthest, of those who let it be known."""
    shy = LetterWishes.objects.filter(shows_reading=False).values("person")
    marks = marks_of(about).filter(person__in=list(people)).exclude(person__in=shy)
    return marks.select_related("person").order_by("-up_to", "read_at", "pk").first()


def marks_of(about: Fact) -> QuerySet[ReadMark]:
    return ReadMark.objects.filter(about_kind=about._meta.label_lower, about_key=about.public_id)
