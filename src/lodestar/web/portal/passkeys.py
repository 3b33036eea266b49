"""How does a key on somebody's device add itself, and sign them in? The ceremonies of WebAuthn, and nothing of theirs in our rows.

The challenge waits in the session and serves once. A key must know who holds it (a finger, a face, a
PIN), and the address under which it was made is part of what it signs.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from lodestar.domain.people.models import Passkey, Person
from lodestar.domain.people.queries import association, own_passkeys, passkey_behind, primary_email

ADDING, ENTERING = "passkey_adding", "passkey_entering"
LONGEST = 20_000
Options = dict[str, Any]


class PasskeyError(Exception):
    """What a browser sent is no answer to what it was asked."""


def server() -> Fido2Server:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=association().name))


def begin_adding(request: HttpRequest, person: Person) -> Options:
    """Return what the browser needs to make a key, and keep the challenge."""
    user = PublicKeyCredentialUserEntity(
        id=person.public_id.encode(), name=primary_email(person), display_name=person.full_name
    )
    options, request.session[ADDING] = server().register_begin(
        user,
        credentials=[credential_of(each) for each in own_passkeys(person)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options)


def finish_adding(request: HttpRequest, answer: str) -> tuple[str, bytes]:
    """Return the id and the public half of the key that a browser has just made."""
    state = request.session.pop(ADDING, None)
    if not state:
        raise PasskeyError
    try:
        made = server().register_complete(state, parsed(answer)).credential_data
    except Exception as error:  # whatever the library does not understand is no key
        raise PasskeyError from error
    if made is None:
        raise PasskeyError
    return websafe_encode(made.credential_id), bytes(made)


def begin_entering(request: HttpRequest) -> Options:
    """Return what the browser needs to offer its keys; who asks is not known yet."""
    options, request.session[ENTERING] = server().authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options)


def finish_entering(request: HttpRequest, answer: str) -> Passkey:
    """Return the passkey with which somebody has just shown who they are."""
    state = request.session.pop(ENTERING, None)
    if not state:
        raise PasskeyError
    told = parsed(answer)
    passkey = passkey_behind(str(told.get("id", ""))[:1400])
    if passkey is None:
        raise PasskeyError
    try:
        server().authenticate_complete(state, [credential_of(passkey)], told)
    except Exception as error:  # a forged answer can break in many ways
        raise PasskeyError from error
    return passkey


def credential_of(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.credential))


def parsed(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer[:LONGEST])
    except ValueError as error:
        raise PasskeyError from error
    if not isinstance(told, dict):
        raise PasskeyError
    return told
