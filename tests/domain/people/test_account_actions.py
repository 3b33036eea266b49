"""Accounts begin, move and end."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.actions.accounts import (
    admit,
    end_access,
    move_account,
    restore_access,
)
from lodestar.domain.people.models import Account, Address, Person
from lodestar.domain.people.queries import primary_email
from tests.factories.people import make_account, make_address, make_person

pytestmark = pytest.mark.django_db


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_the_same_address_in_another_spelling_is_the_same_account():
    first, second = admit("amina@example.org"), admit("ＡＭＩＮＡ@Example.org")

    assert first == second
    assert verbs() == ["account.claimed"]


def test_an_account_begins_without_a_password_that_could_be_guessed():
    account = admit("amina@example.org")

    assert not account.has_usable_password()
    assert not account.check_password("")


def test_a_second_verified_address_signs_in_to_no_account_and_makes_none():
    person = make_person()
    make_account(person, "work@example.org")
    Address.objects.create(
        person=person,
        email="home@example.org",
        normalised="home@example.org",
        verified_at=person.created_at,
    )

    with pytest.raises(RefusedError):
        admit("home@example.org")

    assert Account.objects.count() == 1


def test_an_unverified_address_of_somebody_with_an_account_gives_no_way_in():
    person = make_person()
    account = make_account(person, "work@example.org")
    make_address(person, "wrong@example.org", verified=False)

    stranger = admit("wrong@example.org")

    assert stranger != account
    assert stranger.person != person


def test_an_imported_person_who_was_shut_out_does_not_come_back_as_somebody_new():
    person = make_person(email="amina@example.org")
    end_access(person, by=None, reason="left")

    account = admit("amina@example.org")

    assert account.person == person
    assert Person.objects.count() == 1


def test_ending_access_twice_is_the_same_as_once():
    person = make_person()
    account = make_account(person)

    first = end_access(person, by=None, reason="left").blocked_at
    second = end_access(person, by=None, reason="left").blocked_at

    assert first == second
    assert verbs() == ["sessions.ended", "access.ended"]
    assert Account.objects.get(pk=account.pk).password != account.password


def test_access_can_be_given_back():
    person = make_person()
    end_access(person, by=None, reason="mistake")

    assert restore_access(person, by=person).blocked_at is None
    assert verbs()[-1] == "access.restored"


def test_only_the_owner_moves_an_account():
    account = make_account(make_person(), "amina@example.org")

    with pytest.raises(RefusedError):
        move_account(account, email="new@example.org", by=make_person())

    account.refresh_from_db()
    assert account.email == "amina@example.org"


def test_letters_follow_an_account_that_moved():
    person = make_person()
    account = make_account(person, "old@example.org")

    old = move_account(account, email="New@Example.org", by=person)

    assert (old, primary_email(person)) == ("old@example.org", "new@example.org")
    assert list(person.addresses.filter(is_primary=True)) == [
        Address.objects.get(normalised="new@example.org")
    ]
