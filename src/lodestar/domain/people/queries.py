"""Whom do we know, and what may the one who asks see of them?"""

from lodestar.domain.people.models import Account, Association, Person, Role


def association() -> Association:
    """Return the association, or an unsaved one with a plain name until an admin names it."""
    return Association.objects.first() or Association(name="Alumni association")


def has_role(person: Person | None, kind: Role.Kind) -> bool:
    return person is not None and Role.objects.filter(person=person, kind=kind).exists()


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()
