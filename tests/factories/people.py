"""People, their addresses and their accounts."""

from allauth.account.models import EmailAddress
from django.test import Client

from lodestar.domain.common.time import now
from lodestar.domain.people.models import Account, Address, Person, Role
from lodestar.domain.people.rules import normalised


def make_person(given_name="Amina", family_name="Odhiambo", *, email="", **fields):
    person = Person.objects.create(given_name=given_name, family_name=family_name, **fields)
    if email:
        make_address(person, email)
    return person


def make_address(person, email, *, verified=True):
    return Address.objects.create(
        person=person,
        email=email,
        normalised=normalised(email),
        verified_at=now() if verified else None,
        is_primary=True,
    )


def make_account(person, email=""):
    email = email or f"{person.public_id}@example.org"
    account = Account.objects.create(person=person, email=email)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    if not person.addresses.filter(normalised=normalised(email)).exists():
        make_address(person, email)
    return account


def make_role(person, kind=Role.Kind.ADMIN):
    return Role.objects.create(person=person, kind=kind)


def signed_in(person):
    """Return a browser in which this person is signed in."""
    account = Account.objects.filter(person=person).first() or make_account(person)
    client = Client()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return client
