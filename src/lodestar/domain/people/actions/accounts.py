"""How does a person come to sign in, move to another address, and lose access?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people import queries
from lodestar.domain.people.models import Account, Address, Device, Person, Role
from lodestar.domain.people.rules import normalised


@transaction.atomic
def admit(email: str) -> Account:
    """Return the account of whoever has just shown that an address is theirs; the first time, make it.

    An address that was changed stays its owner's, but opens nothing: its mailbox may be lost.
    """
    account = queries.account_behind(email)
    if account is not None and normalised(account.email) != normalised(email):
        raise RefusedError(
            _("This address no longer signs in here. Please use the one you changed to.")
        )
    if account is None:
        account, is_new = Account.objects.get_or_create(email=normalised(email))
        if is_new:
            account.set_unusable_password()
            account.save()
    if account.person is None:
        claim_account(account)
    return account


@transaction.atomic
def claim_account(account: Account) -> Person:
    """Tie an account to the one known person with its address; if there is not just one, to a new one."""
    person = queries.person_to_claim(account.email)
    is_known = person is not None
    if person is None:
        person = Person.objects.create(source="joined")
    account.person = person
    account.full_clean()
    account.save()
    verify_address(person, account.email)
    record("account.claimed", person, by=person, about=person, was_known=is_known)
    return person


def verify_address(person: Person, email: str) -> Address:
    """Make an address the person's own, and the one to write to."""
    person.addresses.exclude(normalised=normalised(email)).update(is_primary=False)
    address, _is_new = Address.objects.get_or_create(
        person=person, normalised=normalised(email), defaults={"email": email}
    )
    address.verified_at = address.verified_at or now()
    address.is_primary = True
    address.full_clean()
    address.save()
    return address


@transaction.atomic
def name_person(person: Person, *, given_name: str, family_name: str, by: Person) -> Person:
    """Store what a person wants to be called."""
    person = person.locked()
    person.given_name, person.family_name = given_name, family_name
    person.said = sorted({*person.said, "given_name", "family_name"})
    person.full_clean()
    person.save()
    record("person.named", person, by=by, about=person)
    return person


@transaction.atomic
def move_account(account: Account, *, email: str, by: Person) -> str:
    """Let an account sign in with another address, shown to be theirs; return the old one.

    All sessions end but the one that asks, if its view signs in again.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    taken = queries.account_behind(email)
    if taken is not None and taken.pk != account.pk:
        raise RefusedError(
            _("This address already signs in to another account. Nothing was changed.")
        )
    if account.person is None or account.person.pk != by.pk:
        raise RefusedError(_("Only its owner can move an account. Nothing was changed."))
    old, account.email = account.email, normalised(email)
    account.set_unusable_password()  # a new secret: every session that stands on the old one ends
    account.full_clean()
    account.save()
    Device.objects.filter(person=account.person).delete()
    verify_address(account.person, account.email)
    record("account.moved", account.person, by=by, about=account.person)
    return old


@transaction.atomic
def end_sessions(person: Person, *, by: Person | None) -> None:
    """Sign a person out everywhere."""
    account = queries.account_of(person)
    if account is not None:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    Device.objects.filter(person=person).delete()
    record("sessions.ended", person, by=by, about=person)


@transaction.atomic
def end_access(person: Person, *, by: Person | None, reason: str) -> Person:
    """Shut a person out at once and everywhere: sessions, links, feeds and letters on their way.

    Sessions end here; every later room's queries, the link page and the sender of letters ask
    for `blocked_at` at the moment of use. The reason is a code, not words about the person.
    """
    admins = Role.objects.select_for_update().filter(kind=Role.Kind.ADMIN).order_by("pk")
    list(admins)  # two admins who shut each other out at once wait for one another here
    person = person.locked()
    if by is not None and queries.is_last_admin(person):
        raise RefusedError(
            _("Somebody has to look after the association: appoint another admin first.")
        )
    if person.blocked_at is None:
        person.blocked_at = now()
        person.full_clean()
        person.save()
        end_sessions(person, by=by)
        record("access.ended", person, by=by, about=person, reason=reason)
    return person


@transaction.atomic
def restore_access(person: Person, *, by: Person) -> Person:
    """Let a person in again; what was held back stays held until somebody releases it."""
    person = person.locked()
    if person.blocked_at is not None:
        person.blocked_at = None
        person.full_clean()
        person.save()
        record("access.restored", person, by=by, about=person)
    return person
