"""Whom do we know, and what may the one who asks see of them?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.people.models import (
    Account,
    Address,
    Association,
    Education,
    Import,
    ImportRow,
    Person,
    Position,
    Role,
)
from lodestar.domain.people.rules import normalised


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


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def primary_email(person: Person) -> str:
    """Return the address to write to: the primary one, else a verified one, else any, else ""."""
    best = person.addresses.order_by("-is_primary", F("verified_at").asc(nulls_last=True), "pk")
    return best.values_list("email", flat=True).first() or ""


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
    return Import.objects.defer("content").select_related("uploaded_by").order_by("-created_at")


def import_with(public_id: str) -> Import:
    return one(imports(), public_id=public_id)


def import_rows(source: Import, outcome: str = "") -> QuerySet[ImportRow]:
    """Return the rows of an import in the order of the file."""
    rows = ImportRow.objects.filter(source=source).order_by("number", "pk")
    return rows.filter(outcome=outcome) if outcome else rows


def due_import(status: Import.Status, at: datetime) -> Import | None:
    """Return the oldest import in this state that nobody is working on."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = Import.objects.filter(free, status=status).defer("content")
    return waiting.order_by("created_at").first()


def account_behind(email: str) -> Account | None:
    """Return the account that an address signs in to: by its own address, or its person's."""
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


def present_work(person: Person) -> Position:
    """Return what somebody works as now; blank if we do not know."""
    return person.positions.filter(is_current=True).order_by("-pk").first() or Position()


def latest_studies(person: Person) -> Education:
    return person.educations.order_by("-year", "-pk").first() or Education()
