"""Which news is for whom, and who may write it?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.time import now
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.community.rules import news as rules
from lodestar.domain.messaging.models import Subscription
from lodestar.domain.needs.queries.roll import left_to_news
from lodestar.domain.people.models import Account, Address, Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs.models import Audience, Cohort, Program
from lodestar.domain.programs.queries import is_coordinator, programs_for
from lodestar.domain.programs.queries.reach import meets

NEWS = "community.news"


def meant_by(piece: NewsPiece) -> Q:
    """Return the one condition that tells whom a piece of news is for."""
    narrowing = {name: getattr(piece, name) for name in rules.NARROWING}
    found = meets(Audience(**narrowing))
    if piece.program_id is None:
        return found
    inside = Participant.objects.filter(left_at=None, cohort__program=piece.program_id)
    if piece.cohort_id is not None:
        inside = inside.filter(cohort=piece.cohort_id)
    if piece.role:
        inside = inside.filter(role=piece.role)
    return found & Q(pk__in=inside.values("person"))


def people_meant(piece: NewsPiece) -> QuerySet[Person]:
    """Return whom a piece is for, of those who have not left and are not shut out."""
    present = Person.objects.filter(blocked_at=None, leaving_at=None)
    return present.filter(pk__in=Person.objects.filter(meant_by(piece)).values("pk"))


def people_to_write_to(piece: NewsPiece) -> QuerySet[Person]:
    """Return who gets it as a letter, too: whoever has an address and has not said no to news."""
    unwanted = Subscription.objects.filter(person=OuterRef("pk"), kind=NEWS, is_wanted=False)
    addresses = Address.objects.filter(person=OuterRef("pk"))
    return left_to_news(people_meant(piece)).filter(Exists(addresses), ~Exists(unwanted))


@dataclass(frozen=True, slots=True)
class Readers:
    """How many people a piece is for, how many of them can sign in, and how many would get a letter."""

    meant: int
    in_portal: int
    by_letter: int


def readers_of(piece: NewsPiece) -> Readers:
    meant = people_meant(piece)
    signing_in = meant.filter(Exists(Account.objects.filter(person=OuterRef("pk"))))
    return Readers(meant.count(), signing_in.count(), people_to_write_to(piece).count())


def told_news(at: datetime) -> QuerySet[NewsPiece]:
    """Return what is out, whoever it is for."""
    return NewsPiece.objects.filter(published_at__lte=at, withdrawn_at=None)


def news_for(person: Person) -> QuerySet[NewsPiece]:
    """Return the news that is for this person, the newest first.

    Pieces that are for the same people are asked about once, all in one statement.
    """
    alike: dict[str, list[NewsPiece]] = defaultdict(list)
    for piece in told_news(now()).defer("text"):
        alike[repr([getattr(piece, name) for name in rules.WHOM])].append(piece)
    groups = list(alike.values())
    asked = {f"is_{n}": Count("pk", filter=meant_by(some[0])) for n, some in enumerate(groups)}
    answers = Person.objects.filter(pk=person.pk).aggregate(**asked) if asked else {}
    keys = [p.pk for n, some in enumerate(groups) if answers[f"is_{n}"] for p in some]
    found = NewsPiece.objects.filter(pk__in=keys).select_related("program", "cohort")
    return found.order_by("-published_at", "-pk")


def piece_to_read(person: Person, key: str) -> NewsPiece:
    """Return a piece of news for whom it is for, and for nobody else."""
    return one(news_for(person), public_id=key)


def may_write_for(person: Person, program: Program | None) -> bool:
    """To a program's people its coordinators write; to everybody, the association's admins."""
    if program is None:
        return has_role(person, Role.Kind.ADMIN)
    return is_coordinator(person, program)


def news_written_for(person: Person) -> QuerySet[NewsPiece]:
    """Return the news that this person looks after, the newest first."""
    mine = programs_for(person)
    whom = Q(program__in=mine.values("pk"))
    if has_role(person, Role.Kind.ADMIN):
        whom |= Q(program=None)
    elif not mine.exists():
        raise NotFoundError
    rows = NewsPiece.objects.filter(whom).select_related("program", "cohort")
    return rows.order_by("-created_at", "-pk")


def piece_for(person: Person, key: str) -> NewsPiece:
    """Return a piece of news for whoever looks after it."""
    return one(news_written_for(person), public_id=key)


@dataclass(frozen=True, slots=True)
class Places:
    """To whom somebody may write: to everybody or not, and to which programs and cohorts."""

    everybody: bool
    programs: list[Program]
    cohorts: list[Cohort]


def places_to_write(person: Person) -> Places:
    programs = list(programs_for(person))
    everybody = has_role(person, Role.Kind.ADMIN)
    if not programs and not everybody:
        raise NotFoundError
    return Places(everybody, programs, [c for program in programs for c in program.cohorts.all()])


def news_owing_letters(at: datetime) -> QuerySet[NewsPiece]:
    """Return news that is out and not yet queued as a letter to everybody who should get one."""
    waiting = told_news(at).filter(by_letter=True, letters_done_at=None)
    return waiting.select_related("cohort").order_by("published_at", "pk")


def piece_by_key(key: str) -> NewsPiece:
    """Return a piece of news for the letter about it; not for pages."""
    return one(NewsPiece.objects.select_related("program", "cohort"), public_id=key)
