"""Where somebody is signed in, and the keys that sign them in."""

import hashlib
import json
import os
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.actions.accounts import end_access
from lodestar.domain.people.actions.devices import note_device
from lodestar.domain.people.jobs import forget_devices
from lodestar.domain.people.models import Device, Passkey
from lodestar.domain.people.rules.devices import device_name
from tests.factories.people import make_account, make_person, signed_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
HOST = "https://testserver"


@pytest.fixture(autouse=True)
def safe_address(settings):
    settings.BASE_URL = HOST


class SoftKey:
    """A key that lives in a test: what a phone does, without the phone."""

    UP, UV, AT = 0x01, 0x04, 0x40

    def __init__(self, rp="testserver"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.rp = hashlib.sha256(rp.encode()).digest()

    def told(self, response):
        key = websafe_encode(self.id)
        plain = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": plain, "clientExtensionResults": {}})  # fmt: skip

    def make(self, options, origin=HOST):
        client = CollectedClientData.create("webauthn.create", options["challenge"], origin)
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        flags = self.UP | self.UV | self.AT
        told = AuthenticatorData.create(self.rp, flags, 0, credential)
        made = AttestationObject.create("none", told, {})
        return self.told({"clientDataJSON": client, "attestationObject": made})

    def sign(self, options, origin=HOST, flags=UP | UV):
        client = CollectedClientData.create("webauthn.get", options["challenge"], origin)
        told = AuthenticatorData.create(self.rp, flags, 0)
        signature = self.private.sign(bytes(told) + client.hash, ec.ECDSA(SHA256()))
        return self.told({"clientDataJSON": client, "authenticatorData": told, "signature": signature})  # fmt: skip


def options_of(answer):
    return answer.json()["publicKey"]


def key_of(person, name="my phone"):
    browser, key = signed_in(person), SoftKey()
    options = options_of(browser.post("/me/passkeys/begin/"))
    answer = browser.post("/me/passkeys/add/", {"name": name, "answer": key.make(options)})
    assert answer.status_code == 302
    return key


def entered(key, browser=None, **how):
    browser = browser or Client()
    options = options_of(browser.post("/accounts/sign-in/passkey/begin/"))
    return browser.post("/accounts/sign-in/passkey/", {"answer": key.sign(options, **how)})


def test_a_passkey_signs_in_without_an_address_or_a_code():
    person = make_person()
    key = key_of(person)
    browser = Client()

    answer = entered(key, browser)

    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    assert browser.get("/me/").context["person"] == person
    assert Passkey.objects.get().used_at is not None
    assert Entry.objects.filter(verb="passkey.added").count() == 1
    assert Letter.objects.get().kind == "accounts.passkey"


def test_a_key_that_is_removed_opens_nothing():
    person = make_person()
    key = key_of(person)
    signed_in(person).post("/me/passkeys/remove/", {"passkey": Passkey.objects.get().public_id})

    answer = entered(key)

    assert answer.status_code == 422
    assert "We do not know this passkey" in answer.content.decode()


def test_whoever_was_shut_out_stays_out_with_a_key_too():
    person = make_person()
    key = key_of(person)
    end_access(person, by=None, reason="safety")

    assert entered(key)["Location"] == "/accounts/ended/"


@pytest.mark.parametrize(
    "how",
    [{"origin": "https://evil.example"}, {"origin": "http://testserver"}, {"flags": SoftKey.UP}],
    ids=["another-page", "no-https", "holder-not-known"],
)
def test_a_key_used_elsewhere_or_by_anybody_is_refused(how):
    key = key_of(make_person())

    assert entered(key, **how).status_code == 422


def test_a_forged_signature_and_noise_are_refused():
    key, browser = key_of(make_person()), Client()
    forger = SoftKey()
    forger.id = key.id

    assert entered(forger).status_code == 422
    for noise in ("", "{}", "[]", "null", '{"id": 7}', "x" * 50_000):
        browser.post("/accounts/sign-in/passkey/begin/")
        assert browser.post("/accounts/sign-in/passkey/", {"answer": noise}).status_code == 422


def test_an_answer_serves_once():
    key, browser = key_of(make_person()), Client()
    options = options_of(browser.post("/accounts/sign-in/passkey/begin/"))
    answer = key.sign(options)
    browser.post("/accounts/sign-in/passkey/", {"answer": answer})
    browser.post("/accounts/sign-out/")

    assert browser.post("/accounts/sign-in/passkey/", {"answer": answer}).status_code == 422


def test_a_key_of_another_address_cannot_be_added():
    browser = signed_in(make_person())
    options = options_of(browser.post("/me/passkeys/begin/"))

    answer = browser.post(
        "/me/passkeys/add/",
        {"name": "x", "answer": SoftKey().make(options, "https://evil.example")},
    )

    assert answer.status_code == 409
    assert not Passkey.objects.exists()


def test_nobody_renames_or_removes_the_key_of_another():
    key_of(make_person())
    known = Passkey.objects.get().public_id
    browser = signed_in(make_person("Ivo"))

    answers = [browser.post(f"/me/passkeys/{do}/", {"passkey": known, "name": "x"}) for do in ("name", "remove")]  # fmt: skip

    assert [answer.status_code for answer in answers] == [409, 409]
    assert Passkey.objects.get().name == "my phone"


def test_a_key_can_be_named_anew():
    person = make_person()
    key_of(person)

    signed_in(person).post("/me/passkeys/name/", {"passkey": Passkey.objects.get().public_id, "name": "the blue one"})  # fmt: skip

    assert "the blue one" in signed_in(person).get("/me/devices/").content.decode()


def enter_by_code(email, agent):
    browser = Client(headers={"User-Agent": agent})
    browser.post("/accounts/sign-in/", {"email": email})
    code = Letter.objects.filter(kind="accounts.code").latest("pk").words["code"]
    browser.post("/accounts/sign-in/code/", {"code": code})
    return browser


def test_each_sign_in_stands_on_the_list_and_can_be_ended_from_another():
    person = make_person()
    make_account(person, "amina@example.org")
    phone, office = (enter_by_code("amina@example.org", agent) for agent in (FIREFOX, EDGE))

    page = phone.get("/me/devices/").content.decode()
    other = Device.objects.get(agent="Edge on Windows")
    ended = phone.post("/me/devices/end/", {"device": other.public_id})

    assert "Firefox on Android" in page
    assert "Edge on Windows" in page
    assert ended.status_code == 302
    assert office.get("/home/").status_code == 302
    assert phone.get("/home/").status_code == 200
    assert [d.agent for d in Device.objects.all()] == ["Firefox on Android"]


def test_every_other_device_goes_and_this_one_stays():
    person = make_person()
    make_account(person, "amina@example.org")
    phone, office = (enter_by_code("amina@example.org", agent) for agent in (FIREFOX, EDGE))

    phone.post("/me/devices/end-others/")

    assert (phone.get("/home/").status_code, office.get("/home/").status_code) == (200, 302)
    assert [d.agent for d in Device.objects.all()] == ["Firefox on Android"]


def test_signing_out_takes_the_device_off_the_list():
    make_account(make_person(), "amina@example.org")
    phone = enter_by_code("amina@example.org", FIREFOX)

    phone.post("/accounts/sign-out/")

    assert not Device.objects.exists()


def test_the_device_of_another_cannot_be_ended():
    other = make_person("Ivo")
    device = note_device(other, session_key="x" * 32, agent=FIREFOX, on=now().date())

    answer = signed_in(make_person()).post("/me/devices/end/", {"device": device.public_id})

    assert answer.status_code == 409
    assert Device.objects.exists()


def test_a_sign_in_that_has_run_out_is_forgotten():
    device = note_device(make_person(), session_key="x", agent="", on=now().date())
    Device.objects.filter(pk=device.pk).update(created_at=now() - timedelta(days=31))

    assert (forget_devices(now()), forget_devices(now())) == (1, 0)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Android"),
        (EDGE, "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("curl/8", "A browser we do not know"),
        ("<script>", "A browser we do not know"),
    ],
)  # fmt: skip
def test_a_device_has_a_coarse_name(agent, name):
    assert device_name(agent) == name
