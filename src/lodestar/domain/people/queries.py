"""Whom do we know, and what may the one who asks see of them?"""

from django.db.models import F

from lodestar.domain.people.models import Account, Association, Person, Role


def association() -> Association:
    """Return the association, or an unsaved one with a plain name until an admin names it."""
    return Association.objects.first() or Association(name="Alumni association")


def has_role(person: Person | None, kind: Role.Kind) -> bool:
    return person is not None and Role.objects.filter(person=person, kind=kind).exists()


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def primary_email(person: Person) -> str:
    """Return the address to write to: the primary one, else a verified one, else any, else ""."""
    best = person.addresses.order_by("-is_primary", F("verified_at").asc(nulls_last=True), "pk")
    return best.values_list("email", flat=True).first() or ""
