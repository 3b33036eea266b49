"""To whom can somebody write in the office, and what waits in whose inbox?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lodestar.domain.applications.models import Application
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.groups.models import Member
from lodestar.domain.matching.queries import own_matches
from lodestar.domain.messaging.models import ReadMark
from lodestar.domain.messaging.queries.threads import (
    ThreadPage,
    marks_of,
    thread_page,
    with_reading,
    words_behind,
)
from lodestar.domain.office.models import OfficeMessage, Thread
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role, kept_apart_from
from lodestar.domain.programs.models import Program
from lodestar.domain.programs.queries import (
    coordinates_anything,
    coordinators_of,
    is_coordinator,
    programs_for,
)

Status = Thread.Status


@dataclass(frozen=True)
class Office:
    """One office as somebody finds it: of a program or of the association, who reads there, and what was written."""

    program: Program | None
    readers: list[Person]
    thread: Thread | None
    is_own: bool = False
    is_unread: bool = False


@dataclass(frozen=True)
class Line:
    """One thread in an inbox."""

    thread: Thread
    is_unread: bool


def offices_for(person: Person) -> list[Office]:
    """Return where somebody can write, or has written: the programs they know first, then the association."""
    known = programs_known_to(person).order_by("name", "pk")
    apart = set_apart_from(person)
    found = [office_of(person, program, apart) for program in [*known, None]]
    return [office for office in found if office.readers or office.thread or office.is_own]


def programs_known_to(person: Person) -> QuerySet[Program]:
    """Return the programs that somebody can read about, applied to, wrote to, or looks after."""
    applied = Application.objects.filter(person=person).values("cohort__program")
    written = Thread.objects.filter(person=person, program__isnull=False).values("program")
    known = Q(is_public=True) | Q(pk__in=applied) | Q(pk__in=written)
    return Program.objects.filter(known | Q(pk__in=programs_for(person).values("pk")))


def office_for(person: Person, slug: str = "") -> Office:
    """Return the office of a program that somebody knows; without one, the association's."""
    program = one(programs_known_to(person), slug=slug) if slug else None
    return office_of(person, program, set_apart_from(person))


def office_of(person: Person, program: Program | None, apart: set[int]) -> Office:
    thread = threads_with_people().filter(person=person, program=program).first()
    return Office(
        program,
        beside(person, apart, people_of_the_office(program)),
        thread,
        is_own=is_of_the_office(person, program),
        is_unread=thread is not None and is_unread(thread, person),
    )


def is_of_the_office(person: Person, program: Program | None) -> bool:
    return is_coordinator(person, program) if program else has_role(person, Role.Kind.ADMIN)


def readers_for(person: Person, program: Program | None) -> list[Person]:
    """Return who reads what somebody writes: all of the office, except those too close to them or kept apart."""
    return beside(person, set_apart_from(person), people_of_the_office(program))


def beside(person: Person, apart: set[int], staff: Iterable[Person]) -> list[Person]:
    """Return who of some people is neither somebody themselves nor set apart from them."""
    return [each for each in staff if each.pk != person.pk and each.pk not in apart]


def people_of_the_office(program: Program | None) -> list[Person]:
    if program is not None:
        return [each.person for each in coordinators_of(program)]
    rows = Role.objects.filter(kind=Role.Kind.ADMIN, person__blocked_at=None)
    return [role.person for role in rows.select_related("person").order_by("pk")]


def set_apart_from(person: Person) -> set[int]:
    """Return who is no office for somebody: partners, people of their groups, and those whom a block keeps apart."""
    pairs = own_matches(person).order_by().values_list("mentor__person", "mentee__person")
    groups = Member.objects.filter(participant__person=person).values("group")
    members = Member.objects.filter(group__in=groups).values_list("participant__person", flat=True)
    company = {key for pair in pairs for key in pair} | set(members)
    return (company | kept_apart_from(person)) - {person.pk}


def threads_with_people() -> QuerySet[Thread]:
    return Thread.objects.select_related("program", "person", "looked_after_by")


def has_own_thread(person: Person, key: str) -> bool:
    return Thread.objects.filter(public_id=key, person=person).exists()


def own_thread_for(person: Person, key: str) -> Thread:
    return one(threads_with_people(), public_id=key, person=person)


def threads_for(person: Person) -> QuerySet[Thread]:
    """Return what somebody of the office may read: of their programs, and as an admin what is for the association."""
    own = Q(program__in=programs_for(person).values("pk"))
    if has_role(person, Role.Kind.ADMIN):
        own |= Q(program=None)
    found = threads_with_people().filter(own, person__blocked_at=None)
    return found.exclude(person=person).exclude(person__in=set_apart_from(person))


def thread_for(person: Person, key: str) -> Thread:
    """Return one thread of somebody's inbox."""
    return one(threads_for(person), public_id=key)


def refuse_unless_of_an_office(person: Person) -> None:
    if not coordinates_anything(person) and not has_role(person, Role.Kind.ADMIN):
        raise NotFoundError


def open_threads(person: Person) -> QuerySet[Thread]:
    """Return what is not closed: what waits comes first, the longest waiting before others."""
    rows = threads_for(person).exclude(status=Status.CLOSED)
    return rows.order_by(F("waiting_since").asc(nulls_last=True), "-last_at", "pk")


def closed_threads(person: Person) -> QuerySet[Thread]:
    return threads_for(person).filter(status=Status.CLOSED).order_by("-last_at", "-pk")


def waiting_count(person: Person) -> int:
    return threads_for(person).filter(status=Status.WAITING).count()


def lines_of(threads: Iterable[Thread], reader: Person) -> list[Line]:
    """Return some threads of an inbox, with what its reader has not seen yet."""
    found = list(threads)
    newest = (
        OfficeMessage.objects.filter(thread__in=found, author=F("thread__person"))
        .order_by()
        .values_list("thread")
        .annotate(newest=Max("pk"))
    )
    marks = ReadMark.objects.filter(
        person=reader,
        about_kind=Thread._meta.label_lower,
        about_key__in=[thread.public_id for thread in found],
    )
    written, read = dict(newest), dict(marks.values_list("about_key", "up_to"))
    return [
        Line(thread, written.get(thread.pk, 0) > read.get(thread.public_id, 0)) for thread in found
    ]


def is_unread(thread: Thread, person: Person) -> bool:
    """Whether the office wrote something to the person of a thread that they have not opened."""
    theirs = thread.messages.exclude(author=person).order_by("-pk")
    newest = theirs.values_list("pk", flat=True).first() or 0
    read = marks_of(thread).filter(person=person).values_list("up_to", flat=True).first() or 0
    return newest > read


def unread_answers(person: Person) -> list[Thread]:
    """Return in which of their threads an answer waits to be read by somebody."""
    mark = ReadMark.objects.filter(
        person=person, about_kind=Thread._meta.label_lower, about_key=OuterRef("public_id")
    )
    newest = Max("messages", filter=~Q(messages__author=person))
    read = Coalesce(Subquery(mark.values("up_to")[:1]), 0)
    own = threads_with_people().filter(person=person).annotate(newest=newest, read=read)
    return list(own.filter(newest__gt=F("read")).order_by("pk"))


def page_of(thread: Thread, reader: Person, page: int = 1) -> ThreadPage[OfficeMessage]:
    """Return a page of a thread for one of its two sides, with how far the other has read."""
    found = thread_page(thread.messages.all(), page)
    office = [*readers_for(thread.person, thread.program), *authors_of_the_office(thread, found)]
    if reader.pk == thread.person_id:
        return with_reading(found, thread, [reader], office)
    return with_reading(found, thread, office, [thread.person])


def authors_of_the_office(thread: Thread, page: ThreadPage[OfficeMessage]) -> list[Person]:
    return [each.author for each in page.messages if each.author_id != thread.person_id]


def newest_in(thread: Thread) -> str:
    """Return the key of what was written last."""
    return thread.messages.order_by("-pk").values_list("public_id", flat=True).first() or ""


def words_for(thread: Thread, reader: Person, key: str = "") -> list[str]:
    """Return what a letter to one of the two sides is about, for readers who wish to have the words in it."""
    of_person = thread.messages.filter(author=thread.person_id)
    of_office = thread.messages.exclude(author=thread.person_id)
    sides = (of_office, of_person) if reader.pk == thread.person_id else (of_person, of_office)
    return words_behind(*sides, reader, key)
