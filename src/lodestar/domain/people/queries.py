"""Whom do we know, and what may the one who asks see of them?"""

from django.db.models import F
from django.utils.translation import gettext as _

from lodestar.domain.people.models import Account, Association, Person, Role


def association() -> Association:
    """Return the association, or an unsaved one with a plain name until an admin names it."""
    rows = Association.objects.defer("mark")
    return rows.first() or Association(name=str(_("Alumni association")))


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
