"""What did the two write to each other?"""

from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship, Message
from lodestar.domain.messaging.queries import threads
from lodestar.domain.messaging.queries.threads import ThreadPage, thread_page, with_reading
from lodestar.domain.people.models import Person


def thread_of(
    mentorship: Mentorship, page: int = 1, reader: Person | None = None
) -> ThreadPage[Message]:
    """Return a page of the thread counted from its newest end; for one of the two, with how far the other has read."""
    thread = thread_page(mentorship.messages.all(), page)
    return read_by_other(thread, mentorship, mentorship.match, reader)


def first_words_of(
    match: Match, page: int = 1, reader: Person | None = None
) -> ThreadPage[Message]:
    """Return a page of what two people wrote while they get to know each other."""
    thread = thread_page(Message.objects.filter(match=match), page)
    return read_by_other(thread, match, match, reader)


def read_by_other(
    thread: ThreadPage[Message], about: Mentorship | Match, match: Match, reader: Person | None
) -> ThreadPage[Message]:
    if reader is None:
        return thread
    mentor, mentee = match.mentor.person, match.mentee.person
    return with_reading(thread, about, [reader], [mentee if reader.pk == mentor.pk else mentor])


def words_behind(about: Mentorship | Match, reader: Person, key: str = "") -> list[str]:
    """Return what a letter to the reader is about, if they wish to have the words in it."""
    field = "match" if isinstance(about, Match) else "mentorship"
    written = Message.objects.filter(**{field: about})
    theirs, own = written.exclude(author=reader), written.filter(author=reader)
    return threads.words_behind(theirs, own, reader, key)


def has_unanswered_message(mentorship: Mentorship, person: Person) -> bool:
    """The partner wrote last, and the two have not met since."""
    last = mentorship.messages.order_by("-pk").first()
    if last is None or last.author_id == person.pk:
        return False
    return not mentorship.meetings.filter(held_on__gt=last.created_at.date()).exists()
