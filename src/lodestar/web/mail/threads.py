"""In which threads can somebody write from their mail program, and what does writing do there?

A thread is known by what its letters are about. Whether the writer may write is for each room's own
action to say, at the moment of writing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.groups.actions import write_to_group
from lodestar.domain.groups.queries import room_for
from lodestar.domain.matching.queries import match_for
from lodestar.domain.matching.rules import other_side
from lodestar.domain.mentorships.actions import write_first_words, write_message
from lodestar.domain.mentorships.queries import mentorship_for, mentorship_of_match
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.messaging.models import Link
from lodestar.domain.office.actions import write_in_thread
from lodestar.domain.office.queries import has_own_thread, own_thread_for, thread_for
from lodestar.domain.people.models import Person
from lodestar.web.mail.links import page_url
from lodestar.web.mail.office import called, page_of


@dataclass(frozen=True)
class Thread:
    """One thread as one of its people sees it: with whom, where, and how to write in it."""

    whom: str
    url: str
    write: Callable[[str, str], object]  # a text, and the key under which it is one message


def thread_of(link: Link) -> Thread:
    """Return the thread that a reply address, or a link to answer, leads to."""
    find = THREADS.get(link.about_kind)
    if find is None:
        raise NotFoundError
    return find(link.person, link.about_key)


def of_mentorship(person: Person, key: str) -> Thread:
    found = mentorship_for(person, key)
    return Thread(
        partner_of(found, person).first_name,
        page_url("portal:mentorship", found.public_id),
        lambda text, form_key: write_message(found, by=person, text=text, form_key=form_key),
    )


def of_match(person: Person, key: str) -> Thread:
    """Return the thread of a trial, or the room that it has become since the letter went out."""
    if mentorship := mentorship_of_match(key, person):
        return of_mentorship(person, mentorship.public_id)
    found = match_for(person, key)
    return Thread(
        other_side(found, person).person.first_name,
        page_url("portal:match", found.public_id),
        lambda text, form_key: write_first_words(found, by=person, text=text, form_key=form_key),
    )


def of_group(person: Person, key: str) -> Thread:
    member = room_for(person, key)
    return Thread(
        str(member.group),
        page_url("portal:group", member.group.public_id),
        lambda text, form_key: write_to_group(member, text=text, form_key=form_key),
    )


def of_office(person: Person, key: str) -> Thread:
    """Return the thread with an office, from the side on which its reader stands."""
    is_theirs = has_own_thread(person, key)
    found = own_thread_for(person, key) if is_theirs else thread_for(person, key)
    return Thread(
        called(found) if is_theirs else found.person.first_name,
        page_of(found) if is_theirs else page_url("console:thread", found.public_id),
        lambda text, form_key: write_in_thread(found, by=person, text=text, form_key=form_key),
    )


THREADS: dict[str, Callable[[Person, str], Thread]] = {
    "mentorships.mentorship": of_mentorship,
    "matching.match": of_match,
    "groups.group": of_group,
    "office.thread": of_office,
}
