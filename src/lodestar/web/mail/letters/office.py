"""The letters between a person and the office: both can be answered by mail."""

from datetime import timedelta

from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import wishes_of
from lodestar.domain.office.models import Thread
from lodestar.domain.office.queries import own_thread_for, thread_for, words_for
from lodestar.domain.people.models import Person
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.office import called, page_of
from lodestar.web.mail.registry import MESSAGES, Answers, Button, Written, letter
from lodestar.web.mail.words import in_lines

ANSWER_WITHIN = timedelta(days=60)


def reader_of(letter: Letter) -> Person:
    if letter.person is None:
        raise NotFoundError
    return letter.person


def written(
    letter: Letter, thread: Thread, name: str, subject: str, whom: str, url: str
) -> Written:
    reader = reader_of(letter)
    answer = answer_url(letter, "message.answer", thread, now() + ANSWER_WITHIN)
    return Written(
        subject=subject,
        template=f"mail/office/{name}.txt",
        facts={
            "first_name": reader.first_name,
            "writer": thread.person.full_name,
            "office": called(thread),
            "has_words": wishes_of(reader).has_words,
            "is_mine": thread.looked_after_by_id == reader.pk,
        },
        button=Button(_("Read and answer"), url),
        links=[Button(_("Write an answer without signing in"), answer)],
        said=in_lines(words_for(thread, reader, letter.words.get("message", ""))),
        answers=Answers(thread, whom),
    )


@letter("office.written", topic=MESSAGES)
def to_the_office(letter: Letter) -> Written:
    """Somebody wrote to the office, and whoever looks after them hears of it."""
    thread = thread_for(reader_of(letter), letter.about_key)
    subject = _("%(name)s wrote to the office") % {"name": thread.person.full_name}
    url = page_url("console:thread", thread.public_id)
    return written(letter, thread, "written", subject, thread.person.first_name, url)


@letter("office.answered", topic=MESSAGES)
def to_the_person(letter: Letter) -> Written:
    """The office has answered; its words stand in the thread."""
    thread = own_thread_for(reader_of(letter), letter.about_key)
    subject = _("%(office)s has answered you") % {"office": called(thread)}
    return written(letter, thread, "answered", subject, called(thread), page_of(thread))
