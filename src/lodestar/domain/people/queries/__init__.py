"""Whom do we know, and what may the one who asks see of them?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.people import rules
from lodestar.domain.people.models import (
    Account,
    Address,
    Association,
    Away,
    Block,
    CalendarFeed,
    Consent,
    Education,
    Import,
    ImportRow,
    Person,
    Position,
    Role,
)
from lodestar.domain.people.queries.names import is_named, words_of
from lodestar.domain.people.queries.own import (
    Untold,
    latest_studies,
    own_device_for,
    own_devices,
    own_history,
    own_passkeys,
    passkey_behind,
    present_work,
    untold,
    zone_guess,
)
from lodestar.domain.people.rules import Change, normalised
from lodestar.engine.answers.searching import MOST_ASKED
from lodestar.engine.calendars.free_time import Diary, FreeSpan
from lodestar.engine.tables.problems import TableError
from lodestar.engine.tables.reading import read_table

__all__ = [
    "Untold",
    "latest_studies",
    "own_device_for",
    "own_devices",
    "own_history",
    "own_passkeys",
    "passkey_behind",
    "present_work",
    "untold",
    "zone_guess",
]  # fmt: skip  what the other file holds
Row = ImportRow.Outcome


def association() -> Association:
    """Return the association, or an unsaved one with a plain name until an admin names it."""
    rows = Association.objects.defer("mark")
    return rows.first() or Association(name=str(_("Alumni association")))


def association_for(person: Person) -> Association:
    """Return the association to describe; only its admins do that."""
    if not has_role(person, Role.Kind.ADMIN):
        raise NotFoundError
    return association()


def association_mark() -> tuple[bytes, str]:
    """Return the association's drawing and its media type; both empty where there is none."""
    row = Association.objects.exclude(mark_type="").values_list("mark", "mark_type").first()
    return (bytes(row[0]), row[1]) if row and row[0] else (b"", "")


def has_role(person: Person | None, kind: Role.Kind) -> bool:
    return person is not None and Role.objects.filter(person=person, kind=kind).exists()


def can_sign_in(person: Person) -> bool:
    return person.blocked_at is None and Account.objects.filter(person=person).exists()


def is_last_admin(person: Person) -> bool:
    """Whether nobody else who can sign in would look after the association."""
    admins = Role.objects.filter(
        kind=Role.Kind.ADMIN, person__blocked_at=None, person__account__isnull=False
    )
    return has_role(person, Role.Kind.ADMIN) and not admins.exclude(person=person).exists()


def kept_apart_from(person: Person) -> set[int]:
    """Return whom a block keeps apart from somebody, whoever of the two set it."""
    rows = Block.objects.filter(Q(blocker=person) | Q(blocked=person), lifted_at=None)
    return {key for pair in rows.values_list("blocker", "blocked") for key in pair} - {person.pk}


def blocked_pairs(among: Iterable[int]) -> set[tuple[int, int]]:
    """Return the pairs of some people that a block keeps apart, each in both orders."""
    keys = set(among)
    rows = Block.objects.filter(lifted_at=None).values_list("blocker", "blocked")
    found = {(one, other) for one, other in rows if one in keys and other in keys}
    return found | {(other, one) for one, other in found}


def are_kept_apart(a: Person, b: Person) -> bool:
    return b.pk in kept_apart_from(a)


def own_blocks(person: Person) -> QuerySet[Block]:
    """Return whom this person blocks, for nobody but themselves."""
    rows = Block.objects.filter(blocker=person, lifted_at=None).select_related("blocked")
    return rows.order_by("-created_at", "-pk")


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def primary_email(person: Person) -> str:
    """Return the address to write to: the primary one, else a verified one, else any, else ""."""
    return addresses_of(person).values_list("email", flat=True).first() or ""


def primary_emails(people: QuerySet[Any, Any]) -> dict[int, str]:
    """Return the address to write to of many people, by their keys."""
    rows = to_write_to(Address.objects.filter(person__in=people))
    found: dict[int, str] = {}
    for key, email in rows.values_list("person", "email"):
        found.setdefault(key, email)
    return found


def addresses_of(person: Person) -> QuerySet[Address]:
    """Return a person's addresses, the one to write to first."""
    return to_write_to(person.addresses.all())


def to_write_to(addresses: QuerySet[Address]) -> QuerySet[Address]:
    return addresses.order_by("-is_primary", F("verified_at").asc(nulls_last=True), "pk")


def people_by_address(emails: Iterable[str]) -> dict[str, Person]:
    """Return the owners of normalised addresses.

    A verified address speaks for its owner. One that is not verified counts only as the first
    address of a single person without an account, so that nobody attracts an import by claiming
    an address, and a second address of one person never makes two people one.
    """
    addresses = Address.objects.filter(normalised__in=list(emails)).select_related(
        "person__account"
    )
    people: dict[int, Person] = {}
    verified: dict[str, Person] = {}
    claimed: dict[str, list[Person]] = {}
    for address in addresses.prefetch_related("person__educations", "person__positions"):
        person = people.setdefault(address.person_id, address.person)
        if address.verified_at is not None:
            verified[address.normalised] = person
        elif address.is_primary and not has_account(person):
            claimed.setdefault(address.normalised, []).append(person)
    lone = {email: owners[0] for email, owners in claimed.items() if len(owners) == 1}
    return {**lone, **verified}


def nobody(_emails: Iterable[str]) -> dict[str, Person]:
    """Return whom a program without a database knows."""
    return {}


def has_account(person: Person) -> bool:
    return hasattr(person, "account")


def imports() -> QuerySet[Import]:
    """Return every import, the newest first, without the bytes of its file."""
    rows = Import.objects.defer("content").select_related("uploaded_by")
    return rows.order_by("-created_at", "-pk")


def import_rows(source: Import, outcome: str = "") -> QuerySet[ImportRow]:
    """Return the rows of an import in the order of the file."""
    rows = ImportRow.objects.filter(source=source).order_by("number", "pk")
    return rows.filter(outcome=outcome) if outcome else rows


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows of an import have each outcome."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0
    """Of the new ones, those that an undo had to leave."""

    @property
    def people(self) -> int:
        return self.created + self.changed + self.unchanged


def row_counts(source: Import) -> RowCounts:
    """Count the rows by what they would do, or did; further rows of one person are not counted."""
    once = ImportRow.objects.filter(source=source).exclude(outcome=Row.UNCHANGED, values={})
    groups = once.values_list("outcome").order_by().annotate(Count("pk"))
    kept = ImportRow.objects.filter(source=source, outcome=Row.CREATED).exclude(reason="").count()
    return RowCounts(**dict(groups), kept=kept)


def rows_read(source: Import) -> int:
    return ImportRow.objects.filter(source=source).count()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row as the office looks at it: whom it means and what it changes."""

    row: ImportRow
    changes: Sequence[Change]


def rows_to_show(source: Import, outcome: str) -> QuerySet[ImportRow]:
    people = ("person__educations", "person__positions")
    rows = import_rows(source, outcome).select_related("person__account")
    return rows.prefetch_related(*people)


def shown_rows(rows: Sequence[ImportRow]) -> list[ShownRow]:
    """Say of each row what would change, or, once it is done, what did."""
    educations = Education.objects.in_bulk(_keys_in(rows, "educations"))
    positions = Position.objects.in_bulk(_keys_in(rows, "positions"))
    return [ShownRow(row, _changes_of(row, educations, positions)) for row in rows]


def _keys_in(rows: Sequence[ImportRow], name: str) -> list[int]:
    return [key for row in rows for key in row.before.get(name, ())]


def _changes_of(
    row: ImportRow, educations: dict[int, Education], positions: dict[int, Position]
) -> list[Change]:
    if row.before:
        studies = [educations[key] for key in row.before["educations"] if key in educations]
        work = [positions[key] for key in row.before["positions"] if key in positions]
        told = row.before["after"], row.before["fields"]
        return [*rules.changed_values(*told), *rules.added_history(studies, work)]
    if row.outcome != Row.CHANGED or row.person is None:
        return []
    after = rules.changes_to(row.person, row.values, has_account=has_account(row.person))
    before = {name: getattr(row.person, name) for name in after}
    studies = rules.educations_to_add(row.person, row.values)
    position = rules.position_to_add(row.person, row.values)
    history = rules.added_history(studies, [position] if position else [])
    return [*rules.changed_values(after, before), *history]


def refused_table(source: Import) -> Iterator[list[object]]:
    """Return the refused rows under their headings, with the cells of the file while it is kept."""
    refused = list(import_rows(source, Row.REFUSED).only("number", "field", "reason", "mend"))
    told = (_("Row"), _("Column"), _("Reason"), _("What to do"))
    headings, cells = _cells_of(source, {row.number for row in refused})
    yield [*told, *headings]
    for row in refused:
        yield [row.number, row.field, row.reason, row.mend, *cells.get(row.number, ())]


def _cells_of(source: Import, numbers: set[int]) -> tuple[Sequence[str], dict[int, Sequence[str]]]:
    if source.content is None:
        return (), {}
    try:
        table = read_table(bytes(source.content), source.file_name)
        return table.headings, {r.number: r.cells for r in table.rows if r.number in numbers}
    except TableError:
        return (), {}


def due_import(status: Import.Status, at: datetime) -> Import | None:
    """Return the oldest import in this state that nobody is working on."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = Import.objects.filter(free, status=status).defer("content")
    return waiting.order_by("created_at").first()


def account_behind(email: str) -> Account | None:
    """Return the account whose own address this is, or was: a changed one stays its person's."""
    same = normalised(email)
    account = Account.objects.select_related("person").filter(email=same).first()
    if account is not None:
        return account
    verified = Address.objects.filter(normalised=same, verified_at__isnull=False)
    owners = Account.objects.select_related("person").filter(person__in=verified.values("person"))
    return owners.first()


def person_to_claim(email: str) -> Person | None:
    """Return the one person without an account who has this address; None if there are more or none."""
    same = normalised(email)
    owner = Person.objects.filter(
        addresses__normalised=same, addresses__verified_at__isnull=False, account=None
    ).first()
    if owner is not None:
        return owner
    found = Person.objects.filter(addresses__normalised=same, account=None).distinct()[:2]
    return found[0] if len(found) == 1 else None


WITH_ACCOUNT, WITHOUT_ACCOUNT, SHUT_OUT, WITH_ROLE = "account", "no-account", "shut-out", "role"


def people_for(
    person: Person, *, search: str = "", class_year: int | None = None, show: str = ""
) -> QuerySet[Person]:
    """Return whom the association knows, for its admins, in the order of their names."""
    if not has_role(person, Role.Kind.ADMIN):
        raise NotFoundError
    found = Person.objects.select_related("account").prefetch_related("addresses", "roles")
    found = _kind_of_people(found, show)
    if class_year is not None:
        found = found.filter(class_year=class_year)
    for word in search.replace("\0", "").split()[:MOST_ASKED]:
        owners = Address.objects.filter(normalised__contains=normalised(word)).values("person")
        by_name = [is_named(each) for each in words_of(word)]
        found = found.filter(Q(*by_name) | Q(pk__in=owners))
    return found.order_by("family_name", "given_name", "pk")


def _kind_of_people(found: QuerySet[Person], show: str) -> QuerySet[Person]:
    conditions: dict[str, Any] = {
        WITH_ACCOUNT: {"account__isnull": False},
        WITHOUT_ACCOUNT: {"account__isnull": True},
        SHUT_OUT: {"blocked_at__isnull": False},
        WITH_ROLE: {"pk__in": Role.objects.values("person")},
    }
    return found.filter(**conditions.get(show, {}))


def person_for(person: Person, key: str) -> Person:
    """Return one person, for an admin of the association."""
    return one(people_for(person), public_id=key)


def latest_consents(person: Person) -> list[Consent]:
    """Return the last word on each use that this person ever gave one on, the newest first."""
    latest: dict[str, Consent] = {}
    for consent in person.consents.order_by("-created_at", "-pk"):
        latest.setdefault(consent.use, consent)
    return list(latest.values())


def diary_of(person: Person) -> Diary:
    """Return a person's weeks as they told them, with the days on which they are away."""
    spans = person.free_hours.values_list("weekday", "from_minute", "to_minute")
    away = person.days_away.values_list("first_on", "last_on")
    return Diary(rules.zone_of(person), tuple(FreeSpan(*span) for span in spans), tuple(away))


def days_away_of(person: Person, on: date) -> QuerySet[Away]:
    """Return when a person is away, from a day on."""
    return person.days_away.filter(last_on__gte=on)


def away_for(person: Person, key: str) -> Away:
    return one(person.days_away.all(), public_id=key)


def feed_of(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person, ended_at=None).first()


def feed_by_secret(secret: str) -> CalendarFeed:
    """Return the feed at a secret address; one that ended, or whose person is shut out, is as unknown as none."""
    live = CalendarFeed.objects.filter(ended_at=None, person__blocked_at=None)
    return one(live.select_related("person"), secret=secret)
