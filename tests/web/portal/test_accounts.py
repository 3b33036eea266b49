"""Coming in by mailed code, and being shut out."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lodestar.demo import stagehand
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.actions.accounts import end_access, move_account
from lodestar.domain.people.models import Account, Address, Person
from lodestar.web.mail.jobs import send_letters
from tests.factories.people import make_account, make_address, make_person, signed_in

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/accounts/sign-in/", "/accounts/sign-in/code/"


def ask_for_code(client, email, path=SIGN_IN):
    return client.post(path, {"email": email})


def mailed_code():
    send_letters(now())
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def come_in(client, email, path=SIGN_IN):
    ask_for_code(client, email, path)
    return client.post(CODE, {"code": mailed_code()})


def later(**delta):
    set_clock(lambda: timezone.now() + timedelta(**delta))


def test_somebody_unknown_joins_and_is_asked_for_a_name(client):
    answer = come_in(client, "new@example.org")

    assert answer["Location"] == "/me/name/?next=%2Fhome%2F"
    answer = client.post(answer["Location"], {"given_name": "Zawadi", "family_name": ""})
    assert answer["Location"] == "/home/"
    person = Person.objects.get()
    assert (person.given_name, person.account.email) == ("Zawadi", "new@example.org")
    assert [(a.email, a.is_primary) for a in person.addresses.all()] == [("new@example.org", True)]


def test_an_imported_person_finds_herself(client):
    imported = make_person(given_name="Ruth")
    make_address(imported, "Ruth@Example.org", verified=False)

    answer = come_in(client, "ruth@EXAMPLE.org")

    assert answer["Location"] == "/home/"
    account = Account.objects.get()
    assert (account.person, account.email) == (imported, "ruth@example.org")
    assert Address.objects.get().verified_at is not None


def test_an_address_that_two_people_share_makes_a_new_person(client):
    for name in ("Ann", "Ben"):
        make_address(make_person(given_name=name), "family@example.org", verified=False)

    come_in(client, "family@example.org")

    assert Person.objects.count() == 3
    assert Account.objects.get().person.given_name == ""


def test_signing_in_again_makes_nobody_new(client):
    come_in(client, "new@example.org")

    come_in(Client(), "NEW@example.org")

    assert (Account.objects.count(), Person.objects.count()) == (1, 1)


def test_known_and_unknown_addresses_see_and_get_the_same():
    make_account(make_person(), "known@example.org")
    seen = []

    for email in ("known@example.org", "fresh@example.org"):
        client = Client()
        first = ask_for_code(client, email)
        page = client.get(CODE)
        words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
        words = re.sub(r'nonce="[^"]+"', "", words)
        seen.append((first.status_code, first["Location"], words.replace(email, "…")))

    send_letters(now())
    assert seen[0] == seen[1]
    assert [m.subject for m in mail.outbox] == ["Your code for Alumni association"] * 2
    assert Letter.objects.filter(person=None, kind="accounts.code").count() == 2


def test_a_known_address_costs_the_same_queries_as_an_unknown_one():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_account(make_person(), "known@example.org")
    counts = []

    for email in ("known@example.org", "fresh@example.org"):
        with CaptureQueriesContext(connection) as asked:
            ask_for_code(Client(), email)
        counts.append(len(asked))

    assert counts[0] == counts[1] > 0


def test_a_wrong_code_lets_nobody_in_and_five_end_it(client):
    ask_for_code(client, "new@example.org")
    code = mailed_code()

    answers = [client.post(CODE, {"code": "XXXX-XXXX"}).status_code for _ in range(5)]

    assert answers == [422] * 5
    assert client.post(CODE, {"code": code})["Location"] == SIGN_IN
    assert Account.objects.count() == 0


def test_a_code_runs_out_by_the_shared_clock(client):
    ask_for_code(client, "new@example.org")
    code = mailed_code()

    later(minutes=16)

    assert client.post(CODE, {"code": code})["Location"] == SIGN_IN
    assert Account.objects.count() == 0


def test_a_code_works_once(client):
    ask_for_code(client, "new@example.org")
    code = mailed_code()
    twin = Client()
    twin.cookies = client.cookies.copy()
    client.post(CODE, {"code": code})

    assert twin.post(CODE, {"code": code})["Location"] in (SIGN_IN, "/home/")
    assert Client().post(CODE, {"code": code})["Location"] == SIGN_IN


def test_another_code_may_be_asked_for(client):
    ask_for_code(client, "new@example.org")
    first = mailed_code()

    client.post(CODE, {"again": "yes"})
    second = mailed_code()

    assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": second}).status_code == 302


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_nobody_is_sent_to_another_house(client, path):
    make_account(make_person(), "known@example.org")

    answer = come_in(client, "known@example.org", f"{SIGN_IN}?next={path}")

    assert answer["Location"] == "/home/"


def test_somebody_goes_on_to_where_they_wanted(client):
    make_account(make_person(), "known@example.org")

    answer = come_in(client, "known@example.org", f"{SIGN_IN}?next=/me/")

    assert answer["Location"] == "/me/"


def test_too_many_codes_are_refused_and_the_demo_may_switch_that_off(client, settings):
    cache.clear()
    settings.RATE_LIMITED = True
    limited = [ask_for_code(Client(), "a@example.org").status_code for _ in range(5)]

    stagehand.set_limits(False)
    free = [ask_for_code(Client(), "b@example.org").status_code for _ in range(5)]

    assert limited == [302, 302, 302, 429, 429]
    assert free == [302] * 5


def test_a_sign_in_ends_by_the_shared_clock():
    client = signed_in(make_person())
    before = client.get("/home/").status_code

    later(days=31)

    assert (before, client.get("/home/").status_code) == (200, 302)


def test_signing_out_needs_a_press(client):
    client = signed_in(make_person())

    looked = client.get("/accounts/sign-out/").status_code
    still = client.get("/home/").status_code
    client.post("/accounts/sign-out/")

    assert (looked, still, client.get("/home/").status_code) == (200, 200, 302)


def test_signing_out_everywhere_ends_the_other_devices_too():
    person = make_person()
    phone, laptop = signed_in(person), signed_in(person)

    phone.post("/me/sign-out-everywhere/")

    assert (phone.get("/home/").status_code, laptop.get("/home/").status_code) == (302, 302)


def test_an_address_changes_after_its_code_and_the_old_one_hears_of_it():
    person = make_person()
    make_account(person, "old@example.org")
    here, elsewhere = signed_in(person), signed_in(person)
    here.post("/me/address/", {"email": "new@example.org"})

    answer = here.post("/me/address/code/", {"code": mailed_code()})
    send_letters(now())

    assert answer["Location"] == "/me/"
    assert Account.objects.get().email == "new@example.org"
    assert mail.outbox[-1].to == ["old@example.org"]
    assert (here.get("/home/").status_code, elsewhere.get("/home/").status_code) == (200, 302)


def test_an_address_that_was_changed_signs_nobody_in_any_more():
    person = make_person()
    move_account(make_account(person, "old@example.org"), email="new@example.org", by=person)
    stranger = Client()

    answer = come_in(stranger, "old@example.org")

    assert (answer.status_code, stranger.get("/home/").status_code) == (409, 302)
    assert (Account.objects.count(), Person.objects.count()) == (1, 1)


def test_an_address_that_signs_in_somebody_else_stays_theirs():
    make_account(make_person(), "taken@example.org")
    mine = make_person()
    make_account(mine, "mine@example.org")
    client = signed_in(mine)
    client.post("/me/address/", {"email": "taken@example.org"})

    answer = client.post("/me/address/code/", {"code": mailed_code()})

    assert answer.status_code == 409
    assert {a.email for a in Account.objects.all()} == {"taken@example.org", "mine@example.org"}


def test_ended_access_ends_the_session_at_once_and_cannot_be_had_again():
    person = make_person()
    make_account(person, "amina@example.org")
    client = signed_in(person)
    stolen = Client()
    stolen.cookies = client.cookies.copy()
    before = stolen.get("/home/").status_code
    waiting = Client()
    ask_for_code(waiting, "amina@example.org")
    code = mailed_code()

    end_access(person, by=None, reason="left")

    assert (before, stolen.get("/home/").status_code) == (200, 302)
    assert waiting.post(CODE, {"code": code})["Location"] == "/accounts/ended/"
    assert waiting.get("/home/").status_code == 302
    assert Session.objects.count() > 0


def test_no_password_page_is_mounted(client):
    paths = [
        "password/reset/",
        "password/change/",
        "email/",
        "signup/",
        "login/",
        "reauthenticate/",
    ]

    assert [client.get(f"/accounts/{path}").status_code for path in paths] == [404] * len(paths)
